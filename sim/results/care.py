"""What was done for customers who waited cost money: messages, gifts, and discounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.warehouse.care_rows import MILLION
from sim.warehouse.words import NONE, SHIPPED

if TYPE_CHECKING:
    from sim.results.view import View


class CareCosts(NamedTuple):
    """Costs of care for the orders that the profit and loss covers, in the currency."""

    updates: float = 0.0
    """Messages to customers who wait."""
    gifts: float = 0.0
    """Gifts, samples and notes, with goods at their cost."""
    discounts: float = 0.0
    """What customers whose promise had passed did not pay, of orders shipped and not
    refunded."""


def care_costs(view: View) -> CareCosts:
    """What care for the orders that are covered cost."""
    ledger, order = view.ledger, view.counts.of_order
    if not len(ledger.care):
        return CareCosts()
    charged = (order["charged"] == 1) & (ledger.orders["accepted_at"] != NONE)
    given = charged & (ledger.care["given"] == 1)
    each = int(ledger.care_plan[0]["gift_cost"])
    paid = given & (ledger.orders["status"] == SHIPPED) & (order["refused"] == 0)
    if view.scenario.returns is not None and view.scenario.returns.refund:
        paid &= ledger.back["arrived"] == 0
    off = ledger.care["given_for"][paid] - each
    return CareCosts(
        int(ledger.care["spent"][charged].sum()) / MILLION,
        each * int(np.count_nonzero(given)) / MILLION,
        int(off.sum()) / MILLION,
    )

"""What was done for customers who waited cost money: messages, gifts, and discounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sim.warehouse.care_rows import MILLION

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
    counts, plan = view.counts.total, view.ledger.care_plan[0]
    return CareCosts(
        counts["charged_spent"] / MILLION,
        int(plan["gift_cost"]) * counts["charged_given"] / MILLION,
        counts["charged_discount"] / MILLION,
    )

"""Pre-orders, and how the first delivery of a launched product met them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.scenario.units import DAY
from sim.warehouse.launches import FIRST_DELIVERY, release_of
from sim.warehouse.ledger import line_skus
from sim.warehouse.run import Times
from sim.warehouse.words import CANCELLED, DROPPED, NONE, OPENED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.results.view import View
    from sim.scenario.scenario import Scenario

    Integers = NDArray[np.int64]


@dataclass(frozen=True)
class PreOrders:
    """Counts over orders placed in the season, of launched products before their first delivery."""

    orders: int
    """Orders with such a line."""
    cancelled: int
    """Of these cancelled."""
    units: int
    """Units of such lines."""
    due: int
    """Of these units, not cancelled within a day of the announced release."""
    whole: int
    """Of these, of lines that were whole by then."""


def launch_cost(scenario: Scenario) -> float:
    """What launches cost, beside goods."""
    return math.fsum(each.launch.cost for each in scenario.products if each.launch is not None)


def pre_orders(view: View) -> PreOrders:
    """Read the lines of launched products, which are few, from the ledger."""
    ledger, (comes, released) = view.ledger, _arrivals(view)
    book, every_sku = ledger.book, line_skus(ledger)
    rows = np.flatnonzero((comes > 0)[every_sku])
    owner, sku = np.searchsorted(book.orders["first_line"], rows, "right") - 1, every_sku[rows]
    orders, wait = ledger.orders[owner], ledger.lines["wait"][rows]
    units = book.lines["units"][rows]
    opened = (book.orders["flags"][owner] & OPENED) != 0
    ahead = (view.counts.of_order["charged"][owner] == 1) & ~opened & (wait != DROPPED)
    ahead &= (orders["accepted_at"] != NONE) & (orders["accepted_at"] < comes[sku])
    whole_at, waits = orders["accepted_at"].copy(), wait >= 0
    whole_at[waits] = ledger.waits["whole_at"][wait[waits]]
    by = released[sku] + DAY
    cancelled = orders["status"] == CANCELLED
    due = ahead & ~(cancelled & (orders["ended_at"] <= by))
    whole = due & (whole_at != NONE) & (whole_at <= by)
    placed = np.unique(owner[ahead])
    return PreOrders(
        orders=len(placed),
        cancelled=int(np.count_nonzero(ledger.orders["status"][placed] == CANCELLED)),
        units=int(units[ahead].sum()),
        due=int(units[due].sum()),
        whole=int(units[whole].sum()),
    )


def _arrivals(view: View) -> tuple[Integers, Integers]:
    """By product: when the first delivery came, and when it was announced for.

    0 for products that were there from the start.
    """
    times, bought = Times.of(view.scenario), view.ledger.purchase_orders
    released = np.array([release_of(each, times) for each in view.scenario.products], np.int64)
    comes, first = np.zeros_like(released), bought[bought["nth"] == FIRST_DELIVERY]
    comes[first["sku"]] = first["due_at"]
    return comes, released

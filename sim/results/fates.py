"""What became of each customer, in one word, and the margin that the shop made with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sim.results.view import View
from sim.warehouse import words as s
from sim.warehouse.ledger import line_skus

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.warehouse.ledger import Ledger

FATES: Final[dict[str, str]] = {
    "at_once": "bought from the shelf",
    "came_back": "came back later and bought",
    "by_alert": "bought after a mail",
    "waited": "waited for a backorder",
    "late": "got it late",
    "sent_back": "got it too late, sent it back",
    "cancelled": "cancelled",
    "lost": "left without buying",
    "open": "still open at the end",
}
"""What may become of a customer, in plain words. The first that holds from below: still open, left,
cancelled, sent back, shipped after the promised date, and then how a customer bought."""


def fates(ledger: Ledger) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Fate (place in `FATES`; -1 outside the profit and loss) and margin of every order."""
    view, orders = View(ledger), ledger.orders
    verdicts = view.counts.of_order
    conditions = {
        "open": orders["status"] < s.SHIPPED,
        "lost": orders["status"] == s.LOST,
        "cancelled": orders["status"] == s.CANCELLED,
        "sent_back": verdicts["refused"] == 1,
        "late": verdicts["late"] == 1,
        "waited": orders["backordered"] == 1,
        "by_alert": orders["by_alert"] == 1,
        "came_back": orders["attempt"] > 0,
    }
    names = list(FATES)
    found = np.select(
        list(conditions.values()),
        [names.index(name) for name in conditions],
        names.index("at_once"),
    )
    return np.where(verdicts["charged"] == 1, found, -1), _margins(view)


def _margins(view: View) -> NDArray[np.float64]:
    """Sales less discounts, refunds and the cost of these goods, per order."""
    ledger, verdicts, products = view.ledger, view.counts.of_order, view.scenario.products
    price, cost = (np.array([getattr(p, name) for p in products]) for name in ("price", "cost"))
    owner = np.repeat(np.arange(len(ledger.book)), ledger.book.orders["n_lines"])
    sku, discount = line_skus(ledger), view.scenario.alerts.discount
    kept = (ledger.orders["status"] == s.SHIPPED) & (verdicts["refused"] == 0)
    paid = 1.0 - discount * (ledger.orders["by_alert"] == 1)[owner]
    units = ledger.book.lines["units"] * (ledger.lines["wait"] != s.DROPPED) * kept[owner]
    margins = np.bincount(owner, units * (price[sku] * paid - cost[sku]), len(ledger.book))
    if view.scenario.alerts.recommend is not None:
        extra = ledger.extra["sku"]
        took = np.flatnonzero(kept & (extra != s.NONE))
        margins[took] += price[extra[took]] * (1.0 - discount) - cost[extra[took]]
    return margins.astype(np.float64)

"""Stock, purchase orders, and what they cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.results.kpi import Kpi, ratio

if TYPE_CHECKING:
    from sim.results.view import View

LINES = (
    "purchase_order_cost",
    "freight",
    "holding_cost",
    "backorder_penalty",
    "lost_sale_penalty",
)
"""Lines of the profit and loss that inventory textbooks add up."""
KPIS = (
    Kpi("purchase_orders", "Purchase orders", "orders", "Purchase orders placed in the season."),
    Kpi(
        "inventory_cost",
        "Cost of inventory",
        "money",
        "Purchase orders, freight, holding stock, backorders and lost sales.",
        "lower",
    ),
    Kpi("on_hand_mean", "Units free on the shelf", "units", "Time-weighted mean, all products."),
    Kpi(
        "backorders_mean",
        "Units on backorder",
        "units",
        "Time-weighted mean, all products.",
        "lower",
    ),
    Kpi(
        "stockout_time_share",
        "Time without stock",
        "share",
        "Time without a free unit of a product, over the season's time; mean over products.",
        "lower",
    ),
    Kpi(
        "leftover_units",
        "Units left over",
        "units",
        "On hand or on order when the run ended.",
        "lower",
    ),
)


def figures(view: View) -> dict[str, float]:
    """Time-weighted over the season; what is left over is that of the end of the run."""
    skus, bought = view.ledger.marks.skus, view.ledger.purchase_orders
    first, last = view.window

    def mean(column: str) -> float:
        return ratio((skus[column][1] - skus[column][0]).sum(), last - first)

    return {
        "purchase_orders": int(np.count_nonzero(view.during(bought["placed_at"]))),
        "inventory_cost": -sum(view.profit[name] for name in LINES),
        "on_hand_mean": mean("free_time"),
        "backorders_mean": mean("backorder_time"),
        "stockout_time_share": mean("stockout_time") / max(1, skus.shape[1]),
        "leftover_units": int(sum(skus[name][2].sum() for name in ("free", "on_order", "at_dock"))),
    }

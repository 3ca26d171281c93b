"""Orders that travel in several parcels, and lines that wait for the rest of theirs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.demand.order_book import OPENED
from sim.results.kpi import Kpi, ratio
from sim.results.space import position_ml
from sim.results.splits import extra_parcels, lines_waiting_for_others, split_cost

if TYPE_CHECKING:
    from sim.results.view import View

KPIS = (
    Kpi(
        "split_orders",
        "Orders split",
        "orders",
        "Orders placed with a short line that were to ship in several parcels, or as soon as each "
        "line is there; nan if orders ship complete.",
    ),
    Kpi(
        "split_rate",
        "Share of backorders split",
        "share",
        "The same, over orders placed with a unit missing.",
    ),
    Kpi(
        "extra_parcels",
        "Parcels beyond the first",
        "parcels",
        "Parcels shipped beyond the first of their order, of orders that the profit and loss "
        "covers.",
        "lower",
    ),
    Kpi(
        "split_cost",
        "Cost of splitting orders",
        "money",
        "Postage and packaging of these parcels, less what customers paid for them.",
        "lower",
    ),
    *(
        Kpi(
            f"waiting_lines_space_{stat}",
            f"Space of lines that wait for others, {stat}",
            "positions",
            "Goods of lines that have all their units and wait for the rest of their parcel, in "
            f"positions of the backorder area, wherever they lie. {words} over the season's time.",
            "lower",
        )
        for stat, words in (("peak", "Peak"), ("mean", "Mean"))
    ),
)


def figures(view: View) -> dict[str, float]:
    """The KPIs of this theme."""
    found = {kpi.name: math.nan for kpi in KPIS}
    if view.scenario.storefront.ship != "complete":
        ledger = view.ledger
        mine = view.counts.of_order["charged"] == 1
        mine &= (ledger.book.orders["flags"] & OPENED) == 0
        orders = float(np.count_nonzero(mine & (ledger.orders["split"] == 1)))
        found["split_orders"] = orders
        found["split_rate"] = ratio(orders, view.counts.total["backordered"])
        found["extra_parcels"] = float(extra_parcels(view))
        found["split_cost"] = split_cost(view)
    area = view.scenario.backorder_area
    if area is not None:
        curve = lines_waiting_for_others(view)
        found["waiting_lines_space_peak"] = curve.peak / position_ml(area)
        found["waiting_lines_space_mean"] = curve.mean / position_ml(area)
    return found

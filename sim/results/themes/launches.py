"""Products that are launched, and pre-orders."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.results.kpi import Kpi, ratio
from sim.results.launches import pre_orders

if TYPE_CHECKING:
    from sim.results.view import View

KPIS = (
    Kpi(
        "pre_orders",
        "Pre-orders",
        "orders",
        "Orders placed with a line of a launched product before its first delivery arrived; nan "
        "without a launch.",
    ),
    Kpi(
        "pre_ordered_units",
        "Units pre-ordered",
        "units",
        "Units of these lines.",
    ),
    Kpi(
        "pre_order_cancel_rate",
        "Share of pre-orders cancelled",
        "share",
        "Pre-orders that were cancelled, over pre-orders.",
        "lower",
    ),
    Kpi(
        "launch_fill_rate",
        "Pre-orders met at the release",
        "share",
        "Pre-ordered units of lines whole within a day after the announced release, over "
        "pre-ordered units not cancelled by then.",
        "higher",
    ),
)


def figures(view: View) -> dict[str, float]:
    """The KPIs of this theme."""
    if all(product.launch is None for product in view.scenario.products):
        return dict.fromkeys((kpi.name for kpi in KPIS), math.nan)
    found = pre_orders(view)
    return {
        "pre_orders": float(found.orders),
        "pre_ordered_units": float(found.units),
        "pre_order_cancel_rate": ratio(found.cancelled, found.orders),
        "launch_fill_rate": ratio(found.whole, found.due),
    }

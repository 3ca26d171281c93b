"""Orders that were wrapped as gifts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.results.kpi import Kpi, ratio

if TYPE_CHECKING:
    from sim.results.view import View

KPIS = (
    Kpi(
        "wrapped_orders",
        "Orders wrapped as gifts",
        "orders",
        "Orders placed whose customer wants them wrapped; nan without `wrapping`.",
    ),
    Kpi(
        "wrapped_rate",
        "Share of orders wrapped",
        "share",
        "The same, over orders placed.",
    ),
)


def figures(view: View) -> dict[str, float]:
    """The KPIs of this theme."""
    if view.scenario.wrapping is None:
        return dict.fromkeys((kpi.name for kpi in KPIS), math.nan)
    counts = view.counts.total
    return {
        "wrapped_orders": float(counts["wrapped"]),
        "wrapped_rate": ratio(counts["wrapped"], counts["accepted"]),
    }

"""Promises kept: ship dates and deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.results.kpi import Kpi, ratio

if TYPE_CHECKING:
    from sim.results.view import View

KPIS = (
    Kpi(
        "on_time_ship_rate",
        "Shipped on time",
        "share",
        "Orders shipped by the promised ship date, over orders placed that were promised one.",
        "higher",
        headline=True,
    ),
    Kpi(
        "otif",
        "On time and in full",
        "share",
        "Orders delivered by the promised date, whole and "
        "without an error, over orders placed that were promised one.",
        "higher",
        headline=True,
    ),
    Kpi(
        "oversold_orders",
        "Sold though gone",
        "orders",
        "Orders placed with a unit missing and no wait quoted, as if all were on hand.",
        "lower",
    ),
)


def figures(view: View) -> dict[str, float]:
    """Shares of orders placed that were promised a date (nan: none was), and what was oversold."""
    counts = view.counts.total
    return {
        "on_time_ship_rate": ratio(counts["shipped_on_time"], counts["ship_promised"]),
        "otif": ratio(counts["delivered_on_time"], counts["delivery_promised"]),
        "oversold_orders": counts["oversold"],
    }

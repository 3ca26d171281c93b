"""Sales and profit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.results.kpi import Kpi
from sim.results.profit import LINES

if TYPE_CHECKING:
    from sim.results.view import View

KPIS = (
    Kpi(
        "season_profit",
        "Season profit",
        "money",
        "Sum of all lines of the profit and loss.",
        "higher",
        headline=True,
    ),
    Kpi(
        "revenue",
        "Net sales",
        "money",
        "Shipped units at their price, less discounts, of orders "
        "placed in the season or open at its start.",
        "higher",
        headline=True,
    ),
)


def figures(view: View) -> dict[str, float]:
    """The profit and loss, line by line, with its totals."""
    return {name: view.profit[name] for name in ("season_profit", "revenue", *LINES)}

"""Orders that came back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.results.kpi import Kpi, ratio

if TYPE_CHECKING:
    from sim.results.view import View

KPIS = (
    Kpi(
        "return_rate",
        "Orders returned",
        "share",
        "Orders that came back before the run ended, of orders shipped; nan without returns.",
        "lower",
    ),
    Kpi(
        "returned_units",
        "Units returned",
        "units",
        "Units that came back of orders that the profit and loss covers.",
        "lower",
    ),
    Kpi(
        "written_off_units",
        "Returned units written off",
        "units",
        "Of these the units that could not be sold again.",
        "lower",
    ),
)


def figures(view: View) -> dict[str, float]:
    """The KPIs of this theme."""
    if view.scenario.returns is None:
        return dict.fromkeys((kpi.name for kpi in KPIS), math.nan)
    counts, units = view.counts.total, view.counts.of_sku
    return {
        "return_rate": ratio(counts["returned"], counts["shipped"]),
        "returned_units": float(units["returned"].sum()),
        "written_off_units": float(units["written_off"].sum()),
    }

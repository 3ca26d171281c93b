"""What a third party did."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.results.kpi import Kpi, ratio

if TYPE_CHECKING:
    from sim.results.view import View

KPIS = (
    Kpi(
        "third_party_parcels",
        "Parcels of the third party",
        "parcels",
        "Parcels that became ready in the season and were handed over; nan without a third party.",
    ),
    Kpi(
        "third_party_share",
        "Share of the third party",
        "share",
        "The same, of all parcels that became ready in the season.",
    ),
)


def figures(view: View) -> dict[str, float]:
    """The KPIs of this theme."""
    if view.scenario.third_party is None:
        return dict.fromkeys((kpi.name for kpi in KPIS), math.nan)
    parcels = view.counts.total["third_party"]
    return {
        "third_party_parcels": float(parcels),
        "third_party_share": ratio(parcels, view.counts.total["ready"]),
    }

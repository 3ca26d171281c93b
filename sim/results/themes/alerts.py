"""What was sold through back-in-stock e-mails beside what they were about."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.results.kpi import Kpi, ratio

if TYPE_CHECKING:
    from sim.results.view import View

KPIS = (
    Kpi(
        "recommended_units",
        "Units bought on a recommendation",
        "units",
        "Units that orders placed from an alert took because the e-mail recommended them; nan "
        "without `alerts.recommend`.",
        "higher",
    ),
    Kpi(
        "recommended_rate",
        "Alerts that sold one thing more",
        "share",
        "The same, over orders placed from an alert.",
        "higher",
    ),
)


def figures(view: View) -> dict[str, float]:
    """The KPIs of this theme."""
    if view.scenario.alerts.recommend is None:
        return dict.fromkeys((kpi.name for kpi in KPIS), math.nan)
    counts = view.counts.total
    return {
        "recommended_units": float(counts["recommended"]),
        "recommended_rate": ratio(counts["recommended"], counts["by_alert"]),
    }

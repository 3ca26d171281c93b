"""Satisfaction, and customers who buy again: apart from the season's profit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.results.kpi import Kpi, ratio
from sim.warehouse.counts.fates import FATES

if TYPE_CHECKING:
    from sim.results.view import View
    from sim.scenario.retention import Retention

SCORES = {"on_time": 1.0, "backordered": 0.75, "alert": 0.75, "late": 0.5}
"""Satisfaction with each fate; 0 for the others."""
WRONG = 0.5
"""Taken off the score of an order with an error, down to 0."""
KPIS = (
    Kpi(
        "satisfaction",
        "Satisfaction index",
        "points",
        "100 for an order complete at once and on time, 75 after a backorder or an alert, 50 when "
        "late, 0 when cancelled or lost; 50 off for an error, down to 0. Mean over shoppers.",
        "higher",
    ),
    Kpi(
        "repeat_rate",
        "Shoppers who buy again",
        "share",
        "Expected from `retention.repeat` and the fate of each shopper, over shoppers.",
        "higher",
    ),
    Kpi(
        "customers_lost",
        "Customers lost",
        "customers",
        "Shoppers who do not buy again, beyond those who would not if all were served at once "
        "and on time; expected.",
        "lower",
    ),
    Kpi(
        "customer_value",
        "Customer value",
        "money",
        "Minus `customers_lost` times what a lost customer costs: future margin or replacement. "
        "Not part of `season_profit`.",
        "higher",
    ),
    Kpi(
        "profit_with_customer_value",
        "Season profit with customer value",
        "money",
        "`season_profit` plus `customer_value`.",
        "higher",
    ),
)


def figures(view: View) -> dict[str, float]:
    """Satisfaction, and what `retention` says of the same fates; nan without that block."""
    shoppers = view.counts.total["orders"]
    score = sum(
        max(0.0, SCORES.get(fate, 0.0) - WRONG * wrong) * n for fate, wrong, n in _remembered(view)
    )
    again = _buying_again(view)
    retention = view.scenario.retention
    lost = math.nan if retention is None else retention.repeat.on_time * shoppers - again
    value = math.nan if retention is None else -lost * retention.worth
    return {
        "satisfaction": 100 * ratio(score, shoppers),
        "repeat_rate": ratio(again, shoppers),
        "customers_lost": lost,
        "customer_value": value,
        "profit_with_customer_value": view.profit["season_profit"] + value,
    }


def _buying_again(view: View) -> float:
    """Expected number of shoppers who buy again."""
    retention = view.scenario.retention
    if retention is None:
        return math.nan
    return math.fsum(
        min(1.0, share(retention, fate) * (retention.wrong_item if wrong else 1.0)) * n
        for fate, wrong, n in _remembered(view)
    )


def share(retention: Retention, fate: str) -> float:
    """Repeat share of a fate."""
    own: float | None = getattr(retention.repeat, fate)
    return retention.repeat.on_time if own is None else own


def _remembered(view: View) -> list[tuple[str, bool, int]]:
    """Fate, whether the order had an error, and how many shoppers that holds for."""
    found = []
    for fate, row in zip(FATES, view.counts.of_fate, strict=True):
        wrong = int(row["wrong"])
        found += [(fate, False, int(row["shoppers"]) - wrong), (fate, True, wrong)]
    return found

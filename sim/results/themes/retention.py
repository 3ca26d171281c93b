"""Satisfaction, and customers who buy again: apart from the season's profit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.results.kpi import Kpi, ratio
from sim.results.memories import Memory, memories

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
        "Expected from `retention.repeat` and what each shopper remembers, over shoppers.",
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
        "Minus `customers_lost` times what a lost customer costs: future margin or replacement; "
        "plus what customers who were given something buy besides. "
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
    """Satisfaction, and what `retention` says of the same shoppers; nan without that block."""
    shoppers, remembered = view.counts.total["orders"], memories(view)
    score = sum(
        max(0.0, SCORES.get(memory.fate, 0.0) - WRONG * memory.wrong) * n
        for memory, n in remembered
    )
    again, lost, value = _customers(view, remembered)
    return {
        "satisfaction": 100 * ratio(score, shoppers),
        "repeat_rate": ratio(again, shoppers),
        "customers_lost": lost,
        "customer_value": value,
        "profit_with_customer_value": view.profit["season_profit"] + value,
    }


def _customers(view: View, remembered: list[tuple[Memory, int]]) -> tuple[float, float, float]:
    """Expected shoppers who buy again, customers lost by that, and what it is worth."""
    retention = view.scenario.retention
    if retention is None:
        return math.nan, math.nan, math.nan
    again = math.fsum(share(retention, memory) * n for memory, n in remembered)
    lost = retention.repeat.on_time * view.counts.total["orders"] - again
    extra = retention.extra_purchases * sum(n for memory, n in remembered if memory.gift)
    return again, lost, extra - lost * retention.worth


def share(retention: Retention, memory: Memory) -> float:
    """Share of the shoppers with this memory who buy again."""
    own: float | None = getattr(retention.repeat, memory.fate)
    chance = retention.repeat.on_time if own is None else own
    factors = (
        (memory.wrong, retention.wrong_item),
        (memory.bad_contact, retention.bad_contact),
        (memory.gift, retention.gift),
    )
    return min(1.0, chance * math.prod(factor for holds, factor in factors if holds))

"""What the shop learns about next season's demand, and what not knowing it costs."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from sim.results.forecasts import SOURCES, Forecasts
from sim.results.kpi import Kpi

if TYPE_CHECKING:
    from sim.results.view import View

_FROM = {
    "raw_sales": "sales as they are",
    "sales": "sales, with closed days repaired",
    "backorders": "sales and backorders",
    "sign_ups": "sales, backorders and sign-ups",
}
_MEASURES = (
    Kpi(
        "forecast_error",
        "Error of next season's forecast",
        "share",
        "Absolute errors of next season's forecast by product, over the units truly asked for.",
        "lower",
    ),
    Kpi(
        "forecast_bias",
        "Bias of next season's forecast",
        "share",
        "Errors with their sign, over the units truly asked for; below 0: demand is missed.",
    ),
    Kpi(
        "forecast_cost",
        "Cost of next season's forecast error",
        "money",
        "Expected cost of next season's order plan above that of a plan from true demand. "
        "Not part of `season_profit`.",
        "lower",
    ),
)
KPIS = tuple(
    replace(kpi, name=f"{kpi.name}_{source}", label=f"{kpi.label}, from {_FROM[source]}")
    for kpi in _MEASURES
    for source in SOURCES
)


def figures(view: View) -> dict[str, float]:
    """Error, bias and cost of each forecast; nan without a block `forecast_value`."""
    if view.scenario.forecast_value is None:
        return {kpi.name: math.nan for kpi in KPIS}
    made = Forecasts(view)
    return {
        f"{name}_{source}": measure(source)
        for name, measure in (
            ("forecast_error", made.error),
            ("forecast_bias", made.bias),
            ("forecast_cost", made.cost_of_error),
        )
        for source in SOURCES
    }

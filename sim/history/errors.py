"""How well a history tells the figures that are fitted to it: their standard errors."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.history.alignment import same_day_in

if TYPE_CHECKING:
    from sim.history.alignment import SeasonDates
    from sim.history.baseline import Baseline
    from sim.history.daily import DailyOrders


@dataclass(frozen=True, slots=True)
class FitErrors:
    """Standard errors of the figures of a season, one by one; 0: the history does not tell.

    Peaks have their own.
    """

    orders_per_day: float
    trend: float
    weekdays: float
    """Of the weight that is known worst."""
    day_noise: float


def fit_errors(
    daily: DailyOrders, baseline: Baseline, dates: SeasonDates, level: float, noise: float
) -> FitErrors:
    """Standard errors of a fit, from how the history scatters around it.

    The level is known as well as the trend line in the middle of the season, so that its error
    holds what a wrong slope adds up to there. The slope's own error then tilts the season.

    Args:
        daily: The history day by day.
        baseline: Trend of the history.
        dates: The season.
        level: Orders per day that are written.
        noise: Coefficient of variation of a day, beyond Poisson, that is written.
    """
    length = dates.end - dates.start
    middle = same_day_in(dates.start + length / 2, dates.end.year, dates.year)
    return FitErrors(
        orders_per_day=level * baseline.error_on(middle),
        trend=baseline.growth_error * math.exp(baseline.growth * length.days),
        weekdays=_weekday_error(daily, noise),
        day_noise=_noise_error(noise, level, len(dates.days)),
    )


def _weekday_error(daily: DailyOrders, noise: float) -> float:
    """A weight is a mean of days, each with the variation of chance and of the day's noise."""
    weekday = (daily.first.weekday() + np.arange(len(daily.orders))) % 7
    errors = [0.0]
    for number, weight in enumerate(daily.weekdays):
        orders = daily.orders[daily.counts & (weekday == number)]
        if weight > 0 and len(orders):
            variation = 1 / orders.mean() + noise**2
            errors.append(float(weight * math.sqrt(variation / len(orders))))
    return max(errors)


def _noise_error(noise: float, orders: float, days: int) -> float:
    """By the delta method on the variance of a day, v = 1/m + c**2.

    Of so many days it is known to v (2 / days)**0.5, and dv = 2 c dc.
    """
    if noise <= 0 or orders <= 0:
        return 0.0
    return (1 / orders + noise**2) * math.sqrt(2 / days) / (2 * noise)

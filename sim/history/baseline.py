"""The ordinary rate, away from the holidays: a trend over the quiet weeks of the year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from sim.history.daily import DailyOrders


_FEWEST_WEEKS: Final = 12
"""Quiet weeks that a trend needs."""
_SPAN: Final = 16
"""Weeks between the first and the last of them that a trend needs."""
QUIET: Final = ((1, 10), (9, 25))
"""First and last day of the year (month, day) between which weeks are quiet."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Orders per day of an average day, away from the holidays: exponential in time."""

    at: dt.date
    """Day to which `level` belongs."""
    level: float
    """Orders per day on that day."""
    growth: float
    """Growth per day: the level is multiplied by exp(growth) each day; 0 without a trend."""
    weeks: int
    """Quiet weeks it was fitted on; 0: there were too few, and the level is the median of all."""

    def on(self, day: dt.date) -> float:
        """Orders per day on a date."""
        return float(self.level * np.exp(self.growth * (day - self.at).days))


def fit_baseline(daily: DailyOrders) -> Baseline:
    """Fit the trend of the quiet weeks: a straight line through the logarithms of their levels.

    Weeks count alike: with noise from day to day a busy week is hardly better known than a calm
    one. Outliers are left out once: weeks more than a third away from the first fit.
    """
    quiet = [week for week in range(len(daily.levels)) if _is_quiet(daily, week)]
    if len(quiet) < _FEWEST_WEEKS or quiet[-1] - quiet[0] < _SPAN:
        level = float(np.nanmedian(daily.levels[quiet] if quiet else daily.levels))
        return Baseline(daily.last, level, 0.0, 0)
    weeks = np.array(quiet, float)
    logs = np.log(daily.levels[quiet])
    slope, constant = np.polyfit(weeks, logs, 1)
    near = np.abs(logs - constant - slope * weeks) < np.log(4 / 3)
    if near.sum() >= _FEWEST_WEEKS:
        slope, constant = np.polyfit(weeks[near], logs[near], 1)
    # The mean of logs lies below the log of the mean: scaled so that the orders agree.
    fitted = np.exp(constant + slope * weeks[near])
    level = float(np.exp(constant) * daily.levels[quiet][near].sum() / fitted.sum())
    thursday = daily.first + dt.timedelta(days=3 - daily.first.weekday())
    return Baseline(thursday, level, float(slope) / 7, int(near.sum()))


def _is_quiet(daily: DailyOrders, week: int) -> bool:
    monday = daily.first + dt.timedelta(days=7 * week - daily.first.weekday())
    thursday = monday + dt.timedelta(days=3)
    in_quiet = QUIET[0] <= (thursday.month, thursday.day) <= QUIET[1]
    first = max((monday - daily.first).days, 0)
    last = min((monday - daily.first).days + 7, len(daily.orders))
    counted = daily.counts[first:last] & (daily.orders[first:last] > 0)
    return in_quiet and bool(np.isfinite(daily.levels[week])) and int(counted.sum()) >= 3

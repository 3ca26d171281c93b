"""The ordinary rate, away from the holidays: a trend over the quiet weeks of the year."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from sim.history.daily import DailyOrders, Floats


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
    middle: dt.date
    """Day on which the level is known best."""
    error: float
    """Standard error of the level on that day, as a share of it."""
    growth_error: float
    """Standard error of the growth per day."""

    def on(self, day: dt.date) -> float:
        """Orders per day on a date."""
        return float(self.level * np.exp(self.growth * (day - self.at).days))

    def error_on(self, day: dt.date) -> float:
        """Standard error of the level on a date, as a share of it: it widens away from the middle.

        That of a fitted line (Draper and Smith 1998, Applied Regression Analysis, eq. 3.1.3), here
        through logarithms.
        """
        return math.hypot(self.error, self.growth_error * (day - self.middle).days)


def fit_baseline(daily: DailyOrders) -> Baseline:
    """Fit the trend of the quiet weeks: a straight line through the logarithms of their levels.

    Weeks count alike: with noise from day to day a busy week is hardly better known than a calm
    one. Outliers are left out once: weeks more than a third away from the first fit.
    """
    quiet = [week for week in range(len(daily.levels)) if _is_quiet(daily, week)]
    if len(quiet) < _FEWEST_WEEKS or quiet[-1] - quiet[0] < _SPAN:
        levels = daily.levels[quiet] if quiet else daily.levels
        return _median_level(levels[np.isfinite(levels)], daily.last)
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
    return Baseline(
        thursday,
        level,
        float(slope) / 7,
        int(near.sum()),
        *_line_errors(weeks[near], logs[near] - constant - slope * weeks[near], thursday),
    )


def _line_errors(
    weeks: Floats, residuals: Floats, thursday: dt.date
) -> tuple[dt.date, float, float]:
    """Middle of a fitted line, and standard errors: of its level there, of its slope per day."""
    n = len(weeks)
    spread = float(np.sqrt((residuals**2).sum() / max(n - 2, 1)))
    middle = thursday + dt.timedelta(days=round(7 * float(weeks.mean())))
    slope = spread / float(np.sqrt(((weeks - weeks.mean()) ** 2).sum()))
    return middle, spread / math.sqrt(n), slope / 7


def _median_level(levels: Floats, at: dt.date) -> Baseline:
    """The median of too few weeks for a trend; its error is that of normal values."""
    level = float(np.median(levels))
    spread = float(np.std(np.log(levels[levels > 0]), ddof=1)) if (levels > 0).sum() > 1 else 0.0
    error = spread * math.sqrt(math.pi / 2 / len(levels))
    return Baseline(at, level, 0.0, 0, at, error, 0.0)


def _is_quiet(daily: DailyOrders, week: int) -> bool:
    monday = daily.first + dt.timedelta(days=7 * week - daily.first.weekday())
    thursday = monday + dt.timedelta(days=3)
    in_quiet = QUIET[0] <= (thursday.month, thursday.day) <= QUIET[1]
    first = max((monday - daily.first).days, 0)
    last = min((monday - daily.first).days + 7, len(daily.orders))
    counted = daily.counts[first:last] & (daily.orders[first:last] > 0)
    return in_quiet and bool(np.isfinite(daily.levels[week])) and int(counted.sum()) >= 3

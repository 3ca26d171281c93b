"""Holiday peaks: stretches of weeks, single days and closed days that depart from the baseline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.scenario.moments import thanksgiving

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sim.history.daily import Bools, Floats, Ints

_SPIKE_HEIGHT: Final = 1.5
_SPIKE_SCORE: Final = 4.0
_AROUND: Final = 10
"""Days on each side whose median a single day is held against."""


@dataclass(frozen=True, slots=True)
class FittedPeak:
    """A stretch of days with its factor on the baseline."""

    name: str
    """What it is called."""
    first: dt.date
    """First day."""
    last: dt.date
    """Last day, inclusive."""
    times: float
    """Factor on the rate."""
    days: int
    """Days of the history behind it."""
    error: float
    """Standard error of the factor: chance and noise from day to day."""


@dataclass(frozen=True, eq=False)
class SeasonDays:
    """The days of the season, each with the day of the history that speaks for it."""

    days: tuple[dt.date, ...]
    """Days of the season."""
    orders: Ints
    """Orders of the day of the history; -1: no day speaks for it, or it does not count."""
    reference: Floats
    """Orders that the baseline and the weekday expected on the day of the history."""
    expected: Floats
    """Orders that the written baseline and the weekday expect on the day of the season."""
    closed: tuple[dt.date, ...]
    """Days of the season on which the shop of the history was closed."""

    @property
    def known(self) -> Bools:
        """Whether a day of the history speaks for each day, on which orders were expected."""
        known: Bools = (self.orders >= 0) & (self.reference > 0)
        return known


def find_spikes(season: SeasonDays, noise: float) -> tuple[FittedPeak, ...]:
    """Single days, or a few in a row, far above the days around them.

    A day is a spike if it is more than half above the median of the ten days on each side, and by
    more than four standard deviations.

    Args:
        season: The season's days.
        noise: Coefficient of variation of ordinary days, beyond Poisson.
    """
    ratio = np.where(season.known, season.orders / np.maximum(season.reference, 1e-9), np.nan)
    spikes: list[int] = []
    for day in np.flatnonzero(season.known):
        near = ratio[max(day - _AROUND, 0) : day + _AROUND + 1]
        usual = float(np.nanmedian(near)) * season.reference[day]
        deviation = np.sqrt(usual + (noise * usual) ** 2)
        height = season.orders[day] / max(usual, 1e-9)
        if height > _SPIKE_HEIGHT and season.orders[day] - usual > _SPIKE_SCORE * deviation:
            spikes.append(int(day))
    return tuple(
        _peak(season, np.array(run), _day_name(season.days[run[0]]), noise)
        for run in _runs(spikes, ratio)
    )


def find_stretches(
    season: SeasonDays, spikes: Sequence[FittedPeak], noise: float
) -> tuple[FittedPeak, ...]:
    """Cut the season's weeks into stretches of one factor each.

    The cuts minimize the deviance of the weeks plus a penalty per stretch of 2 log n, n weeks
    (optimal partitioning: Jackson et al. 2005). Weeks count with the variance of their total,
    Poisson plus noise, so that chance alone rarely makes a cut. Stretches that cannot be told
    from the baseline are left out.
    """
    usable = season.known.copy()
    for spike in spikes:
        usable &= ~np.array([spike.first <= day <= spike.last for day in season.days])
    monday = season.days[0].weekday()
    week = (np.arange(len(season.days)) + monday) // 7
    seen = np.bincount(week, np.where(usable, season.orders, 0.0))
    expected = np.bincount(week, np.where(usable, season.reference, 0.0))
    squares = np.bincount(week, np.where(usable, season.reference**2, 0.0))
    found = []
    totals = (seen.astype(float), expected.astype(float), squares.astype(float))
    for begin, end in _partition(*totals, noise):
        inside = (week >= begin) & (week < end)
        if not (inside & usable).any():
            continue
        days = np.flatnonzero(inside)
        name = f"{season.days[days[0]]:%b %-d} to {season.days[days[-1]]:%b %-d}"
        peak = _peak(season, np.flatnonzero(inside & usable), name, noise)
        peak = FittedPeak(
            name, season.days[days[0]], season.days[days[-1]], peak.times, peak.days, peak.error
        )
        if abs(peak.times - 1.0) > 2.0 * peak.error:
            found.append(peak)
    return tuple(found)


def closed_peaks(season: SeasonDays) -> tuple[FittedPeak, ...]:
    """A factor of 0 for days on which the shop was closed."""
    number = {day: index for index, day in enumerate(season.days)}
    runs = _runs([number[day] for day in season.closed], np.zeros(len(season.days)))
    return tuple(
        FittedPeak(
            f"Closed {season.days[run[0]]:%b %-d}",
            season.days[run[0]],
            season.days[run[-1]],
            0.0,
            len(run),
            0.0,
        )
        for run in runs
    )


def _peak(season: SeasonDays, rows: Ints, name: str, noise: float) -> FittedPeak:
    reference = season.reference[rows]
    times = float(season.orders[rows].sum() / reference.sum())
    variance = times * reference.sum() + (noise * times) ** 2 * (reference**2).sum()
    error = float(np.sqrt(variance) / reference.sum())
    return FittedPeak(name, season.days[rows[0]], season.days[rows[-1]], times, len(rows), error)


def _partition(
    seen: Floats, expected: Floats, squares: Floats, noise: float
) -> list[tuple[int, int]]:
    weeks = len(seen)
    penalty = 2.0 * np.log(max(weeks, 2))
    sums = [np.concatenate([[0.0], np.cumsum(each)]) for each in (seen, expected, squares)]

    def cost(begin: int, end: int) -> float:
        total, base, _ = (each[end] - each[begin] for each in sums)
        if base <= 0:
            return 0.0
        times = total / base
        fitted = times * expected[begin:end]
        variance = fitted + (noise * times) ** 2 * squares[begin:end]
        away = (seen[begin:end] - fitted) ** 2
        return float((away[variance > 0] / variance[variance > 0]).sum())

    best = [0.0] + [np.inf] * weeks
    back = [0] * (weeks + 1)
    for end in range(1, weeks + 1):
        for begin in range(end):
            value = best[begin] + cost(begin, end) + penalty
            if value < best[end]:
                best[end], back[end] = value, begin
    cuts: list[tuple[int, int]] = []
    end = weeks
    while end:
        cuts.append((back[end], end))
        end = back[end]
    return cuts[::-1]


def _runs(days: Sequence[int], heights: Floats) -> list[list[int]]:
    """Neighboring days of a similar height, together."""
    runs: list[list[int]] = []
    for day in days:
        if (
            runs
            and day == runs[-1][-1] + 1
            and abs(heights[day] - heights[runs[-1][-1]])
            <= 0.3 * (heights[day] + heights[runs[-1][-1]]) / 2
        ):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _day_name(day: dt.date) -> str:
    from_thanksgiving = (day - thanksgiving(day.year)).days
    known = {0: "Thanksgiving", 1: "Black Friday", 4: "Cyber Monday"}
    return known.get(from_thanksgiving, f"Peak of {day:%b %-d}")

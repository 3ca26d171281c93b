"""Which day of the history speaks for which day of the season.

Around Thanksgiving days are laid on each other by their distance to it, in December by their
distance to Christmas, and otherwise by weekday; never by week number, since the days from Black
Friday to Christmas vary from 25 to 31.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.scenario.moments import thanksgiving

if TYPE_CHECKING:
    from sim.history.daily import DailyOrders

_SEASON_WEEKS: Final = 13
_FEWEST_DAYS: Final = 28
"""Days that must be left of a season that is to be planned."""
_ENOUGH: Final = 0.5
"""A year speaks for a season if this share of the season's days lies in the history."""


@dataclass(frozen=True, slots=True)
class SeasonDates:
    """The season, and where in the history its days come from."""

    start: dt.date
    """First day of the season."""
    end: dt.date
    """Last day, inclusive."""
    year: int
    """Year of the history that most of it comes from: the year of the season's last day there."""

    @property
    def days(self) -> tuple[dt.date, ...]:
        """All days of the season."""
        count = (self.end - self.start).days + 1
        return tuple(self.start + dt.timedelta(days=number) for number in range(count))


def same_day_in(day: dt.date, year_of_season: int, year: int) -> dt.date:
    """The day in another year's season that corresponds to a day of this one.

    Args:
        day: A day of the season.
        year_of_season: Year in which the season's Christmas lies.
        year: The other season's year.

    >>> same_day_in(dt.date(2026, 11, 30), 2026, 2024)  # Cyber Monday
    datetime.date(2024, 12, 2)
    """
    if year == year_of_season:
        return day
    from_thanksgiving = (day - thanksgiving(year_of_season)).days
    if -7 <= from_thanksgiving <= 5:
        return thanksgiving(year) + dt.timedelta(days=from_thanksgiving)
    christmas = dt.date(year_of_season, 12, 25)
    if -24 <= (day - christmas).days <= 6:
        return dt.date(year, 12, 25) + (day - christmas)
    apart = (christmas - dt.date(year, 12, 25)).days
    return day - dt.timedelta(days=7 * round(apart / 7))


def choose_season(
    daily: DailyOrders,
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> SeasonDates:
    """The season to be written, and the year of the history that speaks for it.

    Without dates: the thirteen weeks up to December 23 of the last year whose autumn is in the
    history, or the last thirteen weeks of the history if there is no autumn in it.
    """
    if end is None:
        end = _default_end(daily) if start is None else start + dt.timedelta(weeks=13)
    if start is None:
        start = _first_day(end)
    for year in range(daily.last.year, daily.first.year - 1, -1):
        if _covered(daily, start, end, year) >= _ENOUGH:
            return SeasonDates(start, end, year)
    return SeasonDates(start, end, daily.last.year)


def coming_season(last: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the season to plan after a history that ends on a day.

    It ends on December 23, and begins thirteen weeks before, or on the day after the history if
    that is later. A season with less than four weeks left is over: the next one is planned.

    >>> coming_season(dt.date(2025, 12, 31))
    (datetime.date(2026, 9, 28), datetime.date(2026, 12, 23))
    >>> coming_season(dt.date(2026, 11, 8))
    (datetime.date(2026, 11, 9), datetime.date(2026, 12, 23))
    """
    end = dt.date(last.year, 12, 23)
    if (end - last).days < _FEWEST_DAYS:
        end = dt.date(last.year + 1, 12, 23)
    return max(_first_day(end), last + dt.timedelta(days=1)), end


def _first_day(end: dt.date) -> dt.date:
    monday = end - dt.timedelta(days=end.weekday())
    return monday - dt.timedelta(weeks=_SEASON_WEEKS - 1)


def source_of(daily: DailyOrders, season: SeasonDates, day: dt.date) -> dt.date | None:
    """The latest day of the history that corresponds to a day of the season; None: there is none.

    The season's own year is asked first, then the years before it.
    """
    for year in range(season.year, daily.first.year - 1, -1):
        source = same_day_in(day, season.end.year, year)
        number = daily.number(source)
        if number is not None and source not in daily.cut:
            return source
    return None


def _default_end(daily: DailyOrders) -> dt.date:
    for year in range(daily.last.year, daily.first.year - 1, -1):
        end = dt.date(year, 12, 23)
        start = end - dt.timedelta(weeks=_SEASON_WEEKS)
        if _covered(daily, start, end, year) >= _ENOUGH:
            return end
    return daily.last


def _covered(daily: DailyOrders, start: dt.date, end: dt.date, year: int) -> float:
    first = max(same_day_in(start, end.year, year), daily.first)
    last = min(same_day_in(end, end.year, year), daily.last)
    return ((last - first).days + 1) / ((end - start).days + 1)

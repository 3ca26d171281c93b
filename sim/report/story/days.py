"""Days and weeks of the season as people name them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.scenario.calendar import season_calendar
from sim.scenario.units import DAY

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from sim.scenario import Scenario

WEEK = 7


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days that begin on a Monday; the first and the last may be shorter."""

    first: int
    """Number of its first day; the season starts on day 0."""
    last: int
    label: str
    """Its first date, `Nov 23`; without dates its number, `Week 8`."""

    @property
    def days(self) -> int:
        """How many days of the season it has."""
        return self.last - self.first + 1


def weeks(scenario: Scenario) -> tuple[Week, ...]:
    """The weeks of a season."""
    return tuple(_weeks(scenario))


def _weeks(scenario: Scenario) -> Iterator[Week]:
    calendar = season_calendar(scenario.season)
    days = max(1, -(-calendar.length_ms // DAY))
    first = 0
    while first < days:
        weekday = calendar.weekday_of(first * DAY)
        last = min(days - 1, first + WEEK - 1 - weekday)
        label = (
            f"Week {len(range(0, first, WEEK)) + 1}"
            if calendar.start is None
            else short(calendar.datetime_of(first * DAY).date())
        )
        yield Week(first, last, label)
        first = last + 1


def short(date: dt.date) -> str:
    """A date within a season.

    >>> import datetime as dt
    >>> short(dt.date(2026, 11, 3))
    'Nov 3'
    """
    return f"{date:%b} {date.day}"


def on(date: dt.date) -> str:
    """A date within a season, with its weekday.

    >>> import datetime as dt
    >>> on(dt.date(2026, 11, 3))
    'Tue Nov 3'
    """
    return f"{date:%a} {short(date)}"

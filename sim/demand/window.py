"""The run on the engine's clock: ms since the start of the warm-up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sim.scenario.calendar import Calendar, season_calendar
from sim.scenario.units import DAY

if TYPE_CHECKING:
    from datetime import datetime

    from sim.scenario.demand import Peak
    from sim.scenario.moments import Moment
    from sim.scenario.season import Season


@dataclass(frozen=True, slots=True)
class Window:
    """When shoppers come: from 0 to `end`."""

    calendar: Calendar
    start: int
    """Start of the season: the length of the warm-up."""

    @property
    def end(self) -> int:
        """End of the season, from which no shopper arrives."""
        return self.start + self.calendar.length_ms

    @property
    def midnight(self) -> int:
        """Midnight with which the season's first day begins."""
        return self.start + self.calendar.midnight_of_day(0)

    @property
    def first_weekday(self) -> int:
        """Weekday of the season's first day, 0 is Monday."""
        return self.calendar.weekday_of(0)

    @property
    def starts_on(self) -> datetime | None:
        """Date and time of t=0; None in a season without dates."""
        first = self.calendar.start
        return None if first is None else first - timedelta(milliseconds=self.start)

    def instant(self, moment: Moment) -> int:
        """When a moment is; a whole day is its first midnight."""
        return self.start + self.calendar.ms_of(moment)

    def day_end(self, moment: Moment) -> int:
        """When a moment is over; a whole day at its second midnight."""
        return self.start + self.calendar.ms_of_day_end(moment)

    def peak(self, peak: Peak) -> tuple[int, int]:
        """Begin and end of a peak; the end itself lies outside. A day without dates is 24 hours."""
        if peak.on is not None:
            begins = self.instant(peak.on)
            return begins, begins + DAY
        if peak.start is None or peak.end is None:
            message = f"the peak {peak.name!r} has no dates"
            raise ValueError(message)
        return self.instant(peak.start), self.day_end(peak.end)


def run_window(season: Season) -> Window:
    """Place a season on the engine's clock."""
    return Window(season_calendar(season), season.warm_up)

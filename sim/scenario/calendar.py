"""Between the engine's milliseconds and the shop's local dates.

Milliseconds count from the season's start. Days have 24 hours. A season without dates has no
holidays and no years, but still has weekdays: its day 0 is a Monday.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, cast

from sim.errors import BadValue
from sim.scenario.moments import NAMED_DAYS, START, Moment, MomentRange
from sim.scenario.units import DAY, format_duration

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from sim.scenario.clock import Span, Week
    from sim.scenario.season import Season

_LAST_YEAR = 9000


class Day(NamedTuple):
    """One day of the season."""

    number: int
    """0 for the day on which the season starts."""
    midnight: int
    """The midnight it begins with, in ms since the season's start; negative if before it."""
    weekday: int
    """0 for Monday."""
    date: dt.date | None
    """Its date; None in a season without dates."""


@dataclass(frozen=True)
class Calendar:
    """When things are, for one season.

    >>> from sim.scenario.moments import parse_moment
    >>> holiday = Calendar(dt.datetime(2026, 10, 5), 88 * DAY)
    >>> holiday.ms_of(parse_moment("black_friday")) // DAY
    53
    """

    start: dt.datetime | None
    """The season's start in the shop's local time; None: a season without dates."""
    length_ms: int
    """Length of the season in ms."""

    def __post_init__(self) -> None:
        if self.start is not None:
            years = self.start.year + self.length_ms // (365 * DAY)
            if years > _LAST_YEAR:
                raise BadValue(
                    message=f"the season would end in the year {years}",
                    hint="leave out its dates, or shorten it",
                )

    @cached_property
    def start_time(self) -> int:
        """Time of day at which the season starts, in ms after midnight."""
        if self.start is None:
            return 0
        since = self.start - dt.datetime.combine(self.start, dt.time.min)
        return since // dt.timedelta(milliseconds=1)

    def ms_of(self, moment: Moment) -> int:
        """Instant of a moment in ms since the season's start; a whole day is its first midnight.

        A named day is the occurrence inside the season, or else the next one after its start.

        Raises:
            BadValue: the moment needs a date and the season has none.
        """
        if moment.named == START:
            return moment.shift_ms
        return self._midnight_of(moment) + (moment.time_ms or 0)

    def ms_of_day_end(self, moment: Moment) -> int:
        """Instant at which a moment is over: a whole day at its second midnight, others at once."""
        return self.ms_of(moment) + (DAY if moment.is_whole_day else 0)

    def span_of(self, stretch: MomentRange) -> tuple[int, int]:
        """Begin and end in ms since the season's start; the end itself lies outside.

        Raises:
            BadValue: it needs dates that the season does not have, or ends before it begins.
        """
        begin, end = self.ms_of(stretch.first), self.ms_of_day_end(stretch.last)
        if end < begin:
            raise BadValue(message="ends before it begins", hint="put the earlier day first")
        return begin, end

    def span_text(self) -> str:
        """The season's first and last day in words, for messages."""
        if self.start is None:
            return f"from 0 days to {format_duration(self.length_ms)}"
        last = self.datetime_of(max(self.length_ms - 1, 0))
        return f"from {self.start.date()} to {last.date()}"

    def datetime_of(self, ms: int) -> dt.datetime:
        """Local date and time of an instant.

        Raises:
            BadValue: the season has no dates.
        """
        return self._dated() + dt.timedelta(milliseconds=ms)

    def day_number(self, ms: int) -> int:
        """Number of the day that an instant falls on; the season starts on day 0."""
        return (ms + self.start_time) // DAY

    def midnight_of_day(self, number: int) -> int:
        """Midnight with which a day begins, in ms since the season's start."""
        return number * DAY - self.start_time

    def midnight_before(self, ms: int) -> int:
        """The last midnight at or before an instant, in ms since the season's start."""
        return self.midnight_of_day(self.day_number(ms))

    def weekday_of(self, ms: int) -> int:
        """Weekday of an instant, Monday is 0."""
        return self._weekday(self.day_number(ms))

    def days(self, first_ms: int = 0, last_ms: int | None = None) -> Iterator[Day]:
        """Every day that overlaps the time from `first_ms` up to `last_ms`, the season's end."""
        end = self.length_ms if last_ms is None else last_ms
        number = self.day_number(first_ms)
        while (midnight := self.midnight_of_day(number)) < end:
            date = None if self.start is None else self._date(number)
            yield Day(number, midnight, self._weekday(number), date)
            number += 1

    def closed_days(self, stretches: tuple[MomentRange, ...]) -> frozenset[int]:
        """Numbers of all days that the given stretches touch."""
        numbers: set[int] = set()
        for stretch in stretches:
            begin, end = self.span_of(stretch)
            numbers.update(range(self.day_number(begin), self.day_number(max(begin, end - 1)) + 1))
        return frozenset(numbers)

    def open_spans(
        self, ms: int, hours: Week, closed_days: Container[int] = frozenset()
    ) -> Iterator[Span]:
        """Open spans from the one that ends after `ms` onwards, as (opens, closes) in ms.

        Hours past midnight belong to the day on which they open, which alone decides whether
        they are closed. Spans that meet are not joined. Never ends if `hours` are ever open.
        """
        if not any(hours):
            return
        number = self.day_number(ms) - 1
        while True:
            span = hours[self._weekday(number)]
            if span is not None and number not in closed_days:
                midnight = self.midnight_of_day(number)
                if midnight + span[1] > ms:
                    yield midnight + span[0], midnight + span[1]
            number += 1

    def next_open(self, ms: int, hours: Week, closed_days: Container[int] = frozenset()) -> int:
        """First open instant at or after `ms`.

        Raises:
            BadValue: the hours are closed on every day.
        """
        return max(ms, self.next_span(ms, hours, closed_days)[0])

    def next_span(self, ms: int, hours: Week, closed_days: Container[int] = frozenset()) -> Span:
        """First open span that ends after `ms`.

        Raises:
            BadValue: the hours are closed on every day.
        """
        for span in self.open_spans(ms, hours, closed_days):
            return span
        raise BadValue(message="never open", hint="give hours for at least one day")

    def add_open_time(
        self, ms: int, span: int, hours: Week, closed_days: Container[int] = frozenset()
    ) -> int:
        """Instant at which `span` ms of open time have passed since `ms`.

        A span of 0 gives the first open instant; a span that is used up just as the doors close
        ends at that closing time.

        Raises:
            BadValue: the hours are closed on every day.
        """
        left = span
        for opens, closes in self.open_spans(ms, hours, closed_days):
            begin = max(ms, opens)
            if left <= closes - begin:
                return begin + left
            left -= closes - begin
        raise BadValue(message="never open", hint="give hours for at least one day")

    def _dated(self) -> dt.datetime:
        if self.start is None:
            raise BadValue(message="the season has no dates", hint="give `season.start` a date")
        return self.start

    def _weekday(self, number: int) -> int:
        first = 0 if self.start is None else self.start.weekday()
        return (first + number) % 7

    def _date(self, number: int) -> dt.date:
        return self._dated().date() + dt.timedelta(days=number)

    def _midnight_of(self, moment: Moment) -> int:
        """Midnight of a moment's day, in ms since the season's start."""
        if self.start is None:
            raise BadValue(
                message=f"{str(moment)!r} needs a season with dates",
                hint='give `season.start` a date, or write a span from the start such as "20 days"',
            )
        if moment.date is not None:
            return self._ms_of_date(moment.date) + moment.shift_ms
        if moment.named is None:
            message = "a moment has a date or a name"
            raise ValueError(message)
        return self._occurrence(moment.named, moment.shift_ms)

    def _occurrence(self, name: str, shift_ms: int) -> int:
        """The first occurrence of a named day, shifted, that is not before the first day."""
        first_day = self.midnight_before(0)
        year = self._dated().year - 1
        while True:
            midnight = self._ms_of_date(NAMED_DAYS[name](year)) + shift_ms
            if midnight >= first_day:
                return midnight
            year += 1

    def _ms_of_date(self, date: dt.date) -> int:
        return (date - self._dated().date()).days * DAY - self.start_time


def season_calendar(season: Season) -> Calendar:
    """Calendar of a season as the scenario states it.

    Raises:
        BadValue: it has no end, two ends, or ends before it starts.
    """
    if (season.end is None) == (season.length is None):
        raise BadValue(
            message="needs either `end` or `length`", hint='write e.g. length: "12 weeks"'
        )
    start = None if season.start is None else _start_of(season.start)
    if season.length is not None:
        return Calendar(start, season.length)
    end = cast("Moment", season.end)
    length = Calendar(start, 0).ms_of_day_end(end)
    if length <= 0:
        raise BadValue(message="the season ends before it starts", hint="put `end` after `start`")
    return Calendar(start, length)


def _start_of(moment: Moment) -> dt.datetime:
    """Date and time at which a season starts."""
    if moment.date is None:
        raise BadValue(message="`start` must be a date", hint='write e.g. start: "2026-10-05"')
    midnight = dt.datetime.combine(moment.date, dt.time.min)
    return midnight + dt.timedelta(milliseconds=moment.shift_ms + (moment.time_ms or 0))

"""Moments as planners write them: a date, a time, a holiday by its name, or days from the start."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import CoreSchema, core_schema

from sim.errors import BadValue
from sim.scenario.clock import format_clock, parse_clock
from sim.scenario.units import DAY, format_duration, parse_duration

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

START: Final = "start"
"""The season's start, which is known even in a season without dates."""


def _fixed(month: int, day: int) -> Callable[[int], dt.date]:
    return lambda year: dt.date(year, month, day)


def _after_thanksgiving(days: int) -> Callable[[int], dt.date]:
    return lambda year: thanksgiving(year) + dt.timedelta(days=days)


def thanksgiving(year: int) -> dt.date:
    """Thanksgiving in the United States: the fourth Thursday of November."""
    first = dt.date(year, 11, 1)
    return first + dt.timedelta(days=(3 - first.weekday()) % 7 + 21)


NAMED_DAYS: Final[dict[str, Callable[[int], dt.date]]] = {
    "valentines_day": _fixed(2, 14),
    "halloween": _fixed(10, 31),
    "singles_day": _fixed(11, 11),
    "thanksgiving": thanksgiving,
    "black_friday": _after_thanksgiving(1),
    "cyber_monday": _after_thanksgiving(4),
    "christmas_eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "boxing_day": _fixed(12, 26),
    "new_years_eve": _fixed(12, 31),
    "new_year": _fixed(1, 1),
}
"""Days that may be written by name, and their date in a given year."""

_HINT = (
    'write a date ("2026-11-16"), a time ("2026-11-16 09:00"), a day by name ("black_friday", '
    '"3 days before christmas") or a span from the start ("20 days")'
)
_TIME = r"(?:[T ]\s*(\d{1,2}:\d{2}(?::\d{2})?))?"
_DATE = re.compile(rf"(\d{{4}})-(\d{{2}})-(\d{{2}}){_TIME}")
_NAMED = re.compile(rf"([a-z][a-z' _-]*?){_TIME}", re.IGNORECASE)
_RELATIVE = re.compile(r"(\d.*?)\s+(before|after)\s+(.+)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or an instant, as the scenario states it; a `Calendar` says when that is.

    Without a time of day a date or named day is the whole day: as a beginning its midnight, as an
    inclusive end the midnight after it. A span from the start is an instant.
    """

    date: dt.date | None = None
    """The date; None where the day has a name."""
    named: str | None = None
    """Name of the day, or `start`; None where there is a date."""
    shift_ms: int = 0
    """Added to it: negative before, positive after."""
    time_ms: int | None = None
    """Time of day in ms after midnight; None: the whole day."""

    @property
    def is_whole_day(self) -> bool:
        """Whether this is a day rather than an instant."""
        return self.time_ms is None and self.named != START and self.shift_ms % DAY == 0

    @property
    def needs_dates(self) -> bool:
        """Whether this can be resolved only in a season with dates."""
        return self.named != START

    def __str__(self) -> str:
        if self.named == START and self.shift_ms >= 0:
            return format_duration(self.shift_ms)
        anchor = self.named if self.date is None else self.date.isoformat()
        shift = ""
        if self.shift_ms:
            side = "before" if self.shift_ms < 0 else "after"
            shift = f"{format_duration(abs(self.shift_ms))} {side} "
        clock = "" if self.time_ms is None else f" {format_clock(self.time_ms)}"
        return f"{shift}{anchor}{clock}"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            parse_moment, serialization=core_schema.to_string_ser_schema(when_used="always")
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "type": "string",
            "minLength": 1,
            "examples": ["2026-11-16", "2026-11-16 09:00", "black_friday", "20 days"],
            "description": "A date, a time, a named day, or a span from the season's start.",
        }


@dataclass(frozen=True, slots=True)
class MomentRange:
    """A stretch of days or time, both ends included if they are whole days."""

    first: Moment
    """Its beginning."""
    last: Moment
    """Its end: a whole day counts to its midnight."""

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            parse_moment_range, serialization=core_schema.to_string_ser_schema(when_used="always")
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "type": "string",
            "minLength": 1,
            "examples": ["2026-10-01..2026-10-07", "thanksgiving"],
            "description": "First and last day joined by two dots, or a single day.",
        }


def parse_moment(text: object) -> Moment:
    """Read a moment.

    Raises:
        BadValue: the text is not a moment, or names a day that does not exist.
    """
    if isinstance(text, Moment):
        return text
    if not isinstance(text, str) or not text.strip():
        raise BadValue(message="is not a moment", hint=_HINT)
    stated = text.strip()
    date = _DATE.fullmatch(stated)
    if date is not None:
        return Moment(date=_date(date), time_ms=_time(date[4]))
    relative = _RELATIVE.fullmatch(stated)
    if relative is not None:
        return _relative(relative)
    if stated[0].isdigit():
        if re.match(r"\d{4}-|\d+[./]\d+[./]", stated):
            raise BadValue(message="is not a date", hint='write year-month-day, e.g. "2026-11-16"')
        return Moment(named=START, shift_ms=_span(stated))
    named = _NAMED.fullmatch(stated)
    name = re.sub(r"[ -]+", "_", named[1].replace("'", "")).lower() if named is not None else ""
    if named is None or (name != START and name not in NAMED_DAYS):
        raise BadValue(message="is not a moment", hint=_suggest(name) or _HINT)
    if name == START and named[2] is not None:
        raise BadValue(message="the start has no time of day", hint='write e.g. "9 hours" after it')
    return Moment(named=name, time_ms=_time(named[2]))


def parse_moment_range(text: object) -> MomentRange:
    """Read "2026-10-01..2026-10-07" or a single moment."""
    if isinstance(text, MomentRange):
        return text
    if not isinstance(text, str):
        raise BadValue(
            message="is not a stretch of days", hint='write e.g. "2026-10-01..2026-10-07"'
        )
    ends = [end.strip() for end in text.split("..")]
    if len(ends) > 2:
        raise BadValue(message="has more than two ends", hint='write e.g. "2026-10-01..2026-10-07"')
    first, last = parse_moment(ends[0]), parse_moment(ends[-1])
    begin, end = _on_one_scale(first), _on_one_scale(last)
    if begin is not None and end is not None and begin[0] == end[0] and begin > end:
        raise BadValue(message="ends before it begins", hint="put the earlier date first")
    return MomentRange(first, last)


def _on_one_scale(moment: Moment) -> tuple[bool, int] | None:
    """Kind and place in ms of a moment, to compare two of a kind; None for a day by name."""
    if moment.date is None and moment.named != START:
        return None
    midnight = 0 if moment.date is None else moment.date.toordinal() * DAY
    return moment.date is None, midnight + moment.shift_ms + (moment.time_ms or 0)


def _date(match: re.Match[str]) -> dt.date:
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise BadValue(message="there is no such day", hint="dates are year-month-day") from None


def _time(text: str | None) -> int | None:
    if text is None:
        return None
    time = parse_clock(text)
    if time == DAY:
        raise BadValue(
            message="24:00 is the next day's midnight", hint="write 00:00 of the next day"
        )
    return time


def _relative(match: re.Match[str]) -> Moment:
    anchor = parse_moment(match[3])
    if anchor.shift_ms:
        raise BadValue(message="is not a moment", hint=_HINT)
    span = _span(match[1])
    shift = -span if match[2] == "before" else span
    if shift % DAY and anchor.time_ms is None and anchor.named != START:
        days, rest = divmod(shift, DAY)
        return Moment(anchor.date, anchor.named, days * DAY, rest)
    return Moment(anchor.date, anchor.named, shift, anchor.time_ms)


def _span(text: str) -> int:
    try:
        return parse_duration(text)
    except BadValue:
        raise BadValue(message="is not a moment", hint=_HINT) from None


def _suggest(name: str) -> str | None:
    close = get_close_matches(name, [*NAMED_DAYS, START], n=1)
    return f"did you mean {close[0]!r}?" if close else None

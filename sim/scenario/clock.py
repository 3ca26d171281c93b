"""Times of day and weekly hours: "16:30", "08:00-16:30", `{mon-fri: 16:00, sat: 12:00}`.

A week is a tuple of seven entries, Monday first; None means closed on that day. Instants are
milliseconds after that day's midnight, so hours that run past midnight end after 24:00.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias, TypeVar

from sim.errors import BadValue
from sim.scenario.units import DAY, HOUR, MINUTE, SECOND

Span: TypeAlias = tuple[int, int]
"""Opening and closing time in ms after midnight; closing is after opening, at most 24 h later."""
Week: TypeAlias = tuple[
    Span | None,
    Span | None,
    Span | None,
    Span | None,
    Span | None,
    Span | None,
    Span | None,
]
"""Hours of each weekday, Monday first; None where closed."""
WeekOfTimes: TypeAlias = tuple[
    int | None, int | None, int | None, int | None, int | None, int | None, int | None
]
"""One time of each weekday in ms after midnight, Monday first; None where there is none."""

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS: Final[Week] = ((0, DAY),) * 7
"""Open around the clock, every day."""

_LONG_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GROUPS: Final = {
    "weekdays": range(5),
    "weekday": range(5),
    "weekend": range(5, 7),
    "weekends": range(5, 7),
    "daily": range(7),
    "every day": range(7),
}
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_DAYS_HINT = "use mon … sun, mon-fri, weekdays, weekend or daily"
_T = TypeVar("_T")


def parse_clock(text: object) -> int:
    """Milliseconds after midnight of "16:30" or "07:05:30"; "24:00" is the end of the day."""
    match = _CLOCK.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise BadValue(message="is not a time of day", hint='write e.g. "16:30"')
    hours, minutes, seconds = int(match[1]), int(match[2]), int(match[3] or 0)
    time = hours * HOUR + minutes * MINUTE + seconds * SECOND
    if minutes > 59 or seconds > 59 or time > DAY:
        raise BadValue(message="there is no such time of day", hint="times run from 00:00 to 24:00")
    return time


def format_clock(time: int) -> str:
    """Write a time of day with seconds only where it has them."""
    minutes, rest = divmod(time, MINUTE)
    seconds = f":{rest // SECOND:02d}" if rest else ""
    return f"{minutes // 60:02d}:{minutes % 60:02d}{seconds}"


def parse_span(text: object) -> Span:
    """Opening and closing time of "08:00-16:30"; "22:00-06:00" closes on the next day."""
    ends = re.split(r"\s*[-–]\s*", text.strip()) if isinstance(text, str) else []
    if len(ends) != 2:
        raise BadValue(message="is not a span of hours", hint='write e.g. "08:00-16:30"')
    opens, closes = parse_clock(ends[0]), parse_clock(ends[1])
    if opens in {closes, DAY}:
        raise BadValue(
            message="opens and closes at the same time", hint='the whole day is "00:00-24:00"'
        )
    return opens, closes if closes > opens else closes + DAY


def format_span(span: Span) -> str:
    """Write hours so that `parse_span` gives the same ones."""
    opens, closes = span
    return f"{format_clock(opens)}-{format_clock(closes if closes <= DAY else closes - DAY)}"


def parse_days(text: object) -> list[int]:
    """Weekdays (Monday is 0) meant by "mon", "mon-fri", "sat, sun", "weekdays", "daily".

    >>> parse_days("fri-mon")
    [4, 5, 6, 0]
    """
    if not isinstance(text, str):
        raise BadValue(message="is not a day of the week", hint=_DAYS_HINT)
    days: list[int] = []
    for part in (piece.strip().lower() for piece in re.split(r"\s*[,+]\s*", text.strip())):
        if part in _GROUPS:
            days.extend(_GROUPS[part])
            continue
        ends = [_weekday(end) for end in re.split(r"\s*[-–]\s*", part)]
        if len(ends) > 2:
            raise BadValue(message=f"{part!r} is not a day of the week", hint=_DAYS_HINT)
        days.extend((ends[0] + step) % 7 for step in range((ends[-1] - ends[0]) % 7 + 1))
    return days


def parse_week_times(value: object) -> WeekOfTimes:
    """One time per weekday: `{mon-fri: 16:00, sat: 12:00}`, "weekdays 16:00", or "16:00" daily."""
    week = _parse_week(value, parse_clock, '{mon-fri: "16:00", sat: "12:00"}')
    return week[0], week[1], week[2], week[3], week[4], week[5], week[6]


def parse_week_hours(value: object) -> Week:
    """Hours per weekday: `{mon-fri: 08:00-16:30}`, "weekdays 09:00-17:00", or "always"."""
    if isinstance(value, str) and value.strip().lower() in {"always", "24/7"}:
        return ALWAYS
    week = _parse_week(value, parse_span, '{mon-fri: "08:00-16:30"}')
    _refuse_overlaps(week)
    return week[0], week[1], week[2], week[3], week[4], week[5], week[6]


def format_week_times(week: WeekOfTimes) -> dict[str, str]:
    """Write times of a week as a mapping by day."""
    return _format_week(week, format_clock)


def format_week_hours(week: Week) -> dict[str, str] | str:
    """Write hours of a week as a mapping by day, or as "always"."""
    return "always" if week == ALWAYS else _format_week(week, format_span)


def _parse_week(value: object, read: Callable[[object], _T], example: str) -> list[_T | None]:
    week: list[_T | None] = [None] * 7
    for days, entry in _day_entries(value, example):
        for day in parse_days(days):
            if week[day] is not None:
                raise BadValue(message=f"{WEEKDAYS[day]} is given twice", hint="name each day once")
            week[day] = None if _says_closed(entry) else read(entry)
    return week


def _day_entries(value: object, example: str) -> list[tuple[object, object]]:
    """Pairs of days and what holds on them, from a mapping or from one line of text."""
    if isinstance(value, Mapping):
        if not value:
            raise BadValue(message="names no day", hint=f"write e.g. {example}")
        return list(value.items())
    if not isinstance(value, str) or not value.strip():
        raise BadValue(message="must say what holds on which days", hint=f"write e.g. {example}")
    text = value.strip()
    if text[0].isdigit():
        return [("daily", text)]
    entries: list[tuple[object, object]] = []
    for part in re.split(r"\s*[,;]\s*(?=[^\W\d])", text):
        match = re.fullmatch(r"(\D*[^\W\d])\s+(\d.*|closed)", part)
        if match is None:
            raise BadValue(message="cannot be read as days and times", hint=f"write e.g. {example}")
        entries.append((match[1], match[2]))
    return entries


def _format_week(week: tuple[_T | None, ...], write: Callable[[_T], str]) -> dict[str, str]:
    """Days in a row with the same entry share a line: `{mon-fri: …, sat: …}`."""
    written: dict[str, str] = {}
    first = 0
    while first < 7:
        last = first
        while last < 6 and week[last + 1] == week[first]:
            last += 1
        entry = week[first]
        if entry is not None:
            days = WEEKDAYS[first] if first == last else f"{WEEKDAYS[first]}-{WEEKDAYS[last]}"
            written[days] = write(entry)
        first = last + 1
    return written or {"daily": "closed"}


def _refuse_overlaps(week: list[Span | None]) -> None:
    """Hours that run past midnight must end before the next day opens."""
    for day, span in enumerate(week):
        following = week[(day + 1) % 7]
        if span is not None and following is not None and span[1] - DAY > following[0]:
            raise BadValue(
                message=f"the hours of {WEEKDAYS[day]} run into those of {WEEKDAYS[(day + 1) % 7]}",
                hint="end them before the next day opens",
            )


def _weekday(name: str) -> int:
    if name in WEEKDAYS:
        return WEEKDAYS.index(name)
    if name in _LONG_NAMES:
        return _LONG_NAMES.index(name)
    raise BadValue(message=f"{name!r} is not a day of the week", hint=_DAYS_HINT)


def _says_closed(entry: object) -> bool:
    return isinstance(entry, str) and entry.strip().lower() in {"closed", "none"}

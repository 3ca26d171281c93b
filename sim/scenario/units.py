"""Units as planners write them: "3 days", "12 liters", "6%", "27.00 per hour".

Every reader takes text and gives the number that the engine works with; every writer gives text
that its reader turns back into exactly the same number, so that a resolved scenario can be saved
and read again. Amounts are read as decimals, so "0.1 days" is exactly 8,640,000 ms. A bare number
where a unit is needed is refused: 3 what?
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from sim.errors import BadValue, shown

MS: Final = 1
SECOND: Final = 1000 * MS
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
WEEK: Final = 7 * DAY
MONTH: Final = 30 * DAY
"""A month is 30 days, as rents and rates are reckoned."""
YEAR: Final = 365 * DAY
"""A year is 365 days."""

LONGEST_DURATION: Final = 100_000 * YEAR
"""Longest span in ms; every instant below it is exact as a float as well."""
LARGEST_VOLUME: Final = 10**15
"""Largest volume in ml."""
LARGEST_COUNT: Final = 10**9
"""Largest number of units, people, positions."""

TIME_UNITS: Final = {
    name: ms
    for ms, names in (
        (MS, "ms msec millisecond milliseconds"),
        (SECOND, "s sec secs second seconds"),
        (MINUTE, "min mins minute minutes"),
        (HOUR, "h hr hrs hour hours"),
        (DAY, "d day days"),
        (WEEK, "w wk wks week weeks"),
        (MONTH, "month months"),
        (YEAR, "yr yrs year years"),
    )
    for name in names.split()
}
"""Length in ms of every spelling of a unit of time."""

_LITER = Decimal(1000)
_CUBIC_INCH = Decimal("16.387064")
VOLUME_UNITS: Final = {
    name: milliliters
    for milliliters, names in (
        (Decimal(1), "ml milliliter milliliters millilitre millilitres cm3 cc"),
        (_LITER, "l liter liters litre litres dm3"),
        (1000 * _LITER, "m3 m³ cbm cubic_meter cubic_meters cubic_metre cubic_metres"),
        (1728 * _CUBIC_INCH, "cu_ft cuft ft3 cubic_foot cubic_feet"),
        (_CUBIC_INCH, "cu_in cuin in3 cubic_inch cubic_inches"),
    )
    for name in names.split()
}
"""Size in milliliters of every spelling of a unit of volume; a space stands for the underscore."""

NUMBER: Final = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?"
"""A number as it may stand before a unit; decimal point, no thousands separators."""

_AMOUNT_AND_WORD = re.compile(rf"\s*({NUMBER})\s*([^\W\d_][\w³.]*)\s*(?:,|and\b)?\s*")
_AMOUNT_AND_WORDS = re.compile(rf"({NUMBER})\s*([^\W\d_].*)")
_PERCENT = re.compile(rf"({NUMBER})\s*(?:%|percent)")
_COUNT = re.compile(r"([+-]?\d+)\s*(?:units?|pcs|pieces?)")

_EXAMPLES: Final = {"days": ("3 days", "45 min"), "min": ("2.5 min", "90 s")}
"""What a refused span of time might have been, by the unit that is usual in its place."""
_WRITTEN_TIMES = ((DAY, "day"), (HOUR, "hour"), (MINUTE, "min"), (SECOND, "s"), (MS, "ms"))


def parse_duration(text: object, unit: str = "days") -> int:
    """Milliseconds of "3 days", "45 min" or "1 day 4 hours", rounded to the nearest.

    Args:
        text: the span of time.
        unit: what a refusal suggests: `days`, or `min` where minutes are usual.

    Raises:
        BadValue: the text is not a span of time, is negative or is too long.
    """
    return int(exact_duration(text, unit).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def exact_duration(text: object, unit: str = "days") -> Decimal:
    """Milliseconds of a span of time, not rounded: the mean of a distribution need not be whole."""
    example, other = _EXAMPLES[unit]
    stated = _stated(text, "a span of time", example, unit)
    total, at = Decimal(0), 0
    while at < len(stated):
        match = _AMOUNT_AND_WORD.match(stated, at)
        if match is None:
            raise BadValue(
                message="is not a span of time", hint=f'write e.g. "{example}" or "{other}"'
            )
        total += Decimal(match[1]) * _time_unit(match[2])
        at = match.end()
    if stated.lstrip().startswith("-") or total < 0:
        raise BadValue(message="a span of time must not be negative")
    if total > LONGEST_DURATION:
        raise BadValue(message="is too long", hint="the longest span of time is 100,000 years")
    return total


def format_duration(ms: int) -> str:
    """Write a span of time so that it reads well and `parse_duration` gives the same number.

    >>> format_duration(259_200_000), format_duration(5_400_000), format_duration(90_061_000)
    ('3 days', '90 min', '1 day 1 hour 1 min 1 s')
    """
    if ms == 0:
        return "0 days"
    for length, name in _WRITTEN_TIMES:
        if ms % length == 0 and ms // length < 1000:
            return _counted(ms // length, name)
    parts = []
    for length, name in _WRITTEN_TIMES:
        count, ms = divmod(ms, length)
        if count:
            parts.append(_counted(count, name))
    return " ".join(parts)


def parse_volume(text: object) -> int:
    """Milliliters of "12 liters", "0.5 m3" or "1 cu ft", rounded to the nearest."""
    stated = _stated(text, "a volume", "12 liters", "liters")
    match = _AMOUNT_AND_WORDS.fullmatch(stated)
    if match is None:
        raise BadValue(message="is not a volume", hint='write e.g. "12 liters"')
    unit = VOLUME_UNITS.get("_".join(match[2].replace(".", " ").split()).lower())
    if unit is None:
        raise BadValue(
            message=f"{match[2]!r} is not a unit of volume",
            hint="use ml, liters, m3, cu ft or cubic inches",
        )
    volume = Decimal(match[1]) * unit
    if volume < 0:
        raise BadValue(message="a volume must not be negative")
    if volume > LARGEST_VOLUME:
        raise BadValue(message="is too large for a volume")
    return int(volume.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def format_volume(milliliters: int) -> str:
    """Write a volume in liters, small ones in milliliters."""
    if milliliters < 1000 and milliliters:
        return f"{milliliters} ml"
    return _counted(Decimal(milliliters) / _LITER, "liter")


def parse_percent(text: str) -> float:
    """Share meant by "6%" or "-10 %": 0.06, -0.1."""
    match = _PERCENT.fullmatch(text.strip())
    if match is None:
        raise BadValue(message="is not a percentage", hint='write e.g. "6%"')
    return float(Decimal(match[1]) / 100)


def format_percent(share: float) -> str:
    """Write a share as a percentage with exactly the digits it needs.

    >>> format_percent(0.07), format_percent(0.985)
    ('7%', '98.5%')
    """
    return f"{plain(Decimal(repr(share)) * 100)}%"


def parse_count(value: object) -> int:
    """Whole number meant by 500 or "500 units"."""
    match = _COUNT.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is not None:
        value = int(match[1]) if len(match[1]) <= 12 else LARGEST_COUNT + 1
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadValue(
            message="must be a whole number of units", hint='write e.g. "500 units" or 500'
        )
    if value < 0:
        raise BadValue(message="must not be negative", hint='write e.g. "500 units" or 500')
    if value > LARGEST_COUNT:
        raise BadValue(message="is too large", hint="the largest number of units is 1,000,000,000")
    return value


def plain(number: Decimal) -> str:
    """Write a decimal without an exponent and without zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _time_unit(word: str) -> int:
    ms = TIME_UNITS.get(word.rstrip(".").lower())
    if ms is None:
        raise BadValue(
            message=f"{word!r} is not a unit of time",
            hint="use ms, s, min, hours, days, weeks, months or years",
        )
    return ms


def _counted(count: int | Decimal, name: str) -> str:
    plural = "" if count == 1 or name in {"min", "s", "ms"} else "s"
    return f"{plain(Decimal(count))} {name}{plural}"


def _stated(value: object, what: str, example: str, unit: str) -> str:
    """Text of a value that must carry a unit; a bare number is refused with a suggestion."""
    if isinstance(value, str) and re.fullmatch(NUMBER, value.strip()) is None:
        if not value.strip():
            raise BadValue(message=f"must be {what}, but is empty", hint=f'write e.g. "{example}"')
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise BadValue(message=f"must be {what}", hint=f'write e.g. "{example}"')
    raise BadValue(
        message=f"a bare number is not {what}: its unit is missing",
        hint=f'write e.g. "{shown_number(value)} {unit}"',
    )


def shown_number(value: float | str) -> str:
    """A bare number for an example, or 3 if it is too large to be meant as it stands."""
    text = value.strip() if isinstance(value, str) else shown(value)
    return text if len(text) <= 4 else "3"

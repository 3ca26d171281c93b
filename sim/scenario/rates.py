"""Rates and positions: "120 units per day", "6 per shelf per month", "60 shelves of 80 liters"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from sim.errors import BadValue
from sim.scenario.units import (
    LARGEST_COUNT,
    NUMBER,
    TIME_UNITS,
    format_duration,
    format_percent,
    format_volume,
    parse_duration,
    parse_percent,
    parse_volume,
    plain,
)

_LARGEST_AMOUNT = 1e12
_HEAD = re.compile(rf"({NUMBER})\s*(%?)\s*(.*)")
_POSITIONS = re.compile(r"(\d{1,12})\s+(?!of\b)([^\W\d_][\w -]*?)(?:\s+of\s+(.+))?")
_WORD = re.compile(r"[^\W\d_][\w-]*")
_SINGULAR = {"shelves": "shelf", "boxes": "box", "people": "person", "pcs": "unit"}
_PLURAL = {singular: plural for plural, singular in _SINGULAR.items() if plural != "pcs"}
_TIME_WORD = {
    TIME_UNITS[word]: word
    for word in ("ms", "second", "min", "hour", "day", "week", "month", "year")
}


@dataclass(frozen=True, slots=True)
class Rate:
    """An amount per time, per thing, or both."""

    amount: float
    """How much; ms where the amount is itself a span of time, a share where it was a percentage."""
    per_ms: int | None = None
    """The stretch of time it is per, in ms; None: not per time."""
    per: str | None = None
    """The thing it is per, in the singular (`shelf`, `unit`); None: not per thing."""
    of: str | None = None
    """What is counted, in the plural (`units`, `hours`, `%`); None: money, or events."""

    @property
    def per_ms_rate(self) -> float:
        """Amount per millisecond.

        Raises:
            ValueError: the rate is not per time.
        """
        if self.per_ms is None:
            message = f"{format_rate(self)!r} is not a rate per time"
            raise ValueError(message)
        return self.amount / self.per_ms

    def __str__(self) -> str:
        return format_rate(self)


@dataclass(frozen=True, slots=True)
class Positions:
    """Places to put goods, such as shelves or pallets."""

    count: int
    """How many."""
    kind: str
    """What they are, in the singular."""
    volume_ml: int | None = None
    """Size of one in milliliters; None where only the number matters."""

    def __str__(self) -> str:
        return format_positions(self)


@dataclass(frozen=True, slots=True)
class Cover:
    """Stock stated by how long it lasts."""

    ms: int
    """Stretch of forecast demand that it covers, in ms."""


def parse_rate(text: object, example: str = "3 per day") -> Rate:
    """Read "3 per day", "120 units per day", "6 per shelf per month", "every 20 min".

    Args:
        text: what the scenario holds.
        example: a rate of the kind that is wanted here, for the error text.

    Raises:
        BadValue: the text is not a rate.
    """
    hint = f'write e.g. "{example}"'
    if not isinstance(text, str):
        raise BadValue(message="must be a rate with its unit", hint=hint)
    stated = text.strip()
    if stated.startswith("every "):
        return Rate(1.0, _some_time(stated.removeprefix("every ")))
    head, *pers = re.split(r"\s+per\s+|\s*/\s*", stated)
    match = _HEAD.fullmatch(head)
    if match is None:
        raise BadValue(message="is not a rate", hint=hint)
    if not pers:
        raise BadValue(message='is not a rate: "per …" is missing', hint=hint)
    amount, of = _amount(match, hint)
    per_ms, per = None, None
    for words in pers:
        length = _time_of(words)
        if length is not None and per_ms is None:
            per_ms = length
        elif length is None and per is None and _WORD.fullmatch(words):
            per = singular(words)
        else:
            raise BadValue(message=f"'per {words}' cannot be read", hint=hint)
    return Rate(amount, per_ms, per, of)


def format_rate(rate: Rate) -> str:
    """Write a rate so that `parse_rate` gives the same one."""
    if rate.of == "%":
        head = format_percent(rate.amount)
    elif rate.of == "hours":
        head = f"{plain(Decimal(repr(rate.amount)) / TIME_UNITS['hour'])} hours"
    else:
        head = plain(Decimal(repr(rate.amount))) + (f" {rate.of}" if rate.of else "")
    thing = "" if rate.per is None else f" per {rate.per}"
    return f"{head}{thing}{_per_time(rate.per_ms)}"


def parse_positions(text: object) -> Positions:
    """Read "60 shelves of 80 liters", "12 pallets of 1.2 m3", "20 shelves"."""
    hint = 'write e.g. "60 shelves of 80 liters"'
    match = _POSITIONS.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise BadValue(message="must be a number of positions and their kind", hint=hint)
    count = int(match[1])
    if count > LARGEST_COUNT:
        raise BadValue(
            message="is too large", hint="the largest number of positions is 1,000,000,000"
        )
    volume = None if match[3] is None else parse_volume(match[3])
    if volume == 0:
        raise BadValue(message="a position must have a size above 0", hint=hint)
    return Positions(count, singular(match[2].strip()), volume)


def format_positions(positions: Positions) -> str:
    """Write positions so that `parse_positions` gives the same ones."""
    kind = positions.kind if positions.count == 1 else plural(positions.kind)
    size = "" if positions.volume_ml is None else f" of {format_volume(positions.volume_ml)}"
    return f"{positions.count} {kind}{size}"


def singular(noun: str) -> str:
    """One of the thing: "shelves" is "shelf", "pallets" is "pallet"."""
    if noun in _SINGULAR:
        return _SINGULAR[noun]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") and len(noun) > 1 else noun


def plural(noun: str) -> str:
    """Several of the thing, as `singular` reads it back."""
    if noun in _PLURAL:
        return _PLURAL[noun]
    return noun if noun.endswith("s") else f"{noun}s"


def _amount(match: re.Match[str], hint: str) -> tuple[float, str | None]:
    """Amount and what is counted, from the part before the first "per"."""
    number, percent, words = match[1], match[2], match[3].strip()
    if float(number) < 0:
        raise BadValue(message="a rate must not be negative", hint=hint)
    if float(number) > _LARGEST_AMOUNT:
        raise BadValue(message="is too large for a rate", hint=hint)
    if percent and not words:
        return parse_percent(f"{number}%"), "%"
    if percent or (words and _WORD.fullmatch(words) is None):
        raise BadValue(message="is not a rate", hint=hint)
    if words.lower() in TIME_UNITS:
        return float(Decimal(number) * TIME_UNITS[words.lower()]), "hours"
    return float(number), plural(singular(words)) if words else None


def _time_of(words: str) -> int | None:
    """Length of "day" or "8 hours" in ms; None for anything that is not a time."""
    if words.strip().lower() in TIME_UNITS:
        return TIME_UNITS[words.strip().lower()]
    return _some_time(words) if words[:1].isdigit() else None


def _some_time(words: str) -> int:
    length = parse_duration(words)
    if length == 0:
        raise BadValue(
            message="a rate per no time at all has no meaning", hint='write e.g. "3 per day"'
        )
    return length


def _per_time(per_ms: int | None) -> str:
    if per_ms is None:
        return ""
    return f" per {_TIME_WORD.get(per_ms) or format_duration(per_ms)}"

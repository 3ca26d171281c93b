"""Levers as planners write them: a range, a list of values, or a group with a name and a cost."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, TypeAlias

from sim.errors import BadValue
from sim.scenario.readers import read_money
from sim.scenario.reads import Reads

MOST_VALUES: Final = 1000
"""Most values of one lever."""
_NUMBER: Final = r"[+-]?(?:\d+\.?\d*|\.\d+)"
_AMOUNT: Final = re.compile(rf"({_NUMBER})\s*(.*)", re.DOTALL)
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS: Final = re.compile(r"(\d+)\s*(days?|weeks?)")
_KEYS: Final = ("values", "name", "cost", "safer")
_EXAMPLE: Final = "write e.g. 6 to 30, 200 to 900 shelves of 80 liters by 20, or a list of values"
Safer: TypeAlias = Literal["high", "low", "last", "first"]


@dataclass(frozen=True, slots=True)
class Range:
    """Evenly spaced numbers, from the lowest to the highest."""

    low: Decimal
    high: Decimal
    step: Decimal | None
    """Distance of neighbors; None: the rentable step, or 1."""
    unit: str
    """What follows the number: `%`, ` shelves of 80 liters`; with its space."""

    def values(self, step: Decimal | None = None) -> tuple[str, ...]:
        """Its values as they would stand in the file; the highest always belongs to it.

        Args:
            step: Distance of neighbors where none is written.
        """
        width = self.step or step or Decimal(1)
        steps = int((self.high - self.low) / width)
        numbers = [self.low + width * step for step in range(steps + 1)]
        if numbers[-1] != self.high:
            numbers.append(self.high)
        return tuple(f"{_plain(number)}{self.unit}" for number in numbers)


@dataclass(frozen=True, slots=True)
class Days:
    """Days, from the first to the last."""

    first: dt.date
    last: dt.date
    every: int
    """Days from one to the next."""

    def values(self) -> tuple[str, ...]:
        """Its days as they would stand in the file; the last always belongs to it."""
        span = range(0, (self.last - self.first).days, self.every)
        days = [self.first + dt.timedelta(days=day) for day in span]
        return tuple(day.isoformat() for day in [*days, self.last])


Values: TypeAlias = Range | Days | tuple[Any, ...] | Literal["all"]
"""What a lever may be: ranges are ordered, values of a list are tried one by one unless `safer`
gives them an order; `all`: every policy."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One lever as it is written."""

    values: Values
    name: str | None = None
    """How reports call it; None: after its path."""
    cost: float = 0.0
    """Of each step above the leanest, in the season, beside what the model charges."""
    safer: Safer | None = None
    """Which end of a range serves customers better, `high` or `low`; None: the higher, of starting
    days the earlier. Of a list, which end of it, `last` or `first`; None: it has no order."""


def read_lever(written: object) -> Lever:
    """Read a lever.

    Raises:
        BadValue: it is none.
    """
    if isinstance(written, Lever):
        return written
    if not isinstance(written, Mapping) or "values" not in written:
        return Lever(_read_values(written))
    unknown = [str(key) for key in written if key not in _KEYS]
    if unknown:
        message = f"no setting of a lever is called {unknown[0]!r}"
        raise BadValue(message=message, hint=f"known: {', '.join(_KEYS)}")
    name, safer = written.get("name"), written.get("safer")
    if name is not None and not isinstance(name, str):
        raise BadValue(message="the name of a lever is text")
    values = _read_values(written["values"])
    _check_safer(values, safer)
    return Lever(values, name, read_money(written.get("cost", 0.0)), safer)


def _check_safer(values: Values, safer: object) -> None:
    if safer is None:
        return
    if values == "all":
        raise BadValue(message="policies have no order", hint="leave out safer")
    if isinstance(values, tuple) and safer not in {"last", "first"}:
        hint = "leave it out where no value of the list is safer than another"
        raise BadValue(message="safer is last or first, of a list", hint=hint)
    if isinstance(values, Range | Days) and safer not in {"high", "low"}:
        hint = "leave it out where more is safer"
        raise BadValue(message="safer is high or low, of a range", hint=hint)


def _read_values(written: object) -> Values:
    if isinstance(written, list | tuple):
        if not 1 <= len(written) <= MOST_VALUES:
            raise BadValue(message=f"needs 1 to {MOST_VALUES} values", hint=_EXAMPLE)
        if any(written.count(value) > 1 for value in written):
            raise BadValue(message="has the same value more than once", hint="keep one of them")
        return tuple(written)
    if not isinstance(written, str):
        raise BadValue(message="is no range and no list of values", hint=_EXAMPLE)
    if written.strip() == "all":
        return "all"
    return read_range(written)


def read_range(text: str) -> Range | Days:
    """Read `LOW to HIGH`, with a unit and `by STEP` where they are needed.

    Raises:
        BadValue: it is no range, or one without or with too many values.

    >>> read_range("6 to 10 by 2").values()
    ('6', '8', '10')
    >>> read_range("200 to 240 shelves of 80 liters by 20").values()[1]
    '220 shelves of 80 liters'
    >>> read_range("2026-11-02 to 2026-11-16 by 7 days").values()
    ('2026-11-02', '2026-11-09', '2026-11-16')
    """
    low, to, rest = (part.strip() for part in text.partition(" to "))
    if not to:
        raise BadValue(message="is no range and no list of values", hint=_EXAMPLE)
    high, _, step = (part.strip() for part in rest.partition(" by "))
    return _days(low, high, step) if _DATE.fullmatch(low) else _numbers(low, high, step)


def _days(low: str, high: str, step: str) -> Days:
    every = _DAYS.fullmatch(step or "7 days")
    if every is None or not int(every[1]):
        raise BadValue(message="a range of days goes by days or weeks", hint="write e.g. by 7 days")
    width = int(every[1]) * (7 if every[2].startswith("week") else 1)
    try:
        first, last = dt.date.fromisoformat(low), dt.date.fromisoformat(high)
    except ValueError:
        hint = "write e.g. 2026-11-02 to 2026-11-23"
        raise BadValue(message="is no range of days", hint=hint) from None
    _check(first < last, (last - first).days / width)
    return Days(first, last, width)


def _numbers(low: str, high: str, step: str) -> Range:
    first, last, by = _AMOUNT.fullmatch(low), _AMOUNT.fullmatch(high), _AMOUNT.fullmatch(step)
    if first is None or last is None or (step and by is None):
        raise BadValue(message="is no range of numbers", hint=_EXAMPLE)
    units = {match[2].strip() for match in (first, by) if match} - {"", last[2].strip()}
    if units:
        raise BadValue(message="both ends and the step are in the same unit", hint=_EXAMPLE)
    unit = last[2].strip()
    unit = f" {unit}" if unit and unit[0] != "%" else unit
    start, end = Decimal(first[1]), Decimal(last[1])
    width = Decimal(by[1]) if by else None
    if width is not None and width <= 0:
        raise BadValue(message="the step must be above 0", hint=_EXAMPLE)
    _check(start < end, float((end - start) / (width or 1)))
    return Range(start, end, width, unit)


def _check(ascending: bool, steps: float) -> None:
    if not ascending:
        raise BadValue(message="ends before it begins", hint="write the lower end first")
    if steps >= MOST_VALUES:
        raise BadValue(message=f"has more than {MOST_VALUES} values", hint="take a larger step")


def _plain(number: Decimal) -> str:
    """Digits without an exponent, and without zeros behind the point."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _write_lever(lever: Lever) -> Any:
    values = _write_values(lever.values)
    named = {"name": lever.name, "cost": lever.cost or None, "safer": lever.safer}
    given = {key: value for key, value in named.items() if value is not None}
    return {"values": values, **given} if given else values


def _write_values(values: Values) -> Any:
    if isinstance(values, Days):
        return f"{values.first} to {values.last} by {values.every} days"
    if not isinstance(values, Range):
        return values if isinstance(values, str) else list(values)
    by = "" if values.step is None else f" by {_plain(values.step)}"
    return f"{_plain(values.low)} to {_plain(values.high)}{values.unit}{by}"


LeverSpec: TypeAlias = Annotated[
    Lever,
    Reads(
        words="range, list of values, or group of `values`, `name`, `cost`, `safer`",
        read=read_lever,
        write=_write_lever,
        holds=Lever,
        schema={
            "type": ["string", "array", "object"],
            "examples": ["6 to 30", "2026-11-02 to 2026-11-23 by 7 days", ["18:00", "19:00"]],
        },
    ),
]
"""What a lever may be set to."""

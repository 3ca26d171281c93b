"""Settings that are varied: `demand.scale=0.8..1.2/5`, `storefront.when_short=alerts,backorder`."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.errors import Problem, ScenarioError
from sim.randomness import stream

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER: Final = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*?)\s*", re.DOTALL)
_PART: Final = re.compile(r"\{[^}]*\}|\[[^\]]*\]|\"[^\"]*\"|[^,{\[\"]+")
_EXAMPLE: Final = "write e.g. demand.scale=0.8..1.2/5 or storefront.when_short=alerts,backorder"
_STEPS: Final = 5
MOST_STEPS: Final = 1000


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, as planners write it."""

    number: float
    unit: str = ""
    """What follows the number: `%`, ` days`, ` per shelf per month`; with its space."""

    def at(self, number: float) -> str:
        """Another number in the same unit, to six digits.

        >>> Amount(38, " days").at(40.0), Amount(5, "%").at(1 / 3)
        ('40 days', '0.333333%')
        """
        return f"{number:.6g}{self.unit}"


@dataclass(frozen=True, slots=True)
class Axis:
    """One setting and the values that it takes."""

    path: str
    values: tuple[str, ...]
    """As they would stand in the file."""
    ends: tuple[float, float] | None = None
    """First and last number of a range; None: a list of values."""
    unit: str = ""
    whole: bool = False
    """Whether only whole numbers are values."""

    def at(self, number: float) -> str:
        """A number as a value of this setting."""
        return Amount(0.0, self.unit).at(round(number) if self.whole else number)

    def within(self, share: float) -> str:
        """The value at a share of the way, at least 0 and below 1."""
        if self.ends is None:
            return self.values[math.floor(share * len(self.values))]
        low, high = self.ends
        return self.at(low + share * (high - low))

    def number(self, value: str) -> float:
        """The number in a value of a range."""
        return float(value.removesuffix(self.unit))


Point = dict[str, str]
"""A value for each path."""


def read_amount(text: str) -> Amount | None:
    """A text that begins with a number; None: it does not.

    >>> read_amount("38 days"), read_amount("usually 16 days")
    (Amount(number=38.0, unit=' days'), None)
    """
    match = _NUMBER.fullmatch(text)
    if match is None or match[2].startswith((".", "-", ":", "+")):
        return None
    unit = match[2]
    return Amount(float(match[1]), unit if not unit or unit[0] == "%" else f" {unit}")


def read_axis(text: str, option: str = "--over") -> Axis:
    """Read `path=from..to/steps` (5 steps where none are given) or `path=value,value,...`.

    Args:
        text: As the user wrote it.
        option: Where, for messages.

    Raises:
        ScenarioError: It is neither.

    >>> read_axis("demand.scale=0.8..1.2/3").values
    ('0.8', '1', '1.2')
    >>> read_axis("storefront.caps.quoted_wait=10..40 days/2").values
    ('10 days', '40 days')
    """
    path, equals, written = text.partition("=")
    if not equals or not path.strip() or not written.strip():
        raise _wrong(option, text, "is no range and no list of values")
    low, dots, rest = written.partition("..")
    if not dots:
        values = tuple(part.strip() for part in _PART.findall(written) if part.strip())
        return Axis(path.strip(), values)
    high, slash, count = rest.rpartition("/")
    if not slash:
        high, count = rest, str(_STEPS)
    first, last = read_amount(low), read_amount(high)
    if first is None or last is None or first.unit not in {"", last.unit}:
        raise _wrong(option, text, "is no range: both ends are numbers, in the same unit")
    if not count.strip().isdigit() or not 2 <= int(count) <= MOST_STEPS:
        raise _wrong(option, text, f"takes between 2 and {MOST_STEPS} steps")
    number = int(count)
    span = (last.number - first.number) / (number - 1)
    values = tuple(last.at(first.number + span * step) for step in range(number))
    if len(set(values)) < number:
        raise _wrong(option, text, "has the same value more than once")
    return Axis(path.strip(), values, (first.number, last.number), last.unit)


def grid(axes: Sequence[Axis]) -> list[Point]:
    """Every combination of the values, the last axis running fastest."""
    paths = [axis.path for axis in axes]
    return [
        dict(zip(paths, values, strict=True))
        for values in itertools.product(*(axis.values for axis in axes))
    ]


def latin_hypercube(axes: Sequence[Axis], points: int, seed: int) -> list[Point]:
    """Points that fill the ranges evenly: each axis is cut into as many strata as there are points.

    McKay, Beckman and Conover (1979), Technometrics 21, 239. A list of values counts as a range of
    equally likely ones. Each axis has a stream of its own, so that adding one moves no other.
    """
    columns = {}
    for axis in axes:
        numbers = stream(seed, "latin_hypercube", axis.path)
        shares = (numbers.permutation(points) + numbers.random(points)) / points
        columns[axis.path] = [axis.within(float(share)) for share in shares]
    return [{path: column[row] for path, column in columns.items()} for row in range(points)]


def _wrong(option: str, text: str, message: str) -> ScenarioError:
    return ScenarioError(Problem("", message, _EXAMPLE, f"{option} {text}"))

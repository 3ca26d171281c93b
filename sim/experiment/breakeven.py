"""Break-even: at which value of one setting two policies come out the same, with an interval."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from sim.experiment.statistics import Interval, paired_difference

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from sim.experiment.axes import Axis

Simulate = Callable[[Sequence[str]], Sequence[tuple["ArrayLike", "ArrayLike"]]]
"""Simulates both policies at some values of the setting, on the same seasons at all of them."""
Kind = Literal["crosses", "first", "second", "open", "several"]

FIRST_POINTS: Final = 5
ROUNDS: Final = 3
MOST_POINTS: Final = FIRST_POINTS + 2 * ROUNDS
_FINE: Final = 0.005
"""Share of the range below which a bracket is not cut further."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A value that was simulated."""

    value: str
    number: float
    difference: Interval
    """First policy minus the second."""

    @property
    def sign(self) -> int:
        """1 or -1: the first or the second is known to be higher; 0: it cannot be told."""
        if not self.difference.decides or self.difference.low <= 0 <= self.difference.high:
            return 0
        return 1 if self.difference.low > 0 else -1


@dataclass(frozen=True, slots=True)
class Breakeven:
    """Where two policies come out the same."""

    axis: Axis
    kind: Kind
    """`crosses`: once. `first` or `second`: that policy is ahead at every value. `several`: the
    lead changes more than once. `open`: it cannot be told at an end of the range, or anywhere."""
    low: float
    """Simulated value up to which the break-even may lie, if it crosses; nan: it does not."""
    high: float
    estimate: float
    tried: tuple[Tried, ...]
    """Every value that was simulated, from low to high."""
    confidence: float


def find_breakeven(axis: Axis, simulate: Simulate, confidence: float = 0.95) -> Breakeven:
    """Search a range for the value at which two policies come out the same.

    At each value the paired difference has its own interval. The values at which it does not
    exclude 0 cannot be told from the break-even. They hold the true one with the confidence of a
    single interval, as when a test is inverted: only the test at that value counts.
    The search begins with five values and cuts, three times, the two gaps between decided and
    undecided values in half. The interval reaches to the nearest values that are decided, so it is
    never too short for want of points; this takes it that the lead changes once in the range.
    The estimate is the root of the least-squares line through the differences in the interval.

    Args:
        axis: The setting and its range.
        simulate: Both policies at given values.
        confidence: Of the interval.
    """
    low, high = sorted(axis.ends or (math.nan, math.nan))
    tried: dict[str, Tried] = {}
    wanted = [low + (high - low) * step / (FIRST_POINTS - 1) for step in range(FIRST_POINTS)]
    for _ in range(ROUNDS + 1):
        _try(axis, wanted, simulate, tried, confidence)
        wanted = _cuts(_sorted(tried), (high - low) * _FINE)
        if not wanted:
            break
    return _found(axis, _sorted(tried), confidence)


def _try(
    axis: Axis, numbers: list[float], simulate: Simulate, tried: dict[str, Tried], level: float
) -> None:
    values = [value for value in dict.fromkeys(map(axis.at, numbers)) if value not in tried]
    if not values:
        return
    for value, (first, second) in zip(values, simulate(values), strict=True):
        known = paired_difference(first, second, level).interval
        tried[value] = Tried(value, axis.number(value), known)


def _sorted(tried: dict[str, Tried]) -> tuple[Tried, ...]:
    return tuple(sorted(tried.values(), key=lambda each: each.number))


def _brackets(tried: Sequence[Tried]) -> list[tuple[int, int]]:
    """Places of neighboring decided values with different winners."""
    decided = [place for place, each in enumerate(tried) if each.sign]
    return [
        (one, next_)
        for one, next_ in itertools.pairwise(decided)
        if tried[one].sign != tried[next_].sign
    ]


def _cuts(tried: Sequence[Tried], fine: float) -> list[float]:
    """Middles of the gaps at both ends of the only bracket, where they are worth it."""
    brackets = _brackets(tried)
    if len(brackets) != 1:
        return []
    left, right = brackets[0]
    gaps = {(left, left + 1), (right - 1, right)}
    return [
        (tried[one].number + tried[next_].number) / 2
        for one, next_ in sorted(gaps)
        if tried[next_].number - tried[one].number > fine
    ]


def _found(axis: Axis, tried: tuple[Tried, ...], confidence: float) -> Breakeven:
    brackets = _brackets(tried)
    if len(brackets) == 1:
        left, right = brackets[0]
        low, high = tried[left].number, tried[right].number
        estimate = _root(tried[left : right + 1])
        return Breakeven(axis, "crosses", low, high, estimate, tried, confidence)
    kind: Kind = "several" if brackets else "open"
    signs = {each.sign for each in tried}
    if len(signs) == 1 and 0 not in signs:
        kind = "first" if signs == {1} else "second"
    return Breakeven(axis, kind, math.nan, math.nan, math.nan, tried, confidence)


def _root(tried: Sequence[Tried]) -> float:
    """Root of the least-squares line through mean differences; kept between its ends."""
    x = np.array([each.number for each in tried])
    y = np.array([each.difference.mean for each in tried])
    slope, level = np.polyfit(x - x.mean(), y, 1)
    root = x.mean() - level / slope if slope else x.mean()
    return float(np.clip(root, x[0], x[-1]))

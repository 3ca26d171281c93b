"""What a break-even means in waiting customers: how many one policy keeps that another loses.

What a gift or a message does to patience is a factor that nobody can picture. How many of those
who wait it has to keep, so that it pays, is a number that a shop can judge.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.experiment.breakeven import Breakeven

LOST: Final = "backorder_cancel_rate"
"""The KPI that says which share of the customers who wait is lost."""
_MOVES: Final = 0.001
"""By how much the setting has to move that share, from one end of its range to the other."""


@dataclass(frozen=True, slots=True)
class Kept:
    """At the break-even one policy keeps this share of waiting customers more than the other."""

    policy: str
    other: str
    share: float
    low: float
    """At the end of the interval at which it keeps fewer; 0: none more than the other."""
    high: float


def kept_at(
    found: Breakeven, policies: tuple[str, str], lost: Mapping[str, tuple[float, float]]
) -> Kept | None:
    """How many waiting customers one policy keeps more than the other at the break-even.

    Between values that were simulated it is interpolated. None: there is no break-even, nobody
    waits under one of the policies, or the setting hardly moves how many are lost.

    Args:
        found: The break-even.
        policies: The two policies.
        lost: Share of waiting customers that each of them loses, at every value simulated.
    """
    shares = [second - first for first, second in (lost[each.value] for each in found.tried)]
    if found.kind != "crosses" or not all(map(math.isfinite, shares)):
        return None
    numbers = [each.number for each in found.tried]
    low, share, high = np.interp([found.low, found.estimate, found.high], numbers, shares)
    if abs(shares[-1] - shares[0]) < _MOVES or share == 0:
        return None
    sign = math.copysign(1.0, share)
    policy, other = policies if sign > 0 else (policies[1], policies[0])
    fewer, more = sorted(max(0.0, sign * float(end)) for end in (low, high))
    return Kept(policy, other, sign * float(share), fewer, more)


def kept_in_words(kept: Kept) -> str:
    """In the words of a planner."""
    known = f"between {one_in(kept.low)} and" if kept.low else "at most"
    return (
        f"In other words, {kept.policy} pays if it keeps {one_in(kept.share)} waiting customers who"
        f" would cancel under {kept.other}: {known} {one_in(kept.high)}."
    )


def one_in(share: float) -> str:
    """A share as people say it.

    >>> one_in(0.04), one_in(0.012)
    ('1 in 25', '1 in 83')
    """
    return f"1 in {1 / share:,.0f}"

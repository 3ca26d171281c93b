"""Tornado: how far each input moves the difference between two policies, and which flip it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from sim.experiment.statistics import Interval, mean_and_sd, paired_difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sim.experiment.axes import Point
    from sim.experiment.contest import Contest
    from sim.experiment.inputs import Input

Effect = Literal["flips", "unsettles", "keeps"]
_EFFECTS: Final[tuple[Effect, ...]] = ("flips", "unsettles", "keeps")
SCREENED: Final = 2
"""Seasons in which every input is tried."""
NORMAL_95: Final = 1.959964
"""Half of the 95% interval of a normal distribution, in standard deviations."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One input: the difference between the policies at both its ends."""

    input: Input
    at_low: Interval
    """First policy minus second; all ends of the tornado hold together."""
    at_high: Interval
    swing: float
    """How far apart the means are: at both ends and as written."""
    effect: Effect
    """Of the worse end: the other policy wins, nobody is known to, or the same one still does."""


@dataclass(frozen=True, slots=True)
class Tornado:
    """Which inputs decide between two policies."""

    policies: tuple[str, str]
    kpi: str
    difference: Interval
    """First policy minus second, as the scenario is written."""
    bars: tuple[Bar, ...]
    """Inputs that were followed up, the widest first."""
    screened: tuple[tuple[Input, float], ...]
    """All others, with their swing in the few seasons in which they were tried, widest first."""
    fitted_sd: float
    """Standard deviation of the difference due to inputs that a fit knows only roughly; nan: there
    are none."""
    replications: int
    confidence: float

    @property
    def deciding(self) -> tuple[Bar, ...]:
        """Inputs within whose range another policy wins, or nobody is known to."""
        return tuple(bar for bar in self.bars if bar.effect != "keeps")


def find_tornado(
    contest: Contest,
    inputs: Sequence[Input],
    top: int = 6,
    replications: int = 12,
    confidence: float = 0.95,
) -> Tornado:
    """Move one input at a time to both ends of its range, on the same seasons.

    All are tried in two seasons, as shared customers make the effect of an input clear in few.
    Those with the widest swings are then simulated in `replications` seasons, and only of these
    anything is claimed: their intervals hold together (Bonferroni).

    The part of inputs that were fitted is the sum of their variances, each its swing over twice
    1.96, squared: the delta method (Cheng and Holland 1998, J. Statist. Comput. Simul. 62, 183). It
    is kept apart from the noise of the simulation, which more seasons make smaller.

    Args:
        contest: The two policies, and the figure that decides.
        inputs: What is moved.
        top: How many inputs are followed up.
        replications: Seasons for these.
        confidence: Of all claims together.
    """
    tried = _at_ends(contest, inputs, min(SCREENED, replications))
    swings = {each.path: _swing(*tried[each.path], *tried[""]) for each in inputs}
    ranked = sorted(inputs, key=lambda each: -swings[each.path])
    followed, others = ranked[:top], ranked[top:]
    known = _at_ends(contest, followed, replications)
    base = paired_difference(known[""][0], known[""][0] * 0, confidence).interval
    ends = 1 - (1 - confidence) / max(1, 2 * len(followed))
    bars = [_bar(each, known, base, ends) for each in followed]
    moved = {**tried, **known}
    fitted = [_swing(*moved[each.path]) / (2 * NORMAL_95) for each in inputs if each.fitted]
    return Tornado(
        policies=contest.policies,
        kpi=contest.kpi,
        difference=base,
        bars=tuple(sorted(bars, key=lambda bar: -bar.swing)),
        screened=tuple((each, swings[each.path]) for each in others),
        fitted_sd=math.sqrt(math.fsum(sd * sd for sd in fitted)) if fitted else math.nan,
        replications=replications,
        confidence=confidence,
    )


def _at_ends(
    contest: Contest, inputs: Sequence[Input], seasons: int
) -> dict[str, tuple[NDArray[np.float64], ...]]:
    """Difference by season as written (the empty path), and at both ends of every input."""
    points: list[Point] = [{}]
    for each in inputs:
        points += [{each.path: each.low}, {each.path: each.high}]
    found = contest.differences(points, seasons)
    ends = {each.path: tuple(found[1 + 2 * n : 3 + 2 * n]) for n, each in enumerate(inputs)}
    return {"": (found[0],), **ends}


def _swing(*differences: NDArray[np.float64]) -> float:
    """How far apart the means of some differences are."""
    means = [mean_and_sd(each.tolist())[0] for each in differences]
    return max(means) - min(means)


def _bar(
    each: Input, known: dict[str, tuple[NDArray[np.float64], ...]], base: Interval, level: float
) -> Bar:
    ends = known[each.path]
    low, high = (paired_difference(end, end * 0, level).interval for end in ends)
    effects = {_effect(end, base) for end in (low, high)}
    worst: Effect = next(name for name in _EFFECTS if name in effects)
    return Bar(each, low, high, _swing(*ends, *known[""]), worst)


def _effect(known: Interval, base: Interval) -> Effect:
    """What an end does to the policy that is ahead as written."""
    if not known.decides or known.low <= 0 <= known.high:
        return "unsettles"
    return "keeps" if (known.mean > 0) == (base.mean > 0) else "flips"

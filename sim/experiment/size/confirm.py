"""Whether a plan meets its targets, tested on fresh seasons that the search never saw.

A plan that was chosen because it looked good on some seasons looks better there than it is (the
winner's curse), so none of them counts here. Each target is tested on its own at the full level:
the claim that *all* hold is wrong only if one that does not hold passes its test, and that happens
with at most this chance (intersection-union test: Berger 1982, Technometrics 24, 295). If a second
plan has to be tried, both attempts share the chance to err (Bonferroni), on seasons of their own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sim.experiment.statistics import clopper_pearson, mean_interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.experiment.size.goals import Goal
    from sim.experiment.size.lab import Lab
    from sim.experiment.size.levers import Plan

Outcome = Literal["met", "missed", "open"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What fresh seasons say about one target."""

    goal: Goal
    outcome: Outcome
    """`met` and `missed` are known with `confidence`; `open`: it takes more seasons to tell."""
    seasons: int
    kept: int
    """Seasons that kept the bound."""
    share: float
    """Of the seasons; of a target on the mean, nan."""
    low: float
    """One-sided bounds, each with `confidence`: of the share, or of the mean."""
    high: float
    mean: float
    """Mean of the figure over seasons; nan: undefined in all."""
    at_share: float
    """What the figure is in the worst season of those that must keep the bound: of 200 seasons and
    90 %, the 180th from the best. Of a target on the mean, the mean."""
    confidence: float

    @property
    def needed(self) -> int:
        """Seasons of these that have to keep the bound for the target to be known as met."""
        return self.seasons - most_misses(self.goal.share, self.seasons, 1 - self.confidence)


def most_misses(share: float | None, seasons: int, alpha: float) -> int:
    """Misses with which a share is still known to be kept; below 0: not even without any.

    The lower bound of Clopper and Pearson is at least `share` if and only if the chance of so few
    misses is at most `alpha` where the share is just missed.

    >>> most_misses(0.95, 59, 0.05), most_misses(0.95, 58, 0.05), most_misses(0.9, 200, 0.05)
    (0, -1, 12)
    """
    from scipy.special import bdtr

    if share is None:
        return 0
    misses = -1
    while misses + 1 < seasons and bdtr(misses + 1, seasons, 1 - share) <= alpha:
        misses += 1
    return misses


def confirm(lab: Lab, plan: Plan, seasons: Sequence[int], alpha: float) -> list[Evidence]:
    """Test every target of a plan, each with the chance `alpha` to err."""
    lab.run((plan, season) for season in seasons)
    return [evidence(lab, goal, plan, seasons, alpha) for goal in lab.question.goals]


def evidence(lab: Lab, goal: Goal, plan: Plan, seasons: Sequence[int], alpha: float) -> Evidence:
    """What seasons say about one target."""
    values = lab.values(plan, seasons, goal.kpi)
    about = mean_interval(values, 1 - 2 * alpha)
    n = len(seasons)
    kept = n - goal.misses(values)
    if goal.share is None:
        bound, at_least = goal.target.bound, goal.target.at_least
        good = about.decides and (about.low >= bound if at_least else about.high <= bound)
        bad = about.decides and (about.high < bound if at_least else about.low > bound)
        outcome: Outcome = "met" if good or about.n == 0 else "missed" if bad else "open"
        return Evidence(
            goal,
            outcome,
            n,
            kept,
            math.nan,
            about.low,
            about.high,
            about.mean,
            about.mean,
            1 - alpha,
        )
    low, high = clopper_pearson(kept, n, 1 - 2 * alpha)
    outcome = "met" if low >= goal.share else "missed" if high < goal.share else "open"
    ordered = sorted(goal.slack(values).tolist(), reverse=True)
    slack = ordered[max(0, math.ceil(goal.share * n - 1e-9) - 1)]
    at_share = goal.target.bound + (slack if goal.target.at_least else -slack)
    return Evidence(
        goal,
        outcome,
        n,
        kept,
        kept / n,
        low,
        high,
        about.mean,
        at_share if math.isfinite(at_share) else math.nan,
        1 - alpha,
    )

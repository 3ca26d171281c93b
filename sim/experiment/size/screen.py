"""Whether a plan looks good enough, seen on few seasons: first on those that are the hardest.

Under common random numbers a season that is hard for one plan is hard for its neighbors. So a plan
that fails is found out on a handful of seasons, and one that survives the hardest is likely to
survive the rest. Nothing is claimed from that: what is claimed rests on fresh seasons (`confirm`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.experiment.size.lab import Lab
    from sim.experiment.size.levers import Plan

USUAL: Final = 10
"""Seasons, the first of all, that tell the worth of a plan: taken as they come, not by hardness."""
_AT_A_GLANCE: Final = 4
"""Of these so many tell that a plan is not worth more, if it is so in each."""
ZONE: Final = 0.005
"""Smallest difference worth a search, as a share of the cost of capacity."""
_FURTHER: Final = 2
"""Hard seasons beyond those that a plan may miss, for each target."""


class Screen:
    """The seasons of the search, in the order in which they decide."""

    def __init__(self, lab: Lab, seasons: Sequence[int], allowed: Sequence[int]) -> None:
        """Begin with seasons of unknown hardness.

        Args:
            lab: Where plans are simulated.
            seasons: Those of the search.
            allowed: For each goal, in how many of them it may be missed.
        """
        self.lab, self.seasons, self.allowed = lab, tuple(seasons), tuple(allowed)
        self.usual = self.seasons[:USUAL]
        self.zone = 0.0
        self.glance = self.seasons[:_AT_A_GLANCE]
        self._hardest = [self.seasons for _ in lab.question.goals]
        self._failed_last = [at for at, goal in enumerate(lab.question.goals) if goal.share]
        self._answers: dict[Plan, bool] = {}

    def rank(self, plan: Plan) -> None:
        """Order the seasons by how hard they are for a plan, which runs on all of them."""
        goals = self.lab.question.goals
        self.lab.run((plan, season) for season in self.seasons)
        for number, goal in enumerate(goals):
            slack = goal.slack(self.lab.values(plan, self.seasons, goal.kpi))
            order = np.argsort(slack, kind="stable")
            self._hardest[number] = tuple(self.seasons[at] for at in order.tolist())
        self.zone = ZONE * abs(float(self.lab.cost(plan, self.usual).mean()))
        self._answers = {}

    def meets(self, plan: Plan) -> bool:
        """Whether a plan looks as if it met every target."""
        if plan not in self._answers:
            self._answers[plan] = self.lab.question.scenario(plan) is not None and self._meets(plan)
        return self._answers[plan]

    def misses(self, plan: Plan) -> list[int]:
        """By how many seasons each goal is missed too often, in those that are known."""
        known = [season for season in self.lab.known(plan) if season in set(self.seasons)]
        return [
            goal.misses(self.lab.values(plan, known, goal.kpi)) - allowed
            for goal, allowed in zip(self.lab.question.goals, self.allowed, strict=True)
            if goal.share is not None
        ]

    def worth(self, plan: Plan) -> float:
        """The mean worth of a plan over the usual seasons."""
        return float(self.lab.worth(plan, self.usual).mean())

    def beats(self, plan: Plan, other: Plan) -> bool:
        """Whether a plan is worth more on average over the usual seasons, by what is worth it."""
        few = self.glance
        if (self.lab.worth(plan, few) - self.lab.worth(other, few) <= self.zone).all():
            return False
        return self.worth(plan) - self.worth(other) > self.zone

    def _meets(self, plan: Plan) -> bool:
        """The target that failed last comes first: it is the likeliest to fail again."""
        for further in (1, 1 + _FURTHER):
            for at in tuple(self._failed_last):
                deciding = self._hardest[at][: self.allowed[at] + further]
                self.lab.run((plan, season) for season in deciding)
                if any(misses > 0 for misses in self.misses(plan)):
                    self._failed_last.remove(at)
                    self._failed_last.insert(0, at)
                    return False
        return all(
            float(np.mean(goal.slack(self.lab.values(plan, self.seasons, goal.kpi)))) >= 0.0
            for goal in self.lab.question.goals
            if goal.share is None
        )

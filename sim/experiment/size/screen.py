"""Whether a plan looks good enough, seen on few seasons: first on those that are the hardest.

Under common random numbers a season that is hard for one plan is hard for its neighbors. So a plan
that fails is found out on a handful of seasons, and one that survives the hardest is likely to
survive the rest. More of an ordered lever is taken never to serve customers worse in the same
season: a season that a leaner plan kept is not simulated for a safer one, nor one that a safer plan
missed for a leaner one. Nothing is claimed from either: what is claimed rests on fresh seasons
(`confirm`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sim.experiment.size.levers import is_leaner

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.experiment.size.lab import Lab
    from sim.experiment.size.levers import Plan

USUAL: Final = 10
"""Seasons, the first of all, that tell the worth of a plan: taken as they come, not by hardness."""
_AT_A_GLANCE: Final = 4
"""Of these so many tell which of two plans is worth more, if they agree."""
ZONE: Final = 0.005
"""Smallest difference worth a search, as a share of the cost of capacity."""
_FURTHER: Final = 2
"""Hard seasons beyond those that a plan may miss, for each target."""
_TOGETHER: Final = 2
"""Seasons that are simulated at once, as most machines have that many cores."""


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
        self._answers: dict[Plan, int | None] = {}

    def rank(self, plan: Plan) -> None:
        """Order the seasons by how hard they are for a plan, which runs on all of them."""
        self.lab.run((plan, season) for season in self.seasons)
        for number, goal in enumerate(self.lab.question.goals):
            before = self._hardest[number]  # the order of seasons that are equally hard
            slack = goal.slack(self.lab.values(plan, before, goal.kpi))
            order = np.argsort(slack, kind="stable")
            self._hardest[number] = tuple(before[at] for at in order.tolist())
        self.zone = ZONE * abs(float(self.lab.cost(plan, self.usual).mean()))
        self._answers = {}

    def as_hard(self, lab: Lab) -> Screen:
        """The same seasons in the same order in another lab."""
        other = Screen(lab, self.seasons, self.allowed)
        other.zone, other._hardest = self.zone, list(self._hardest)
        return other

    def wider(self, further: Sequence[int], allowed: Sequence[int]) -> Screen:
        """The same with further seasons, which come last until they are ranked."""
        other = Screen(self.lab, (*self.seasons, *further), allowed)
        other._hardest = [(*order, *further) for order in self._hardest]
        return other

    def is_offered(self, plan: Plan) -> bool:
        """Whether there is such a season."""
        return self.lab.question.scenario(plan) is not None

    def meets(self, plan: Plan) -> bool:
        """Whether a plan looks as if it met every target."""
        return self.is_offered(plan) and self.failing(plan) is None

    def failing(self, plan: Plan) -> int | None:
        """Number of a goal that a plan looks as if it missed; None: it seems to meet them all."""
        if plan not in self._answers:
            self._answers[plan] = self._failing(plan)
        return self._answers[plan]

    @property
    def everything(self) -> set[int]:
        """The numbers of all goals."""
        return set(range(len(self.lab.question.goals)))

    def bearing(self, plan: Plan, leaner: Plan) -> tuple[set[int], float]:
        """Goals whose figures differ between two plans, and by how much the leaner costs less.

        Seen in the hardest season of each goal.
        """
        seasons = list(dict.fromkeys(order[0] for order in self._hardest))
        self.lab.run((each, season) for each in (plan, leaner) for season in seasons)
        moved = {
            number
            for number, goal in enumerate(self.lab.question.goals)
            if not np.array_equal(
                self.lab.values(plan, seasons, goal.kpi),
                self.lab.values(leaner, seasons, goal.kpi),
                equal_nan=True,
            )
        }
        costs = [float(self.lab.cost(each, seasons).mean()) for each in (plan, leaner)]
        return moved, costs[0] - costs[1]

    def worth(self, plan: Plan) -> float:
        """The mean worth of a plan over the usual seasons."""
        return float(self.lab.worth(plan, self.usual).mean())

    def gain(self, plan: Plan, other: Plan) -> float:
        """By how much a plan is worth more than another, on few seasons."""
        few = self.glance
        self.lab.run((each, season) for each in (plan, other) for season in few)
        return float((self.lab.worth(plan, few) - self.lab.worth(other, few)).mean())

    def beats(self, plan: Plan, other: Plan) -> bool:
        """Whether a plan is worth more on average over the usual seasons, by what is worth it."""
        few = self.glance
        self.lab.run((each, season) for each in (plan, other) for season in few)
        ahead = self.lab.worth(plan, few) - self.lab.worth(other, few) > self.zone
        if ahead.all() or not ahead.any():
            return bool(ahead.all())
        self.lab.run((each, season) for each in (plan, other) for season in self.usual)
        return self.worth(plan) - self.worth(other) > self.zone

    def _failing(self, plan: Plan) -> int | None:
        """The target that failed last comes first: it is the likeliest to fail again."""
        first, further = self._failed_last[:1], 1 + _FURTHER
        for goals, seasons in ((first, 1), (self._failed_last, 1), (self._failed_last, further)):
            self._run_unknown(plan, {at: self._deciding(at, seasons) for at in goals})
            for at in goals:
                if self._misses_too_often(plan, at, seasons):
                    self._failed_last.remove(at)
                    self._failed_last.insert(0, at)
                    return at
        for at, goal in enumerate(self.lab.question.goals):
            if goal.share is None:
                slack = goal.slack(self.lab.values(plan, self.seasons, goal.kpi))
                if float(np.mean(slack)) < 0.0:
                    return at
        return None

    def _deciding(self, number: int, further: int) -> tuple[int, ...]:
        """The hardest seasons of a goal, so many more than may be missed."""
        return self._hardest[number][: max(_TOGETHER, self.allowed[number] + further)]

    def _misses_too_often(self, plan: Plan, number: int, further: int) -> bool:
        seasons = self._deciding(number, further)
        missed = sum(bool(self._is_missed(plan, number, season)) for season in seasons)
        return missed > self.allowed[number]

    def _run_unknown(self, plan: Plan, seasons: Mapping[int, Sequence[int]]) -> None:
        """Simulate a plan on the seasons of goals of which nothing is known."""
        self.lab.run(
            (plan, season)
            for number, each in seasons.items()
            for season in each
            if self._is_missed(plan, number, season) is None
        )

    def _is_missed(self, plan: Plan, number: int, season: int) -> bool | None:
        """Whether a plan misses a goal, by itself or by what others did; None: it is unknown."""
        goal, levers = self.lab.question.goals[number], self.lab.question.levers
        place, known = self.lab.names.index(goal.kpi), self.lab.on(season)
        if plan in known:
            return goal.misses(known[plan][place]) > 0
        for other, figures in known.items():
            if is_leaner(levers, other, plan) and not goal.misses(figures[place]):
                return False
            if is_leaner(levers, plan, other) and goal.misses(figures[place]):
                return True
        return None

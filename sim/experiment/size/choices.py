"""Which policies, and other values without an order, are worth a search to the end."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.experiment.size.search import Search
from sim.experiment.statistics import paired_difference

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sim.experiment.size.levers import Plan
    from sim.experiment.size.question import Question
    from sim.experiment.size.screen import Screen
    from sim.experiment.statistics import Interval

_FURTHER: Final = 30
"""Seasons that tell whether a choice is behind, if the usual ones leave it open."""
_SURE: Final = 0.95
"""Confidence that no choice is ruled out wrongly, over all of them."""


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A choice that was left out before its search had ended."""

    plan: Plan
    """The plan that stood for it."""
    behind: float
    """By how much that is worth less than the plan in front, mean of the usual seasons."""
    meets: bool
    """Whether that plan has just as much of its levers as its targets take; False: it has the
    levers of the plan in front."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the search among all choices found."""

    best: tuple[Plan, ...]
    """The best plan of each choice that was searched and can meet the targets, best first."""
    ruled_out: tuple[RuledOut, ...]
    impossible: tuple[Plan, ...]
    """The safest plan of each choice that does not meet the targets even so."""
    weighed: tuple[Plan, ...]
    """Plans that looked good enough and were weighed against each other."""


def starts(question: Question, start: Plan) -> list[Plan]:
    """The first plan with every combination of values that have no order."""
    ranges = [
        (at,) if lever.ordered else range(len(lever.values))
        for lever, at in zip(question.levers, start, strict=True)
    ]
    return [plan for plan in itertools.product(*ranges) if question.scenario(plan) is not None]


def search_choices(screen: Screen, question: Question, start: Plan) -> Found:
    """Search the choice that is worth most at the start; then those that might beat it.

    A choice is ruled out as soon as it is surely behind (paired difference, corrected for the
    number of choices) by more than it could still make up: with the levers of the plan in front,
    by what other choices saved on them, or if there is none, by all that they cost; with as little
    of them as its targets take, by what exchanges of levers brought the plan in front.
    """
    choices = starts(question, start)
    screen.lab.run((plan, season) for plan in choices for season in screen.glance)
    plans = sorted(choices, key=lambda plan: -screen.gain(plan, start))
    race = _Race(screen, question, len(plans))
    for plan in plans:
        race.enter(plan)
    race.best.sort(key=screen.worth, reverse=True)
    return Found(tuple(race.best), tuple(race.out), tuple(race.failed), tuple(race.weighed))


class _Race:
    """Choices one after the other, each against the best plan before it."""

    def __init__(self, screen: Screen, question: Question, choices: int) -> None:
        self.screen, self.question = screen, question
        self._rivals = max(1, choices - 1)
        self._brought = 0.0
        self._saved: float | None = None
        self.best: list[Plan] = []
        self.out: list[RuledOut] = []
        self.failed: list[Plan] = []
        self.weighed: dict[Plan, None] = {}

    def enter(self, plan: Plan) -> None:
        """Search a choice as far as it may still win."""
        front = max(self.best, key=self.screen.worth, default=None)
        if front is not None:
            like = _like(plan, front, self.question)
            plan = like if self.screen.is_offered(like) else plan
            if self._is_behind(plan, front, lambda: self._reserve(plan)):
                self._rule_out(plan, front, meets=False)
                return
        search = Search(self.screen, self.question.levers)
        least = search.least(plan)
        if least is None:
            self.failed.append(search.safest(plan))
            return
        if front is not None:
            saved = self.screen.worth(least) - self.screen.worth(plan)
            self._saved = max(saved, self._saved or 0.0)
        if front is not None and self._is_behind(least, front, lambda: self._brought):
            self._rule_out(least, front, meets=True)
        else:
            found = search.improved(least)
            self._brought = max(self._brought, self.screen.worth(found) - self.screen.worth(least))
            self.best.append(found)
            self.weighed |= search.weighed

    def _rule_out(self, plan: Plan, front: Plan, *, meets: bool) -> None:
        behind = self.screen.worth(front) - self.screen.worth(plan)
        self.out.append(RuledOut(plan, behind, meets))

    def _is_behind(self, plan: Plan, front: Plan, reserve: Callable[[], float]) -> bool:
        """Whether a plan is surely behind another by more than a reserve; on more if it is open."""
        for seasons in (self.screen.usual, self.screen.seasons[:_FURTHER]):
            self.screen.lab.run((each, season) for each in (plan, front) for season in seasons)
            known = self._difference(plan, front, seasons)
            if known.mean >= 0.0 or known.mean + reserve() >= 0.0:
                return False
            if known.decides and known.high + reserve() < 0.0:
                return True
        return False

    def _difference(self, plan: Plan, front: Plan, seasons: Sequence[int]) -> Interval:
        worth = self.screen.lab.worth
        pair = paired_difference(worth(plan, seasons), worth(front, seasons), _SURE, self._rivals)
        return pair.interval

    def _reserve(self, plan: Plan) -> float:
        """What a choice with the levers of the plan in front might still save."""
        return self._all(plan) if self._saved is None else self._saved

    def _all(self, plan: Plan) -> float:
        """What the levers of a plan cost: no less of them is worth more than that."""
        levers, few = self.question.levers, self.screen.glance
        lean = tuple(0 if lever.ordered else at for lever, at in zip(levers, plan, strict=True))
        if not self.screen.is_offered(lean):
            return float("inf")
        lab = self.screen.lab
        lab.run((each, season) for each in (plan, lean) for season in few)
        return float((lab.cost(plan, few) - lab.cost(lean, few)).max())


def _like(plan: Plan, found: Plan, question: Question) -> Plan:
    """The plan of a choice with the ordered levers as they were found for another."""
    return tuple(
        theirs if lever.ordered else mine
        for lever, mine, theirs in zip(question.levers, plan, found, strict=True)
    )

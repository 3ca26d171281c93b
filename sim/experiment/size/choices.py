"""Which policies, and other values without an order, are worth a search of their own."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.experiment.size.search import Search
from sim.experiment.statistics import paired_difference

if TYPE_CHECKING:
    from sim.experiment.size.levers import Plan
    from sim.experiment.size.question import Question
    from sim.experiment.size.screen import Screen


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A choice that was left out before its own search."""

    plan: Plan
    """The plan that stood for it."""
    behind: float
    """By how much that is worth less than the same levers under the choice in front, mean of the
    usual seasons."""


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

    A choice is ruled out if the interval of its paired difference, corrected for the number of
    choices, lies so far behind that it could not catch up even if its levers brought as much as
    those of the choice in front.
    """
    lab = screen.lab
    plans = starts(question, start)
    lab.run((plan, season) for plan in plans for season in screen.usual)
    plans.sort(key=screen.worth, reverse=True)
    best: list[Plan] = []
    out: list[RuledOut] = []
    failed: list[Plan] = []
    weighed: dict[Plan, None] = {}
    for plan in plans:
        if best and _is_behind(screen, plan, best, len(plans), weighed):
            out.append(RuledOut(plan, screen.worth(best[0]) - screen.worth(plan)))
            continue
        search = Search(screen, question.levers)
        found = search.best(_like(plan, best[0], question) if best else plan)
        if found is None:
            failed.append(search.safest(plan))
            continue
        best.append(found)
        weighed |= search.weighed
    best.sort(key=screen.worth, reverse=True)
    return Found(tuple(best), tuple(out), tuple(failed), tuple(weighed))


def _is_behind(
    screen: Screen, plan: Plan, best: list[Plan], choices: int, weighed: dict[Plan, None]
) -> bool:
    """Whether even its levers could not bring a choice in front of the best plan so far."""
    lab, seasons = screen.lab, screen.usual
    leading = max(best, key=screen.worth)
    pair = paired_difference(
        lab.worth(plan, seasons), lab.worth(leading, seasons), 0.95, max(1, choices - 1)
    ).interval
    few = screen.glance
    worths = [float(lab.worth(each, few).mean()) for each in weighed]
    gain = max(worths, default=0.0) - min(worths, default=0.0)
    return pair.decides and pair.high + gain < 0.0


def _like(plan: Plan, found: Plan, question: Question) -> Plan:
    """The plan of a choice with the ordered levers as they were found for another."""
    return tuple(
        theirs if lever.ordered else mine
        for lever, mine, theirs in zip(question.levers, plan, found, strict=True)
    )

"""From a question to an answer: start, search, select, confirm, and look around."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from sim.experiment.quantiles import fewest_replications
from sim.experiment.selection import Selection, select_best
from sim.experiment.size.bounds import first_plan
from sim.experiment.size.choices import Found, search_choices, starts
from sim.experiment.size.confirm import Evidence, confirm, most_misses
from sim.experiment.size.lab import Lab
from sim.experiment.size.neighbors import Point, Step, between, frontier, steps
from sim.experiment.size.screen import ZONE, Screen
from sim.experiment.size.search import Search
from sim.experiment.size.surge import Surge, safe_against
from sim.experiment.statistics import (
    FEWEST_FOR_A_CLAIM,
    Interval,
    mean_interval,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    from numpy.typing import NDArray

    from sim.experiment.replicate import How, Progress
    from sim.experiment.size.levers import Plan
    from sim.experiment.size.question import Question

SELECTION: Final = range(1_000, 2_000)
"""Seasons of the final selection: neither those of the search nor the fresh ones."""
FRESH: Final = 10_000
"""First of the fresh seasons; every attempt has its own."""
MOST_SEASONS: Final = 1_000
"""Most seasons of the search, and of an attempt."""
_ERRS: Final = (0.6, 0.4)
"""How the chance to err is shared between the attempts to confirm a plan."""
_PASSES: Final = 0.5
"""The search lets a plan miss a target in this share of the seasons in which the confirmation
would: a plan that just passed the search would fail there as often as not."""
_FINALISTS: Final = 3
_SELECTED_ON: Final = 30
"""Most seasons of each finalist."""
_AROUND: Final = 10
"""Fresh seasons on which the neighbors of the plan are simulated."""

_IMPOSSIBLE_ON: Final = 100
"""Fresh seasons that tell the best that can be had."""

Status = Literal["confirmed", "open", "impossible", "interrupted"]


@dataclass
class Sizing:
    """The answer, as far as it is known."""

    question: Question
    lab: Lab
    confidence: float
    search: range
    """Seasons of the search."""
    fresh: tuple[range, ...] = ()
    """Fresh seasons of each attempt to confirm a plan; the last is that of `evidence`."""
    status: Status = "interrupted"
    plan: Plan | None = None
    found: Found | None = None
    selection: Selection | None = None
    finalists: tuple[Plan, ...] = ()
    evidence: list[Evidence] = field(default_factory=list)
    binding: set[int] = field(default_factory=set)
    """Numbers of the goals that a step less of some lever looks as if it missed."""
    steps: list[Step] = field(default_factory=list)
    frontier: list[Point] = field(default_factory=list)
    surge: Surge | None = None

    @property
    def chosen(self) -> Plan:
        """The plan.

        Raises:
            ValueError: There is none.
        """
        if self.plan is None:
            message = "no plan was found"
            raise ValueError(message)
        return self.plan

    @property
    def is_confirmed(self) -> bool:
        """Whether fresh seasons confirm every target; what came after may have been interrupted."""
        return bool(self.evidence) and all(each.outcome == "met" for each in self.evidence)

    @property
    def seasons(self) -> Sequence[int]:
        """Seasons that tell the worth of the plan: fresh ones, if there are any."""
        if self.fresh:
            return self.fresh[-1]
        known = () if self.plan is None else self.lab.known(self.plan)
        return [season for season in known if season in self.search][:10]

    def profit(self) -> Interval:
        """Mean season profit of the plan, levers paid."""
        return mean_interval(self.lab.profit(self.chosen, self.seasons))

    def cost(self) -> Interval:
        """Mean cost of its capacity."""
        return mean_interval(self.lab.cost(self.chosen, self.seasons))


def size(
    question: Question,
    *,
    seed: int = 1,
    search: int = 50,
    fresh: int = 200,
    confidence: float = 0.95,
    progress: Progress | None = None,
    **how: Unpack[How],
) -> Sizing:
    """Find the cheapest plan that meets every target.

    The answer depends on the question, the seed, the confidence and the numbers of seasons alone.
    To cancel, raise `KeyboardInterrupt`, or let `progress` raise it: the answer then holds what is
    known so far, with the status `interrupted`.

    Args:
        question: Levers and targets, as `load_question` reads them.
        seed: Seed of all seasons.
        search: Seasons that the search may look at.
        fresh: Seasons of every attempt to confirm a plan.
        confidence: With which the plan is to meet every target.
        progress: Is told after each season how many are done, and of about how many.
        **how: How seasons are simulated, which changes no result; as for `replicate`.

    Raises:
        KeyboardInterrupt: It was canceled before any plan was found.
    """
    total, done = expected_runs(question, search, fresh), 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done, max(total, done))

    lab = Lab(question, seed, count, **how)
    sizing = Sizing(question, lab, confidence, range(search))
    try:
        _answer(sizing, fresh)
    except KeyboardInterrupt:
        if sizing.plan is None:
            raise
        sizing.status = "interrupted"
    return sizing


def fewest_fresh(share: float | None, confidence: float) -> int:
    """Fresh seasons from which a target can be confirmed, if all keep it.

    >>> fewest_fresh(0.9, 0.95), fewest_fresh(0.95, 0.95), fewest_fresh(None, 0.95)
    (38, 77, 10)
    """
    if share is None:
        return FEWEST_FOR_A_CLAIM
    return fewest_replications(share, 1 - (1 - confidence) * min(_ERRS))


def expected_runs(question: Question, search: int, fresh: int) -> int:
    """About how many seasons are simulated, for the time that is left."""
    choices = len(starts(question, tuple(0 for _ in question.levers)))
    levers = sum(lever.ordered for lever in question.levers)
    looked_at = 2 * search + 15 * choices + 60 * levers + 3 * 20
    return looked_at + fresh + _AROUND * (2 * levers + choices + 1)


def _answer(sizing: Sizing, fresh: int) -> None:
    question, lab, alpha = sizing.question, sizing.lab, 1 - sizing.confidence
    attempts = [
        range(FRESH + at * MOST_SEASONS, FRESH + at * MOST_SEASONS + fresh)
        for at in range(len(_ERRS))
    ]
    screen = Screen(lab, sizing.search, _allowed(sizing, len(sizing.search), fresh, _PASSES))
    start = first_plan(question, lab)
    found = _searched(sizing, screen, start)
    if not found.best:
        lenient = [
            0 if goal.share is None else int((1 - goal.share) * len(sizing.search) + 1e-9)
            for goal in question.goals
        ]
        screen = Screen(lab, sizing.search, lenient)
        found = _searched(sizing, screen, start)
    sizing.found = found
    if not found.best:
        _impossible(sizing, found, screen, attempts[0])
        return
    sizing.plan = found.best[0]
    _select(sizing, found, screen)
    if sizing.selection is not None:
        seen = SELECTION[: sizing.selection.outputs.shape[1]]
        sizing.plan = _safer(sizing, screen, seen, fresh) or sizing.plan
    for attempt, share in zip(attempts, _ERRS, strict=True):
        evidence = confirm(lab, sizing.chosen, attempt, share * alpha)
        sizing.fresh, sizing.evidence = (*sizing.fresh, attempt), evidence
        if sizing.is_confirmed:
            sizing.status = "confirmed"
            break
        sizing.status = "open"
        safer = None if attempt is attempts[-1] else _safer(sizing, screen, attempt, fresh)
        if safer is None or safer == sizing.plan:
            break
        sizing.plan = safer
    _look_around(sizing, screen)


def _allowed(sizing: Sizing, seasons: int, fresh: int, share: float) -> list[int]:
    """Misses that the search allows each goal."""
    alpha = _ERRS[0] * (1 - sizing.confidence)
    return [
        int(share * seasons * max(0, most_misses(goal.share, fresh, alpha)) / fresh)
        for goal in sizing.question.goals
    ]


def _searched(sizing: Sizing, screen: Screen, start: Plan) -> Found:
    """Search until the best plan holds on every season of the search.

    What it missed beside the seasons that decided, decides next.
    """
    screen.rank(start)
    found = search_choices(screen, sizing.question, start)
    while found.best:
        front, *others = found.best
        sizing.plan = front
        screen.rank(front)
        if screen.meets(front):
            break
        search = Search(screen, sizing.question.levers)
        again = search.best(front)
        weighed = (*search.weighed, *found.weighed)
        if again is None:
            impossible = (*found.impossible, search.safest(front))
            found = replace(found, best=tuple(others), impossible=impossible)
        else:
            best = sorted([again, *others], key=screen.worth, reverse=True)
            found = replace(found, best=tuple(best), weighed=weighed)
    return found


def _select(sizing: Sizing, found: Found, screen: Screen) -> None:
    """The best of those that look good, with a guarantee, on seasons of their own."""
    lab = sizing.lab
    near = sorted(found.weighed, key=lambda plan: -float(lab.worth(plan, screen.glance).mean()))
    finalists = tuple(dict.fromkeys([*found.best, *near]))[: max(_FINALISTS, len(found.best))]
    finalists = tuple(plan for plan in finalists if screen.meets(plan))

    def sample(systems: Sequence[int], replications: range) -> NDArray[np.float64]:
        seasons = SELECTION[replications.start : replications.stop]
        lab.run((finalists[system], season) for system in systems for season in seasons)
        return np.array([lab.worth(finalists[system], seasons) for system in systems])

    zone = ZONE * abs(float(lab.cost(sizing.chosen, screen.usual).mean())) or 1.0
    sizing.finalists = finalists
    sizing.selection = select_best(
        sample, len(finalists), zone, confidence=sizing.confidence, most=_SELECTED_ON
    )
    sizing.plan = finalists[sizing.selection.selected]


def _safer(sizing: Sizing, screen: Screen, seen: range, fresh: int) -> Plan | None:
    """The plan to try next: with as little more of its levers as further seasons ask for.

    They may have been fresh, and are so no longer.
    """
    allowed = _allowed(sizing, len(sizing.search) + len(seen), fresh, _PASSES)
    wider = screen.wider(seen, allowed)
    wider.rank(sizing.chosen)
    search = Search(wider, sizing.question.levers)
    found = search.above(sizing.chosen)
    if found is None:
        return None
    sizing.binding = search.kept_away(found)
    return search.with_margin(found)


def _impossible(sizing: Sizing, found: Found, screen: Screen, attempt: range) -> None:
    """No choice meets the targets even at its safest: what the best of them can do."""
    if not found.impossible:
        return
    lab, seasons, alpha = sizing.lab, attempt[:_IMPOSSIBLE_ON], 1 - sizing.confidence
    lab.run((plan, season) for plan in found.impossible for season in screen.glance)

    def missed_by(plan: Plan) -> tuple[int, float]:
        misses = [
            goal.misses(lab.values(plan, screen.glance, goal.kpi)) for goal in sizing.question.goals
        ]
        return sum(misses), -float(lab.worth(plan, screen.glance).mean())

    sizing.plan = min(found.impossible, key=missed_by)
    sizing.fresh = (seasons,)
    sizing.evidence = confirm(sizing.lab, sizing.plan, seasons, alpha)
    missed = any(each.outcome == "missed" for each in sizing.evidence)
    sizing.status = "impossible" if missed else "open"


def _look_around(sizing: Sizing, screen: Screen) -> None:
    """Neighbors, the frontier, and what a larger season would ask for."""
    lab, seasons = sizing.lab, sizing.fresh[-1][:_AROUND]
    sizing.steps = steps(lab, sizing.chosen, seasons)
    others = [each.plan for each in sizing.steps if sizing.question.levers[each.lever].ordered]
    way = between(lab, sizing.chosen)
    lab.run((plan, season) for plan in way for season in seasons)
    sizing.frontier = frontier(lab, [sizing.chosen, *others, *way], seasons)
    sizing.surge = safe_against(lab, screen, sizing.chosen, seasons)

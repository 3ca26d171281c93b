"""What one more or one less of each lever would do, and the frontier of cost against service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.experiment.statistics import paired_difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.experiment.size.lab import Lab
    from sim.experiment.size.levers import Plan
    from sim.experiment.statistics import Interval


@dataclass(frozen=True, slots=True)
class Step:
    """The plan with one lever moved by one."""

    plan: Plan
    lever: int
    up: bool
    """To the safer side; of a lever without an order, just another value."""
    profit: Interval
    """By how much the season profit changes; all steps together with 95 %."""
    cost: Interval
    """By how much the cost of capacity changes, likewise."""
    kept: tuple[int, ...]
    """Seasons that keep each target."""
    figures: tuple[Interval, ...]
    """By how much the figure of each target changes, likewise."""


@dataclass(frozen=True, slots=True)
class Point:
    """One plan on the way from the leanest to the safest."""

    plan: Plan
    profit: float
    cost: float
    kept: tuple[int, ...]
    """Seasons that keep each target."""
    all_kept: int
    """Seasons that keep all of them."""


def neighbors(lab: Lab, plan: Plan) -> list[tuple[int, bool, Plan]]:
    """Every plan one step away: which lever, whether to the safer side, and the plan."""
    found: list[tuple[int, bool, Plan]] = []
    for at, lever in enumerate(lab.question.levers):
        last = len(lever.values) - 1
        others = (plan[at] - 1, plan[at] + 1) if lever.ordered else range(last + 1)
        for index in others:
            moved = (*plan[:at], index, *plan[at + 1 :])
            if 0 <= index <= last and moved != plan and lab.question.scenario(moved) is not None:
                found.append((at, index > plan[at], moved))
    return found


def steps(lab: Lab, plan: Plan, seasons: Sequence[int]) -> list[Step]:
    """What each step does, on the same seasons."""
    moves = neighbors(lab, plan)
    lab.run((each, season) for _, _, each in moves for season in seasons)
    goals = lab.question.goals

    def change(moved: Plan, kpi: str) -> Interval:
        own, base = (lab.values(each, seasons, kpi) for each in (moved, plan))
        return paired_difference(own, base, 0.95, len(moves)).interval

    return [
        Step(
            plan=moved,
            lever=at,
            up=up,
            profit=paired_difference(
                lab.profit(moved, seasons), lab.profit(plan, seasons), 0.95, len(moves)
            ).interval,
            cost=paired_difference(
                lab.cost(moved, seasons), lab.cost(plan, seasons), 0.95, len(moves)
            ).interval,
            kept=kept(lab, moved, seasons),
            figures=tuple(change(moved, goal.kpi) for goal in goals),
        )
        for at, up, moved in moves
    ]


def kept(lab: Lab, plan: Plan, seasons: Sequence[int]) -> tuple[int, ...]:
    """How many seasons keep each target."""
    return tuple(
        len(seasons) - goal.misses(lab.values(plan, seasons, goal.kpi))
        for goal in lab.question.goals
    )


def frontier(lab: Lab, plans: Sequence[Plan], seasons: Sequence[int]) -> list[Point]:
    """The first of these plans, and those that none beats in both cost and service, leanest first.

    Service is the number of seasons that keep every target; of equals the cheaper one counts.
    """
    points = sorted(
        (_point(lab, plan, seasons) for plan in dict.fromkeys(plans)),
        key=lambda point: (point.cost, -point.all_kept),
    )
    best: list[Point] = []
    most = -1
    for point in points:
        if point.plan == plans[0] or point.all_kept > most:
            best.append(point)
            most = max(most, point.all_kept)
    return best


def between(lab: Lab, plan: Plan) -> list[Plan]:
    """The leanest plan, and the one half way to this plan."""
    levers = lab.question.levers
    lean = tuple(0 if lever.ordered else at for lever, at in zip(levers, plan, strict=True))
    middle = tuple((a + b) // 2 for a, b in zip(lean, plan, strict=True))
    return [each for each in (lean, middle) if lab.question.scenario(each) is not None]


def _point(lab: Lab, plan: Plan, seasons: Sequence[int]) -> Point:
    slacks = [goal.slack(lab.values(plan, seasons, goal.kpi)) for goal in lab.question.goals]
    return Point(
        plan=plan,
        profit=float(lab.profit(plan, seasons).mean()),
        cost=float(lab.cost(plan, seasons).mean()),
        kept=kept(lab, plan, seasons),
        all_kept=sum(all(slack[at] >= -1e-12 for slack in slacks) for at in range(len(seasons))),
    )

"""The cheapest plan that looks good enough: an integer search that knows which way is safer.

While it searches it takes for granted that more of an ordered lever never serves customers worse.
So one plan that fails rules out all that are leaner in every lever, and a lever's least value is
found by halving. The confirmation rests on no such thing.
"""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.experiment.size.levers import Lever, Plan
    from sim.experiment.size.screen import Screen


class Search:
    """A search among the ordered levers; all others stay as they are in the first plan."""

    def __init__(self, screen: Screen, levers: tuple[Lever, ...]) -> None:
        """Begin without knowing any plan.

        Args:
            screen: Says which plans look good enough.
            levers: Those of the question.
        """
        self.screen = screen
        self.ordered = [at for at, lever in enumerate(levers) if lever.ordered]
        self.top = {at: len(levers[at].values) - 1 for at in self.ordered}
        self._good: list[Plan] = []
        self._bad: list[Plan] = []
        self.weighed: dict[Plan, None] = {}
        """Plans that look good enough and whose worth was asked for."""

    def safest(self, plan: Plan) -> Plan:
        """The plan with every ordered lever at its safest value."""
        return tuple(self.top.get(at, index) for at, index in enumerate(plan))

    def best(self, start: Plan) -> Plan | None:
        """The plan that is worth most of those that look good enough; None: none does."""
        found = self.least(start)
        if found is None:
            return None
        moves = [functools.partial(self._raised, at=at) for at in self.ordered]
        moves += [
            functools.partial(self._exchanged, less=less, more=more)
            for less, more in itertools.permutations(self.ordered, 2)
        ]
        failed = 0  # moves in a row; each has its turn before any comes again
        for move in itertools.cycle(moves):
            if failed == len(moves):
                break
            better = move(found)
            found, failed = (found, failed + 1) if better is None else (better, 0)
        return found

    def least(self, start: Plan) -> Plan | None:
        """A plan that looks good enough and would not with less of any lever; None: none does."""
        found = self._safe(start)
        if found is not None:
            for at in self.ordered:
                found = self._lowest(found, at)
        return found

    def above(self, plan: Plan) -> Plan | None:
        """A plan that looks good enough, with no less of any lever and no more than it takes."""
        found = self._safe(plan)
        if found is not None:
            for at in self.ordered:
                found = self._lowest(found, at, plan[at])
        return found

    def meets(self, plan: Plan) -> bool:
        """Whether a plan looks good enough, by what is known of others if that says it."""
        if any(self._leaner(good, plan) for good in self._good):
            return True
        if any(self._leaner(plan, bad) for bad in self._bad):
            return False
        good = self.screen.meets(plan)
        (self._good if good else self._bad).append(plan)
        return good

    def beats(self, plan: Plan, other: Plan) -> bool:
        """Whether a plan is worth more."""
        self.weighed |= {plan: None, other: None}
        return self.screen.beats(plan, other)

    def _safe(self, start: Plan) -> Plan | None:
        """The plan nearest to the start, on the way to the safest, that looks good enough."""
        top = self.safest(start)
        if self.meets(start):
            return start
        if not self.meets(top):
            return None

        def on_the_way(step: int) -> Plan:
            share = step / _WAY
            return tuple(
                low + round(share * (high - low)) for low, high in zip(start, top, strict=True)
            )

        return on_the_way(_first(0, _WAY, lambda step: self.meets(on_the_way(step))))

    def _lowest(self, plan: Plan, at: int, floor: int = 0) -> Plan:
        """The plan with one lever as lean as it can be, galloping down from where it is."""
        high, stride = plan[at], 1
        while high > floor:
            low = max(floor, high - stride)
            if not self.meets(_with(plan, at, low)):
                least = _first(low, high, lambda index: self.meets(_with(plan, at, index)))
                return _with(plan, at, least)
            high, stride = low, 2 * stride
        return _with(plan, at, high)

    def _raised(self, plan: Plan, at: int) -> Plan | None:
        """The plan with more of one lever, if that is worth more: it pays by itself."""
        more = _with(plan, at, plan[at] + 1)
        worthy = plan[at] < self.top[at] and self.meets(more) and self.beats(more, plan)
        return more if worthy else None

    def _exchanged(self, plan: Plan, less: int, more: int) -> Plan | None:
        """The plan with less of one lever and just so much more of another, if worth more."""
        if plan[less] == 0 or plan[more] == self.top[more]:
            return None
        leaner = _with(plan, less, plan[less] - 1)
        if not self.meets(_with(leaner, more, self.top[more])):
            return None
        found = self._lowest(self._least_above(leaner, more), less)
        return found if self.beats(found, plan) else None

    def _least_above(self, plan: Plan, at: int) -> Plan:
        """The plan with just enough of one lever, galloping up from where it is."""
        low, stride = plan[at], 1
        while True:
            high = min(self.top[at], low + stride)
            if self.meets(_with(plan, at, high)):
                least = _first(low, high, lambda index: self.meets(_with(plan, at, index)))
                return _with(plan, at, least)
            low, stride = high, 2 * stride

    def _leaner(self, plan: Plan, other: Plan) -> bool:
        """Whether a plan has no more of any ordered lever, and the same of all others."""
        return all(
            mine <= theirs if at in self.top else mine == theirs
            for at, (mine, theirs) in enumerate(zip(plan, other, strict=True))
        )


_WAY = 16
"""Steps from the first plan to the safest."""


def _first(low: int, high: int, good: Callable[[int], bool]) -> int:
    """The least number above `low` that is good, if `high` is and `low` is not."""
    while high - low > 1:
        middle = (low + high) // 2
        if good(middle):
            high = middle
        else:
            low = middle
    return high


def _with(plan: Plan, at: int, index: int) -> Plan:
    return (*plan[:at], index, *plan[at + 1 :])

"""The cheapest plan that looks good enough: an integer search that knows which way is safer.

While it searches it takes for granted that more of an ordered lever never serves customers worse.
So a lever's least value is found by galloping and halving. Of two levers one can only stand in for
the other if both bear on the target that keeps the first from going lower, and only as long as what
is saved pays for what is added. The confirmation rests on no such thing.
"""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING, Final

from sim.experiment.size.levers import with_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sim.experiment.size.levers import Lever, Plan
    from sim.experiment.size.screen import Screen

_WAY: Final = 16
"""Steps from the first plan to the safest."""


class Search:
    """A search among the ordered levers; all others stay as they are in the first plan."""

    def __init__(self, screen: Screen, levers: tuple[Lever, ...]) -> None:
        """Begin without knowing any plan.

        Args:
            screen: Says which plans look good enough, and what they are worth.
            levers: Those of the question.
        """
        self.screen = screen
        self.ordered = [at for at, lever in enumerate(levers) if lever.ordered]
        self._last = {at: len(levers[at].values) - 1 for at in self.ordered}
        self._top: Mapping[int, int] = self._last
        self._bears: dict[int, set[int]] = {}
        self._price: dict[int, float] = {}
        self._tried: dict[int, int] = {}
        self.weighed: dict[Plan, None] = {}
        """Plans that look good enough and whose worth was asked for."""

    def safest(self, plan: Plan) -> Plan:
        """The plan with every ordered lever at the safest value that is offered."""
        offered = self._offered(plan)
        return tuple(offered.get(at, index) for at, index in enumerate(plan))

    def best(self, start: Plan) -> Plan | None:
        """The plan that is worth most of those that look good enough; None: none does."""
        found = self.least(start)
        return None if found is None else self.improved(found)

    def least(self, start: Plan) -> Plan | None:
        """A plan that looks good enough and would not with less of any lever; None: none does."""
        return self._no_lower(start, dict.fromkeys(self.ordered, 0))

    def above(self, plan: Plan) -> Plan | None:
        """A plan that looks good enough, with no less of any lever and no more than it takes."""
        return self._no_lower(plan, {at: plan[at] for at in self.ordered})

    def improved(self, plan: Plan) -> Plan:
        """The plan after every change of one lever, or exchange of two, that makes it worth more.

        It looks good enough, and would not with less of any lever.
        """
        moves = [functools.partial(self._raised, at=at) for at in self.ordered]
        moves += [
            functools.partial(self._exchanged, less=less, more=more)
            for less, more in itertools.permutations(self.ordered, 2)
        ]
        failed = 0  # moves in a row; each has its turn before any comes again
        for move in itertools.cycle(moves):
            if failed == len(moves):
                break
            better = move(plan)
            plan, failed = (plan, failed + 1) if better is None else (better, 0)
        return plan

    def kept_away(self, plan: Plan) -> set[int]:
        """Goals that keep leaner plans away: a step less of some lever seems to miss one."""
        leaner = [with_value(plan, at, plan[at] - 1) for at in self.ordered if plan[at]]
        offered = [each for each in leaner if self.screen.is_offered(each)]
        return {goal for goal in map(self.screen.failing, offered) if goal is not None}

    def with_margin(self, plan: Plan) -> Plan:
        """The plan with so much more of its levers as costs too little to be worth a search.

        Only of those that bear on a target, and do not pay by themselves.
        """
        self._top = self._offered(plan)
        for at in self.ordered:
            room = self._top[at] - plan[at]
            price = self._price_of(plan, at) if room else 0.0
            if 0.0 < price <= self.screen.zone:
                self._learn(plan, at, 0)
                if self._bears[at]:
                    more = min(room, int(self.screen.zone / price))
                    plan = with_value(plan, at, plan[at] + more)
        return plan

    def _price_of(self, plan: Plan, at: int) -> float:
        """How much less a plan with a step more of one lever is worth; 0: none is offered."""
        more = with_value(plan, at, plan[at] + 1)
        return self.screen.gain(plan, more) if self.screen.is_offered(more) else 0.0

    def _offered(self, plan: Plan) -> Mapping[int, int]:
        """The safest value of every lever, by itself, that the terms of people do not forbid."""
        return {
            at: next(
                (
                    index
                    for index in range(last, plan[at], -1)
                    if self.screen.is_offered(with_value(plan, at, index))
                ),
                plan[at],
            )
            for at, last in self._last.items()
        }

    def _no_lower(self, start: Plan, floors: Mapping[int, int]) -> Plan | None:
        self._top = self._offered(start)
        found = self._enough(start)
        if found is None:
            return None
        savings = {at: self._learn(found, at, floor) for at, floor in floors.items()}
        # First what bears on nothing, then what costs most: levers stand in for each other.
        for at in sorted(savings, key=lambda at: (self._bears[at] != set(), -savings[at])):
            found = self._lowest(found, at, floors[at])
        return found

    def _learn(self, plan: Plan, at: int, floor: int) -> float:
        """On which goals a lever bears; return what a step less of it saves."""
        leaner = with_value(plan, at, floor)
        if plan[at] == floor or not self.screen.is_offered(leaner):
            self._bears.setdefault(at, self.screen.everything)
            return 0.0
        self._bears[at], saved = self.screen.bearing(plan, leaner)
        return saved / (plan[at] - floor)

    def _enough(self, start: Plan) -> Plan | None:
        """The plan nearest to the start, on the way to the safest, that looks good enough."""
        if self.screen.meets(start):
            return start
        top = tuple(self._top.get(at, index) for at, index in enumerate(start))

        def on_the_way(step: int) -> Plan:
            share = step / _WAY
            return tuple(
                low + round(share * (high - low)) for low, high in zip(start, top, strict=True)
            )

        # The safest is not asked first: those that look good enough are the ones that take long.
        steps = _gallop(0, _WAY + 1, lambda step: self.screen.meets(on_the_way(step)))
        return None if steps > _WAY else on_the_way(steps)

    def _lowest(self, plan: Plan, at: int, floor: int = 0) -> Plan:
        """The plan with one lever as lean as it can be, galloping down from where it is."""
        if plan[at] == floor:
            return plan
        least = with_value(plan, at, floor)
        if self.screen.meets(least):
            return least
        most = plan[at] - floor

        def too_few(less: int) -> bool:
            return not self.screen.meets(with_value(plan, at, plan[at] - less))

        return with_value(plan, at, plan[at] - _gallop(0, most, too_few) + 1)

    def _raised(self, plan: Plan, at: int) -> Plan | None:
        """The plan with more of one lever, if that is worth more: it pays by itself.

        What did not pay does not pay for a plan that has as much already.
        """
        if plan[at] >= min(self._top[at], self._tried.get(at, self._top[at])):
            return None
        more = with_value(plan, at, plan[at] + 1)
        if not self.screen.is_offered(more):
            return None
        self._price[at] = self._price_of(plan, at)
        if self._beats(more, plan):
            return more
        self._tried[at] = plan[at]
        return None

    def _exchanged(self, plan: Plan, less: int, more: int) -> Plan | None:
        """The plan with less of one lever and just so much more of another, if worth more."""
        most = self._affordable(plan, less, more)
        if not plan[less] or most < 1:
            return None
        leaner = with_value(plan, less, plan[less] - 1)
        if not self.screen.is_offered(leaner):
            return None
        if self.screen.failing(leaner) not in self._bears[more]:
            return None

        def with_more(steps: int) -> Plan:
            return with_value(leaner, more, plan[more] + steps)

        steps = _gallop(0, most + 1, lambda steps: self.screen.meets(with_more(steps)))
        if steps > most:
            return None
        found = self._lowest(with_more(steps), less)
        return found if self._beats(found, plan) else None

    def _affordable(self, plan: Plan, less: int, more: int) -> int:
        """Most steps of one lever that all of another pays for, if each went on costing as much."""
        room = self._top[more] - plan[more]
        saved, price = self._price.get(less), self._price.get(more)
        if saved is None or price is None or price <= 0:
            return room
        return max(0, min(room, int((plan[less] * saved - self.screen.zone) / price)))

    def _beats(self, plan: Plan, other: Plan) -> bool:
        """Whether a plan is worth more."""
        self.weighed |= {plan: None, other: None}
        return self.screen.beats(plan, other)


def _gallop(low: int, high: int, good: Callable[[int], bool]) -> int:
    """The least number above `low` that is good, if `high` is and `low` is not.

    Near ones are tried first, then ever farther ones, then by halving.

    >>> tried = []
    >>> _gallop(0, 40, lambda n: tried.append(n) or n >= 6), tried
    (6, [1, 3, 7, 5, 6])
    """
    stride = 1
    while low + stride < high:
        if good(low + stride):
            high = low + stride
            break
        low, stride = low + stride, 2 * stride
    while high - low > 1:
        middle = (low + high) // 2
        if good(middle):
            high = middle
        else:
            low = middle
    return high

"""Orders that come back: who sends them, when they are at the dock, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.randomness import occasion_hash
from tests.oracle.clock import NEVER, RECEIPT, Clock
from tests.oracle.facts import Facts, ms_of_quantile
from tests.oracle.things import Order

if TYPE_CHECKING:
    from tests.oracle.buying import Buying

RETURN, AFTER, RESALE = 21, 22, 23
"""Purposes of the hash."""
POINTS = 16_384


class Returns:
    """Follows shipped orders to the customer, and perhaps back."""

    def __init__(self, clock: Clock, facts: Facts, buying: Buying) -> None:
        self.clock, self.facts, self.buying = clock, facts, buying
        self.terms = facts.scenario.returns
        self.under_way = 0
        self.when_back: Callable[[Order], None] = lambda _order: None

    def shipped(self, order: Order) -> None:
        """The last parcel of the order has left."""
        if self.terms is None:
            return
        late, delivered = self.delivery(order)
        missed = self.missed(order, delivered)
        if missed and order.stamp["refuses_late"]:
            return
        share = self.terms.share
        if (late or missed) and self.terms.late is not None:
            share = self.terms.late
        if self._hash(order, RETURN) >= round(share * 2**31):
            return
        nth = self._hash(order, AFTER) // 2**17
        after = ms_of_quantile(self.terms.after, (nth + 0.5) / POINTS)
        if delivered < NEVER and after < NEVER:
            order.back_at = delivered + after
            self.under_way += 1
            self.clock.process(self._comes_back(order))

    def delivery(self, order: Order) -> tuple[bool, int]:
        """Whether a shipped order left late, and when it reaches the customer."""
        due = self.facts.ship_by(order.accepted_at + order.quote)
        late = self._has_ship_date(order) and order.ended_at > due
        return late, self._delivered(order, late)

    def missed(self, order: Order, delivered: int) -> bool:
        """Whether a delivery comes after the date on which the goods were needed."""
        needed_by = int(order.stamp["needed_by"])
        margin = self.facts.scenario.customers.needed_by_margin
        return needed_by < NEVER and needed_by + margin < delivered < NEVER

    def _has_ship_date(self, order: Order) -> bool:
        carrier = self.facts.scenario.carrier
        if order.quote > 0:
            return True
        return carrier is not None and (self.facts.pickups is not None or carrier.handling > 0)

    def _delivered(self, order: Order, late: bool) -> int:
        carrier, left = self.facts.scenario.carrier, order.ended_at
        if carrier is None:
            return left
        if carrier.express and late:
            return left + int(order.stamp["express_transit"])
        way = int(order.stamp["transit"])
        for slow in reversed(carrier.slow):
            begin, end = self.facts.span(slow.during)
            if begin <= left < end:
                return left + (way * round(slow.times * 1000) + 500) // 1000
        return left + way

    def _hash(self, order: Order, purpose: int) -> int:
        return occasion_hash(self.facts.key, order.id, purpose, 0)

    def _comes_back(self, order: Order):
        yield self.clock.at(order.back_at, RECEIPT, 1, order.id)
        assert self.terms
        self.under_way -= 1
        order.arrived_back = True
        order.resold = self._hash(order, RESALE) < round(self.terms.resale * 2**31)
        for line in order.goods:
            good = line.units * order.resold
            line.item.position += good
            self.buying.take_back(line.item, good, self.terms.work * line.units)
        self.when_back(order)

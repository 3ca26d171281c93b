"""What the shop does about an accepted order while it waits, and the passing of its promise."""

from __future__ import annotations

from collections.abc import Callable

from tests.oracle.clock import ARRIVAL, NEVER, Clock
from tests.oracle.facts import Facts
from tests.oracle.things import PICKING, WAITING, Order


class Care:
    """Looks after accepted orders."""

    def __init__(self, clock: Clock, facts: Facts, first: int) -> None:
        self.clock, self.facts = clock, facts
        self.first = first
        """Care comes after shoppers and e-mails: these many ids of their rank."""

        self.when_slipped: Callable[[Order], None] = lambda _order: None

    def begin(self, order: Order) -> None:
        """An order was accepted."""
        if self.facts.slips:
            self.clock.process(self._broken_promise(order))

    def promise(self, order: Order) -> int:
        """Until when it is to be shipped."""
        if order.quote:
            return order.accepted_at + order.quote
        return self.facts.ship_by(order.accepted_at)

    def _broken_promise(self, order: Order):
        yield self.clock.at(min(NEVER, self.promise(order) + 1), ARRIVAL, self.first + order.id, 0)
        if order.status in (WAITING, PICKING):
            order.slipped_at = int(self.clock.now)
            self.when_slipped(order)

"""The ship desk on SimPy's event list alone: timeouts with callbacks, no processes, no resource.

As fast as SimPy gets. Idle people are a counter, and who waits is a queue of order numbers; an
order that gave up stays in it and is passed over.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import numpy as np
import simpy

if TYPE_CHECKING:
    from collections.abc import Callable


class Desk:
    """Twenty people, and the orders that wait for them."""

    def __init__(self, orders: int, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.gaps = rng.exponential(1 / 20.4, orders).tolist()
        self.works = rng.exponential(1.0, orders).tolist()
        self.patiences = rng.exponential(2.0, orders).tolist()
        self.env = simpy.Environment()
        self.came = [0.0] * orders
        self.waits = [False] * orders
        self.queue: deque[int] = deque()
        self.idle, self.next, self.cancelled, self.waited = 20, 0, 0, 0.0
        self._await_next()

    def _await_next(self) -> None:
        if self.next < len(self.gaps):
            gap = simpy.events.Timeout(self.env, self.gaps[self.next])
            gap.callbacks.append(self._arrive)

    def _arrive(self, _: simpy.Event) -> None:
        order = self.next
        self.next += 1
        if self.idle:
            self.idle -= 1
            self._start(order)
        else:
            self.came[order], self.waits[order] = self.env.now, True
            self.queue.append(order)
            patience = simpy.events.Timeout(self.env, self.patiences[order], order)
            patience.callbacks.append(self._give_up)
        self._await_next()

    def _start(self, order: int) -> None:
        work = simpy.events.Timeout(self.env, self.works[order])
        work.callbacks.append(self._finish)

    def _finish(self, _: simpy.Event) -> None:
        while self.queue:
            order = self.queue.popleft()
            if self.waits[order]:
                self.waits[order] = False
                self.waited += self.env.now - self.came[order]
                self._start(order)
                return
        self.idle += 1

    def _give_up(self, patience: simpy.Event) -> None:
        order = patience.value
        if self.waits[order]:
            self.waits[order] = False
            self.waited += self.env.now - self.came[order]
            self.cancelled += 1


def desk(orders: int, seed: int) -> Callable[[], tuple[float, float]]:
    """Simulate the desk; what is returned tells the share cancelled and the mean wait."""
    model = Desk(orders, seed)
    model.env.run()
    return lambda: (model.cancelled / orders, model.waited / orders)

"""The ship desk in salabim: a component per order that requests one of twenty people."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import salabim as sim

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

sim.yieldless(False)  # generators, the faster of its two ways


def desk(orders: int, seed: int) -> Callable[[], tuple[float, float]]:
    """Simulate the desk; what is returned tells the share cancelled and the mean wait."""
    rng = random.Random(seed)  # noqa: S311 (not for secrets)
    env = sim.Environment(trace=False)
    people = sim.Resource("people", capacity=20)
    cancelled = 0
    waited = 0.0

    class Order(sim.Component):
        def process(self) -> Generator[Any, Any, None]:
            nonlocal cancelled, waited
            came = env.now()
            yield self.request(people, fail_delay=rng.expovariate(0.5))
            waited += env.now() - came
            if self.failed():
                cancelled += 1
                return
            yield self.hold(rng.expovariate(1.0))

    class Source(sim.Component):
        def process(self) -> Generator[Any, Any, None]:
            for _ in range(orders):
                yield self.hold(rng.expovariate(20.4))
                Order()

    Source()
    env.run()
    return lambda: (cancelled / orders, waited / orders)

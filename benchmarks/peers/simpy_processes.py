"""The ship desk in SimPy, as textbooks write it: a process per order, a resource, a patience."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import simpy

if TYPE_CHECKING:
    from collections.abc import Callable, Generator


def desk(orders: int, seed: int) -> Callable[[], tuple[float, float]]:
    """Simulate the desk; what is returned tells the share cancelled and the mean wait."""
    rng = np.random.default_rng(seed)
    arrivals = np.cumsum(rng.exponential(1 / 20.4, orders)).tolist()
    works = rng.exponential(1.0, orders).tolist()
    patiences = rng.exponential(2.0, orders).tolist()
    env = simpy.Environment()
    people = simpy.Resource(env, capacity=20)
    cancelled = 0
    waited = 0.0

    def order(work: float, patience: float) -> Generator[simpy.Event, Any, None]:
        nonlocal cancelled, waited
        came = env.now
        with people.request() as turn:
            yield turn | env.timeout(patience)
            waited += env.now - came
            if not turn.triggered:
                cancelled += 1
                return
            yield env.timeout(work)

    def source() -> Generator[simpy.Event, Any, None]:
        for at, work, patience in zip(arrivals, works, patiences, strict=True):
            yield env.timeout(at - env.now)
            env.process(order(work, patience))

    env.process(source())
    env.run()
    return lambda: (cancelled / orders, waited / orders)

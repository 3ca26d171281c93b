"""Closed forms for classes of customers with non-preemptive priorities, the first class first."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.theory.queueing import erlang_c

if TYPE_CHECKING:
    from collections.abc import Sequence


def waits_one_server(
    arrival_rates: Sequence[float], mean_services: Sequence[float], scvs: Sequence[float]
) -> list[float]:
    """Mean wait of each class in M/G/1.

    Cobham (1954), equation 3: W(k) = W0 / ((1 - s(k-1)) (1 - s(k))), where s(k) is the load of the
    classes up to k and W0 the mean work left in service, sum of lambda E[S^2] / 2.

    Two classes with exponential service of mean 1; adding the service gives 2 and 6:

    >>> waits = waits_one_server([0.2, 0.6], [1.0, 1.0], [1.0, 1.0])
    >>> [round(wait + 1, 10) for wait in waits]
    [2.0, 6.0]
    """
    left = math.fsum(
        rate * mean * mean * (1 + scv) / 2
        for rate, mean, scv in zip(arrival_rates, mean_services, scvs, strict=True)
    )
    loads = [rate * mean for rate, mean in zip(arrival_rates, mean_services, strict=True)]
    return _spread(left, loads)


def waits_many_servers(
    arrival_rates: Sequence[float], service_rate: float, servers: int
) -> list[float]:
    """Mean wait of each class in M/M/c, where all classes have the same service rate.

    Kella and Yechiali (1985): as Cobham's, with W0 = C / (c mu) and the loads per
    server. Without priorities all would wait C / (c mu - lambda).

    >>> high, low = waits_many_servers([1.5, 2.75], 1.0, 5)
    >>> round(high, 10), round(low, 10)
    (0.1869914341, 1.2466095609)
    >>> round((1.5 * high + 2.75 * low) / 4.25, 10)
    0.8726266927
    """
    capacity = servers * service_rate
    waiting = erlang_c(servers, math.fsum(arrival_rates) / service_rate)
    return _spread(waiting / capacity, [rate / capacity for rate in arrival_rates])


def _spread(left: float, loads: Sequence[float]) -> list[float]:
    """Cobham's formula for the loads of the classes in order of priority."""
    waits, before = [], 0.0
    for load in loads:
        until = before + load
        if until >= 1:
            message = f"the classes up to this one bring a load of {until:g}: the queue grows"
            raise ValueError(message)
        waits.append(left / ((1 - before) * (1 - until)))
        before = until
    return waits

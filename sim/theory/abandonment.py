"""Closed forms for queues whose customers lose patience."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.theory.queueing import balance, erlang_b

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Survival = Callable[[NDArray[np.float64]], NDArray[np.float64]]
    """Share of customers whose patience is longer than each time."""


@dataclass(frozen=True, slots=True)
class ErlangA:
    """Steady state of M/M/c/K + M."""

    no_wait: float
    """Share of arrivals that are served at once."""
    abandoned: float
    """Share of arrivals that lose patience."""
    mean_queue: float
    queue_variance: float
    mean_in_system: float
    utilization: float
    mean_wait: float
    """Time in the queue over all who enter, served or not."""
    wait_of_served: float
    """Mean time in the queue of those who are served."""
    wait_of_abandoned: float
    """Mean time in the queue of those who give up."""


def erlang_a(
    arrival_rate: float,
    service_rate: float,
    servers: int,
    mean_patience: float,
    waiting_room: int | None = None,
) -> ErlangA:
    """Exponential patience: Palm (1943, 1957), as a birth and death chain.

    Who joins behind j others is served with probability prod over i = 0..j of
    (c mu + i theta) / (c mu + (i+1) theta), and spends 1 / (c mu + (i+1) theta) on average at place
    i, however it ends (Whitt 2005, section 4).

    Args:
        arrival_rate: Customers per unit of time.
        service_rate: Services per server and unit of time.
        servers: Number of servers.
        mean_patience: Mean time until a waiting customer gives up.
        waiting_room: Places to wait; None: so many that none is ever refused.

    The exact columns of Whitt (2005), tables 2 to 5, M/M/100/200 + M:

    >>> desk = erlang_a(102, 1, 100, mean_patience=1, waiting_room=200)
    >>> [round(value, 10) for value in (desk.no_wait, desk.abandoned, desk.mean_queue)]
    [0.4082813655, 0.049917976, 5.091633552]
    >>> round(desk.queue_variance, 4), round(desk.mean_in_system, 4)
    (44.6138, 102.0)
    >>> round(desk.wait_of_served, 10), round(desk.wait_of_abandoned, 10)
    (0.0490409219, 0.0666108278)
    >>> desk = erlang_a(102, 1, 100, mean_patience=4, waiting_room=200)
    >>> [round(value, 10) for value in (desk.no_wait, desk.abandoned, desk.mean_queue)]
    [0.2256791323, 0.0363618884, 14.8356504753]
    >>> round(desk.queue_variance, 4), round(desk.mean_in_system, 4)
    (214.5116, 113.1267)
    >>> round(desk.wait_of_served, 10), round(desk.wait_of_abandoned, 10)
    (0.1455453377, 0.1428561473)

    A small desk, 100 calls in 30 minutes of 3 minutes each, patience 5 minutes:

    >>> desk = erlang_a(100 / 30, 1 / 3, 14, mean_patience=5)
    >>> round(1 - desk.no_wait, 10), round(desk.abandoned, 10)
    (0.1452601143, 0.0139837441)
    >>> round(desk.utilization, 10), round(desk.mean_wait, 10)
    (0.7042973256, 0.0699187206)
    """
    theta = 1 / mean_patience
    room = _ample_room(arrival_rate, theta) if waiting_room is None else waiting_room
    rates = [
        min(n, servers) * service_rate + max(0, n - servers) * theta
        for n in range(1, servers + room + 1)
    ]
    states = balance([arrival_rate] * (servers + room), rates)
    queue = np.maximum(0, np.arange(servers + room + 1) - servers)
    weights = np.array(states)
    mean_queue = float(queue @ weights)
    entering = arrival_rate * (1 - states[-1])
    abandoning = theta * mean_queue
    served_waiting = _waiting_of_served(states[servers:-1], servers * service_rate, theta)
    return ErlangA(
        no_wait=math.fsum(states[:servers]),
        abandoned=abandoning / arrival_rate,
        mean_queue=mean_queue,
        queue_variance=float(queue**2 @ weights) - mean_queue**2,
        mean_in_system=float(np.arange(len(states)) @ weights),
        utilization=(entering - abandoning) / (servers * service_rate),
        mean_wait=mean_queue / entering,
        wait_of_served=arrival_rate * served_waiting / (entering - abandoning),
        wait_of_abandoned=(mean_queue - arrival_rate * served_waiting) / abandoning,
    )


@dataclass(frozen=True, slots=True)
class GeneralPatience:
    """Steady state of M/M/c + G."""

    no_wait: float
    """Share of arrivals that are served at once."""
    abandoned: float
    """Share of arrivals that lose patience."""
    mean_wait: float
    """Time in the queue over all arrivals, served or not."""
    mean_queue: float
    served_within: Callable[[float], float]
    """Share of arrivals that are served within a time."""


def general_patience(
    arrival_rate: float,
    service_rate: float,
    servers: int,
    survival: Survival,
    horizon: float,
    points: int = 200_001,
) -> GeneralPatience:
    """Any distribution of patience.

    Baccelli and Hebuterne (1981); formulas of Zeltyn and Mandelbaum (2005): with
    H(x) the integral of the survival function, the offered wait has a density in proportion to
    exp(lambda H(x) - c mu x). Integrals by Simpson's rule.

    Args:
        arrival_rate: Customers per unit of time.
        service_rate: Services per server and unit of time.
        servers: Number of servers.
        survival: Share of customers whose patience is longer than each time.
        horizon: No wait that matters is longer.
        points: Of the grid; odd.

    Erlang-2 patience of mean 1, M/M/100 + E2 of Whitt (2005), table 2:

    >>> def erlang_2(x):
    ...     return np.exp(-2 * x) * (1 + 2 * x)
    >>> desk = general_patience(102, 1, 100, erlang_2, horizon=3.0)
    >>> round(desk.no_wait, 7), round(desk.abandoned, 7), round(desk.mean_queue, 5)
    (0.2454851, 0.0378323, 11.75927)

    Exponential patience is Erlang A; 20 seconds at the small desk of `erlang_a`:

    >>> desk = general_patience(100 / 30, 1 / 3, 14, lambda x: np.exp(-x / 5), horizon=60.0)
    >>> round(desk.served_within(20 / 60), 6)
    0.916792
    """
    times = np.linspace(0.0, horizon, points)
    step = horizon / (points - 1)
    alive = survival(times)
    lived = _running_integral(alive, step)
    exponent = arrival_rate * lived - servers * service_rate * times
    top = float(exponent.max())
    density = np.exp(exponent - top)
    # 1 / B(c - 1), on the scale of the density
    idle = math.exp(-top) / erlang_b(servers - 1, arrival_rate / service_rate)
    offered = _simpson(density, step)
    total = idle + arrival_rate * offered
    surplus = arrival_rate - servers * service_rate
    mean_wait = arrival_rate * _simpson(density * lived, step) / total
    served = np.concatenate(([0.0], np.cumsum((density * alive)[:-1] + (density * alive)[1:])))

    def served_within(time: float) -> float:
        waited = float(np.interp(time, times, served)) * step / 2
        return (idle + arrival_rate * waited) / total

    return GeneralPatience(
        no_wait=idle / total,
        abandoned=(math.exp(-top) + surplus * offered) / total,
        mean_wait=mean_wait,
        mean_queue=arrival_rate * mean_wait,
        served_within=served_within,
    )


def fixed_patience(
    arrival_rate: float, service_rate: float, servers: int, patience: float
) -> GeneralPatience:
    """Everybody waits exactly so long: M/M/c + D, in closed form.

    Barrer (1957); Baccelli and Hebuterne (1981). The integrals of `general_patience` for
    H(x) = min(x, patience).

    Raises:
        ValueError: The arrival rate is exactly what the servers can do; shift it a little.

    >>> desk = fixed_patience(6, 1, 5, 0.5)
    >>> round(desk.no_wait, 6), round(desk.abandoned, 6), round(desk.mean_wait, 5)
    (0.26619, 0.247295, 0.25537)
    """
    capacity = servers * service_rate
    surplus = arrival_rate - capacity
    if surplus == 0:
        message = "the formula divides by the arrival rate less the capacity, which is 0 here"
        raise ValueError(message)
    end = math.exp(surplus * patience)
    idle = 1 / erlang_b(servers - 1, arrival_rate / service_rate)
    total = idle + arrival_rate * ((end - 1) / surplus + end / capacity)
    lived = (patience * end - (end - 1) / surplus) / surplus + patience * end / capacity

    def served_within(time: float) -> float:
        waited = math.expm1(surplus * min(time, patience)) / surplus
        return (idle + arrival_rate * waited) / total

    return GeneralPatience(
        no_wait=idle / total,
        abandoned=(1 + surplus * ((end - 1) / surplus + end / capacity)) / total,
        mean_wait=arrival_rate * lived / total,
        mean_queue=arrival_rate * arrival_rate * lived / total,
        served_within=served_within,
    )


def lognormal_survival(mean: float, scv: float) -> Survival:
    """Survival function of a lognormal patience with this mean and squared variation.

    Whitt (2005), tables 2 to 4:

    >>> def desk(mean, scv):
    ...     known = general_patience(102, 1, 100, lognormal_survival(mean, scv), horizon=12.0)
    ...     return round(known.no_wait, 7), round(known.abandoned, 7), round(known.mean_queue, 4)
    >>> desk(1, 1)
    (0.2429966, 0.0376475, 11.4268)
    >>> desk(4, 4)
    (0.2083295, 0.0350739, 14.9717)
    >>> desk(4, 0.25)
    (0.0102507, 0.0203688, 117.558)
    """
    from scipy.special import log_ndtr

    sigma = math.sqrt(math.log1p(scv))
    mu = math.log(mean) - sigma * sigma / 2

    def survival(times: NDArray[np.float64]) -> NDArray[np.float64]:
        with np.errstate(divide="ignore"):
            z = (np.log(times) - mu) / sigma
        return np.asarray(np.exp(log_ndtr(-z)))

    return survival


def _ample_room(arrival_rate: float, theta: float) -> int:
    """Places beyond which the queue is practically never: far above a Poisson(lambda / theta)."""
    mean = arrival_rate / theta
    return math.ceil(mean + 12 * math.sqrt(mean) + 50)


def _waiting_of_served(queueing: list[float], capacity: float, theta: float) -> float:
    """Mean over arrivals of the wait, counting 0 for those who do not wait or are not served."""
    total, served, waited = [], 1.0, 0.0
    for ahead, weight in enumerate(queueing):
        served *= (capacity + ahead * theta) / (capacity + (ahead + 1) * theta)
        waited += 1 / (capacity + (ahead + 1) * theta)
        total.append(weight * served * waited)
    return math.fsum(total)


def _running_integral(values: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """Integral from 0 to each point, with the error of Simpson's rule where values are smooth."""
    from scipy.integrate import cumulative_simpson

    return np.asarray(cumulative_simpson(values, dx=step, initial=0.0))


def _simpson(values: NDArray[np.float64], step: float) -> float:
    from scipy.integrate import simpson

    return float(simpson(values, dx=step))

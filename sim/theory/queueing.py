"""Closed forms for queues: what a pick line, a desk or a pair of stages does in steady state.

Rates are per any one unit of time, and times come out in that unit. An offered load is in erlangs:
arrival rate times mean service time.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Queue:
    """Steady state of a queue with identical servers."""

    blocked: float
    """Share of arrivals that find the system full and leave."""
    wait_probability: float
    """Share of all arrivals that enter and have to wait."""
    mean_queue: float
    """Customers waiting, time-weighted."""
    mean_wait: float
    """Mean wait of those who enter."""
    utilization: float
    """Share of time that a server is busy."""


def erlang_b(servers: int, offered_load: float) -> float:
    """Share of arrivals that find all servers busy, when nobody waits.

    Erlang (1917), by the recursion B(n) = a B(n-1) / (n + a B(n-1)). It holds for every
    distribution of service times (Sevastyanov 1957).

    >>> round(erlang_b(12, 10.0), 10), round(erlang_b(5, 3.0), 10), round(erlang_b(20, 15.0), 10)
    (0.1197391884, 0.1100543478, 0.0455932156)
    """
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = offered_load * blocked / (n + offered_load * blocked)
    return blocked


def erlang_c(servers: int, offered_load: float) -> float:
    """Share of arrivals that wait, in M/M/c without limit.

    Erlang (1917): C = c B / (c - a (1 - B)); 1 where the load reaches the servers.

    >>> round(erlang_c(14, 10.0), 10), round(erlang_c(5, 4.25), 10)
    (0.1741319336, 0.6544700195)
    """
    if offered_load >= servers:
        return 1.0
    blocked = erlang_b(servers, offered_load)
    return servers * blocked / (servers - offered_load * (1 - blocked))


def mmc(arrival_rate: float, service_rate: float, servers: int) -> Queue:
    """M/M/c, first come first served (Erlang 1917).

    A support desk with 100 contacts in 30 minutes, 3 minutes each, and 14 agents:

    >>> desk = mmc(100 / 30, 1 / 3, 14)
    >>> round(desk.mean_wait, 9), round(desk.mean_queue, 9), round(desk.utilization, 9)
    (0.13059895, 0.435329834, 0.714285714)

    Raises:
        ValueError: The servers cannot keep up, so there is no steady state.
    """
    load = arrival_rate / service_rate
    if load >= servers:
        message = f"{servers} servers cannot keep up with an offered load of {load:g}"
        raise ValueError(message)
    waiting = erlang_c(servers, load)
    mean_wait = waiting / (servers * service_rate - arrival_rate)
    return Queue(0.0, waiting, arrival_rate * mean_wait, mean_wait, load / servers)


def service_level(arrival_rate: float, service_rate: float, servers: int, within: float) -> float:
    """Share of arrivals served within a time, in M/M/c: 1 - C exp(-(c mu - lambda) t).

    >>> [round(service_level(100 / 30, 1 / 3, agents, 0.33), 7) for agents in (13, 14, 15)]
    [0.7949123, 0.8878527, 0.9411267]
    """
    waiting = erlang_c(servers, arrival_rate / service_rate)
    return 1 - waiting * math.exp(-(servers * service_rate - arrival_rate) * within)


def fewest_servers(
    arrival_rate: float, service_rate: float, within: float, share: float, occupancy: float = 1.0
) -> int:
    """Fewest servers that serve this share within a time, at most this busy.

    >>> fewest_servers(100 / 30, 1 / 3, within=0.33, share=0.80, occupancy=0.85)
    14
    """
    load = arrival_rate / service_rate
    servers = math.floor(load) + 1
    while load / servers > occupancy or (
        service_level(arrival_rate, service_rate, servers, within) < share
    ):
        servers += 1
    return servers


def mmck(arrival_rate: float, service_rate: float, servers: int, capacity: int) -> Queue:
    """M/M/c/K: at most `capacity` customers in all, further ones leave.

    Birth and death equations (Kleinrock 1975, Queueing Systems I, section 3.5).

    >>> room = mmck(3.2, 1.0, 3, 10)
    >>> [round(value, 10) for value in (room.blocked, room.mean_queue, room.mean_wait)]
    [0.1326487889, 3.2844085931, 1.1833472672]
    >>> round(room.utilization, 10)
    0.9251746252
    """
    states = balance(
        [arrival_rate] * capacity,
        [service_rate * min(n, servers) for n in range(1, capacity + 1)],
    )
    blocked = states[capacity]
    entering = arrival_rate * (1 - blocked)
    mean_queue = math.fsum((n - servers) * states[n] for n in range(servers, capacity + 1))
    return Queue(
        blocked=blocked,
        wait_probability=math.fsum(states[servers:capacity]),
        mean_queue=mean_queue,
        mean_wait=mean_queue / entering,
        utilization=entering / (servers * service_rate),
    )


def balance(births: Sequence[float], deaths: Sequence[float]) -> list[float]:
    """Steady state of a birth and death chain: p(n+1) d(n) = p(n) b(n).

    Args:
        births: Rate from state n to n + 1.
        deaths: Rate from state n + 1 to n; as many.

    >>> balance([1.0, 1.0], [1.0, 2.0])
    [0.4, 0.4, 0.2]
    """
    logs = [0.0]
    for birth, death in zip(births, deaths, strict=True):
        logs.append(logs[-1] + math.log(birth / death) if birth else -math.inf)
    # By logarithms from the likeliest state, so that no power leaves the range of a double.
    top = max(logs)
    weights = [math.exp(value - top) for value in logs]
    total = math.fsum(weights)
    return [weight / total for weight in weights]


def pollaczek_khinchine(arrival_rate: float, mean_service: float, scv: float) -> float:
    """Mean wait in M/G/1: lambda E[S]^2 (1 + scv) / (2 (1 - rho)).

    Pollaczek (1930), Khinchine (1932). `scv` is the squared coefficient of variation.

    >>> round(pollaczek_khinchine(0.8, 1.0, 2.0), 10), round(pollaczek_khinchine(0.8, 1.0, 0.0), 10)
    (6.0, 2.0)
    """
    busy = arrival_rate * mean_service
    if busy >= 1:
        message = f"one server cannot keep up with an offered load of {busy:g}"
        raise ValueError(message)
    return busy * mean_service * (1 + scv) / (2 * (1 - busy))


def tandem(arrival_rate: float, stages: Sequence[tuple[int, float]]) -> list[float]:
    """Mean time in each M/M/c stage of a line, waiting and service.

    What leaves an M/M/c queue is again a Poisson process (Burke 1956), so each stage stands alone
    (Jackson 1957).

    Args:
        arrival_rate: Into the first stage.
        stages: Servers and service rate of each.

    >>> pick, pack = tandem(3.2, [(4, 1.0), (2, 2.0)])
    >>> round(pick, 10), round(pack, 10), round(pick + pack, 10)
    (1.7455405897, 1.3888888889, 3.1344294786)
    """
    return [mmc(arrival_rate, rate, servers).mean_wait + 1 / rate for servers, rate in stages]

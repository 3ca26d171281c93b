"""Closed forms for review once a period: (s, S), newsvendor and disruptions with integer demand."""

from __future__ import annotations

import math

from sim.theory.poisson import poisson_pmf, tail_above


def newsvendor(mean: float, holding_cost: float, stockout_cost: float) -> tuple[int, float]:
    """The order-up-to level of least cost for Poisson demand, and that cost.

    Arrow, Harris and Marschak (1951); Snyder and Shen (2019), problem 4.8(a):

    >>> level, cost = newsvendor(18, 200, 270)
    >>> level, round(cost, 7)
    (19, 786.0884409)
    """
    level = 0
    ratio = stockout_cost / (stockout_cost + holding_cost)
    pmf = poisson_pmf(mean, math.ceil(mean + 12 * math.sqrt(mean) + 30))
    while math.fsum(pmf[: level + 1]) < ratio:
        level += 1
    return level, period_cost(level, mean, holding_cost, stockout_cost)


def period_cost(level: int, mean: float, holding_cost: float, stockout_cost: float) -> float:
    """Cost of a period that begins at a level: h E[(y - D)+] + p E[(D - y)+], Poisson demand.

    >>> round(period_cost(13, 18, 200, 270), 7)
    1445.7510629
    """
    short = tail_above(poisson_pmf(mean, max(0, level)), mean, level)
    return holding_cost * (level - mean + short) + stockout_cost * short


def min_max_cost(
    low: int,
    high: int,
    mean: float,
    *,
    order_cost: float,
    holding_cost: float,
    stockout_cost: float,
) -> float:
    """Cost per period of (s, S): order up to S when the level is at or below s at a period's start.

    Zheng and Federgruen (1991): c(s, S) = (K + sum over j < S - s of
    m(j) G(S - j)) / M(S - s), where m is the renewal density of the demand and G the cost of a
    period that begins at a level. Lead time 0; backorders; costs on end-of-period levels.

    Their table (h = 1, p = 9, K = 64):

    >>> table = ((10, 6, 40), (15, 10, 49), (25, 19, 56), (52, 44, 112), (64, 55, 74), (75, 67, 86))
    >>> prices = dict(order_cost=64, holding_cost=1, stockout_cost=9)
    >>> [round(min_max_cost(s, S, mean, **prices), 5) for mean, s, S in table]
    [35.02156, 42.69782, 54.26217, 72.24611, 78.40232, 79.55385]

    Snyder and Shen (2019), example 4.7 and problem 4.31:

    >>> prices = dict(order_cost=5, holding_cost=1, stockout_cost=4)
    >>> [round(min_max_cost(s, S, 6, **prices), 7) for s, S in ((4, 10), (6, 18))]
    [8.0341116, 10.1937987]
    >>> prices = dict(order_cost=150, holding_cost=40, stockout_cost=125)
    >>> [round(min_max_cost(s, S, 4, **prices), 7) for s, S in ((2, 7), (4, 10))]
    [223.5748296, 262.2755614]
    """
    renewals = _renewal_density(mean, high - low)
    costs = (period_cost(high - j, mean, holding_cost, stockout_cost) for j in range(high - low))
    spent = math.fsum(m * cost for m, cost in zip(renewals, costs, strict=True))
    return (order_cost + spent) / math.fsum(renewals)


def best_min_max(
    mean: float, *, order_cost: float, holding_cost: float, stockout_cost: float
) -> tuple[int, int]:
    """The (s, S) of least cost.

    Zheng and Federgruen (1991): for an S, the best s is the first at which
    G(s) is no more than the cost; S rises while G(S) is at most the best cost so far.

    >>> best_min_max(6, order_cost=5, holding_cost=1, stockout_cost=4)
    (4, 10)
    >>> best_min_max(4, order_cost=150, holding_cost=40, stockout_cost=125)
    (2, 7)
    >>> best_min_max(10, order_cost=64, holding_cost=1, stockout_cost=9)
    (6, 40)
    """
    prices = {"holding_cost": holding_cost, "stockout_cost": stockout_cost}

    def cost(low: int, high: int) -> float:
        return min_max_cost(low, high, mean, order_cost=order_cost, **prices)

    def begins(level: int) -> float:
        return period_cost(level, mean, holding_cost, stockout_cost)

    bottom, _ = newsvendor(mean, holding_cost, stockout_cost)
    low = bottom - 1
    while cost(low, bottom) > begins(low):
        low -= 1
    best, least, high = (low, bottom), cost(low, bottom), bottom + 1
    while begins(high) <= least:
        if cost(low, high) < least:
            while cost(low, high) <= begins(low + 1):
                low += 1
            best, least = (low, high), cost(low, high)
        high += 1
    return best


def disrupted_base_stock_cost(
    level: float,
    demand: float,
    *,
    disruption: float,
    recovery: float,
    holding_cost: float,
    stockout_cost: float,
) -> float:
    """Cost per period of a base-stock level when the supplier fails now and then.

    Güllü, Önol and Erkip (1997); Snyder and Shen (2019), equation 9.14. Demand is constant; the
    supplier goes down with probability `disruption` and comes back with probability `recovery`
    each period; the n-th period of an outage has probability a b (1-b)^(n-1) / (a + b).

    Snyder and Shen, example 9.3, where 8000 is best:

    >>> bridge = dict(disruption=0.04, recovery=0.25, holding_cost=0.25, stockout_cost=3)
    >>> [round(disrupted_base_stock_cost(S, 2000, **bridge), 7) for S in (2000, 4000, 6000)]
    [3310.3448276, 2913.7931034, 2741.3793103]
    >>> [round(disrupted_base_stock_cost(S, 2000, **bridge), 7) for S in (8000, 10000)]
    [2737.0689655, 2858.8362069]
    """
    up = recovery / (disruption + recovery)
    periods = math.ceil(50 / recovery)
    shares = [up, *(up * disruption * (1 - recovery) ** (n - 1) for n in range(1, periods))]
    return math.fsum(
        share
        * (
            holding_cost * max(0.0, level - (n + 1) * demand)
            + stockout_cost * max(0.0, (n + 1) * demand - level)
        )
        for n, share in enumerate(shares)
    )


def _renewal_density(mean: float, length: int) -> list[float]:
    """Expected periods that begin with a total demand of exactly j so far, from a renewal on.

    m(0) = 1 / (1 - p0), m(j) = sum over k = 1..j of p(k) m(j - k) / (1 - p0).
    """
    pmf = poisson_pmf(mean, length)
    stays = 1 - pmf[0]
    density = [1 / stays]
    for j in range(1, length):
        density.append(math.fsum(pmf[k] * density[j - k] for k in range(1, j + 1)) / stays)
    return density

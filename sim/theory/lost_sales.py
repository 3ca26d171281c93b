"""Base stock reviewed once a period, where what is short is lost: exact, as a Markov chain."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.theory.poisson import poisson_pmf

if TYPE_CHECKING:
    from numpy.typing import NDArray


def lost_sales_cost(
    level: int,
    lead_time: int,
    *,
    mean: float,
    holding_cost: float,
    lost_cost: float,
    precision: float = 1e-12,
) -> float:
    """Cost per period: h E[units left] + p E[units lost], Poisson demand.

    The system of Zipkin (2008): an order brings stock and pipeline up to the level, what was
    ordered L periods ago is received, then comes the demand. The sales of the last L periods are a
    Markov chain: they are what is on order, and the level less their sum is what can be sold.

    Args:
        level: Base-stock level S on what is on hand and on order, units.
        lead_time: Periods L after which an order can be sold, at least 1.
        mean: Mean demand of a period.
        holding_cost: Per unit left at the end of a period.
        lost_cost: Per unit lost.
        precision: Change of the cost between two steps at which the chain counts as settled.

    Base-stock levels of least cost for a mean of 5, h = 1, p = 4 and 39, L = 1 and 2:

    >>> patient = dict(mean=5, holding_cost=1, lost_cost=4)
    >>> [round(lost_sales_cost(S, L, **patient), 7) for S, L in ((12, 1), (16, 2))]
    [4.1628028, 4.6386441]
    >>> hasty = dict(mean=5, holding_cost=1, lost_cost=39)
    >>> [round(lost_sales_cost(S, L, **hasty), 7) for S, L in ((16, 1), (22, 2))]
    [7.8626467, 9.1902782]
    """
    demand = np.array(poisson_pmf(mean, level + 1))
    on_hand = level - sum(np.indices((level + 1,) * lead_time))
    sold = _sales(demand, level)[np.maximum(on_hand, 0)]
    left = [math.fsum(demand[d] * (x - d) for d in range(x)) for x in range(level + 1)]
    costs = np.array([holding_cost * y + lost_cost * (mean - x + y) for x, y in enumerate(left)])
    cost_of = costs[np.maximum(on_hand, 0)]
    chain = np.zeros((level + 1,) * lead_time)
    chain[(0,) * lead_time] = 1.0
    before, cost = math.inf, 0.0
    while abs(cost - before) > precision:
        chain = (chain[..., np.newaxis] * sold).sum(axis=0)
        before, cost = cost, float((chain * cost_of).sum())
    return cost


def _sales(demand: NDArray[np.float64], level: int) -> NDArray[np.float64]:
    """P(sales = m) by stock: row x, column m."""
    table = np.zeros((level + 1, level + 1))
    for stock in range(level + 1):
        table[stock, :stock] = demand[:stock]
        table[stock, stock] = 1 - demand[:stock].sum()
    return table

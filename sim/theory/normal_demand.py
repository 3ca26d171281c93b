"""Closed forms with normal demand: (r, Q), newsvendor and periodic base stock."""

from __future__ import annotations

import math


def loss(z: float) -> float:
    """First-order loss E[(Z - z)+] of the standard normal: phi(z) - z (1 - Phi(z)).

    >>> round(loss(0.0), 6)
    0.398942
    """
    return density(z) - z * _above(z)


def second_loss(z: float) -> float:
    """Second-order loss E[((Z - z)+)^2] / 2 = ((1 + z^2)(1 - Phi(z)) - z phi(z)) / 2.

    >>> second_loss(0.0)
    0.25
    """
    return ((1 + z * z) * _above(z) - z * density(z)) / 2


def density(z: float) -> float:
    """Density of the standard normal."""
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi)


def reorder_point_cost(
    point: float,
    quantity: float,
    *,
    demand_rate: float,
    lead_time_mean: float,
    lead_time_sd: float,
    order_cost: float,
    holding_cost: float,
    backorder_cost: float,
) -> float:
    """Cost per unit of time of (r, Q) with normal lead-time demand.

    Hadley and Whitin (1963), section 4-9; Snyder and Shen (2019), equation 5.7:
    (K lambda + integral from r to r + Q of h E[(y - D)+] + p E[(D - y)+]) / Q.

    Snyder and Shen, example 5.1, with a lead time of a twelfth of a year:

    >>> paint = dict(demand_rate=1300, lead_time_mean=1300 / 12, lead_time_sd=150 / 12**0.5,
    ...              order_cost=8, holding_cost=0.225, backorder_cost=7.5)
    >>> round(reorder_point_cost(126.8, 328.5, **paint), 7)
    78.0711625
    >>> round(reorder_point_cost(100, 250, **paint), 6)
    87.346478
    """
    start = (point - lead_time_mean) / lead_time_sd
    end = (point + quantity - lead_time_mean) / lead_time_sd
    short = lead_time_sd**2 * (second_loss(start) - second_loss(end))
    position = quantity * (point + quantity / 2 - lead_time_mean)
    held = holding_cost * (position + short) + backorder_cost * short
    return (order_cost * demand_rate + held) / quantity


def best_point_for(
    quantity: float,
    *,
    lead_time_mean: float,
    lead_time_sd: float,
    holding_cost: float,
    backorder_cost: float,
) -> float:
    """The reorder point of least cost for a given quantity.

    There the cost rates at r and r + Q are equal: Snyder and Shen (2019), equation 5.9. Found by
    bisection.

    >>> round(best_point_for(318, lead_time_mean=1300 / 12, lead_time_sd=150 / 12**0.5,
    ...                      holding_cost=0.225, backorder_cost=7.5), 6)
    127.788035
    """

    def rate(position: float) -> float:
        z = (position - lead_time_mean) / lead_time_sd
        short = lead_time_sd * loss(z)
        return holding_cost * (position - lead_time_mean + short) + backorder_cost * short

    low, high = lead_time_mean - quantity - 10 * lead_time_sd, lead_time_mean + 10 * lead_time_sd
    for _ in range(200):
        middle = (low + high) / 2
        if rate(middle) > rate(middle + quantity):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def newsvendor(
    mean: float, sd: float, holding_cost: float, stockout_cost: float
) -> tuple[float, float]:
    """The base-stock level of least cost, and that cost.

    Arrow, Harris and Marschak (1951); Snyder and Shen (2019), equations 4.30 and 4.37:
    S = mean + z sd with Phi(z) = p / (p + h), cost (h + p) sd phi(z).

    Reviewed every period with a lead time of 4 periods, where the order comes before the demand:
    a level protects 4 + 1 periods (example 4.4; demand is normal with mean 50 and sd 8).

    >>> level, cost = newsvendor(5 * 50, 5**0.5 * 8, 0.18, 0.70)
    >>> round(level, 7), round(cost, 6)
    (264.7668944, 4.466781)
    """
    from scipy.special import ndtri

    z = float(ndtri(stockout_cost / (stockout_cost + holding_cost)))
    return mean + z * sd, (holding_cost + stockout_cost) * sd * density(z)


def newsvendor_cost(
    level: float, mean: float, sd: float, holding_cost: float, stockout_cost: float
) -> float:
    """Cost per period of a base-stock level: h E[(S - D)+] + p E[(D - S)+].

    Snyder and Shen (2019), equation 4.24:

    >>> [round(newsvendor_cost(S, 250, 5**0.5 * 8, 0.18, 0.70), 7) for S in (180, 270)]
    [49.0001647, 4.6422425]
    """
    short = sd * loss((level - mean) / sd)
    return holding_cost * (level - mean + short) + stockout_cost * short


def _above(z: float) -> float:
    """1 - Phi(z), without the cancellation."""
    return math.erfc(z / math.sqrt(2)) / 2

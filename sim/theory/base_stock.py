"""Closed forms for base stock: every unit that leaves is reordered at once, (S-1, S).

With Poisson demand the units on order are the customers of an infinite-server queue. So the
answers hold for every distribution of lead times, drawn independently, that may cross.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.theory.queueing import balance


@dataclass(frozen=True, slots=True)
class BaseStock:
    """Steady state of a base-stock system."""

    fill_rate: float
    """Share of demand served at once."""
    backordered: float
    """Share of demand that waits."""
    lost: float
    """Share of demand that goes away."""
    mean_on_hand: float
    mean_backorders: float
    mean_wait: float
    """Mean wait over all who are served, at once or later."""
    mean_wait_of_backordered: float
    any_backorder: float
    """Share of time with at least one backorder."""


def base_stock(
    demand_rate: float,
    mean_lead_time: float,
    level: int,
    accepts: float = 1.0,
    slots: int | None = None,
) -> BaseStock:
    """Base stock where a stocked-out customer waits with a probability, if there is a slot.

    The units on order form an M(n)/G/infinity queue with the product form
    p(n) ~ a^n / n! x accepts^(n - S) for n > S, up to n = S + slots; a is the mean lead-time
    demand. Special cases have names:

    Args:
        demand_rate: Poisson, units per unit of time.
        mean_lead_time: In the same unit of time.
        level: Base-stock level S, units.
        accepts: Probability that a customer waits when stock is out.
        slots: Most customers that can wait at a time; None: no limit.

    All wait: Palm (1938); Feeney and Sherbrooke (1966); Zipkin (2000), section 7.2.

    >>> full = base_stock(4, 2.5, 13)
    >>> round(full.fill_rate, 10), round(full.mean_backorders, 10), round(full.mean_on_hand, 10)
    (0.7915564764, 0.3224727301, 3.3224727301)
    >>> round(full.mean_wait, 10), round(full.any_backorder, 10)
    (0.0806181825, 0.1355355774)

    None wait: Erlang B (Karush 1957; Zipkin 2000, section 7.2.3).

    >>> [round(base_stock(a, 1, S, accepts=0).lost, 10) for S, a in ((12, 10), (5, 3), (20, 15))]
    [0.1197391884, 0.1100543478, 0.0455932156]
    >>> [round(base_stock(a, 1, S, accepts=0).mean_on_hand, 9) for S, a in ((12, 10), (20, 15))]
    [3.197391884, 5.683898234]

    At most K wait: Feeney and Sherbrooke (1966), section 3; Erlang loss with S + K servers.

    >>> limited = base_stock(4, 2.5, 8, slots=5)
    >>> round(limited.lost, 10), round(limited.fill_rate, 10), round(limited.mean_on_hand, 10)
    (0.0843388627, 0.2547480739, 0.5325273683)
    >>> round(limited.mean_backorders, 10), round(limited.mean_wait_of_backordered, 10)
    (1.6891387416, 0.6389413506)

    Some wait: Moinzadeh (1989); Smeitink (1990).

    >>> partial = base_stock(4, 2.5, 10, accepts=0.6)
    >>> round(partial.fill_rate, 10), round(partial.backordered, 10), round(partial.lost, 10)
    (0.6430318382, 0.2141808971, 0.1427872647)
    >>> round(partial.mean_backorders, 10), round(partial.mean_on_hand, 10)
    (0.3289414163, 1.7568140635)
    >>> round(partial.mean_wait_of_backordered, 9)
    0.383952795
    >>> partial = base_stock(4, 2.5, 10, accepts=0.25)
    >>> round(partial.fill_rate, 10), round(partial.backordered, 10), round(partial.lost, 10)
    (0.7400521417, 0.0649869646, 0.1949608937)
    >>> round(partial.mean_backorders, 10), round(partial.mean_on_hand, 10)
    (0.0722723025, 2.0218812398)
    """
    on_order = units_on_order(demand_rate * mean_lead_time, level, accepts, slots)
    fill_rate = math.fsum(on_order[:level])
    full = on_order[-1] if slots is not None else 0.0
    backordered = accepts * (math.fsum(on_order[level:]) - full)
    mean_backorders = math.fsum((n - level) * p for n, p in enumerate(on_order) if n > level)
    return BaseStock(
        fill_rate=fill_rate,
        backordered=backordered,
        lost=1 - fill_rate - backordered,
        mean_on_hand=math.fsum((level - n) * p for n, p in enumerate(on_order) if n < level),
        mean_backorders=mean_backorders,
        mean_wait=_ratio(mean_backorders, demand_rate * (fill_rate + backordered)),
        mean_wait_of_backordered=_ratio(mean_backorders, demand_rate * backordered),
        any_backorder=math.fsum(on_order[level + 1 :]),
    )


def units_on_order(
    lead_time_demand: float, level: int, accepts: float = 1.0, slots: int | None = None
) -> list[float]:
    """Distribution of the units on order; see `base_stock`.

    >>> [round(p, 4) for p in units_on_order(1.0, 1, accepts=0.5, slots=1)]
    [0.4444, 0.4444, 0.1111]
    """
    if accepts == 0:
        last = level
    elif slots is None:
        last = level + math.ceil(lead_time_demand + 12 * math.sqrt(lead_time_demand) + 40)
    else:
        last = level + slots
    births = [lead_time_demand * (1.0 if n < level else accepts) for n in range(last)]
    return balance(births, [float(n) for n in range(1, last + 1)])


def area_quantile(mean_occupancy: float, probability: float) -> int:
    """Slots that suffice this share of the time, when occupancy is Poisson (M/G/infinity).

    A backorder area whose units are never on the shelf: demand 30 a day, a mean wait of 3.2 days.

    >>> [area_quantile(30 * 3.2, p) for p in (0.90, 0.95, 0.99, 0.999)]
    [109, 112, 120, 128]
    """
    from scipy.special import pdtr

    slots = max(0, math.floor(mean_occupancy - 10 * math.sqrt(mean_occupancy)))
    while pdtr(slots, mean_occupancy) < probability:
        slots += 1
    return slots


def area_exceeded(mean_occupancy: float, slots: int) -> float:
    """Share of time that more than `slots` are in use, when occupancy is Poisson.

    >>> round(area_exceeded(96, 110), 10)
    0.0719477551
    """
    from scipy.special import pdtrc

    return float(pdtrc(slots, mean_occupancy))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else math.nan

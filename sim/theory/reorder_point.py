"""Closed forms for (r, Q): order Q when the inventory position falls to the reorder point r.

Lead times are constant. With random ones the formulas would need orders that never cross, which
independent draws do not give.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.theory.poisson import poisson_pmf, tail_above


@dataclass(frozen=True, slots=True)
class ReorderPoint:
    """Steady state of an (r, Q) or (r, nQ) system with backorders."""

    mean_on_hand: float
    mean_backorders: float
    unit_fill_rate: float
    """Share of units served at once (type 2)."""
    line_fill_rate: float
    """Share of order lines served at once in full."""


def reorder_point(demand_rate: float, lead_time: float, point: int, quantity: int) -> ReorderPoint:
    """Poisson demand of single units, backorders.

    Hadley and Whitin (1963), section 4-7: the inventory position is uniform on r+1 .. r+Q and
    independent of the demand during the lead time after.

    Snyder and Shen (2019), example 5.8:

    >>> books = reorder_point(1.5, 2.0, 3, 5)
    >>> round(books.mean_backorders, 10), round(books.mean_on_hand, 10)
    (0.1054328273, 3.1054328273)
    >>> round(books.unit_fill_rate, 10)
    0.8666328304
    >>> round(reorder_point(12, 0.5, 6, 7).unit_fill_rate, 9)
    0.863150807
    """
    mean = demand_rate * lead_time
    pmf = poisson_pmf(mean, point + quantity + 1)
    positions = range(point + 1, point + quantity + 1)
    short = math.fsum(tail_above(pmf, mean, position) for position in positions) / quantity
    on_hand = point + (quantity + 1) / 2 - mean + short
    fill_rate = math.fsum(math.fsum(pmf[: max(0, y)]) for y in positions) / quantity
    return ReorderPoint(on_hand, short, fill_rate, fill_rate)


def cost_rate(
    demand_rate: float,
    lead_time: float,
    point: int,
    quantity: int,
    *,
    order_cost: float,
    holding_cost: float,
    backorder_cost: float,
) -> float:
    """Cost per unit of time: K lambda / Q + h E[on hand] + b E[backorders].

    Federgruen and Zheng (1992). Costs are per order, and per unit and unit of time.

    >>> books = dict(order_cost=100, holding_cost=20, backorder_cost=150)
    >>> [round(cost_rate(1.5, 2, r, Q, **books), 7) for r, Q in ((3, 5), (8, 12))]
    [107.9235806, 242.5281638]
    >>> [round(cost_rate(1.5, 2, r, Q, **books), 5) for r, Q in ((2, 6), (3, 4))]
    [108.97987, 109.67967]
    >>> cards = dict(order_cost=4, holding_cost=4, backorder_cost=28)
    >>> [round(cost_rate(12, 0.5, r, Q, **cards), 7) for r, Q in ((6, 7), (3, 9))]
    [28.2413128, 34.2641545]
    """
    known = reorder_point(demand_rate, lead_time, point, quantity)
    held = holding_cost * known.mean_on_hand + backorder_cost * known.mean_backorders
    return order_cost * demand_rate / quantity + held


def best_reorder_point(
    demand_rate: float,
    lead_time: float,
    *,
    order_cost: float,
    holding_cost: float,
    backorder_cost: float,
) -> tuple[int, int]:
    """The reorder point and quantity of least cost.

    Federgruen and Zheng (1992): the cost rate is the average of G over
    r+1 .. r+Q plus K lambda / Q, and G is unimodal. So the interval grows from the minimum of G
    towards its cheaper side, until a further point costs more than the average.

    >>> best_reorder_point(1.5, 2, order_cost=100, holding_cost=20, backorder_cost=150)
    (3, 5)
    >>> best_reorder_point(12, 0.5, order_cost=4, holding_cost=4, backorder_cost=28)
    (6, 7)
    """
    mean = demand_rate * lead_time
    pmf = poisson_pmf(mean, math.ceil(3 * mean + 200))

    def held(position: int) -> float:
        short = tail_above(pmf, mean, position)
        return holding_cost * (position - mean + short) + backorder_cost * short

    lowest = 0
    while held(lowest + 1) <= held(lowest):
        lowest += 1
    point, quantity = lowest - 1, 1
    total = order_cost * demand_rate + held(lowest)
    while True:
        below, above = held(point), held(point + quantity + 1)
        if min(below, above) >= total / quantity:
            return point, quantity
        total += min(below, above)
        quantity += 1
        if below <= above:
            point -= 1


@dataclass(frozen=True, slots=True)
class LostSalesCycle:
    """Steady state of (r, Q) with lost sales and one order outstanding."""

    lost: float
    """Share of demand that is lost."""
    mean_on_hand: float
    orders_per_time: float
    mean_cycle: float
    """Mean time from one order to the next."""


def lost_sales_cycle(
    demand_rate: float, lead_time: float, point: int, quantity: int
) -> LostSalesCycle:
    """Poisson demand, lost when stock is out; Q > r, so at most one order is outstanding.

    Hadley and Whitin (1963), section 4-11. A cycle sells Q and loses E[(D - r)+]. Its stock is that
    of the lead time, and of the units above r one after the other.

    >>> shop = lost_sales_cycle(3, 2.5, 8, 25)
    >>> round(shop.lost, 10), round(shop.mean_on_hand, 10)
    (0.0332914325, 13.8828514736)
    >>> round(shop.orders_per_time, 10), round(shop.mean_cycle, 10)
    (0.1160050281, 8.6203160015)

    Raises:
        ValueError: Q is not above r.
    """
    if quantity <= point:
        message = f"the quantity must be above the reorder point, got Q={quantity}, r={point}"
        raise ValueError(message)
    mean = demand_rate * lead_time
    pmf = poisson_pmf(mean, point + 1)
    lost = tail_above(pmf, mean, point)
    cycle = (quantity + lost) / demand_rate
    at_least = [1 - math.fsum(pmf[:k]) for k in range(point + 2)]
    # Unit k + 1 of the stock r is there until the (r - k)-th demand of the lead time, or its end.
    in_lead_time = math.fsum((point - k) * at_least[k + 1] for k in range(point)) / demand_rate
    left = [(pmf[k], point - k) for k in range(point)]
    left.append((at_least[point], 0))
    above = math.fsum(
        share * math.fsum(range(point + 1, quantity + stock + 1)) for share, stock in left
    )
    return LostSalesCycle(
        lost=lost / (quantity + lost),
        mean_on_hand=(in_lead_time + above / demand_rate) / cycle,
        orders_per_time=1 / cycle,
        mean_cycle=cycle,
    )

"""The economic order quantity when some of the customers wait."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartialBackorderPlan:
    """The cycle of least cost."""

    cycle_time: float
    fill_fraction: float
    """Share of the cycle, and so of the demand, that is served from stock."""
    cost_rate: float
    """Cost per unit of time: orders, stock, backorders and lost sales."""


def partial_backorder_eoq(
    demand_rate: float,
    order_cost: float,
    holding_cost: float,
    backorder_cost: float,
    lost_sale_cost: float,
    waiting_share: float,
) -> PartialBackorderPlan:
    """Constant demand, of which a share waits when stock is out and the rest is lost.

    Montgomery, Bazaraa and Keswani (1973); closed form of Pentico and Drake (2009), with B the
    share that waits and l the cost of a lost sale:
    T^2 = 2 K (h + b B) / (D h b B) - ((1 - B) l)^2 / (B h b),
    F = ((1 - B) l + b B T) / (T (h + b B)).

    Args:
        demand_rate: Units per unit of time.
        order_cost: Per order.
        holding_cost: Per unit and unit of time.
        backorder_cost: Per unit and unit of time.
        lost_sale_cost: Per unit, goodwill and margin.
        waiting_share: Share that waits, above 0 and at most 1.

    >>> plan = partial_backorder_eoq(200, 50, 3, 10, 0.5, 0.8)
    >>> round(plan.cycle_time, 10), round(plan.fill_fraction, 10), round(plan.cost_rate, 7)
    (0.4782781617, 0.7462803045, 214.1577433)
    >>> plan = partial_backorder_eoq(1200, 40, 2, 5, 0.2, 0.7)
    >>> round(plan.cycle_time, 10), round(plan.fill_fraction, 10), round(plan.cost_rate, 7)
    (0.2277425447, 0.6842646156, 374.0067955)

    Raises:
        ValueError: So few wait that running out never pays, or selling at all does not.
    """
    waits = backorder_cost * waiting_share
    lost = (1 - waiting_share) * lost_sale_cost
    square = 2 * order_cost * (holding_cost + waits) / (
        demand_rate * holding_cost * waits
    ) - lost**2 / (waits * holding_cost)
    fill = math.inf
    if square > 0:
        time = math.sqrt(square)
        fill = (lost + waits * time) / (time * (holding_cost + waits))
    if not 0 <= fill <= 1:
        message = "running out never pays here: order by the plain economic order quantity"
        raise ValueError(message)
    out = 1 - fill
    cost = (
        order_cost / time
        + holding_cost * demand_rate * time * fill**2 / 2
        + waits * demand_rate * time * out**2 / 2
        + lost * demand_rate * out
    )
    return PartialBackorderPlan(time, fill, cost)

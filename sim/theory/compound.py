"""(r, nQ) with lines of several units: compound Poisson demand, partial fill, FIFO."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.theory.poisson import compound_poisson_pmf, tail_above
from sim.theory.reorder_point import ReorderPoint

if TYPE_CHECKING:
    from collections.abc import Sequence


def geometric_sizes(mean: float, longest: int = 400) -> list[float]:
    """P(1 unit), P(2 units), ... of a geometric size.

    >>> geometric_sizes(2.0)[:3]
    [0.5, 0.25, 0.125]
    """
    success = 1 / mean
    return [success * (1 - success) ** (k - 1) for k in range(1, longest + 1)]


def compound_reorder_point(
    line_rate: float, sizes: Sequence[float], lead_time: float, point: int, quantity: int
) -> ReorderPoint:
    """Order the fewest multiples of Q that lift the position above r, when it is at or below r.

    Zipkin (2000), section 6.5; Axsaeter (2015): the position is uniform on r+1 .. r+Q
    and independent of the demand during the lead time after. A line of X units that meets the
    inventory level IL is served min(X, max(IL, 0)) at once.

    Args:
        line_rate: Lines per unit of time, Poisson.
        sizes: P(a line has 1 unit), P(2 units), ...
        lead_time: Constant, in the same unit of time.
        point: Reorder point r, units.
        quantity: Order quantity Q, units.

    >>> shop = compound_reorder_point(2, geometric_sizes(2.0), 3, 12, 10)
    >>> round(shop.mean_on_hand, 10), round(shop.mean_backorders, 10)
    (6.3804175802, 0.8804175802)
    >>> round(shop.unit_fill_rate, 10), round(shop.line_fill_rate, 10)
    (0.7409871624, 0.7409871624)
    >>> shop = compound_reorder_point(10, [1 / 6, 1 / 3, 1 / 3, 1 / 6], 0.75, 20, 20)
    >>> round(shop.mean_on_hand, 10), round(shop.mean_backorders, 10)
    (12.2717357271, 0.5217357271)
    >>> round(shop.unit_fill_rate, 10), round(shop.line_fill_rate, 10)
    (0.8614677076, 0.8483089958)
    """
    mean_size = math.fsum(k * share for k, share in enumerate(sizes, start=1))
    mean = line_rate * lead_time * mean_size
    top = point + quantity
    pmf = compound_poisson_pmf(line_rate * lead_time, sizes, top + 1)
    positions = range(point + 1, top + 1)
    short = math.fsum(tail_above(pmf, mean, position) for position in positions) / quantity
    level = [  # P(IL = i) for i = 0 .. top; below 0 nothing is served
        math.fsum(pmf[position - i] for position in positions if position >= i) / quantity
        for i in range(top + 1)
    ]
    reaching = [math.fsum(sizes[k - 1 :]) for k in range(1, top + 1)]  # P(X >= k)
    served = math.fsum(level[i] * math.fsum(reaching[:i]) for i in range(top + 1))
    whole = math.fsum(level[i] * math.fsum(sizes[:i]) for i in range(top + 1))
    return ReorderPoint(
        mean_on_hand=point + (quantity + 1) / 2 - mean + short,
        mean_backorders=short,
        unit_fill_rate=served / mean_size,
        line_fill_rate=whole,
    )

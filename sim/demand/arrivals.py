"""When orders are placed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sim.demand.rates import RateCurve, base_rate, rate_curve
from sim.demand.uncertainty import draw_uncertainty
from sim.errors import SimulationError

MOST_DRAWN: Final = 100_000_000
"""Most orders that are drawn: a season may have many more of them than it expects."""

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.demand.draw import Draw
    from sim.demand.window import Window
    from sim.scenario.demand import Demand

    Ints = NDArray[np.int64]


def draw_arrivals(demand: Demand, window: Window, draw: Draw) -> Ints:
    """Instants at which orders are placed, ascending, ms since the start of the run."""
    if demand.arrivals == "fixed":
        return _at_fixed_intervals(demand, window)
    curve = rate_curve(demand, window, draw_uncertainty(demand, draw))
    return _poisson(curve, draw.stream("arrivals"))


def _poisson(curve: RateCurve, stream: np.random.Generator) -> Ints:
    """Poisson process with the given cumulated rate.

    A unit-rate process is stretched by the inverse of the curve. The n-th unit interval belongs to
    the n-th customer, so a higher rate brings the same customers sooner.
    """
    total = curve.total
    if total <= 0.0:
        return np.zeros(0, np.int64)
    if total > MOST_DRAWN:
        message = f"this season would have {total:,.0f} orders by its noise and forecast error"
        raise SimulationError(message)
    size = int(total + 6.0 * total**0.5) + 16
    parts, last = [], 0.0
    while last < total:
        arrived = stream.standard_exponential(size)
        arrived[0] += last
        np.cumsum(arrived, out=arrived)
        last = float(arrived[-1])
        parts.append(arrived)
    arrived = parts[0] if len(parts) == 1 else np.concatenate(parts)
    arrived = arrived[: np.searchsorted(arrived, total)]
    return np.interp(arrived, curve.cumulated, curve.knots).astype(np.int64)


def _at_fixed_intervals(demand: Demand, window: Window) -> Ints:
    """Every 1/rate of the base rate, the first after one interval or at `first_arrival`."""
    rate = base_rate(demand)
    if rate <= 0.0:
        return np.zeros(0, np.int64)
    first = 1.0 / rate if demand.first_arrival is None else float(demand.first_arrival)
    count = max(0, int((window.end - first) * rate) + 2)
    placed = np.rint(first + np.arange(count) / rate).astype(np.int64)
    return placed[placed < window.end]

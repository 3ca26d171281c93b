"""How far demand may stray from its forecast, beyond chance: what safety stock has to cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.demand.rates import DAY
from sim.demand.uncertainty import forecast_error

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.demand.rates import RateCurve
    from sim.demand.window import Window
    from sim.scenario.demand import Demand

    Floats = NDArray[np.float64]


class Doubt:
    """Forecast error and day-to-day noise, as a planner knows them: by their size.

    With independent factors of mean 1 on the total (coefficient of variation c), on the share of
    product k (c_k), on the peaks and on the days, the orders of a stretch that expects m of them
    hold product k like a Poisson number with the mean M, and

        E[M] = m
        Var[M] = (1 + c²)(1 + c_k²)(m² + v) - m²
        v = c_peak² Σ (m_p (1 - 1/times_p))² + c_day² Σ m_d²

    over the peaks p and the days d in the stretch (variance of a product of independent factors:
    Goodman 1960, J. Am. Stat. Assoc. 55, 708). An error in the height of a peak moves its rise over
    the ordinary rate. As shares add up to 1, an error of one is shared by all: to first order,
    c_k² = c_share² (1 - 2 p_k + Σ p_j²).
    """

    def __init__(
        self, demand: Demand, window: Window, curve: RateCurve, shares: Floats | None
    ) -> None:
        """Take the sizes of the errors.

        Args:
            demand: What the planner wrote.
            window: When the run begins and ends.
            curve: Expected orders.
            shares: Share of each product, adding up to 1; None: orders are of fixed kinds, whose
                contents have no error.
        """
        error = forecast_error(demand)
        self._curve, self._midnight = curve, window.midnight
        self._day = 0.0 if demand.arrivals == "fixed" else demand.day_noise**2
        self._total = 1.0 + error.total**2
        own = np.zeros(1) if shares is None else 1.0 - 2.0 * shares + np.sum(shares * shares)
        self._share = 1.0 + error.sku_share**2 * own
        self._rises = _rises(demand, window, curve) if error.peak else np.zeros((0, 1))
        self._peak = error.peak**2

    def orders(self, begins: float, ends: float) -> float:
        """Expected orders from one time to another."""
        until = self._curve.orders_until(np.array([begins, ends]))
        return float(until[1] - until[0])

    def variance(self, begins: float, ends: float) -> Floats:
        """Variance of the mean number of orders that hold each product, per unit of its share.

        One number by product; one for all, where orders are of fixed kinds.
        """
        first = (begins - self._midnight) // DAY
        edges = self._midnight + DAY * np.arange(first, (ends - self._midnight) // DAY + 2)
        until = self._curve.orders_until(np.clip(edges, begins, ends))
        mean = until[-1] - until[0]
        rises = [np.diff(np.interp([begins, ends], self._curve.knots, up)) for up in self._rises]
        square = (
            mean**2
            + self._day * np.sum(np.diff(until) ** 2)
            + self._peak * np.sum(np.square(rises))
        )
        variance: Floats = self._total * self._share * square - mean**2
        return variance


def _rises(demand: Demand, window: Window, curve: RateCurve) -> Floats:
    """Expected orders of each peak above the ordinary rate, up to each knot."""
    begins = curve.knots[:-1]
    holds = np.full(len(begins), -1)
    for number, peak in enumerate(demand.peaks):
        start, end = window.peak(peak)
        holds[(begins >= start) & (begins < end)] = number
    orders = np.diff(curve.cumulated)
    rises = np.zeros((len(demand.peaks), len(curve.knots)))
    for number, peak in enumerate(demand.peaks):
        if peak.times:  # a closed day stays closed, however wrong the forecast is
            rise = np.where(holds == number, orders * (1.0 - 1.0 / peak.times), 0.0)
            np.cumsum(rise, out=rises[number, 1:])
    return rises

"""What the planner cannot know: the forecast error of a season, and the noise of its days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.scenario.demand import ForecastError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from sim.demand.draw import Draw
    from sim.scenario.demand import Demand


@dataclass(frozen=True, eq=False)
class Uncertainty:
    """Factors of one simulated season, each with mean 1."""

    draw: Draw
    total: float
    """On all demand."""
    by_peak: dict[str, float]
    """On how far each peak rises above the ordinary rate."""
    day_cv: float
    """Coefficient of variation of the factor of a day."""

    def by_day(self, days: NDArray[np.int64]) -> NDArray[np.float64]:
        """Factor of each day, numbered from the season's start (warm-up days are negative)."""
        if self.day_cv == 0.0:
            return np.ones(len(days))
        from scipy.special import gammaincinv

        distinct, place = np.unique(days, return_inverse=True)
        uniforms = self.draw.one_each("day_noise", distinct.tolist())
        shape = self.day_cv**-2.0
        factors: NDArray[np.float64] = gammaincinv(shape, uniforms) / shape
        return factors[place]


def draw_uncertainty(demand: Demand, draw: Draw) -> Uncertainty:
    """Draw the forecast error of a season; orders at fixed intervals have none."""
    error = forecast_error(demand)
    peaks = {peak.name: _lognormal(draw, error.peak, "peak", peak.name) for peak in demand.peaks}
    day_cv = 0.0 if demand.arrivals == "fixed" else demand.day_noise
    return Uncertainty(draw, _lognormal(draw, error.total, "total"), peaks, day_cv)


def share_errors(demand: Demand, draw: Draw, skus: Iterable[str]) -> NDArray[np.float64]:
    """Factor on each product's share.

    Fixed kinds of orders have shares of their own, and no error in them.
    """
    cv = forecast_error(demand).sku_share
    return np.array([_lognormal(draw, cv, "sku_share", sku) for sku in skus])


def forecast_error(demand: Demand) -> ForecastError:
    """Return the error that the scenario asks for; zeros where it is turned off."""
    if isinstance(demand.forecast_error, ForecastError) and demand.arrivals != "fixed":
        return demand.forecast_error
    if demand.forecast_error is True and demand.arrivals != "fixed":
        return ForecastError()
    return ForecastError(total=0.0, peak=0.0, sku_share=0.0)


def _lognormal(draw: Draw, cv: float, *key: str) -> float:
    """Factor with mean 1; the same season errs in the same direction whatever the size."""
    if cv == 0.0:
        return 1.0
    variance = np.log1p(cv * cv)
    normal = draw.stream("forecast_error", *key).standard_normal()
    return float(np.exp(np.sqrt(variance) * normal - variance / 2.0))

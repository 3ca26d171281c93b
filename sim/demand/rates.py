"""The order rate over time: base, weekday, hour, peaks, trend, noise and forecast error.

The rate is constant between knots, so its integral is a polyline and an arrival is found by
interpolation, without rejection (inversion of the cumulated rate: Cinlar 1975, section 4.7).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from sim.demand.profiles import day_profile

if TYPE_CHECKING:
    from sim.demand.uncertainty import Uncertainty
    from sim.demand.window import Window
    from sim.scenario.demand import Demand, Wave

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MINUTE: Final = 60_000
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


@dataclass(frozen=True, eq=False)
class RateCurve:
    """Expected orders from the start of the run up to any time."""

    knots: Ints
    """Instants between which the rate is constant, ms, ascending; the first is 0."""
    cumulated: Floats
    """Expected orders up to each knot."""

    @property
    def total(self) -> float:
        """Expected orders of the whole run."""
        return float(self.cumulated[-1])

    def orders_until(self, times: Floats | Ints | float) -> Floats:
        """Expected orders up to these times; nothing comes before 0 or after the end."""
        return np.asarray(np.interp(times, self.knots, self.cumulated))


def base_rate(demand: Demand) -> float:
    """Orders per ms before weekdays, hours and peaks.

    The sum over basket types, where they have rates of their own.
    """
    if demand.orders_per_day is not None:
        rate = demand.orders_per_day / DAY
    elif demand.rate is not None:
        rate = demand.rate.per_ms_rate
    else:
        rate = sum(kind.rate.per_ms_rate for kind in demand.basket_types if kind.rate is not None)
    return rate * demand.scale


def rate_curve(demand: Demand, window: Window, uncertainty: Uncertainty | None = None) -> RateCurve:
    """Integrate the order rate over the run.

    Args:
        demand: What the planner wrote.
        window: When the run begins and ends.
        uncertainty: Day noise and forecast error of one simulated season; None for the forecast
            itself.
    """
    knots = _knots(demand, window)
    begins = knots[:-1]
    days, time_of_day = np.divmod(begins - window.midnight, DAY)
    rate = np.full(len(begins), base_rate(demand))
    rate *= day_profile(demand.hours)[time_of_day // HOUR]
    if demand.weekdays:
        weekday = np.array([demand.weekdays.get(day, 1.0) for day in _WEEKDAYS])
        rate *= weekday[(days + window.first_weekday) % 7]
    rate *= np.maximum(0.0, 1.0 + demand.trend * days)
    rate *= _peak_factors(demand, window, begins, uncertainty)
    if uncertainty is not None:
        rate *= uncertainty.total * uncertainty.by_day(days)
    spans = np.diff(knots).astype(float)
    if demand.wave is not None:
        spans = _wave_integral(demand.wave, knots - window.start + demand.wave.phase)
    return RateCurve(knots, np.concatenate([[0.0], np.cumsum(rate * spans)]))


_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _knots(demand: Demand, window: Window) -> Ints:
    """Full hours, beginnings and ends of peaks, and every minute under a wave."""
    step = MINUTE if demand.wave is not None else HOUR
    first = step - (-window.midnight) % step
    edges = [np.array([0, window.end]), np.arange(first, window.end, step)]
    edges += [np.array(window.peak(peak)) for peak in demand.peaks]
    return np.unique(np.clip(np.concatenate(edges), 0, window.end)).astype(np.int64)


def _peak_factors(
    demand: Demand, window: Window, begins: Ints, uncertainty: Uncertainty | None
) -> Floats:
    factors = np.ones(len(begins))
    for peak in demand.peaks:
        start, end = window.peak(peak)
        height = 1.0 if uncertainty is None else uncertainty.by_peak[peak.name]
        # The error is in how far the peak rises (or falls); a fall cannot go below nothing.
        # A closed day stays closed, however wrong the forecast is.
        factor = max(0.0, 1.0 + (peak.times - 1.0) * height) if peak.times else 0.0
        factors[(begins >= start) & (begins < end)] = factor
    return factors


def _wave_integral(wave: Wave, knots: Ints) -> Floats:
    """Integral of 1 + amplitude * sin(2 pi t / period) from knot to knot, in ms; t in the wave."""
    turn = 2.0 * np.pi / wave.period
    rises: Floats = wave.amplitude / turn * np.diff(np.cos(turn * knots))
    return np.diff(knots) - rises

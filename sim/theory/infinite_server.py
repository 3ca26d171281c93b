"""Closed forms for unlimited servers: goods that wait side by side in a backorder area."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wave:
    """Mean occupancy under a sinusoidal arrival rate; at every time it is Poisson."""

    mean: float
    swing: float
    """Distance of the highest and the lowest mean from `mean`."""
    delay: float
    """The highest occupancy comes so long after the highest arrival rate."""
    period: float

    @property
    def highest(self) -> float:
        """Largest mean occupancy of a period."""
        return self.mean + self.swing

    @property
    def lowest(self) -> float:
        """Smallest mean occupancy of a period."""
        return self.mean - self.swing

    @property
    def highest_at(self) -> float:
        """Time of the largest mean occupancy."""
        return self.period / 4 + self.delay

    def at(self, time: float) -> float:
        """Mean occupancy at a time."""
        return self.mean + self.swing * math.sin(2 * math.pi * (time - self.delay) / self.period)


def exponential_stay(rate: float, swing: float, period: float, mean_stay: float) -> Wave:
    """M(t)/M/infinity for the rate `rate + swing sin(2 pi t / period)`.

    Eick, Massey and Whitt (1993): the swing shrinks by 1 / sqrt(1 + (w E[S])^2), with
    w = 2 pi / period, and lags by arctan(w E[S]) / w.

    >>> wave = exponential_stay(50, 30, 1.0, 0.25)
    >>> round(wave.highest, 7), round(wave.highest_at, 5), round(wave.lowest, 7)
    (16.5277195, 0.40977, 8.4722805)
    >>> [round(wave.at(time), 7) for time in (0.0, 0.25, 0.5)]
    [9.1023624, 14.6630033, 15.8976376]
    """
    lag = 2 * math.pi * mean_stay / period
    reach = swing * mean_stay / math.sqrt(1 + lag * lag)
    return Wave(rate * mean_stay, reach, math.atan(lag) * period / (2 * math.pi), period)


def fixed_stay(rate: float, swing: float, period: float, stay: float) -> Wave:
    """M(t)/D/infinity for the same rate: what arrived during the last stay is there.

    Eick, Massey and Whitt (1993).

    >>> wave = fixed_stay(50, 30, 1.0, 0.25)
    >>> round(wave.highest, 7), round(wave.highest_at, 3), round(wave.lowest, 7)
    (19.2523724, 0.375, 5.7476276)
    """
    half = math.pi * stay / period
    return Wave(rate * stay, swing * period * math.sin(half) / math.pi, stay / 2, period)

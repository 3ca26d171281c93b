"""Day-to-day noise: how much more the daily counts scatter than a Poisson process would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from sim.history.daily import Floats, Ints

_HIGHEST: Final = 4.0
_HALVINGS: Final = 60


def excess_variation(orders: Ints | Floats, fitted: Floats, parameters: int) -> float:
    """Coefficient of variation of a random factor per day, beyond Poisson.

    With a factor of variance c² per day, a count has the variance m + c² m². c² is chosen so that
    the sum of (n - m)² / (m + c² m²) equals the days less the fitted parameters (moment estimator
    of Breslow 1984, Extra-Poisson variation in log-linear models).

    Args:
        orders: Orders of each day.
        fitted: Rate fitted to each day, above 0.
        parameters: Parameters that were fitted to these days.

    Returns:
        c; 0 if the counts scatter no more than Poisson.
    """
    freedom = len(orders) - parameters
    if freedom < 1:
        return 0.0

    def scatter(square: float) -> float:
        return float((((orders - fitted) ** 2) / (fitted + square * fitted**2)).sum())

    if scatter(0.0) <= freedom:
        return 0.0
    low, high = 0.0, _HIGHEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if scatter(middle) > freedom else (low, middle)
    return float(np.sqrt((low + high) / 2))

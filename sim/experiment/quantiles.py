"""How well a quantile over seasons is known: by order statistics, without assuming a distribution.

Sizing asks for a high quantile, for example the space that 95 of 100 seasons need. Below a minimum
number of replications no sample can bound it; then the answer says so instead of interpolating.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class QuantileInterval:
    """A distribution-free confidence interval for a quantile over all possible seasons."""

    probability: float
    """Which quantile: 0.95 is the value that 95 of 100 seasons stay under."""
    low: float
    """nan: with so few replications there is no lower end."""
    high: float
    """nan: with so few replications there is no upper end."""
    n: int
    coverage: float
    """Exact probability that the interval covers the quantile of a continuous output."""
    flag: str | None
    """What is missing, and how many replications would give it."""


def order_statistic_interval(
    values: ArrayLike, probability: float, confidence: float = 0.95
) -> QuantileInterval:
    """Interval [X(l), X(u)] of a quantile, with equal tails.

    l = B(alpha/2; n, p) and u = B(1 - alpha/2; n, p) + 1 with B the binomial quantile (Conover
    1999, Practical Nonparametric Statistics, section 3.2). A whole interval for the 95 % quantile
    first exists with 72 replications, for the 99 % quantile with 368.

    >>> known = order_statistic_interval(range(1, 101), 0.95)
    >>> known.low, known.high, round(known.coverage, 3)
    (90.0, 100.0, 0.983)
    >>> order_statistic_interval(range(1, 51), 0.95).flag
    'no upper end for the 95% quantile with 50 replications: run at least 72'
    """
    from scipy.special import bdtr

    ordered = _ordered(values)
    n, tail = len(ordered), (1 - confidence) / 2
    if n == 0:
        needed = fewest_replications(probability, 1 - tail)
        flag = f"not defined in any replication: run at least {needed}"
        return QuantileInterval(probability, math.nan, math.nan, 0, math.nan, flag)
    below = bdtr(np.arange(n + 1, dtype=np.float64), n, probability)  # P(at most k stay under)
    lower = int(np.searchsorted(below, tail))
    upper = int(np.searchsorted(below, 1 - tail)) + 1
    coverage = (float(below[upper - 1]) if upper <= n else 1.0) - (
        float(below[lower - 1]) if lower >= 1 else 0.0
    )
    return QuantileInterval(
        probability=probability,
        low=ordered[lower - 1] if lower >= 1 else math.nan,
        high=ordered[upper - 1] if upper <= n else math.nan,
        n=n,
        coverage=coverage,
        flag=_missing_end(lower, upper, n, probability, tail),
    )


def upper_bound(
    values: ArrayLike, probability: float, confidence: float = 0.95
) -> QuantileInterval:
    """One-sided bound: with this confidence the quantile is at most `high`.

    It first exists with 59 replications for the 95 % quantile, with 299 for the 99 % quantile.

    >>> upper_bound(range(1, 60), 0.95).high
    59.0
    >>> upper_bound(range(1, 101), 0.99).flag
    'no upper bound for the 99% quantile with 100 replications: run at least 299'
    """
    from scipy.special import bdtr

    ordered = _ordered(values)
    n = len(ordered)
    below = bdtr(np.arange(n + 1, dtype=np.float64), n, probability)
    upper = int(np.searchsorted(below, confidence)) + 1
    if n == 0 or upper > n:
        needed = fewest_replications(probability, confidence)
        name = f"{100 * probability:.4g}% quantile with {n} replications"
        flag = f"no upper bound for the {name}: run at least {needed}"
        return QuantileInterval(probability, math.nan, math.nan, n, math.nan, flag)
    bound = ordered[upper - 1]
    return QuantileInterval(probability, math.nan, bound, n, float(below[upper - 1]), None)


def fewest_replications(probability: float, confidence: float) -> int:
    """Replications from which the highest value bounds the quantile: n >= ln(1 - c) / ln(p).

    >>> fewest_replications(0.95, 0.95), fewest_replications(0.99, 0.95)
    (59, 299)
    """
    return math.ceil(math.log(1 - confidence) / math.log(probability))


def _missing_end(lower: int, upper: int, n: int, probability: float, tail: float) -> str | None:
    name = f"{100 * probability:.4g}% quantile with {n} replications"
    if upper > n:
        needed = fewest_replications(probability, 1 - tail)
        return f"no upper end for the {name}: run at least {needed}"
    if lower < 1:
        needed = fewest_replications(1 - probability, 1 - tail)
        return f"no lower end for the {name}: run at least {needed}"
    return None


def _ordered(values: ArrayLike) -> list[float]:
    array = np.asarray(values, dtype=np.float64).ravel()
    return sorted(float(value) for value in array[~np.isnan(array)])

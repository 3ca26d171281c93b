"""Poisson and compound Poisson demand, as inventory formulas need them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def poisson_pmf(mean: float, length: int) -> list[float]:
    """P(D = 0), ..., P(D = length - 1).

    >>> [round(p, 4) for p in poisson_pmf(2.0, 3)]
    [0.1353, 0.2707, 0.2707]
    """
    return [math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(length)]


def compound_poisson_pmf(mean_lines: float, sizes: Sequence[float], length: int) -> list[float]:
    """Distribution of the units in a Poisson number of lines.

    Panjer (1981): g(n) = (m / n) sum over k = 1..n of k f(k) g(n - k), with g(0) = exp(-m).

    Args:
        mean_lines: Mean number m of lines.
        sizes: P(a line has 1 unit), P(2 units), ...
        length: How many probabilities to return, from 0 units on.

    >>> [round(p, 4) for p in compound_poisson_pmf(2.0, [0.5, 0.5], 3)]
    [0.1353, 0.1353, 0.203]
    """
    pmf = [math.exp(-mean_lines)]
    for n in range(1, length):
        terms = (k * sizes[k - 1] * pmf[n - k] for k in range(1, min(n, len(sizes)) + 1))
        pmf.append(mean_lines / n * math.fsum(terms))
    return pmf


def tail_above(pmf: Sequence[float], mean: float, level: int) -> float:
    """Expected excess E[(D - level)+], from probabilities up to the level and the mean.

    >>> round(tail_above(poisson_pmf(2.0, 10), 2.0, 2), 6)
    0.541341
    """
    # E[(D - y)+] = E[D] - y + E[(y - D)+]: a finite sum, with nothing cut off
    return mean - level + math.fsum((level - k) * pmf[k] for k in range(max(0, level)))

"""How likely an order of several lines holds a product."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats: TypeAlias = NDArray[np.float64]

_LARGEST_EXACT: Final = 1_000_000
"""Beyond this products squared times lines, chances are approximated."""
_STEP: Final = 0.25
_HALVINGS: Final = 100


def inclusion_chances(weights: Sequence[float], most: int) -> Floats:
    """Chance of each product to be in an order, by the order's number of lines.

    Lines are drawn one after the other in proportion to the weights of the products that are left.
    That is the same as letting products arrive after exponential times of rate w and taking the
    first ones, so product k is in with n lines if fewer than n others come before it:
    the integral over t of w e^(-wt) P(fewer than n others by t).

    Args:
        weights: Weight of each product; at least one above 0.
        most: Largest number of lines, at most the number of products with a weight.

    Returns:
        Chances, shape (most, products); row n - 1 adds up to n.
    """
    return _chances(tuple(weights), most)


@lru_cache(maxsize=32)
def _chances(weights: tuple[float, ...], most: int) -> Floats:
    chances = np.zeros((most, len(weights)))
    shares = np.array(weights) / sum(weights)
    sold = np.flatnonzero(shares)
    chances[0] = shares
    if most > 1 and len(sold) ** 2 * most <= _LARGEST_EXACT:
        chances[1:, sold] = _exact(shares[sold], most)[1:]
    else:
        for lines in range(2, most + 1):
            chances[lines - 1] = _approximate(shares, lines)
    return chances


def _exact(shares: Floats, most: int) -> Floats:
    """The integral by the trapezoidal rule on a logarithmic scale of time.

    There it converges faster than any power of the step, as the integrand is smooth and dies out
    on both sides (Trefethen and Weideman 2014, The exponentially convergent trapezoidal rule).
    """
    log_times = np.arange(np.log(1e-9), np.log(60.0 / shares.min()), _STEP)
    stays = np.exp(-np.outer(np.exp(log_times), shares))
    # Of the products but one, how many came by each time: shape (times, product left out, number).
    came = np.zeros((len(log_times), len(shares), most))
    came[:, :, 0] = 1.0
    for product in range(len(shares)):
        stay = stays[:, product, None, None]
        moved = came * stay
        moved[:, :, 1:] += came[:, :, :-1] * (1.0 - stay)
        moved[:, product] = came[:, product]
        came = moved
    density = stays * shares * np.exp(log_times)[:, None] * _STEP
    chances = np.einsum("tk,tkn->nk", density, np.cumsum(came, axis=2))
    totals = chances.sum(axis=1, keepdims=True)
    scaled: Floats = chances * (np.arange(1, most + 1)[:, None] / totals)
    return scaled


def _approximate(shares: Floats, lines: int) -> Floats:
    """Those in are the ones that have come by the time at which `lines` are expected.

    Close where no product has a large share (Rosén 1972, Asymptotic theory for successive
    sampling with varying probabilities without replacement).
    """
    if lines >= np.count_nonzero(shares):
        return np.where(shares > 0.0, 1.0, 0.0)
    low, high = 0.0, 1.0
    while _expected(shares, high) < lines:
        high *= 2.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if _expected(shares, middle) < lines else (low, middle)
    chances: Floats = -np.expm1(-shares * high)
    return chances


def _expected(shares: Floats, time: float) -> float:
    return float(-np.expm1(-shares * time).sum())

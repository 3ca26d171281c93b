"""Lines per order and units per line: what was seen, on a bounded number of support points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

EXACT: Final = 20
"""Values up to this keep their own frequency."""
BINS: Final = 16
"""Above it, values are gathered in this many bins of equal width on a logarithmic scale."""


def support(values: NDArray[np.int64], most: int | None = None) -> dict[int, float]:
    """A distribution on at most 20 + 2 × 16 points, with the mean of the values.

    Values up to 20 keep their frequencies. Larger ones are gathered in bins; each bin stands on the
    two whole numbers around its mean, so that the mean is kept. Values above `most` are gathered
    on `most`, with as much more weight as keeps the mean.

    Args:
        values: Whole numbers of at least 1.
        most: Largest value allowed.

    Returns:
        Weight by value, adding up to 1.

    >>> support(np.array([1, 1, 1, 3]), most=2)
    {1: 0.5, 2: 0.5}
    """
    limit = int(values.max()) if most is None else most
    weights: dict[int, float] = {}
    small = values[values <= min(EXACT, limit)]
    for value, count in zip(*np.unique(small, return_counts=True), strict=True):
        weights[int(value)] = float(count)
    middle = values[(values > EXACT) & (values <= limit)]
    for part in _bins(middle):
        mean = float(part.mean())
        low = int(np.floor(mean))
        _add(weights, low, len(part) * (low + 1 - mean))
        _add(weights, low + 1, len(part) * (mean - low))
    beyond = int((values > limit).sum())
    if beyond:
        _add(weights, limit, _weight_of_limit(weights, limit, float(values.mean()), beyond))
    total = sum(weights.values())
    return {value: weights[value] / total for value in sorted(weights)}


def mean_of(weights: dict[int, float]) -> float:
    """Mean of a distribution given as weights by value."""
    return sum(value * weight for value, weight in weights.items()) / sum(weights.values())


def _weight_of_limit(weights: dict[int, float], limit: int, mean: float, beyond: int) -> float:
    """Weight that the limit must get so that the mean is met; at least the number of values."""
    if limit <= mean or not weights:
        return float(beyond)
    rest = sum(weights.values())
    total = sum(value * weight for value, weight in weights.items())
    return max(float(beyond), (rest * mean - total) / (limit - mean))


def _bins(values: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    if not len(values):
        return []
    edges = np.geomspace(EXACT + 1, values.max() + 1, BINS + 1)
    bins = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, BINS - 1)
    return [values[bins == number] for number in range(BINS) if (bins == number).any()]


def _add(weights: dict[int, float], value: int, weight: float) -> None:
    if weight > 1e-9:
        weights[value] = weights.get(value, 0.0) + weight

"""From uniforms to whole milliseconds, counts and categories, by inverse transform."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.demand.spans import Spans, pack, pack_one
from sim.scenario.families import Constant, Distribution
from sim.scenario.lookup import edges_below

if TYPE_CHECKING:
    from sim.demand.draw import Draw

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Spread: TypeAlias = Distribution | float
"""A distribution, or the number that it always is."""

_LARGEST_FACTOR = 1e3


def is_constant(spread: Spread) -> bool:
    """Whether there is nothing to draw."""
    return isinstance(spread, Constant | int | float)


def mean_and_square(spread: Spread) -> tuple[float, float]:
    """First and second moment."""
    mean, variance = (
        (spread.mean, spread.variance) if isinstance(spread, Distribution) else (spread, 0.0)
    )
    return float(mean), float(variance + mean * mean)


def durations(spread: Spread, draw: Draw, *key: str) -> Spans | int:
    """Packed spans of at least 0, one per order; a single number if all are the same."""
    if is_constant(spread):
        return pack_one(max(float(_values(spread, np.zeros(1))[0]), 0.0))
    spans = pack(_values(spread, draw.uniforms(*key)))
    return np.maximum(spans, 0, out=spans)


def factors(spread: Spread, draw: Draw, *key: str) -> Ints | int:
    """Factors in millionths, one per order; a single number if all are the same."""
    if is_constant(spread):
        return round(min(float(_values(spread, np.zeros(1))[0]), _LARGEST_FACTOR) * 1e6)
    drawn = _values(spread, draw.uniforms(*key))
    np.clip(drawn, 0.0, _LARGEST_FACTOR, out=drawn)
    drawn *= 1e6
    return np.rint(drawn, out=drawn).astype(np.int64)


def counts(spread: Spread, uniforms: Floats) -> Ints:
    """Whole numbers of at least 0."""
    return np.maximum(np.rint(_values(spread, uniforms)), 0.0).astype(np.int64)


def categories(weights: Floats, draw: Draw, *key: str) -> NDArray[np.signedinteger[Any]]:
    """Number of the category of each order, with chances proportional to the weights."""
    return pick(weights, draw.uniforms(*key))


def pick(weights: Floats, uniforms: Floats) -> NDArray[np.signedinteger[Any]]:
    """Category in which each uniform falls."""
    edges = np.cumsum(weights)
    return edges_below(edges[:-1], uniforms * edges[-1], or_at=True)


def _values(spread: Spread, uniforms: Floats) -> Floats:
    if isinstance(spread, Distribution):
        return spread.quantile(uniforms)
    return np.full(len(uniforms), float(spread))

"""Finding the step of a staircase on which each of many values stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_FEW: Final = 16
"""So many edges are compared one by one, as no processor can foresee the branches of a search."""


def edges_below(edges: Floats, values: Floats, *, or_at: bool = False) -> NDArray[Any]:
    """How many of the edges lie below each value, as whole numbers.

    Args:
        edges: Rising, perhaps with repetitions.
        values: Of any shape.
        or_at: Count the edges at the value too.

    >>> edges_below(np.array([1.0, 2.0]), np.array([0.5, 1.0, 1.5, 9.0])).tolist()
    [0, 0, 1, 2]
    >>> edges_below(np.array([1.0, 2.0]), np.array([0.5, 1.0, 1.5, 9.0]), or_at=True).tolist()
    [0, 1, 1, 2]
    """
    if len(edges) > _FEW:
        return np.searchsorted(edges, values, side="right" if or_at else "left")
    compare = np.less_equal if or_at else np.less
    found = np.zeros(np.shape(values), np.int8)
    for edge in edges:
        found += compare(edge, values)
    return found

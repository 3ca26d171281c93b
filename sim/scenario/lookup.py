"""Finding the place of many numbers in a short list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_SHORT = 8


def places(edges: Floats, values: Floats, side: Literal["left", "right"]) -> NDArray[np.intp]:
    """Number of edges below each value; with `side="right"`, below or equal to it.

    It is `np.searchsorted`, but compares with every edge of a short list: that takes a tenth of the
    time of a search that the processor cannot foresee.

    >>> places(np.array([0.2, 0.5]), np.array([0.1, 0.5, 0.7]), "right").tolist()
    [0, 2, 2]
    """
    if len(edges) > _SHORT:
        return np.searchsorted(edges, values, side)
    below = np.less if side == "left" else np.less_equal
    found = np.zeros(values.shape, np.int8)
    for edge in edges:
        found += below(edge, values)
    return found.astype(np.intp)

"""How orders spread over the hours of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PROFILES: Final[dict[str, tuple[float, ...]]] = {
    "flat": (1.0,) * 24,
    "evening": (
        *(1.4, 0.8, 0.5, 0.3, 0.3, 0.5, 1.2, 2.3, 3.4, 4.5, 5.3, 5.6),
        *(5.7, 5.6, 5.4, 5.4, 5.6, 5.7, 6.0, 6.8, 7.8, 8.0, 6.2, 3.2),
    ),
    "office": (
        *(0.1, 0.0, 0.0, 0.0, 0.0, 0.1, 0.5, 2.5, 7.5, 11.0, 12.5, 12.0),
        *(9.5, 9.5, 10.5, 10.0, 8.0, 4.0, 1.5, 0.6, 0.4, 0.3, 0.2, 0.1),
    ),
    "retail": (
        *(0.2, 0.1, 0.1, 0.1, 0.1, 0.2, 0.5, 1.5, 3.5, 6.5, 8.5, 9.5),
        *(10.0, 9.5, 9.0, 9.0, 9.0, 8.5, 6.5, 4.0, 2.0, 1.0, 0.6, 0.3),
    ),
}
"""Weights from midnight on. All but `flat` are assumptions about the shape: web shoppers peak after
dinner, business buyers in office hours, stores in opening hours."""


def day_profile(hours: str | Sequence[float]) -> NDArray[np.float64]:
    """Factor of each hour of the day, with mean 1."""
    weights = np.array(PROFILES[hours] if isinstance(hours, str) else hours, dtype=float)
    scaled: NDArray[np.float64] = weights / weights.mean()
    return scaled

"""The table of quantiles from which the order flow draws amounts by hash."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sim.warehouse.chance_rows import QUANTILES
from sim.warehouse.words import NEVER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.scenario.distributions import Distribution

CERTAIN = 1 << 31
"""A chance of 1, as hashes are compared with it."""


def chance(share: float) -> int:
    """The chance below which a hash of 31 bits means that something happens."""
    return round(share * CERTAIN)


@lru_cache(maxsize=64)
def quantiles(distribution: Distribution, factor: float = 1.0) -> NDArray[np.int64]:
    """The equally likely amounts of a distribution, in ascending order; at most NEVER.

    Args:
        distribution: What is drawn from.
        factor: What every amount is multiplied by before it is rounded.
    """
    middles = (np.arange(QUANTILES) + 0.5) / QUANTILES
    drawn = np.rint(distribution.quantile(middles) * factor)
    amounts: NDArray[np.int64] = np.clip(drawn, 0, NEVER).astype(np.int64)
    amounts.setflags(write=False)
    return amounts

"""Random numbers of one simulated season, by purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.randomness import stream

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Draw:
    """Streams of one replication, and uniforms for its orders.

    Opened orders draw from streams of their own, so that opening the season with another position
    leaves the customers to come as they are.
    """

    seed: int
    replication: int
    opened: int = 0
    """Orders placed before the run; they are the first rows."""
    orders: int = 0
    """Orders placed in the run."""

    def stream(self, *key: str | int) -> np.random.Generator:
        """A generator for what `key` names."""
        return stream(self.seed, self.replication, *key)

    def uniforms(self, *key: str | int) -> NDArray[np.float64]:
        """One number in [0, 1) per order; the same for every policy."""
        drawn = self.stream(*key).random(self.orders)
        if not self.opened:
            return drawn
        return np.concatenate([self.stream(*key, "opened").random(self.opened), drawn])

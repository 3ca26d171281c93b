"""Random numbers of one simulated season, by purpose."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from sim.randomness import stream

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Draw:
    """Streams of one replication, and uniforms for a number of its orders.

    Opened orders draw from streams of their own, so that opening the season with another position
    leaves the customers to come as they are.
    """

    seed: int
    replication: int
    orders: int = 0
    """How many orders are drawn for at a time."""
    opened: bool = False
    """Whether they were placed before the run."""
    _streams: dict[tuple[str | int, ...], np.random.Generator] = field(default_factory=dict)
    """Streams of which some uniforms have been drawn."""

    def stream(self, *key: str | int) -> np.random.Generator:
        """A generator for what `key` names."""
        return stream(self.seed, self.replication, *key)

    def next(self, orders: int) -> Draw:
        """Draw for the orders that follow, from the same streams."""
        return replace(self, orders=orders)

    def uniforms(self, *key: str | int) -> NDArray[np.float64]:
        """One number in [0, 1) per order, the next of the stream; the same for every policy."""
        return self._stream_of(key).random(self.orders)

    def happens(self, chance: float, *key: str | int) -> NDArray[np.bool_]:
        """Whether each order's uniform is below a chance, without making numbers of the bits."""
        if chance >= 1.0:
            return np.ones(self.orders, bool)
        words: NDArray[np.uint64] = self._stream_of(key).bit_generator.random_raw(self.orders)
        # A uniform is the upper 53 bits of a word, over 2**53.
        return words < np.uint64(math.ceil(chance * 2.0**53) << 11)

    def _stream_of(self, key: tuple[str | int, ...]) -> np.random.Generator:
        if key not in self._streams:
            self._streams[key] = self.stream(*key, "opened") if self.opened else self.stream(*key)
        return self._streams[key]

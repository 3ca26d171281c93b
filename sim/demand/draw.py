"""Random numbers of one simulated season, by purpose."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from sim.randomness import stream, uniform_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

STRETCH: Final = 32_768
"""Rows that are drawn at a time: few enough to stay in a processor's cache until they are done, and
many enough to pay for the calls. What is drawn does not depend on it."""


@dataclass(frozen=True, slots=True)
class Draw:
    """Streams of one replication, and uniforms for its orders, one stretch of them after the other.

    Opened orders draw from streams of their own, so that opening the season with another position
    leaves the customers to come as they are.
    """

    seed: int
    replication: int
    orders: int = 0
    """Orders of this stretch."""
    opened: bool = False
    """Whether they were placed before the run."""
    _begun: dict[tuple[str | int, ...], np.random.Generator] = field(default_factory=dict)
    """Streams from which earlier stretches have drawn."""

    def of(self, orders: int) -> Draw:
        """For the next so many orders."""
        return replace(self, orders=orders)

    def stream(self, *key: str | int) -> np.random.Generator:
        """A generator for what `key` names, from its beginning."""
        return stream(self.seed, self.replication, *key)

    def one_each(self, key: str, numbers: Sequence[int]) -> NDArray[np.float64]:
        """One number in [0, 1) for each of these, which need not be in order."""
        return uniform_rows(numbers, self.seed, self.replication, key)[:, 0]

    def uniforms(self, *key: str | int) -> NDArray[np.float64]:
        """One number in [0, 1) per order, the same for every policy. A stretch asks once for it."""
        if key not in self._begun:
            self._begun[key] = self.stream(*key, "opened") if self.opened else self.stream(*key)
        return self._begun[key].random(self.orders)


def stretches(begin: int, end: int) -> Iterator[slice]:
    """Cut rows into stretches.

    >>> [(rows.start, rows.stop) for rows in stretches(3, 40_000)]
    [(3, 32771), (32771, 40000)]
    """
    for start in range(begin, end, STRETCH):
        yield slice(start, min(start + STRETCH, end))

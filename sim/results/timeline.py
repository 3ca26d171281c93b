"""Curves over time, and their time-weighted figures. Times in ms, windows half open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

_VALUE_BITS, _TIME_BITS = 12, 16
"""Buckets by value and by time, as a power of 2. They decide how long a figure takes, not on it."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A step function on a window: `values[i]` holds for `spans[i]` ms."""

    values: Integers
    spans: Integers

    @property
    def peak(self) -> float:
        """Largest value that held for some time; nan on an empty window."""
        held = self.values[self.spans > 0]
        return float(held.max()) if len(held) else float("nan")

    @property
    def mean(self) -> float:
        """Time-weighted mean; nan on an empty window."""
        total = int(self.spans.sum())
        if not total:
            return float("nan")
        # Not `np.dot`: on long arrays its threads wait for longer than they work.
        return float(np.multiply(self.values, self.spans, dtype=np.float64).sum() / total)

    def quantiles(self, *shares: float) -> list[float]:
        """Smallest values that are not exceeded for at least these shares of the time."""
        total = int(self.spans.sum())
        if not total:
            return [float("nan")] * len(shares)
        buckets = _buckets(self.values - self.values.min(), _VALUE_BITS)
        # Floats, but exact: no window has 2^53 ms.
        reached: Floats = np.cumsum(np.bincount(buckets, weights=self.spans))
        return [self._quantile(share * total, buckets, reached) for share in shares]

    def _quantile(self, wanted: float, buckets: Integers, reached: Floats) -> float:
        """Smallest value not exceeded for `wanted` ms: only its bucket is put in order."""
        bucket = int(np.searchsorted(reached, wanted))
        inside = np.flatnonzero(buckets == bucket)
        rows = inside[np.argsort(self.values[inside])]
        below = reached[bucket - 1] if bucket else 0.0
        found = np.searchsorted(below + np.cumsum(self.spans[rows]), wanted)
        return float(self.values[rows[found]])

    def share_above(self, level: float) -> float:
        """Share of time above `level`."""
        total = int(self.spans.sum())
        return float(self.spans[self.values > level].sum() / total) if total else float("nan")


def step_curve(at: Integers, values: Integers, window: tuple[int, int]) -> Curve:
    """Cut a step function, 0 before its first row, to a window.

    Args:
        at: Times of change, ascending.
        values: Value from that time on.
        window: First instant, and the instant after the last.
    """
    start, end = window
    before = int(np.searchsorted(at, start, side="right")) - 1
    first = values[before] if before >= 0 else 0
    inside = slice(before + 1, max(before + 1, int(np.searchsorted(at, end))))
    times = np.concatenate([[start], at[inside], [end]])
    levels = np.concatenate([[first], values[inside]])
    return Curve(levels, np.diff(times))


def peaks(at: Integers, values: Integers, edges: Integers) -> Integers:
    """Largest value of a step function, 0 before its first row, in each span between two edges.

    Args:
        at: Times of change, strictly ascending.
        values: Value from that time on.
        edges: Ascending.
    """
    starts = edges[:-1]
    held = np.append(values, 0)[np.searchsorted(at, starts, side="right") - 1]
    within = np.searchsorted(at, edges)
    changes = values[: within[-1]]
    rows = within[:-1]
    largest: Integers = np.maximum.reduceat(
        np.insert(changes, rows, held), rows + np.arange(len(rows))
    )
    return largest


def covered(begins: Integers, ends: Integers, window: tuple[int, int]) -> tuple[float, float]:
    """Number of intervals [begin, end) that cover an instant: its peak and its mean over a window.

    Both are nan on an empty window.
    """
    first, last = window
    if first == last:
        return float("nan"), float("nan")
    begins, ends = (np.clip(at, first, last) - first for at in (begins, ends))
    mean = (int(ends.sum()) - int(begins.sum())) / (last - first)
    return float(_most_at_once(begins[begins < last - first], ends)), mean


def _most_at_once(begins: Integers, ends: Integers) -> int:
    """Most intervals at an instant; an end comes before a begin.

    Time is cut into buckets. Only those that may hold more than was ever seen between two of them
    are looked at event by event.
    """
    if not len(begins):
        return 0
    span = max(int(begins.max()), int(ends.max()))
    of_begins, of_ends = (_buckets(at, _TIME_BITS, span) for at in (begins, ends))
    n = int(of_begins.max()) + 1
    came, went = np.bincount(of_begins, minlength=n), np.bincount(of_ends, minlength=n)[:n]
    after = np.cumsum(came - went)
    before = after - came + went
    most = int(before.max())
    close = before + came > most
    # The last bit of a key tells a begin: one sort of bare numbers.
    late = of_ends < n
    late[late] = close[of_ends[late]]
    keys = np.concatenate([begins[close[of_begins]] * 2 + 1, ends[late] * 2])
    keys.sort()
    jumps = before[close] - np.append(0, np.cumsum((came - went)[close])[:-1])
    level = np.cumsum(2 * (keys & 1) - 1)
    level += np.repeat(jumps, (came + went)[close])
    return max(most, int(level.max(initial=0)))


def _buckets(numbers: Integers, bits: int, largest: int | None = None) -> Integers:
    """Numbers from 0 on without their last bits, so that about 2^bits different ones are left."""
    largest = int(numbers.max(initial=0)) if largest is None else largest
    buckets: Integers = numbers >> max(0, largest.bit_length() - bits)
    return buckets

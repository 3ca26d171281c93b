"""Curves over time, and their time-weighted figures. Times in ms, windows half open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]


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
        order = np.argsort(self.values)
        reached = np.cumsum(self.spans[order])
        found = order[np.searchsorted(reached, np.array(shares) * total)]
        return [float(value) for value in self.values[found]]

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
    # The last bit of a key tells a begin: one sort, of bare numbers, and ends come before begins.
    keys = np.clip(np.concatenate([begins, ends]), first, last)
    mean = (int(keys[len(begins) :].sum()) - int(keys[: len(begins)].sum())) / (last - first)
    keys *= 2
    keys[: len(begins)] += 1
    keys.sort()
    change = (2 * (keys[: np.searchsorted(keys, 2 * last)] & 1) - 1).astype(np.int32)
    return float(change.cumsum().max(initial=0)), mean

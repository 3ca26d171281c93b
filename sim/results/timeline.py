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
        return float(np.dot(self.values.astype(float), self.spans.astype(float)) / total)

    def quantile(self, share: float) -> float:
        """Smallest value that is not exceeded for at least `share` of the time."""
        total = int(self.spans.sum())
        if not total:
            return float("nan")
        order = np.argsort(self.values, kind="stable")
        reached = np.cumsum(self.spans[order])
        return float(self.values[order][int(np.searchsorted(reached, share * total))])

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
    inside = (at > start) & (at < end)
    times = np.concatenate([[start], at[inside], [end]])
    levels = np.concatenate([[first], values[inside]])
    return Curve(levels.astype(np.int64), np.diff(times).astype(np.int64))


def count_curve(begins: Integers, ends: Integers, window: tuple[int, int]) -> Curve:
    """Number of intervals [begin, end) that cover an instant, over a window."""
    at = np.concatenate([begins, ends])
    change = np.concatenate([np.ones(len(begins)), -np.ones(len(ends))]).astype(np.int64)
    order = np.argsort(at, kind="stable")
    times, last = np.unique(at[order], return_index=True)
    totals = np.cumsum(change[order])
    level = totals[np.concatenate([last[1:], [len(at)]]) - 1] if len(at) else totals
    return step_curve(times, level, window)

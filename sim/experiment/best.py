"""Which policies may be the best one: multiple comparisons with the best, on shared customers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from sim.experiment.statistics import paired_difference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class Best:
    """What can be said about the best policy, all statements holding together."""

    ranking: tuple[str, ...]
    """Policies from the best mean to the worst; those without a value are left out."""
    candidates: tuple[str, ...]
    """Policies that may be the best; all others are ruled out with the confidence asked for."""
    gaps: Mapping[str, tuple[float, float]]
    """For each policy: how far its mean is ahead of the best of the others (below 0: behind)."""

    @property
    def winner(self) -> str | None:
        """The best policy, if only one can be."""
        return self.candidates[0] if len(self.candidates) == 1 else None


def compare_with_best(
    values: Mapping[str, ArrayLike], higher_is_better: bool = True, confidence: float = 0.95
) -> Best:
    """Compare every policy with the best of the others (Hsu 1984; 1996, section 4.2).

    The intervals of the paired differences d_ij +- w_ij are Bonferroni's over the k - 1 comparisons
    with the true best. So they hold under common random numbers, where Tukey's, Rinott's and other
    methods that assume independent policies do not. A policy is ruled out if some other is
    better by more than w_ij. The chance of ruling out the true best is at most 1 - confidence;
    w_ij is two-sided so that the answer agrees with the intervals that are shown.

    Nobody is ruled out by a difference that no claim may rest on: with fewer than ten seasons, or
    by differences that are too rare or too uneven.
    """
    sign = 1.0 if higher_is_better else -1.0
    means = {
        name: paired_difference(series, _zeros(series)).interval.mean
        for name, series in values.items()
    }
    known = [name for name, mean in means.items() if not math.isnan(mean)]
    ranking = tuple(sorted(known, key=lambda name: -sign * means[name]))
    if len(known) < 2:
        return Best(ranking, ranking, {})
    ends = _differences(known, values, sign, confidence)
    gaps = {name: _gap(name, ends) for name in known}
    candidates = tuple(name for name in ranking if gaps[name][1] >= 0)
    return Best(ranking, candidates, gaps)


def _differences(
    known: list[str], values: Mapping[str, ArrayLike], sign: float, confidence: float
) -> dict[tuple[str, str], tuple[float, float]]:
    """Where the difference of each pair lies; of the second minus the first, it is the mirror."""
    found = {}
    for a, b in combinations(known, 2):
        pair = paired_difference(values[a], values[b], confidence, len(known) - 1).interval
        ends = sorted((sign * pair.low, sign * pair.high))
        low, high = ends if pair.decides else (-math.inf, math.inf)
        found[a, b], found[b, a] = (low, high), (-high, -low)
    return found


def _gap(name: str, ends: Mapping[tuple[str, str], tuple[float, float]]) -> tuple[float, float]:
    own = [pair for (first, _), pair in ends.items() if first == name]
    return min(low for low, _ in own), min(high for _, high in own)


def _zeros(series: ArrayLike) -> ArrayLike:
    import numpy as np

    return np.zeros_like(np.asarray(series, dtype=np.float64))

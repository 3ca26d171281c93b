"""How often the range of a mean holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.guarantees.outputs import of_holiday, textbook
from benchmarks.measure import table
from sim.experiment.statistics import mean_interval

if TYPE_CHECKING:
    from benchmarks.guarantees.outputs import Output

EXPERIMENTS = 10_000
SIZES = (20, 100)
"""Seasons of a study: the default, and the default budget."""


@dataclass(frozen=True)
class Coverage:
    """How often an interval held the true mean."""

    covers: float
    starred: float
    """Share of intervals that were flagged as rough."""
    unstarred: float
    """Share of the others that held it; nan: there were none."""


def coverage(output: Output, n: int, experiments: int = EXPERIMENTS, seed: int = 1) -> Coverage:
    """Draw experiments of n seasons each, and ask for their interval as the product does."""
    numbers = np.random.default_rng([seed, n])
    held, clean = np.zeros(experiments, bool), np.zeros(experiments, bool)
    slack = 1e-12 * abs(output.truth)
    for number in range(experiments):
        known = mean_interval(output.draw(numbers, n))
        held[number] = known.low - slack <= output.truth <= known.high + slack
        clean[number] = known.flag is None
    unstarred = float(held[clean].mean()) if clean.any() else np.nan
    return Coverage(float(held.mean()), float(1 - clean.mean()), unstarred)


def report(experiments: int = EXPERIMENTS) -> str:
    """One row per output."""
    head = ["output of a season"]
    for n in SIZES:
        head += [f"{n} seasons: holds", "starred"]
    rows = []
    for output in (*textbook(), *of_holiday()):
        row = [output.name]
        for n in SIZES:
            known = coverage(output, n, experiments)
            row += [f"{known.covers:.1%}", f"{known.starred:.0%}"]
        rows.append(row)
    return table(head, rows)

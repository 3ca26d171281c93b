"""How often the range of a mean holds it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.guarantees.outputs import of_holiday, textbook
from benchmarks.measure import table
from sim.experiment.statistics import mean_interval

if TYPE_CHECKING:
    from benchmarks.guarantees.outputs import Output

EXPERIMENTS = 10_000
LEAST = 0.94
"""How often a range of 95% has to hold its mean."""
SIZES = (20, 60, 100)
"""Seasons of a study: the default, what a bound of the 95% quantile takes, the default budget."""
CURVE = (10, 20, 30, 60, 100, 200)
"""Seasons of a study, to see from when on the range of a very uneven output holds."""


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
    """One row per output; then those that fall short with few seasons, by their number."""
    head = ["output of a season"]
    for n in SIZES:
        head += [f"{n} seasons: holds", "starred"]
    rows, short = [], []
    for output in (*textbook(), *of_holiday()):
        known = [coverage(output, n, experiments) for n in SIZES]
        cells = ((f"{each.covers:.1%}", f"{each.starred:.0%}") for each in known)
        rows.append([output.name, *chain.from_iterable(cells)])
        if known[0].covers < LEAST:
            short.append([output.name, *_by_size(output, experiments)])
    by_size = table(["too uneven for 20 seasons; holds with", *(f"{n}" for n in CURVE)], short)
    return f"{table(head, rows)}\n\n{by_size}"


def _by_size(output: Output, experiments: int) -> list[str]:
    return [f"{coverage(output, n, experiments).covers:.1%}" for n in CURVE]

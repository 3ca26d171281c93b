"""How often bounds of high quantiles, and of chances, hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from benchmarks.measure import table
from sim.experiment.quantiles import order_statistic_interval, upper_bound
from sim.experiment.statistics import clopper_pearson

if TYPE_CHECKING:
    from benchmarks.guarantees.outputs import Draw

EXPERIMENTS = 10_000
SIZES = {0.90: 100, 0.95: 100, 0.99: 500}
"""Quantile, and seasons of a study."""
CHANCES = (30, 60, 100, 300)
"""Seasons of which it is counted how many meet a target."""


@dataclass(frozen=True)
class Peak:
    """Peaks of seasons whose quantiles are known."""

    name: str
    draw: Draw
    law: stats.rv_continuous


PEAKS = (
    Peak("lognormal, sigma 1", lambda g, n: g.lognormal(0, 1, n), stats.lognorm(1)),
    Peak("whole shelves, Poisson(40)", lambda g, n: g.poisson(40, n) * 1.0, stats.poisson(40)),
)


def coverage(
    peak: Peak, share: float, n: int, experiments: int = EXPERIMENTS, seed: int = 4
) -> tuple[float, float]:
    """How often the interval of a quantile holds it, and how often it is below its bound."""
    numbers = np.random.default_rng([seed, n])
    truth = float(peak.law.ppf(share))
    inside = below = 0
    for _ in range(experiments):
        values = peak.draw(numbers, n)
        known = order_statistic_interval(values, share)
        # An end that few seasons do not give is missing, not wrong: the interval is open there.
        inside += not (known.low > truth or known.high < truth)
        below += truth <= upper_bound(values, share).high
    return inside / experiments, below / experiments


def worst_chance(n: int, points: int = 2_000) -> tuple[float, float]:
    """Least coverage of the interval of a chance, and of its lower end, over true chances.

    Computed, not sampled: the number of seasons that meet a target has n + 1 values.
    """
    ends = np.array([clopper_pearson(successes, n) for successes in range(n + 1)])
    lower = np.array([clopper_pearson(successes, n, 0.90)[0] for successes in range(n + 1)])
    chances = np.linspace(0.001, 0.999, points)[:, None]
    weights = stats.binom.pmf(np.arange(n + 1), n, chances)
    both = ((ends[:, 0] <= chances) & (chances <= ends[:, 1])) * weights
    return float(both.sum(1).min()), float(((lower <= chances) * weights).sum(1).min())


def report(experiments: int = EXPERIMENTS) -> str:
    """Quantiles, then chances."""
    rows = []
    for peak in PEAKS:
        for share, n in SIZES.items():
            inside, below = coverage(peak, share, n, experiments)
            rows.append([f"{peak.name}: {share:.0%}", f"{n}", f"{inside:.1%}", f"{below:.1%}"])
    quantiles = table(["quantile", "seasons", "interval holds", "bound holds"], rows)
    chances = table(
        ["share of seasons that meet a target", "interval holds", "lower end holds"],
        [
            [f"of {n} seasons, at the worst true chance", *(f"{c:.1%}" for c in worst_chance(n))]
            for n in CHANCES
        ],
    )
    return f"{quantiles}\n\n{chances}"

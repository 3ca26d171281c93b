"""How often the best system is selected, where it is ahead by no more than the zone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measure import table
from sim.experiment.selection import Selection, select_best
from sim.experiment.statistics import clopper_pearson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

TRIALS = 4_000
BATCH = 10


@dataclass(frozen=True)
class Case:
    """Systems of which the best one is known. The zone is 1."""

    name: str
    means: tuple[float, ...]
    sds: tuple[float, ...]
    correlation: float = 0.0
    """By common random numbers; 0: every system has its own luck."""
    higher_is_better: bool = True
    uneven: bool = False
    """Whether outputs are lognormal (sigma 0.5), not normal."""
    most: int | None = None
    promised: bool = True
    """Whether the guarantee is for it: normal outputs, and a best that is ahead by the zone."""

    def good(self, found: Selection) -> bool:
        """Whether no other is better than the selected system by the zone of its guarantee."""
        sign = 1 if self.higher_is_better else -1
        best = max(sign * mean for mean in self.means)
        return best - sign * self.means[found.selected] < found.zone


CASES = (
    Case("5 equal variances, independent", (0, 0, 0, 0, 1), (4,) * 5),
    Case("5 unequal variances, the best the noisiest", (0, 0, 0, 0, 1), (1, 2, 3, 4, 6)),
    Case("5 unequal variances, the best the quietest", (0, 0, 0, 0, 1), (6, 4, 3, 2, 1)),
    Case("10 on shared seasons (correlation 0.8)", (*(0,) * 9, 1), (8,) * 10, 0.8),
    Case(
        "5 losses on shared seasons, unequal variances, lowest wins",
        (-20, -20, -20, -20, -21),
        (2, 4, 5, 6, 8),
        0.5,
        higher_is_better=False,
    ),
    Case("one noisy best between two quiet ones", (0, 1, 0), (1, 8, 1)),
    Case("5 equal variances, at most 60 seasons", (0, 0, 0, 0, 2.4), (3,) * 5, most=60),
    Case("8 nearly tied", tuple(np.linspace(0, 1.2, 8)), (3,) * 8, 0.3, promised=False),
    Case("5 uneven ones", (0, 0, 0, 0, 1), (4,) * 5, uneven=True, promised=False),
)


class Luck:
    """Draws a case block by block, as far as it is asked for."""

    def __init__(self, case: Case, numbers: np.random.Generator) -> None:
        self.case, self.numbers = case, numbers
        self.means = np.array(case.means)[:, None]
        self.sds = np.array(case.sds)[:, None]
        self.drawn = np.empty((len(case.means), 0))

    def __call__(self, systems: Sequence[int], replications: range) -> NDArray[np.float64]:
        """The outputs of these systems in these seasons."""
        while self.drawn.shape[1] < replications.stop:
            self.drawn = np.hstack([self.drawn, self._block()])
        return self.drawn[systems, replications.start : replications.stop]

    def _block(self) -> NDArray[np.float64]:
        rho = self.case.correlation
        noise = self.numbers.normal(size=(len(self.means) + 1, 8 * BATCH))
        mixed = math.sqrt(rho) * noise[0] + math.sqrt(1 - rho) * noise[1:]
        if self.case.uneven:
            spread = math.sqrt(math.exp(0.5) - math.exp(0.25))
            mixed = (np.exp(0.5 * mixed) - math.exp(0.125)) / spread
        return self.means + self.sds * mixed


@dataclass(frozen=True)
class Selected:
    """How often the selection was right, and what it took."""

    good: int
    trials: int
    runs: float
    """Seasons that were simulated, over all systems."""

    @property
    def least(self) -> float:
        """With 95% confidence it is right at least this often."""
        return clopper_pearson(self.good, self.trials, 0.90)[0]


def selections(case: Case, trials: int = TRIALS, seed: int = 5) -> Selected:
    """Select in each of many trials."""
    numbers = np.random.default_rng([seed, [each.name for each in CASES].index(case.name)])
    good = runs = 0
    for _ in range(trials):
        found = select_best(
            Luck(case, numbers),
            len(case.means),
            1.0,
            higher_is_better=case.higher_is_better,
            batch=BATCH,
            most=case.most,
        )
        good += case.good(found)
        runs += int(found.counts.sum())
    return Selected(good, trials, runs / trials)


def report(trials: int = TRIALS) -> str:
    """One row per case; those that the guarantee is not for come last."""
    rows = []
    for case in sorted(CASES, key=lambda case: not case.promised):
        done = selections(case, trials)
        rows.append(
            [
                case.name if case.promised else f"{case.name} (not promised)",
                f"{done.good / done.trials:.1%}",
                f"{done.least:.1%}",
                f"{done.runs:,.0f}",
            ]
        )
    return table(["systems", "right", "at least", "seasons"], rows)

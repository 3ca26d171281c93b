"""How often a winner is declared among policies that are equally good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.guarantees.outputs import holiday
from benchmarks.measure import table
from sim.experiment.compare import compare
from sim.experiment.study import Study
from sim.results import KPIS

if TYPE_CHECKING:
    from numpy.typing import NDArray

TRIALS = 1_000
SIZES = (20, 60)
POLICIES = 10
Fates = Callable[[np.random.Generator, int], "NDArray[np.float64]"]
"""Draws the profits of equally good policies, shape (policies, seasons)."""


@dataclass(frozen=True)
class Claims:
    """How often something was claimed that is not so."""

    winner: float
    """Share of studies with one policy as the best."""
    ruled_out: float
    """Share in which the first policy was ruled out, as if it had been the best by a hair."""
    better: float
    """Share in which any policy was called better or worse than the baseline."""


def unequal_spread(numbers: np.random.Generator, n: int) -> NDArray[np.float64]:
    """Shared luck, and fates of their own that matter 1 to 10 times as much."""
    own = numbers.normal(size=(POLICIES, n)) * np.arange(1, POLICIES + 1)[:, None]
    return numbers.normal(0, 10, n) + own


def uneven(numbers: np.random.Generator, n: int) -> NDArray[np.float64]:
    """Every second policy has rare large losses, the others rare large gains."""
    sign = np.where(np.arange(POLICIES) % 2, 1, -1)[:, None]
    return numbers.normal(0, 10, n) + sign * (numbers.exponential(5, (POLICIES, n)) - 5)


def few_customers(numbers: np.random.Generator, n: int) -> NDArray[np.float64]:
    """Policies that treat alike in 7 of 10 seasons, and otherwise 2 + 3 k customers differently."""
    customers = 2 + 3 * np.arange(POLICIES)[:, None]
    fates = 2.0 * numbers.binomial(customers, 0.5, (POLICIES, n)) - customers
    return numbers.normal(0, 10, n) + fates * (numbers.random((POLICIES, n)) < 0.3)


def of_holiday(numbers: np.random.Generator, n: int) -> NDArray[np.float64]:
    """The five policies of `holiday`, each moved so that its mean is 0."""
    study = holiday()
    values = np.array([study.series(policy, "season_profit") for policy in study.policies])
    centered = values - values.mean(axis=1, keepdims=True)
    return centered[:, numbers.integers(values.shape[1], size=n)]


FATES: dict[str, Fates] = {
    "10 policies, spreads of 1 to 10": unequal_spread,
    "10 policies, uneven both ways": uneven,
    "10 policies that differ for few customers": few_customers,
    "the 5 policies of holiday, made equal": of_holiday,
}


def claims(fates: Fates, n: int, trials: int = TRIALS, seed: int = 6) -> Claims:
    """Compare in each of many trials, as `peakwise compare` does."""
    numbers = np.random.default_rng([seed, n])
    winner = ruled_out = better = 0
    for _ in range(trials):
        profits = fates(numbers, n)
        names = tuple(f"Policy {number}" for number in range(len(profits)))
        values = {
            name: {"season_profit": series} for name, series in zip(names, profits, strict=True)
        }
        found = compare(Study(names, 1, n, values, {"season_profit": KPIS["season_profit"]}))
        winner += found.best.winner is not None
        ruled_out += names[0] not in found.best.candidates
        better += any(row.verdict in ("better", "worse") for row in found.rows)
    return Claims(winner / trials, ruled_out / trials, better / trials)


def report(trials: int = TRIALS) -> str:
    """One row per kind of fates and size of study."""
    rows = []
    for name, fates in FATES.items():
        for n in SIZES:
            found = claims(fates, n, trials)
            shares = (found.winner, found.ruled_out, found.better)
            rows.append([name, f"{n}", *(f"{share:.1%}" for share in shares)])
    head = [
        "equally good policies",
        "seasons",
        "a winner",
        "the best ruled out",
        "any better or worse",
    ]
    return table(head, rows)

"""What it is worth that policies share their customers: how much less a difference varies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.guarantees.outputs import headline, holiday
from benchmarks.measure import table

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAIR = ("Backorder", "Capped hybrid")
CERTAIN_SEASONS = 60


@dataclass(frozen=True)
class Ratio:
    """Variance of a difference with order books of their own, over that with a shared one."""

    value: float
    least: float
    """With 95% confidence it is at least this."""


def ratio(a: NDArray[np.float64], b: NDArray[np.float64], seed: int = 7) -> Ratio:
    """The ratio for two policies; independent seasons would vary by the sum of both variances.

    Its lower bound is the 5% quantile over bootstrapped seasons (Efron 1979).
    """
    picked = np.random.default_rng(seed).integers(len(a), size=(2_000, len(a)))
    return Ratio(float(_ratio(a, b)), float(np.quantile(_ratio(a[picked], b[picked]), 0.05)))


def _ratio(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    independent = a.var(axis=-1, ddof=1) + b.var(axis=-1, ddof=1)
    return np.asarray(independent / (a - b).var(axis=-1, ddof=1))


def report(seasons: int = 200) -> str:
    """The pair that was promised, then every other policy against the first, KPI by KPI."""
    study = holiday(seasons)
    first, *others = study.policies
    rows = []
    for kpi in headline(study):
        row = [f"`{kpi}`"]
        for other in others:
            found = ratio(study.series(first, kpi), study.series(other, kpi))
            row.append(f"{found.value:.0f} (≥ {found.least:.0f})")
        rows.append(row)
    certain = _without_forecast_error()
    row = ["`season_profit`, forecast always right", *("",) * len(others)]
    row[1 + others.index(PAIR[1])] = f"{certain.value:.0f} (≥ {certain.least:.0f})"
    return table([f"{first} against", *others], [*rows, row])


def _without_forecast_error() -> Ratio:
    from sim import load_policies, replicate

    policies = load_policies("holiday", ["demand.forecast_error=no"])
    study = replicate({name: policies[name] for name in PAIR}, CERTAIN_SEASONS)
    return ratio(*(study.series(name, "season_profit") for name in PAIR))

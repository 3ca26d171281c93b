"""Outputs of seasons whose true means are known: textbook ones, and those of `holiday` itself."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.experiment.study import Study

Draw = Callable[[np.random.Generator, int], "NDArray[np.float64]"]
"""Draws so many independent seasons."""
SEASONS = 200
"""Seasons of `holiday` that are simulated, under each of its policies."""


@dataclass(frozen=True)
class Output:
    """What a season puts out."""

    name: str
    truth: float
    """The true mean."""
    draw: Draw


def textbook() -> list[Output]:
    """Outputs from well-behaved to hopeless."""
    return [
        Output("normal", 0.0, lambda numbers, n: numbers.normal(size=n)),
        Output("uniform", 0.5, lambda numbers, n: numbers.random(n)),
        Output("Student's t, 4 degrees", 0.0, lambda numbers, n: numbers.standard_t(4, n)),
        Output("exponential", 1.0, lambda numbers, n: numbers.exponential(size=n)),
        Output("service level, beta(20, 0.5)", 20 / 20.5, lambda g, n: g.beta(20, 0.5, n)),
        Output("lognormal, sigma 0.5", math.exp(0.125), lambda g, n: g.lognormal(0, 0.5, n)),
        Output("lognormal, sigma 1", math.exp(0.5), lambda g, n: g.lognormal(0, 1, n)),
        Output("0 or 1, 30% are 1", 0.3, lambda g, n: (g.random(n) < 0.3) * 1.0),
    ]


def of_holiday() -> list[Output]:
    """Headline KPIs of `holiday`.

    Studies are drawn from seasons that were simulated, with replacement. So the mean is known, and
    the shape is what a planner meets.
    """
    study = holiday()
    kpis = [_resampled(kpi, study.series("Backorder", kpi)) for kpi in headline(study)]
    profit = study.series("Backorder", "season_profit")
    difference = profit - study.series("Capped hybrid", "season_profit")
    return [*kpis, _resampled("season_profit against Capped hybrid", difference)]


@cache
def holiday(seasons: int = SEASONS) -> Study:
    """Seasons of the shipped scenario, under all its policies."""
    from sim import load_policies, replicate

    return replicate(load_policies("holiday"), seasons)


def headline(study: Study) -> list[str]:
    """Headline KPIs that vary under every policy."""
    found = []
    for kpi in study.kpi_names():
        meaning = study.meaning(kpi)
        varies = all(np.ptp(study.series(policy, kpi)) > 0 for policy in study.policies)
        if meaning is not None and meaning.headline and varies:
            found.append(kpi)
    return found


def _resampled(name: str, values: NDArray[np.float64]) -> Output:
    return Output(name, math.fsum(values) / len(values), lambda g, n: g.choice(values, n))

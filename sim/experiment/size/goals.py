"""The targets of a plan as numbers: how far each season is from missing one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.risk import EVENTS

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from sim.results.kpi import Kpi
    from sim.scenario.targets import Target


@dataclass(frozen=True, slots=True)
class Goal:
    """One target: a bound on a figure of the season, and in how many seasons it must hold."""

    name: str
    """As the planner wrote it: a KPI, or an event of `risk.EVENTS`."""
    kpi: str
    """The figure that shows it."""
    label: str
    target: Target

    @property
    def share(self) -> float | None:
        """Share of seasons in which it must hold; None: it must hold on average."""
        return self.target.share

    def slack(self, values: ArrayLike) -> NDArray[np.float64]:
        """How far each season is on the good side of the bound; below 0: it misses the target.

        A season without anything to count, such as one without a backorder, keeps its targets.
        """
        array = np.asarray(values, dtype=np.float64)
        distance = array - self.target.bound if self.target.at_least else self.target.bound - array
        return np.where(np.isnan(array), math.inf, distance)

    def misses(self, values: ArrayLike) -> int:
        """In how many of these seasons it is missed.

        What sums rounded in another order may move is no miss.
        """
        return int(np.count_nonzero(self.slack(values) < -1e-12))


def goal_of(name: str, target: Target, kpi: Kpi) -> Goal:
    """The goal behind a target."""
    return Goal(name, figure_of(name), EVENTS[name][0] if name in EVENTS else kpi.label, target)


def figure_of(name: str) -> str:
    """The KPI behind the name of a target."""
    return EVENTS[name][1] if name in EVENTS else name

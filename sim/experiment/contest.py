"""Two policies, and how far the first is ahead of the second at any values of the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.experiment.study import Study
from sim.experiment.variants import Variants, load_variants

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.experiment.axes import Point

Simulate = Callable[[Variants, int], Study]
"""Runs so many seasons of every variant, the same ones each time."""


@dataclass(frozen=True, slots=True)
class Contest:
    """Two policies of a season, compared by one KPI."""

    season: str
    """A file, or the name of a shipped season."""
    policies: tuple[str, str]
    simulate: Simulate
    settings: tuple[str, ...] = ()
    """Changes of the season throughout."""
    kpi: str = "season_profit"

    def differences(self, points: Sequence[Point], seasons: int) -> list[NDArray[np.float64]]:
        """First policy minus second at each point, season by season.

        Raises:
            ScenarioError: everything that is wrong with the season at any point.
        """
        variants = load_variants(self.season, points, self.settings, self.policies)
        study = self.simulate(variants, seasons)
        first, second = self.policies
        return [
            variants.series(study, place, first, self.kpi)
            - variants.series(study, place, second, self.kpi)
            for place in range(len(points))
        ]

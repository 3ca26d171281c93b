"""Sweeps: which policy wins at each value of a setting, and where that changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.experiment.best import compare_with_best

if TYPE_CHECKING:
    from sim.experiment.axes import Axis, Point
    from sim.experiment.best import Best
    from sim.experiment.statistics import Interval
    from sim.experiment.study import Study
    from sim.experiment.variants import Variants


@dataclass(frozen=True, slots=True)
class SweptPoint:
    """One combination of values."""

    values: Point
    figures: dict[str, Interval]
    """The KPI of each policy, mean and plain 95% interval."""
    best: Best
    """Which policies may be the best here; statements of all points hold together."""


@dataclass(frozen=True, slots=True)
class Crossover:
    """Between two neighboring values of one setting, another policy begins to win."""

    path: str
    low: str
    """Last value at which `before` is the winner."""
    high: str
    """First value at which `after` is."""
    before: str
    after: str
    elsewhere: Point
    """Values of the other settings."""
    undecided: tuple[str, ...]
    """Values in between at which nobody is."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """The policies at every point."""

    axes: tuple[Axis, ...]
    sampled: bool
    """Whether the points are a sample of the ranges, not a grid."""
    kpi: str
    confidence: float
    """With which all named winners hold together."""
    points: tuple[SweptPoint, ...]
    study: Study

    @property
    def policies(self) -> tuple[str, ...]:
        """Names of the policies."""
        return tuple(self.points[0].figures)

    def crossovers(self) -> tuple[Crossover, ...]:
        """Where the winner changes, along each setting in turn; none in a sample.

        It is said to lie between two values that were simulated, at both of which the winner is
        known. Nothing is claimed about values in between.
        """
        if self.sampled:
            return ()
        return tuple(
            crossing
            for number, axis in enumerate(self.axes)
            for line in self._lines(number)
            for crossing in _crossovers(axis.path, line)
        )

    def _lines(self, axis: int) -> list[list[SweptPoint]]:
        """Points along an axis, for each combination of the others."""
        inner = 1
        for other in self.axes[axis + 1 :]:
            inner *= len(other.values)
        length = len(self.axes[axis].values)
        block = inner * length
        return [
            [self.points[start + offset + step * inner] for step in range(length)]
            for start in range(0, len(self.points), block)
            for offset in range(inner)
        ]


def sweep_of(
    study: Study,
    variants: Variants,
    axes: tuple[Axis, ...],
    *,
    sampled: bool = False,
    kpi: str = "season_profit",
    confidence: float = 0.95,
) -> Sweep:
    """Find the best policy at each point.

    Each point is a comparison with the best. The chance to err is shared among the points
    (Bonferroni), so that with `confidence` no named winner of the whole map is wrong.

    Raises:
        ValueError: The study has no such KPI.
    """
    if kpi not in study.kpi_names():
        message = f"no KPI {kpi!r}"
        raise ValueError(message)
    meaning = study.meaning(kpi)
    higher = meaning is None or meaning.better != "lower"
    level = 1 - (1 - study.claim_level(confidence)) / len(variants.points)
    points = tuple(
        SweptPoint(
            values=values,
            figures={
                policy: study.interval(variants.names[number, policy], kpi)
                for policy in variants.policies
            },
            best=compare_with_best(variants.at(study, number, kpi), higher, level),
        )
        for number, values in enumerate(variants.points)
    )
    return Sweep(axes, sampled, kpi, confidence, points, study)


def _crossovers(path: str, line: list[SweptPoint]) -> list[Crossover]:
    """Where the winner changes along a line of points."""
    found: list[Crossover] = []
    last: SweptPoint | None = None
    between: list[str] = []
    for point in line:
        winner = point.best.winner if len(point.figures) > 1 else None
        if winner is None:
            between.append(point.values[path])
            continue
        if last is not None and last.best.winner not in {None, winner}:
            found.append(
                Crossover(
                    path=path,
                    low=last.values[path],
                    high=point.values[path],
                    before=str(last.best.winner),
                    after=winner,
                    elsewhere={key: value for key, value in point.values.items() if key != path},
                    undecided=tuple(between),
                )
            )
        last, between = point, []
    return found

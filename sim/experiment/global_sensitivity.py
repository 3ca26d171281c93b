"""Morris and Sobol: how inputs move the difference when all of them move at once, through SALib."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from sim.errors import Problem, ScenarioError
from sim.experiment.axes import read_axis
from sim.experiment.variants import settled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.experiment.axes import Axis, Point
    from sim.experiment.contest import Contest
    from sim.experiment.inputs import Input

Method = Literal["morris", "sobol"]
MOST_FOR_SOBOL: Final = 8
_TRAJECTORIES: Final = 4
_SAMPLES: Final = 32


@dataclass(frozen=True, slots=True)
class Influence:
    """How much one input matters."""

    input: Input
    main: float
    """Morris: mean absolute effect of moving it through its range (mu*). Sobol: share of the
    variance that it explains alone (first order)."""
    main_reach: float
    """Half-width of its 95% interval, from SALib's bootstrap."""
    total: float
    """Morris: standard deviation of its effects (sigma), wide where they depend on other inputs.
    Sobol: share of the variance in which it takes part (total order)."""
    total_reach: float
    """As `main_reach`; nan for Morris."""


def influences(
    contest: Contest, inputs: Sequence[Input], method: Method, replications: int, seed: int
) -> tuple[Influence, ...]:
    """Rank inputs by how much they move the difference between two policies.

    Morris (1991, Technometrics 33, 161), with the mean of absolute effects of Campolongo et al.
    (2007): few points, for many inputs. Sobol (2001), with the estimators of Saltelli et al.
    (2010): many points, for few inputs. Each point is the mean of the same `replications` seasons.

    Raises:
        ScenarioError: too many inputs for Sobol, or what is wrong with the season at a point.
        ModuleNotFoundError: SALib is not installed.
    """
    if method == "sobol" and len(inputs) > MOST_FOR_SOBOL:
        message = f"takes too long for {len(inputs)} inputs"
        hint = f"name the few that matter, at most {MOST_FOR_SOBOL}, with --over"
        raise ScenarioError(Problem("", message, hint, "--method sobol"))
    axes = settled(contest.season, [_axis(each) for each in inputs], contest.settings)
    names = [axis.path for axis in axes]
    problem = {"num_vars": len(axes), "names": names, "bounds": [[0.0, 1.0]] * len(axes)}
    sample = _sample(problem, method, seed)
    differences = contest.differences([_point(axes, row) for row in sample], replications)
    means = np.array([each.mean() for each in differences])
    found = _analyzed(problem, method, (sample, means), inputs, seed)
    return tuple(sorted(found, key=lambda each: -_rank(each, method)))


def points_of(method: Method, inputs: int) -> int:
    """How many points a method takes."""
    return _TRAJECTORIES * (inputs + 1) if method == "morris" else _SAMPLES * (inputs + 2)


def _sample(problem: dict[str, Any], method: Method, seed: int) -> NDArray[np.float64]:
    if method == "morris":
        from SALib.sample import morris

        return np.asarray(morris.sample(problem, _TRAJECTORIES, num_levels=4, seed=seed))
    from SALib.sample import sobol

    return np.asarray(sobol.sample(problem, _SAMPLES, calc_second_order=False, seed=seed))


def _analyzed(
    problem: dict[str, Any],
    method: Method,
    runs: tuple[NDArray[np.float64], NDArray[np.float64]],
    inputs: Sequence[Input],
    seed: int,
) -> list[Influence]:
    sample, means = runs
    if method == "morris":
        from SALib.analyze import morris

        found = morris.analyze(problem, sample, means, num_levels=4, seed=seed)
        columns = (found["mu_star"], found["mu_star_conf"], found["sigma"], [np.nan] * len(inputs))
    else:
        from SALib.analyze import sobol

        found = sobol.analyze(problem, means, calc_second_order=False, seed=seed)
        columns = (found["S1"], found["S1_conf"], found["ST"], found["ST_conf"])
    return [
        Influence(each, *(float(column[place]) for column in columns))
        for place, each in enumerate(inputs)
    ]


def _rank(each: Influence, method: Method) -> float:
    return each.main if method == "morris" else each.total


def _axis(each: Input) -> Axis:
    """The range of an input."""
    return read_axis(f"{each.path}={each.low}..{each.high}")


def _point(axes: Sequence[Axis], row: NDArray[np.float64]) -> Point:
    return {axis.path: axis.within(float(share)) for axis, share in zip(axes, row, strict=True)}

"""One season in many variants: every policy at every point, in one study on the same customers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sim.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sim.errors import Problem
    from sim.experiment.axes import Axis, Point
    from sim.experiment.study import Study
    from sim.scenario import Scenario
    from sim.scenario.locating import Node


@dataclass(frozen=True, slots=True)
class Variants:
    """Scenarios of every policy at every point.

    Scenarios that are the same are simulated once, as where a policy has a value of its own for
    the setting that is varied.
    """

    points: tuple[Point, ...]
    policies: tuple[str, ...]
    scenarios: Mapping[str, Scenario]
    """Distinct scenarios by name."""
    names: Mapping[tuple[int, str], str]
    """Name of the scenario of each point (its place) and policy."""

    def series(self, study: Study, point: int, policy: str, kpi: str) -> NDArray[np.float64]:
        """A KPI of a policy at a point, by replication of a study of `scenarios`."""
        return study.series(self.names[point, policy], kpi)

    def at(self, study: Study, point: int, kpi: str) -> dict[str, NDArray[np.float64]]:
        """A KPI of every policy at a point."""
        return {policy: self.series(study, point, policy, kpi) for policy in self.policies}


def load_variants(
    season: str,
    points: Sequence[Point],
    settings: Sequence[str] = (),
    policies: Sequence[str] = (),
) -> Variants:
    """Read the season at every point.

    Args:
        season: A file, or the name of a shipped season.
        points: Values of the settings that are varied.
        settings: Changes of the season at every point.
        policies: Those to be simulated; none: all.

    Raises:
        ScenarioError: everything that is wrong with the season at any point, once.
    """
    tree = read_tree(season, settings, policies)
    problems: dict[str, Problem] = {}
    loaded: list[dict[str, Scenario]] = []
    for point in points:
        try:
            loaded.append(scenarios_at(tree, point))
        except ScenarioError as error:
            problems |= {str(problem): problem for problem in error.problems}
    if problems:
        raise ScenarioError(problems.values())
    chosen = tuple(policies) or tuple(loaded[0])
    return _distinct(tuple(points), chosen, loaded)


def read_tree(season: str, settings: Sequence[str] = (), policies: Sequence[str] = ()) -> Node:
    """The season as it is written, with only these policies if any are named.

    Raises:
        ScenarioError: it cannot be read.
    """
    from sim.scenario.loading import read_season

    tree = read_season(season, settings)
    named = tree.child("policies")
    if policies and named is not None and named.is_mapping:
        named.value = {name: node for name, node in named.items() if str(name) in policies}
    return tree


def scenarios_at(tree: Node, point: Point) -> dict[str, Scenario]:
    """The scenario of every policy at a point, as `--set` would have it.

    Raises:
        ScenarioError: everything that is wrong with it.
    """
    from sim.scenario.csv_tables import expand_tables
    from sim.scenario.loading import policy_scenarios
    from sim.scenario.overrides import apply_changes, parse_setting

    source = tree.mark.source
    changes = [parse_setting(f"{path}={value}", source) for path, value in point.items()]
    return policy_scenarios(expand_tables(apply_changes(tree, changes)) if changes else tree)


def settled(season: str, axes: Sequence[Axis], settings: Sequence[str] = ()) -> tuple[Axis, ...]:
    """The axes, knowing which settings only take whole numbers: those that refuse a fraction."""
    tree = read_tree(season, settings)
    return tuple(replace(axis, whole=_is_whole(tree, axis)) if axis.ends else axis for axis in axes)


def _is_whole(tree: Node, axis: Axis) -> bool:
    fraction, whole = axis.within(0.4142), replace(axis, whole=True).within(0.4142)
    if fraction == whole:
        return False
    return not loads(tree, {axis.path: fraction}) and loads(tree, {axis.path: whole})


def loads(tree: Node, point: Point) -> bool:
    """Whether the season takes these values."""
    try:
        scenarios_at(tree, point)
    except ScenarioError:
        return False
    return True


def _distinct(
    points: tuple[Point, ...], policies: tuple[str, ...], loaded: Sequence[Mapping[str, Scenario]]
) -> Variants:
    from sim.scenario import scenario_hash

    found: dict[str, str] = {}
    scenarios: dict[str, Scenario] = {}
    names: dict[tuple[int, str], str] = {}
    for number, at_point in enumerate(loaded):
        for policy in policies:
            scenario = at_point[policy]
            name = found.setdefault(scenario_hash(scenario), f"{policy} at {number}")
            scenarios.setdefault(name, scenario)
            names[number, policy] = name
    return Variants(points, policies, scenarios, names)

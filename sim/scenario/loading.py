"""From a file, or the name of a shipped season, to scenarios that are valid throughout."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from sim.errors import Problem, ScenarioError
from sim.scenario.csv_tables import expand_tables
from sim.scenario.explaining import explain, placed
from sim.scenario.extending import read_extended
from sim.scenario.further import further_problems
from sim.scenario.locating import Node, Source, plain
from sim.scenario.overrides import apply_changes, parse_setting, policy_changes
from sim.scenario.shipped import find_scenario, shipped_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sim.scenario.scenario import Scenario

BASELINE: Final = "Baseline"
"""Name of the only policy of a scenario that names none."""


def load_scenario(source: str | Path, settings: Sequence[str] = ()) -> Scenario:
    """Read one season, without looking at its policies.

    Args:
        source: a file, or the name of a shipped season such as `holiday`; a `Path` is a file.
        settings: changes as on the command line, `demand.orders_per_day=900`.

    Raises:
        ScenarioError: everything that is wrong with it, each with file, line and column.
    """
    tree = read_season(source, settings)
    tree.value.pop("policies", None)
    scenario, problems = _validated(tree)
    if scenario is None or problems:
        raise ScenarioError(_in_order(problems, tree))
    return scenario


def load_policies(source: str | Path, settings: Sequence[str] = ()) -> dict[str, Scenario]:
    """Read a season under each of its policies, in the order in which the file lists them.

    Args:
        source: a file, or the name of a shipped season such as `holiday`; a `Path` is a file.
        settings: changes of the season itself; where a policy changes the same, it wins.

    Returns:
        Name of each policy and the season as it is under it; `{"Baseline": season}` without any.

    Raises:
        ScenarioError: everything that is wrong with the season or with any policy.
    """
    tree = read_season(source, settings)
    return policy_scenarios(tree)


def policy_scenarios(tree: Node) -> dict[str, Scenario]:
    """The scenario of a tree under each of its policies.

    Raises:
        ScenarioError: everything that is wrong; a problem of the season is reported once.
    """
    season = Node(dict(tree.value), tree.mark, dict(tree.keys))
    policies = season.value.pop("policies", None)
    for about in ("validation", "plan"):  # they say nothing of any one policy
        season.value.pop(about, None)
    base, problems = _validated(tree)
    if policies is None or not policies.is_mapping or not policies.value:
        if base is None or problems:
            raise ScenarioError(_in_order(problems, tree))
        return {BASELINE: base}
    found = list(problems)
    scenarios: dict[str, Scenario] = {}
    for name, overrides in policies.value.items():
        try:
            changed = apply_changes(season, policy_changes(str(name), overrides))
            scenario, problems = _validated(expand_tables(changed))
        except ScenarioError as error:
            scenario, problems = None, list(error.problems)
        found.extend(problems)
        if scenario is not None:
            scenarios[str(name)] = scenario
    if found:
        raise ScenarioError(_in_order(found, tree))
    return scenarios


def read_season(source: str | Path, settings: Sequence[str] = ()) -> Node:
    """Tree of the season with everything it extends, all tables, and all settings.

    Raises:
        ScenarioError: a file cannot be read, or a setting does not exist.
    """
    path = source if isinstance(source, Path) else find_scenario(source)
    resolved = path.resolve()
    is_shipped = not isinstance(source, Path) and resolved.parent == shipped_folder()
    shown = path.name if is_shipped and str(source) != str(path) else str(path)
    file = Source(shown, resolved, resolved.parent)
    problems: list[Problem] = []
    tree = read_extended(file, problems)
    try:
        tree = expand_tables(tree)
    except ScenarioError as error:
        raise ScenarioError([*problems, *error.problems]) from None
    for text in settings:
        try:
            tree = apply_changes(tree, [parse_setting(text, file)])
        except ScenarioError as error:
            problems.extend(error.problems)
    tree = expand_tables(tree) if settings else tree
    if problems:
        # Whoever corrects these also wants to hear what else is wrong.
        try:
            policy_scenarios(tree)
        except ScenarioError as error:
            problems.extend(error.problems)
        raise ScenarioError(_in_order(problems, tree))
    return tree


def _in_order(problems: Iterable[Problem], tree: Node) -> list[Problem]:
    """Each problem once, from top to bottom; the scenario's own file comes first."""
    found = list(dict.fromkeys(problems))
    files = list(dict.fromkeys([tree.mark.source.shown, *(problem.file for problem in found)]))
    return sorted(found, key=lambda p: (files.index(p.file), p.line or 0, p.column or 0))


def _validated(tree: Node) -> tuple[Scenario | None, list[Problem]]:
    """The scenario, if its schema allows it, and everything that is wrong with it."""
    from sim.scenario.scenario import Scenario

    try:
        scenario = Scenario.model_validate(plain(tree))
    except ValidationError as error:
        problems = explain(error.errors(include_url=False), tree)
        return None, [*problems, *further_problems(tree, error)]
    return scenario, [placed(problem, tree) for problem in scenario.semantic_problems()]

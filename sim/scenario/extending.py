"""`extends`: a scenario that takes everything from another and changes what it writes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.scenario.folders import named_file
from sim.scenario.locating import Node, Source
from sim.scenario.merging import lay_over, problem_at
from sim.scenario.reading import read_source
from sim.scenario.shape import scenario_shape
from sim.scenario.shipped import shipped_folder, shipped_names, unknown_season

if TYPE_CHECKING:
    from sim.errors import Problem

DEEPEST_CHAIN: Final = 16
"""Most files that one scenario may stand on."""

_PLACE = ("extends",)


def read_extended(source: Source, repeated: list[Problem]) -> Node:
    """Tree of a scenario laid over everything that it extends.

    Args:
        source: the scenario's file.
        repeated: takes up the problems of settings that are written twice.

    Raises:
        ScenarioError: a file cannot be read, is outside the folder, or extends itself.
    """
    chain: list[Source] = []
    trees: list[Node] = []
    following: Source | None = source
    while following is not None:
        chain.append(following)
        tree = read_source(following, repeated)
        trees.append(tree)
        following = _base_of(tree, chain)
    extended = trees.pop()
    while trees:
        extended = lay_over(extended, trees.pop(), scenario_shape())
    return extended


def _base_of(tree: Node, chain: list[Source]) -> Source | None:
    """The scenario that a tree extends; takes `extends` out of the tree."""
    named = tree.value.pop("extends", None)
    tree.keys.pop("extends", None)
    if named is None or named.is_empty:
        return None
    if not isinstance(named.value, str) or not named.value.strip():
        raise problem_at(named.mark, _PLACE, "must be a file or the name of a shipped season")
    base = _source_of(named)
    paths = [source.path for source in chain]
    if base.path in paths:
        names = [source.path.name for source in chain[paths.index(base.path) :]]
        circle = " → ".join([*names, base.path.name])
        raise problem_at(named.mark, _PLACE, f"goes in a circle: {circle}", "remove one of them")
    if len(chain) >= DEEPEST_CHAIN:
        deep = " → ".join(source.path.name for source in chain)
        raise problem_at(named.mark, _PLACE, f"is more than {DEEPEST_CHAIN} files deep: {deep}")
    return base


def _source_of(named: Node) -> Source:
    name, source = str(named.value), named.mark.source
    if Path(name).suffix.lower() in {".yaml", ".yml"} or "/" in name or "\\" in name:
        path = named_file(named, _PLACE)
        folder = source.shown.rpartition("/")[0]
        return Source(f"{folder}/{name}" if folder else name, path, source.root)
    if name not in shipped_names():
        problem = unknown_season(name)
        raise problem_at(named.mark, _PLACE, problem.message, problem.hint)
    path = shipped_folder() / f"{name}.yaml"
    return Source(f"{name} (shipped)", path, shipped_folder())

"""Changes of a scenario by dotted path: the policies of a file, and `--set` on the command line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sim.errors import Problem, ScenarioError
from sim.scenario.locating import Key, Mark, Node, Place, Source, dotted, plain
from sim.scenario.merging import item_index, lay_over, merges, problem_at, unknown_item
from sim.scenario.reading import parse_value
from sim.scenario.shape import Shape, scenario_shape

if TYPE_CHECKING:
    from collections.abc import Sequence

_PART = re.compile(r'"([^"]*)"|([^."]+)')


@dataclass(frozen=True, slots=True)
class Change:
    """One setting that a policy or the command line gives anew."""

    place: Place
    """Path as written; items of lists may be named."""
    node: Node
    """The new value."""
    mark: Mark
    """Where the change is written."""


def split_path(path: str) -> Place:
    """Parts of a dotted path; a part that itself contains a dot is put in double quotes.

    >>> split_path('products."A.1".stock')
    ('products', 'A.1', 'stock')
    """
    return tuple(quoted or bare for quoted, bare in _PART.findall(path))


def parse_setting(text: str, source: Source) -> Change:
    """Read `path=value`; the value is read as YAML.

    Raises:
        ScenarioError: there is no `=`, no path, or the value is not YAML.
    """
    path, equals, value = text.partition("=")
    shown = Source(f"--set {path.strip()}", source.path, source.root)
    if not equals or not path.strip():
        problem = Problem("", "is not a setting", "write e.g. --set demand.orders_per_day=900")
        raise ScenarioError(Problem("", problem.message, problem.hint, f"--set {text}"))
    return Change(split_path(path.strip()), parse_value(value.strip(), shown), Mark(shown))


def apply_changes(tree: Node, changes: Sequence[Change]) -> Node:
    """Return the tree with all changes made, in their order; the given tree stays as it is.

    Raises:
        ScenarioError: every change whose path does not exist.
    """
    problems: list[Problem] = []
    for change in changes:
        try:
            tree = _changed(tree, change, 0, scenario_shape())
        except ScenarioError as error:
            problems.extend(error.problems)
    if problems:
        raise ScenarioError(problems)
    return tree


def policy_changes(name: str, overrides: Node) -> list[Change]:
    """Changes that a policy makes; dotted and nested ones may be mixed.

    Raises:
        ScenarioError: two of them give the same setting.
    """
    if not overrides.is_mapping:
        if overrides.is_empty:
            return []
        place = ("policies", name)
        raise problem_at(overrides.mark, place, "must be settings", "write e.g. {} for no change")
    changes = [
        Change(split_path(str(key)), node, overrides.keys.get(key, node.mark))
        for key, node in overrides.value.items()
    ]
    settings = [leaf for change in changes for leaf in _leaves(change, scenario_shape())]
    problems = [
        Problem(
            dotted(("policies", name, *second.place)),
            f"is set twice by this policy, first on line {first.mark.line}",
            "keep one of them",
            second.mark.source.shown,
            second.mark.line,
            second.mark.column,
        )
        for index, second in enumerate(settings)
        for first in settings[:index]
        if _same_setting(first.place, second.place)
    ]
    if problems:
        raise ScenarioError(problems)
    return changes


def _same_setting(first: Place, second: Place) -> bool:
    length = min(len(first), len(second))
    return first[:length] == second[:length]


def _leaves(change: Change, shape: Shape | None) -> list[Change]:
    """The single settings behind a change, down to where groups of settings end."""
    below = shape
    for key in change.place:
        below = None if below is None else _step(below, key)
    if below is None or not merges(change.node, change.node, below) or not change.node.value:
        return [change]
    return [
        leaf
        for key, node in change.node.value.items()
        for leaf in _leaves(
            Change((*change.place, key), node, change.node.keys.get(key, node.mark)), shape
        )
    ]


def _step(shape: Shape, key: Key) -> Shape | None:
    """Shape below a key; items of lists have names as well as numbers."""
    return shape.step(0) if shape.items is not None and not shape.blocks else shape.step(key)


def _changed(node: Node, change: Change, depth: int, shape: Shape | None) -> Node:
    """Copy of `node` in which the rest of the change's path, from `depth` on, is set."""
    if depth == len(change.place):
        return lay_over(node, change.node, shape, change.place)
    key, last = change.place[depth], depth == len(change.place) - 1
    if node.is_list:
        return _item_changed(node, change, depth, shape)
    if change.place[0] == "policies" and depth == 2 and not last:
        # The changes of a policy are themselves written by dotted path.
        key = ".".join(str(part) for part in change.place[depth:])
        change, last = Change((*change.place[:depth], key), change.node, change.mark), True
    key = _known_key(node, change, depth, shape)
    changed = Node(dict(node.value), node.mark, dict(node.keys))
    if last and change.node.is_empty:
        changed.value.pop(key, None)
        changed.keys.pop(key, None)
        return changed
    before = node.child(key)
    if before is None or before.is_empty:
        before = change.node.copy() if last else Node({}, change.mark)
    below = None if shape is None else shape.step(key)
    changed.value[key] = _changed(before, change, depth + 1, below)
    changed.keys[key] = change.mark if last else changed.keys.get(key, change.mark)
    return changed


def _item_changed(node: Node, change: Change, depth: int, shape: Shape | None) -> Node:
    key, last = change.place[depth], depth == len(change.place) - 1
    index = item_index(node, key)
    if index is None:
        raise unknown_item(node, key, change.place[:depth], change.mark)
    items = list(node.value)
    if last and change.node.is_empty:
        del items[index]
    else:
        below = None if shape is None else shape.step(index)
        items[index] = _changed(items[index], change, depth + 1, below)
    return Node(items, node.mark, dict(node.keys))


def _known_key(node: Node, change: Change, depth: int, shape: Shape | None) -> Key:
    """The key as the tree has it, or as the schema knows it.

    Raises:
        ScenarioError: there is no such setting here.
    """
    key, here = change.place[depth], change.place[: depth + 1]
    if not node.is_mapping:
        value = plain(node)
        raise problem_at(
            change.mark,
            here,
            f"{dotted(here[:-1])} is {value!r}, a single value",
            f"give {dotted(here[:-1])} as a whole",
        )
    present = next((known for known, _ in node.items() if str(known) == str(key)), None)
    if present is not None:
        return present
    fields = [] if shape is None else list(shape.fields())
    is_group = shape is not None and bool(shape.blocks)
    if key in fields or (shape is not None and not is_group and _may_be_new(change, depth, shape)):
        return int(key) if str(key).isdigit() else key
    names = fields or [str(known) for known, _ in node.items()]
    close = get_close_matches(str(key), names, n=1)
    few = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    hint = f"did you mean {close[0]!r}?" if close else f"known here: {few or 'none'}"
    raise problem_at(change.mark, here, "there is no such setting", hint)


def _may_be_new(change: Change, depth: int, shape: Shape) -> bool:
    """Whether a free name may be added: as a whole, but not by a path into it."""
    last = depth == len(change.place) - 1
    return last if shape.entries is not None else last and not shape.blocks

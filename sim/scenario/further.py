"""What else is wrong with a scenario in which some values cannot be read.

Whoever corrects a file wants to hear everything at once. So the settings that were refused are
taken out, and the checks between fields look at what is left. Taking one out can make others look
wrong: nothing is said about groups that held it, nor about anything that names it or its contents.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from sim.scenario.explaining import place_of, placed
from sim.scenario.locating import Node, Place, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.errors import Problem

_MOST_ROUNDS: Final = 5
"""A setting that may not be missing takes its group out with it, and that may go on."""
_WORD = re.compile(r"\w+")


def further_problems(tree: Node, refused: ValidationError) -> list[Problem]:
    """Problems between the fields that were read; none if too little is left to judge."""
    from sim.scenario.scenario import Scenario

    taken: set[Place] = set()
    names: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        places = {_to_take(place, tree) for place in _deepest(refused, tree)}
        if any(place[:1] in {(), ("season",)} for place in places):
            return []  # every date hangs on the season
        taken |= places
        for place in places:
            names.update(_names_in(tree, place))
        for place in places:
            tree = _without(tree, place)
        try:
            scenario = Scenario.model_validate(plain(tree))
        except ValidationError as error:
            refused = error
            continue
        found = [placed(problem, tree) for problem in scenario.semantic_problems()]
        return [problem for problem in found if not _hangs_on(problem, taken, names)]
    return []


def _deepest(refused: ValidationError, tree: Node) -> list[Place]:
    """Where the errors are, without groups that are only wrong because something in them is."""
    places = {place_of(error, tree) for error in refused.errors()}
    groups = {place[:depth] for place in places for depth in range(len(place))}
    return [place for place in places if place not in groups]


def _to_take(place: Place, tree: Node) -> Place:
    """The setting to take out: a whole list rather than one of its items, as items have numbers."""
    while place and _at(tree, place[:-1]).is_list:
        place = place[:-1]
    return place


def _at(tree: Node, place: Place) -> Node:
    for key in place:
        tree = tree.child(key) or tree
    return tree


def _without(tree: Node, place: Place) -> Node:
    key, rest = place[0], place[1:]
    child = tree.child(key)
    if child is None:
        return tree  # went with its group
    if tree.is_list:
        items = list(tree.value)
        items[int(key)] = _without(child, rest)
        return Node(items, tree.mark, tree.keys)
    left = {name: node for name, node in tree.value.items() if name != key}
    if rest:
        left = {**tree.value, key: _without(child, rest)}
    return Node(left, tree.mark, tree.keys)


def _names_in(tree: Node, place: Place) -> Iterator[str]:
    """What others may call a setting: its key, what a group is one of, and all texts in it."""
    node = _at(tree, place)
    keys = place if node.is_mapping or node.is_list else place[-1:]
    for key in keys:
        yield str(key)
        yield str(key).removesuffix("s")  # `suppliers`: "no supplier has this name"
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield from (str(key) for key in node.keys)
        if isinstance(node.value, str):
            yield node.value
        waiting += [child for _, child in node.items()]


def _hangs_on(problem: Problem, taken: set[Place], names: set[str]) -> bool:
    """Whether a problem may be there only because something was taken out."""
    path = problem.path.split(".")
    for place in taken:
        shared = min(len(path), len(place))
        if path[:shared] == [str(key) for key in place[:shared]]:
            return True
    return str(problem.value) in names or not names.isdisjoint(_WORD.findall(problem.message))

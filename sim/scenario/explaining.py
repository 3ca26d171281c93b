"""From pydantic's errors to problems in plain words, each at the place it was written."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from sim.errors import NOTHING, BadValue, Problem, Typed
from sim.scenario.csv_tables import TABLES
from sim.scenario.locating import Key, Mark, Node, Place, dotted, find
from sim.scenario.shape import Shape, scenario_shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

_MOST_NAMES = 12
_QUOTED = re.compile(r"'([^']*)'")
_PLAIN_MESSAGES: Final = {
    "string_type": ("must be text", "put it in quotes"),
    "int_type": ("must be a whole number", "write e.g. 3"),
    "int_from_float": ("must be a whole number", "write e.g. 3"),
    "float_type": ("must be a number", "write it without quotes and without a unit"),
    "bool_type": ("must be true or false", None),
    "finite_number": ("must be a finite number", "write e.g. 1.5"),
    "tuple_type": ("must be a list", "write [a, b] or one item per line, each after `- `"),
    "table": ("must be a list or a CSV file", "name a file that ends in .csv"),
    "dict_type": ("must be a mapping", "write {name: value}"),
    "model_type": ("must be a group of settings", "write {name: value}"),
    "model_attributes_type": ("must be a group of settings", "write {name: value}"),
    "greater_than": ("must be above {gt}", None),
    "greater_than_equal": ("must be at least {ge}", None),
    "less_than": ("must be below {lt}", None),
    "less_than_equal": ("must be at most {le}", None),
    "too_short": ("needs at least {min_length}", None),
    "string_too_short": ("must have at least {min_length} characters", None),
    "string_too_long": ("must have at most {max_length} characters", None),
    "int_parsing_size": ("is too large", None),
}


@dataclass(frozen=True, slots=True)
class _Error:
    """One error of pydantic, with its place in the tree."""

    details: ErrorDetails
    place: Place
    """Path in the tree, without the branches of unions."""
    branches: tuple[tuple[Place, str], ...]
    """Unions that were passed: where, and which branch this error comes from."""
    node: Node
    """Deepest node on the path."""
    shape: Shape | None
    """What the schema allows at the end of the path."""
    root: Shape
    """What it allows in the file as a whole."""


def explain(errors: Iterable[ErrorDetails], tree: Node, root: Shape | None = None) -> list[Problem]:
    """Problems behind the errors of one validation, each once, in the order of the schema.

    Args:
        errors: What pydantic found.
        tree: The file.
        root: What the schema allows in the file; None: a scenario.
    """
    root = root or scenario_shape()
    located = _chosen([_locate(error, tree, root) for error in errors], tree)
    problems: dict[tuple[object, ...], Problem] = {}
    for error in located:
        problem = _problem(error, tree)
        # A column of a table that nobody knows is one problem, however many rows it has.
        is_column = error.details["type"] == "extra_forbidden"
        path = "" if is_column else problem.path
        key = (problem.file, problem.line, problem.column, path, problem.message)
        before = problems.get(key)
        problems[key] = problem if before is None else _joined(before, problem)
    return list(problems.values())


def place_of(details: ErrorDetails, tree: Node) -> Place:
    """The setting that one error of pydantic is about: for a missing one, the group it lacks in."""
    place = _locate(details, tree, scenario_shape()).place
    return place[:-1] if details["type"] == "missing" else place


def placed(problem: Problem, tree: Node) -> Problem:
    """The same problem with file, line and column of the deepest setting on its path."""
    if problem.file is not None:
        return problem
    place, node = find(tree, problem.path)
    parent = tree
    for key in place[:-1]:
        parent = parent.child(key) or parent
    exact = dotted(place) == problem.path
    mark = node.mark if exact or not place else parent.keys.get(place[-1], node.mark)
    value = problem.value
    if value is NOTHING and exact and not node.is_mapping and not node.is_list:
        value = _shown_value(node)
    return replace(problem, file=mark.source.shown, line=mark.line, column=mark.column, value=value)


def _locate(details: ErrorDetails, tree: Node, root: Shape) -> _Error:
    """Walk the location down the tree; parts that are not in it are branches of unions."""
    place: list[Key] = []
    branches: list[tuple[Place, str]] = []
    node: Node = tree
    shape: Shape | None = root
    last = len(details["loc"]) - 1
    for index, part in enumerate(details["loc"]):
        child = node.child(part)
        if child is not None:
            node, shape = child, None if shape is None else shape.step(part)
            place.append(part)
        elif part == "[key]":
            continue
        elif (index == last and details["type"] == "missing") or _may_hold(node, shape, part):
            place.append(part)
        else:
            branches.append((tuple(place), str(part)))
    return _Error(details, tuple(place), tuple(branches), node, shape, root)


def _may_hold(node: Node, shape: Shape | None, part: Key) -> bool:
    """Whether a part is a setting that was left out, rather than a branch of a union."""
    return node.is_mapping and shape is not None and str(part) in shape.fields()


def _chosen(errors: list[_Error], tree: Node) -> list[_Error]:
    """Leave out the branches of unions that the writer cannot have meant."""
    unions: dict[Place, list[tuple[_Error, str]]] = defaultdict(list)
    for error in errors:
        for at, branch in error.branches:
            unions[at].append((error, branch))
    left_out = {id(error) for at, tried in unions.items() for error in _not_meant(at, tried, tree)}
    chosen = [error for error in errors if id(error) not in left_out and not _is_consequence(error)]
    return chosen or errors  # a refusal always says why


def _not_meant(at: Place, tried: list[tuple[_Error, str]], tree: Node) -> list[_Error]:
    """Errors of the branches of one union that do not fit what was written there."""
    node, shape = tree, tried[0][0].root
    for key in at:
        node = node.child(key) or node
        shape = shape.step(key) or shape
    names = {block.__name__ for block in shape.blocks}
    of_groups = [error for error, branch in tried if branch in names]
    of_values = [error for error, branch in tried if branch not in names]
    if node.is_mapping:
        group_is_meant = not shape.takes_mappings or bool(set(node.value) & set(shape.fields()))
        left_out, kept = (of_values, of_groups) if group_is_meant else (of_groups, of_values)
        return left_out if kept else []
    refused = [error for error in of_groups if error.details["type"].startswith("model_")]
    words = [error for error in of_values if error.details["type"] == "literal_error"]
    if len(refused) == len(of_groups):
        far = [word for word in words if _one_of(word)[1] is None]
        others = len(far) < len(of_values)
        return refused + (far if others else []) if of_values else []
    return refused + words


def _is_consequence(error: _Error) -> bool:
    """Whether a list counts as too short only because its items are wrong."""
    context: dict[str, Any] = error.details.get("ctx") or {}
    is_short = error.details["type"] == "too_short"
    return is_short and len(error.node.items()) >= context.get("min_length", 0)


def _problem(error: _Error, tree: Node) -> Problem:
    message, hint = _message(error)
    mark, value = _mark_and_value(error, tree)
    return Problem(
        dotted(error.place), message, hint, mark.source.shown, mark.line, mark.column, value
    )


def _mark_and_value(error: _Error, tree: Node) -> tuple[Mark, object]:
    """Where to point, and what to show: the value, its key, or the group that lacks it."""
    kind = error.details["type"]
    if kind == "missing":
        return error.node.mark, NOTHING
    parent = tree
    for key in error.place[:-1]:
        parent = parent.child(key) or parent
    if kind == "extra_forbidden" or "[key]" in error.details["loc"]:
        last = error.place[-1] if error.place else ""
        return parent.keys.get(last, error.node.mark), NOTHING
    if error.node.is_mapping or error.node.is_list:
        return error.node.mark, NOTHING
    return error.node.mark, _shown_value(error.node)


def _shown_value(node: Node) -> object:
    """A value as it was typed, if it was read as a number."""
    is_number = isinstance(node.value, int | float) and not isinstance(node.value, bool)
    return Typed(node.raw) if is_number and node.raw else node.value


def _message(error: _Error) -> tuple[str, str | None]:
    """What is wrong, and what would be right."""
    details = error.details
    context: dict[str, Any] = details.get("ctx") or {}
    kind = details["type"]
    if kind == "tuple_type" and error.place in TABLES:
        kind = "table"
    raised = context.get("error")
    if isinstance(raised, BadValue):
        return raised.message, raised.hint
    if kind == "missing":
        return "is missing", _what_belongs(error)
    if kind == "extra_forbidden":
        return "is not a setting here", _known_settings(error)
    if kind == "literal_error":
        return _one_of(error)
    if kind in _PLAIN_MESSAGES:
        message, hint = _PLAIN_MESSAGES[kind]
        return message.format(**context), hint
    return details["msg"][:1].lower() + details["msg"][1:], None


def _what_belongs(error: _Error) -> str | None:
    shape = error.shape
    step = None if shape is None else shape.step(error.place[-1])
    if step is None or not step.reads:
        return None
    examples = step.reads[0].schema.get("examples")
    return f"write e.g. {error.place[-1]}: {examples[0]}" if examples else None


def _known_settings(error: _Error) -> str | None:
    """Settings of the group in which an unknown one was found."""
    shape: Shape | None = error.root
    for key in error.place[:-1]:
        shape = None if shape is None else shape.step(key)
    names = [] if shape is None else list(shape.fields())
    unknown = str(error.place[-1])
    close = get_close_matches(unknown, names, n=1) or _same_letters(unknown, names)
    if close:
        return f"did you mean {close[0]!r}?"
    if error.node.is_empty and " " in unknown:
        return "text that holds a comma needs quotes between { and }"
    notes = {"source", "assumption", "note"}
    own = [name for name in names if name not in notes]
    more = ", …" if len(own) > _MOST_NAMES else ""
    return f"known here: {', '.join(own[:_MOST_NAMES])}{more}" if own else None


def _same_letters(unknown: str, names: list[str]) -> list[str]:
    """A name that differs only in capitals, dashes or spaces."""
    folded = unknown.casefold().replace("-", "_").replace(" ", "_")
    return [name for name in names if name == folded]


def _one_of(error: _Error) -> tuple[str, str | None]:
    """A word that is not among the fixed ones."""
    context: dict[str, Any] = error.details.get("ctx") or {}
    words = _QUOTED.findall(str(context.get("expected", "")))
    written = error.place[-1] if "[key]" in error.details["loc"] else error.details["input"]
    close = get_close_matches(str(written), words, n=1)
    message = f"must be {'one of ' if len(words) > 1 else ''}{', '.join(words)}"
    return message, f"did you mean {close[0]!r}?" if close else None


def _joined(first: Problem, second: Problem) -> Problem:
    """Two branches of a union refused the same value: both hints may help."""
    hints = [hint for hint in dict.fromkeys((first.hint, second.hint)) if hint]
    return replace(first, hint=", or ".join(hints) or None)

"""Tables of a scenario kept as CSV files: products, stock, open orders.

The first row names the fields, those of a group with a dot: `launch.units`. Cells are read like
values of a scenario, except that identifiers and names always stay text, and an empty cell is a
field left out; so is a group of which all cells are empty.
"""

from __future__ import annotations

import csv
import io
from typing import Final, NamedTuple

from sim.errors import BadValue, Problem, ScenarioError
from sim.scenario.files import MOST_HISTORY_BYTES, MOST_TABLE_BYTES, check_file, read_text
from sim.scenario.folders import named_file
from sim.scenario.locating import Key, Mark, Node, Place, Source, dotted
from sim.scenario.reading import read_scalar
from sim.scenario.shape import Shape, scenario_shape

TABLES: Final[tuple[Place, ...]] = (
    ("products",),
    ("opening", "stock"),
    ("opening", "open_purchase_orders"),
    ("opening", "open_orders"),
)
"""Settings that may name a CSV file."""
HISTORY: Final[Place] = ("demand", "history")
"""The setting that names an order history, which is read when orders are replayed."""

_MOST_CELL = 10_000


def expand_tables(tree: Node, places: tuple[Place, ...] = TABLES) -> Node:
    """Return the tree with every named CSV file read into its place.

    An order history is only found and checked here: its path becomes absolute.

    Raises:
        ScenarioError: all problems of all tables.
    """
    problems: list[Problem] = []
    for place in (*places, HISTORY):
        try:
            tree = _expanded(tree, place, place)
        except ScenarioError as error:
            problems.extend(error.problems)
    if problems:
        raise ScenarioError(problems)
    return tree


def _expanded(node: Node, rest: Place, place: Place) -> Node:
    if not rest and place == HISTORY:
        return _found(node)
    if not rest:
        if isinstance(node.value, str) and node.value.lower().endswith(".csv"):
            return read_table(node, place)
        return node
    child = node.child(rest[0])
    if child is None or not node.is_mapping:
        return node
    expanded = _expanded(child, rest[1:], place)
    if expanded is child:
        return node
    return Node({**node.value, rest[0]: expanded}, node.mark, node.keys)


def _found(named: Node) -> Node:
    """The node of a history with the absolute path of its file; as it is if found before."""
    if not isinstance(named.value, str) or named.value != named.raw:
        return named
    path = named_file(named, HISTORY)
    check_file(Source(_shown(named, path.name), path, named.mark.source.root), MOST_HISTORY_BYTES)
    return Node(str(path), named.mark, raw=named.raw)


def read_table(named: Node, place: Place) -> Node:
    """List of records from the CSV file that a node names.

    Raises:
        ScenarioError: the file cannot be read, or is not a table; with its line and column.
    """
    path = named_file(named, place)
    source = Source(_shown(named, path.name), path, named.mark.source.root)
    text = read_text(source, MOST_TABLE_BYTES)
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    shape = scenario_shape()
    for key in (*place, 0):
        below = shape.step(key)
        shape = Shape() if below is None else below
    try:
        header = _header(next(rows, []), source)
        line = rows.line_num + 1
        records: list[Node] = []
        for row in rows:
            if any(cell.strip() for cell in row):
                records.append(_record(row, header, shape, Mark(source, line, 1)))
            line = rows.line_num + 1
    except csv.Error as error:
        raise _error(Mark(source, rows.line_num, 1), f"is not CSV: {error}") from None
    if not records:
        raise _error(Mark(source, 1, 1), f"the table for {dotted(place)} is empty")
    return Node(records, named.mark)


def _header(row: list[str], source: Source) -> list[tuple[str, Mark]]:
    names = [(cell.strip(), Mark(source, 1, column)) for column, cell in enumerate(row, start=1)]
    while names and not names[-1][0]:
        names.pop()
    if not names:
        raise _error(Mark(source, 1, 1), "the table is empty", "the first row names the fields")
    if len(names) == 1 and any(sign in names[0][0] for sign in ";\t|"):
        raise _error(names[0][1], "the table has one column", "separate columns by commas")
    seen: set[str] = set()
    for name, mark in names:
        if not name:
            raise _error(mark, "a column has no name")
        if name in seen:
            raise _error(mark, f"the column {name!r} is there twice")
        if not all(name.split(".")):
            raise _error(mark, f"the column {name!r} names no field", "write group.field")
        seen.add(name)
    for name, mark in names:
        inside = next((other for other in seen if other.startswith(f"{name}.")), None)
        if inside is not None:
            raise _error(mark, f"the column {name!r} is the group of {inside!r}", "keep one")
    return names


class _Cell(NamedTuple):
    """What a cell says of which field."""

    path: tuple[str, ...]
    """The field; of a group: the group, then the field."""
    column: Mark
    value: Node


def _record(row: list[str], header: list[tuple[str, Mark]], shape: Shape, mark: Mark) -> Node:
    if any(cell.strip() for cell in row[len(header) :]):
        place = Mark(mark.source, mark.line, len(header) + 1)
        raise _error(place, f"the row has more cells than the {len(header)} columns")
    cells: list[_Cell] = []
    for column, ((name, name_mark), cell) in enumerate(zip(header, row, strict=False), start=1):
        text = cell.strip()
        if not text:
            continue
        here = Mark(mark.source, mark.line, column)
        if len(text) > _MOST_CELL:
            raise _error(here, f"a cell of more than {_MOST_CELL:,} characters")
        path = tuple(name.split("."))
        try:
            value = text if _is_text(shape, path) else read_scalar(text)
        except BadValue as error:
            raise _error(here, error.message, error.hint) from None
        cells.append(_Cell(path, name_mark, Node(value, here, raw=text)))
    return _grouped(cells, mark)


def _is_text(shape: Shape, path: tuple[str, ...]) -> bool:
    """Whether a field takes text, whatever it looks like."""
    below: Shape | None = shape
    for name in path:
        below = None if below is None else below.step(name)
    return below is not None and below.is_text


def _grouped(cells: list[_Cell], mark: Mark) -> Node:
    """The fields of a record or a group, which stands where its first cell does."""
    groups: dict[str, list[_Cell]] = {}
    for cell in cells:
        groups.setdefault(cell.path[0], []).append(cell)
    values: dict[Key, Node] = {}
    for name, inside in groups.items():
        first, deeper = inside[0], [cell._replace(path=cell.path[1:]) for cell in inside]
        values[name] = _grouped(deeper, first.value.mark) if first.path[1:] else first.value
    return Node(values, mark, {name: inside[0].column for name, inside in groups.items()})


def _shown(named: Node, name: str) -> str:
    """How messages name the table: beside the scenario as the user named that."""
    shown = named.mark.source.shown
    folder = shown.rpartition("/")[0]
    return name if shown.startswith("--set") or not folder else f"{folder}/{named.value}"


def _error(mark: Mark, message: str, hint: str | None = None) -> ScenarioError:
    return ScenarioError(Problem("", message, hint, mark.source.shown, mark.line, mark.column))

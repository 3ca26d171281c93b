"""A season as forms: every setting with its label, its value and its meaning, from the schema.

What stands in the file comes first; what the schema assumes beside it comes behind. Nothing here
knows Streamlit.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sim.scenario.base import Block
from sim.scenario.locating import dotted
from sim.scenario.shape import Shape, field_shape, scenario_shape, shape_of
from sim.scenario.writing import resolved

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sim.scenario import Scenario

_NOTES: Final = frozenset({"source", "assumption", "note"})
_ELSEWHERE: Final = frozenset({"name", "question", "currency", "policies", "plan", "validation"})
_BY_DAY: Final = ("Shift", "hours")
"""Days of the week stand directly in a shift, so this name of theirs is not for files."""
_NAMING: Final = ("sku", "name")
_LABELS: Final = {"backorder_area": "Backorder area", "third_party": "Third party"}


@dataclass(frozen=True, slots=True)
class Field:
    """A single setting."""

    path: str
    """Dotted, as `--set` takes it."""
    label: str
    value: str
    """As it stands in a file; empty: not set."""
    help: str
    choices: tuple[str, ...]
    """The words that may stand here; none: anything may be written."""
    given: bool
    """Whether the season says it; else it is the schema's default."""


@dataclass(frozen=True, slots=True)
class Table:
    """A list of groups, one row each, such as products or cohorts."""

    path: str
    label: str
    help: str
    naming: str
    """The column by which a row is addressed."""
    columns: Mapping[str, str]
    """What each column means."""
    rows: tuple[Mapping[str, str], ...]

    def cell(self, row: int, column: str) -> str:
        """Path of a cell."""
        return f"{self.path}.{dotted((self.rows[row][self.naming], column))}"


@dataclass(frozen=True, slots=True)
class Part:
    """A group of settings with what is inside it."""

    path: str
    label: str
    about: str
    source: str
    """Where its figures come from; an assumption is said to be one."""
    fields: tuple[Field, ...]
    tables: tuple[Table, ...]
    parts: tuple[Part, ...]


def parts_of(scenario: Scenario) -> tuple[Part, ...]:
    """The groups of settings that a season has, in the order of the schema."""
    tree = resolved(scenario)
    top = _part("", "", tree, scenario_shape(), scenario)
    lists = (Part(each.path, each.label, each.help, "", (), (each,), ()) for each in top.tables)
    return (*lists, *top.parts)


def _part(path: str, label: str, tree: Mapping[str, Any], shape: Shape, block: Any) -> Part:
    fields, tables, parts = [], [], []
    for name, info in shape.fields().items():
        if name in _NOTES or (not path and name in _ELSEWHERE) or (label, name) == _BY_DAY:
            continue
        place, inside, value = f"{path}.{name}".lstrip("."), field_shape(info), tree.get(name)
        meaning, child = " ".join((info.description or "").split()), _child(block, name)
        if isinstance(value, dict) and inside.blocks:
            parts.append(_part(place, _label(name), value, inside, child))
        elif isinstance(value, dict) and inside.entries is not None:
            parts.extend(_entries(place, name, value, shape_of(inside.entries), child))
        elif _is_table(value):
            tables.append(_table(place, name, value, inside, meaning))
        elif value is not None or _may_be_written(inside):
            fields.append(_field(place, name, value, inside, meaning, _said(block, name)))
    about = " ".join((type(block).__doc__ or "").split()) if isinstance(block, Block) else ""
    return Part(path, label, about, _origin(tree), tuple(fields), tuple(tables), tuple(parts))


def _entries(
    place: str, name: str, value: Mapping[str, Any], shape: Shape, child: Any
) -> Iterator[Part]:
    for key, settings in value.items():
        if isinstance(settings, dict):
            inside = child.get(key) if isinstance(child, dict) else None
            label = f"{_label(name)}: {key}"
            yield _part(f"{place}.{dotted((key,))}", label, settings, shape, inside)


def _field(place: str, name: str, value: Any, shape: Shape, meaning: str, given: bool) -> Field:
    choices = shape.literals if not (shape.reads or shape.blocks or shape.plain) else ()
    if shape.plain == (bool,):
        choices = ("yes", "no")
    return Field(place, _label(name), _text(value), meaning, tuple(choices), given)


def _table(place: str, name: str, value: Any, shape: Shape, meaning: str) -> Table:
    naming = next(key for key in _NAMING if key in value[0])
    known = shape_of(shape.items).fields()
    columns = {
        column: " ".join((info.description or "").split())
        for column, info in known.items()
        if column not in _NOTES and any(_is_plain(row.get(column)) for row in value)
    }
    rows = tuple({column: _text(row.get(column)) for column in columns} for row in value)
    return Table(place, _label(name), meaning, naming, columns, rows)


def _said(block: Any, name: str) -> bool:
    """Whether a season says a setting itself."""
    return isinstance(block, Block) and _in_python(block, name) in block.model_fields_set


def _child(block: Any, name: str) -> Any:
    """What stands in a field, by its name in files."""
    if not isinstance(block, Block):
        return None
    return getattr(block, _in_python(block, name), None)


def _in_python(block: Block, name: str) -> str:
    names = {info.alias or field: field for field, info in type(block).model_fields.items()}
    return names.get(name, name)


def _origin(tree: Mapping[str, Any]) -> str:
    said = tree.get("assumption")
    if tree.get("source"):
        return f"Source: {tree['source']}"
    if said:
        return "An assumption" if said is True else f"An assumption: {said}"
    return ""


def _is_table(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(row, dict) and any(key in row for key in _NAMING) for row in value)
    )


def _may_be_written(shape: Shape) -> bool:
    """Whether a single line of text can give a setting that is not given."""
    return bool(shape.reads or shape.literals or shape.plain) and not shape.blocks


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int | float | bool)


def _label(name: str) -> str:
    words = _LABELS.get(name, name.replace("_", " "))
    return words[:1].upper() + words[1:]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict | list):
        return _flow(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _flow(value: Any) -> str:
    """A value in one line of YAML.

    >>> _flow({"gamma": {"mean": "38 days", "cv": 0.25}}), _flow(["2026-10-05", {"a": True}])
    ('{gamma: {mean: 38 days, cv: 0.25}}', '[2026-10-05, {a: yes}]')
    """
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_flow(key)}: {_flow(each)}' for key, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    text = _text(value)
    return json.dumps(text) if isinstance(value, str) and set(text) & set(',:{}[]"#') else text

"""Laying one tree over another: groups of settings merge, values replace.

A value is whatever is written in one setting, even if it is a list or a mapping, such as a
distribution, shares by number or hours by weekday. Items of a list are reached by their name
(`products: {MUG-RED: {stock: 500 units}}`). `null` takes a setting back to its default.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from sim.errors import Problem, ScenarioError
from sim.scenario.locating import Key, Mark, Node, Place, dotted

if TYPE_CHECKING:
    from sim.scenario.shape import Shape

_NAMING = ("sku", "name", "order")


def lay_over(base: Node, top: Node, shape: Shape | None, place: Place = ()) -> Node:
    """Return `base` with `top` laid over it; neither is changed.

    Raises:
        ScenarioError: `top` names an item that a list of `base` does not have.
    """
    if merges(base, top, shape):
        return _merged(base, top, shape, place)
    if base.is_list and top.is_mapping and shape is not None and shape.items is not None:
        return _items_changed(base, top, shape, place)
    return top.copy()


def merges(base: Node, top: Node, shape: Shape | None) -> bool:
    """Whether both are groups of settings, so that the one adds to the other."""
    if shape is None or not base.is_mapping or not top.is_mapping:
        return False
    if shape.entries is not None:
        return True
    if not shape.blocks:
        return False
    if not shape.has_values and len(shape.blocks) == 1:
        return True
    known = shape.fields()
    return all(key in known for node in (base, top) for key in node.value)


def item_index(items: Node, key: Key) -> int | None:
    """Index of a list item by its number, or by its `sku` or `name`."""
    for index, item in items.items():
        for naming in _NAMING:
            named = item.child(naming)
            if named is not None and str(key) in (named.value, named.raw):
                return int(index)
    if str(key).isdigit() and int(key) < len(items.value):
        return int(key)
    return None


def unknown_item(items: Node, key: Key, place: Place, mark: Mark) -> ScenarioError:
    """The error of a name that no item of a list has."""
    names = [
        str(named.value)
        for _, item in items.items()
        for naming in _NAMING
        if (named := item.child(naming)) is not None
    ]
    close = get_close_matches(str(key), names, n=1)
    few = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    hint = f"did you mean {close[0]!r}?" if close else f"known: {few or 'none'}"
    return problem_at(mark, (*place, key), "no item of the list has this name", hint)


def problem_at(mark: Mark, place: Place, message: str, hint: str | None = None) -> ScenarioError:
    """One problem at a place."""
    file = mark.source.shown
    return ScenarioError(Problem(dotted(place), message, hint, file, mark.line, mark.column))


def _merged(base: Node, top: Node, shape: Shape | None, place: Place) -> Node:
    merged = Node(dict(base.value), top.mark, dict(base.keys))
    for key, node in top.value.items():
        if node.is_empty:
            merged.value.pop(key, None)
            merged.keys.pop(key, None)
            continue
        before = merged.value.get(key)
        below = None if shape is None else shape.step(key)
        merged.value[key] = (
            node.copy() if before is None else lay_over(before, node, below, (*place, key))
        )
        merged.keys[key] = top.keys.get(key, node.mark)
    return merged


def _items_changed(base: Node, top: Node, shape: Shape, place: Place) -> Node:
    items = list(base.value)
    dropped: set[int] = set()
    for key, node in top.value.items():
        index = item_index(base, key)
        if index is None:
            raise unknown_item(base, key, place, top.keys.get(key, node.mark))
        if node.is_empty:
            dropped.add(index)
        else:
            items[index] = lay_over(items[index], node, shape.step(index), (*place, key))
    return Node([item for index, item in enumerate(items) if index not in dropped], base.mark)

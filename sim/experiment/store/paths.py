"""Two trees of settings compared, setting by setting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.scenario.locating import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NAMING = ("sku", "name", "order")
_MISSING: Any = object()


@dataclass(frozen=True, slots=True)
class Change:
    """A setting that differs."""

    path: str
    """Dotted, as `--set` takes it; items of lists by their name."""
    before: Any
    """None: not set."""
    after: Any


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Settings of two resolved scenarios that differ, in the order of the scenario.

    >>> changes({"a": {"b": 1}, "c": [{"sku": "X", "n": 1}]}, {"a": {"b": 2}, "c": []})[1:]
    [Change(path='c.X.sku', before='X', after=None), Change(path='c.X.n', before=1, after=None)]
    """
    old, new = dict(_leaves(before, ())), dict(_leaves(after, ()))
    return [
        Change(dotted(place), old.get(place), new.get(place))
        for place in dict.fromkeys([*old, *new])
        if old.get(place, _MISSING) != new.get(place, _MISSING)
    ]


def _leaves(value: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict) and value:
        for key, child in value.items():
            yield from _leaves(child, (*place, str(key)))
    elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        names = [_name(item) for item in value]
        unique = None not in names and len(set(names)) == len(names)
        for number, item in enumerate(value):
            yield from _leaves(item, (*place, str(names[number] if unique else number)))
    elif value not in ({}, []):
        yield place, value


def _name(item: Mapping[str, Any]) -> str | None:
    return next((str(item[key]) for key in _NAMING if key in item), None)

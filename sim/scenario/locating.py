"""A scenario's tree in which every value knows where it was written.

Trees from several files are merged, and settings of the command line are laid over them; each
value keeps the mark of the place it came from, so that an error always points at its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

Key: TypeAlias = str | int
"""Key of a mapping, or index of a list."""
Place: TypeAlias = tuple[Key, ...]
"""Path from the top of the scenario to a value."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a setting of the command line."""

    shown: str
    """How messages name it."""
    path: Path
    """The file itself, resolved; for a setting, the scenario that it belongs to."""
    root: Path
    """Folder that files named in it must be in."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a source."""

    source: Source
    line: int | None = None
    """Counted from 1."""
    column: int | None = None
    """Counted from 1."""


@dataclass(slots=True)
class Node:
    """A mapping, a list or a single value, and where it begins."""

    value: Any
    """Children by key, a list of children, or a single value."""
    mark: Mark
    keys: dict[Key, Mark] = field(default_factory=dict)
    """Where each key of a mapping stands."""
    raw: str | None = None
    """A single value as it was typed, before it was read as a number."""

    @property
    def is_mapping(self) -> bool:
        """Whether children stand under keys."""
        return isinstance(self.value, dict)

    @property
    def is_list(self) -> bool:
        """Whether children stand in a row."""
        return isinstance(self.value, list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written, or `null`."""
        return self.value is None

    def items(self) -> list[tuple[Key, Node]]:
        """Children with their keys or indices."""
        if isinstance(self.value, dict):
            return list(self.value.items())
        if isinstance(self.value, list):
            return list(enumerate(self.value))
        return []

    def child(self, key: object) -> Node | None:
        """Child under a key or index; None if there is none."""
        if isinstance(self.value, dict):
            if not isinstance(key, str | int):
                return None
            found = self.value.get(key)
            return found if found is not None else self.value.get(str(key))
        if isinstance(self.value, list) and isinstance(key, int) and 0 <= key < len(self.value):
            found = self.value[key]
            return found if isinstance(found, Node) else None
        return None

    def copy(self) -> Node:
        """A tree of its own, so that changing it leaves the other as it is."""
        value: Any = self.value
        if isinstance(value, dict):
            value = {key: node.copy() for key, node in value.items()}
        elif isinstance(value, list):
            value = [node.copy() for node in value]
        return Node(value, self.mark, dict(self.keys), self.raw)


def plain(node: Node) -> Any:
    """The tree as dictionaries, lists and values."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def node_of(value: Any, mark: Mark) -> Node:
    """A tree from plain values that all stand at one place."""
    if isinstance(value, Mapping):
        children = {key: node_of(child, mark) for key, child in value.items()}
        return Node(children, mark, dict.fromkeys(children, mark))
    if isinstance(value, list | tuple):
        return Node([node_of(child, mark) for child in value], mark)
    return Node(value, mark)


def walk(node: Node, place: Place = ()) -> Iterator[tuple[Place, Node]]:
    """Every node of a tree with its place, parents first."""
    yield place, node
    for key, child in node.items():
        yield from walk(child, (*place, key))


def dotted(place: Place) -> str:
    """A place as people write it: `suppliers.shenzhen.lead_time`."""
    return ".".join(str(key) for key in place)


def find(tree: Node, path: str) -> tuple[Place, Node]:
    """Deepest node on a dotted path, and its place. Keys may themselves contain dots."""
    place: Place = ()
    node = tree
    parts = path.split(".") if path else []
    while parts:
        for taken in range(len(parts), 0, -1):
            joined = ".".join(parts[:taken])
            key: Key = int(joined) if node.is_list and joined.isdigit() else joined
            child = node.child(key)
            if child is not None:
                break
        else:
            break
        place, node, parts = (*place, key), child, parts[taken:]
    return place, node

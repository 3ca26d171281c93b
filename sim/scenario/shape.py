"""What the schema allows at a place: asked by merging, by tables and by error texts."""

from __future__ import annotations

import types
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from sim.scenario.base import Block
from sim.scenario.reads import Reads

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic.fields import FieldInfo

    from sim.scenario.locating import Key


@dataclass(frozen=True)
class Shape:
    """What may stand at one place, all alternatives of a union together."""

    blocks: tuple[type[Block], ...] = ()
    """Groups of settings."""
    entries: Any = None
    """Type of the values of a mapping whose names are free, if those are groups."""
    items: Any = None
    """Type of the items of a list."""
    reads: tuple[Reads, ...] = ()
    """Values written in a planner's words."""
    literals: tuple[str, ...] = ()
    """Fixed words."""
    plain: tuple[type, ...] = ()
    """Plain types: str, int, float, bool, and mappings with plain values."""

    @property
    def has_values(self) -> bool:
        """Whether something else than a group of settings may stand here."""
        return bool(self.items or self.reads or self.literals or self.plain)

    @property
    def takes_mappings(self) -> bool:
        """Whether a mapping may stand here that is not a group of settings."""
        return dict in self.plain or any(
            "object" in read.schema.get("type", "") for read in self.reads
        )

    @property
    def is_text(self) -> bool:
        """Whether text stands here as it is, even if it looks like a number."""
        return str in self.plain or any(read.words == "name" for read in self.reads)

    def fields(self) -> dict[str, FieldInfo]:
        """Fields of all groups, by the name used in files."""
        return {name: info for block in self.blocks for name, info in file_fields(block).items()}

    def step(self, key: Key) -> Shape | None:
        """Shape of what stands under a key or index; None if the schema has no such place."""
        if isinstance(key, int) and self.items is not None:
            return shape_of(self.items)
        found = self.fields().get(str(key))
        if found is not None:
            return field_shape(found)
        if self.entries is not None:
            return shape_of(self.entries)
        return None


@cache
def scenario_shape() -> Shape:
    """Shape of a whole scenario."""
    from sim.scenario.scenario import Scenario

    return Shape(blocks=(Scenario,))


def file_fields(block: type[Block]) -> dict[str, FieldInfo]:
    """Fields of a block by the name used in files."""
    return {info.alias or name: info for name, info in block.model_fields.items()}


def field_shape(info: FieldInfo) -> Shape:
    """Shape of a field; its annotation and its metadata are kept apart by pydantic."""
    reads = tuple(item for item in info.metadata if isinstance(item, Reads))
    return Shape(reads=reads) if reads else shape_of(info.annotation)


def shape_of(annotation: Any) -> Shape:
    """Shape of an annotation."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in {Union, types.UnionType}:
        return _joined(shape_of(argument) for argument in arguments if argument is not type(None))
    if origin is Annotated:
        reads = tuple(item for item in arguments[1:] if isinstance(item, Reads))
        return Shape(reads=reads) if reads else shape_of(arguments[0])
    if origin is dict:
        return _mapping_shape(arguments[1])
    return _simple_shape(annotation, origin, arguments)


def _simple_shape(annotation: Any, origin: Any, arguments: tuple[Any, ...]) -> Shape:
    if origin is Literal:
        return Shape(literals=tuple(str(argument) for argument in arguments))
    if origin is tuple:
        return Shape(items=arguments[0])
    if isinstance(annotation, type) and issubclass(annotation, Block):
        return Shape(blocks=(annotation,))
    return Shape(plain=(annotation,)) if isinstance(annotation, type) else Shape(plain=(object,))


def _mapping_shape(values: Any) -> Shape:
    """A mapping of groups has entries; a mapping of plain values is a value as a whole."""
    if get_origin(values) is dict or shape_of(values).blocks:
        return Shape(entries=values)
    return Shape(plain=(dict,))


def _joined(shapes: Iterable[Shape]) -> Shape:
    listed = list(shapes)
    return Shape(
        blocks=tuple(block for shape in listed for block in shape.blocks),
        entries=next((shape.entries for shape in listed if shape.entries is not None), None),
        items=next((shape.items for shape in listed if shape.items is not None), None),
        reads=tuple(read for shape in listed for read in shape.reads),
        literals=tuple(word for shape in listed for word in shape.literals),
        plain=tuple(kind for shape in listed for kind in shape.plain),
    )

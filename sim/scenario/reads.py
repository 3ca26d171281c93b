"""How an annotated type reads a planner's text and writes it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import CoreSchema, PydanticSerializationUnexpectedValue, core_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler


@dataclass(frozen=True, slots=True, eq=False)
class Reads:
    """Annotation of a type whose values are written in a planner's words.

    It reads text into the engine's number, writes the number back as text that reads the same,
    names the type in plain words for the reference page, and describes it to editors.
    """

    words: str
    """What is to be written, in plain words: `span of time`."""
    read: Callable[[Any], Any]
    """From the file's value to the engine's; raises `BadValue`."""
    write: Callable[[Any], Any]
    """From the engine's value to the file's."""
    holds: type | tuple[type, ...]
    """Type of the engine's value."""
    schema: dict[str, Any]
    """What the file may hold, as JSON Schema."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._value,
            serialization=core_schema.plain_serializer_function_ser_schema(self._written),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"description": self.words[:1].upper() + self.words[1:] + ".", **self.schema}

    def _value(self, written: Any) -> Any:
        return self.read(written)

    def _written(self, value: Any) -> Any:
        """Write a value; one of another kind is left to the other members of a union."""
        if not isinstance(value, self.holds) or (
            isinstance(value, bool) and self.holds is not bool
        ):
            message = f"{value!r} is not a {self.words}"
            raise PydanticSerializationUnexpectedValue(message)
        return self.write(value)


def text_schema(pattern: str | None, *examples: str) -> dict[str, Any]:
    """JSON Schema of text, with examples for the editor to offer."""
    schema: dict[str, Any] = {"type": "string", "examples": list(examples)}
    return schema if pattern is None else {**schema, "pattern": pattern}

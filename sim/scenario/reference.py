"""The reference page of every setting, and the JSON Schema for editors, from the schema itself."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final

from sim.scenario.base import Block, Moment, MomentRange
from sim.scenario.csv_tables import TABLES
from sim.scenario.distributions import StillWaiting
from sim.scenario.scenario import Scenario
from sim.scenario.shape import Shape, field_shape, file_fields, scenario_shape, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTES: Final = ("source", "assumption", "note")
_TYPE_WORDS: Final[dict[type, str]] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    Moment: "moment",
    MomentRange: "day, or days `first..last`",
    StillWaiting: "shares still waiting, by time",
}
_DAYS_INSIDE: Final = {"Shift"}
"""Groups in which days of the week may stand directly, beside the settings."""

_OPENING: Final = """\
# Scenario reference

Every setting of a scenario file, generated from the schema with
`python -m sim.scenario.reference > docs/reference/scenario.md`. In a place, `[]` is an item of a
list and `NAME` a name of your own.

A scenario may begin with `extends: NAME` to take everything from a shipped season, or from another
file in its folder. Every group may also hold `source` (where its figures come from), `assumption`
(`yes`, or in words what is assumed) and `note`.
"""


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a scenario file, defaults in a planner's spelling."""
    schema = Scenario.model_json_schema(by_alias=True)
    definitions = schema.get("$defs", {})
    for block, _ in blocks():
        properties = (schema if block is Scenario else definitions[block.__name__])["properties"]
        for name, default in written_defaults(block).items():
            if not (isinstance(default, dict) and field_shape(file_fields(block)[name]).blocks):
                properties[name]["default"] = default
    for name in _DAYS_INSIDE & set(definitions):
        definitions[name]["type"] = ["object", "string"]
        definitions[name]["additionalProperties"] = {"type": "string"}
        definitions[name].pop("required", None)
    for place in TABLES:
        group = schema if len(place) == 1 else definitions[str(place[0]).capitalize()]
        table = group["properties"][place[-1]]
        kept = {key: table.pop(key) for key in ("type", "items", "minItems") if key in table}
        table["anyOf"] = [kept, {"type": "string", "pattern": r"\.[cC][sS][vV]$"}]
    schema["properties"]["extends"] = {
        "type": "string",
        "minLength": 1,
        "description": "A shipped season, or a file in this folder, from which all is taken.",
    }
    # What a scenario extends may hold the groups that every season needs.
    required = schema.pop("required", [])
    schema["anyOf"] = [{"required": ["extends"]}, {"required": required}]
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Peakwise scenario"
    return schema


def reference() -> str:
    """Markdown page that explains every setting, group by group."""
    return "\n".join([_OPENING, *(_section(block, places) for block, places in blocks())])


def blocks() -> list[tuple[type[Block], list[str]]]:
    """Every group of settings in the order of the schema, and the places where it may stand."""
    found: dict[type[Block], list[str]] = {}
    for block, place in _walk(scenario_shape(), ""):
        found.setdefault(block, []).append(place)
    return list(found.items())


def _walk(shape: Shape, place: str) -> Iterator[tuple[type[Block], str]]:
    for block in shape.blocks:
        yield block, place
        for name, info in file_fields(block).items():
            yield from _walk(field_shape(info), f"{place}.{name}" if place else name)
    if shape.items is not None:
        yield from _walk(shape_of(shape.items), f"{place}[]")
    if shape.entries is not None:
        yield from _walk(shape_of(shape.entries), f"{place}.NAME")


def _section(block: type[Block], places: list[str]) -> str:
    title = " · ".join(f"`{place}`" for place in places if place) or "The scenario"
    about = " ".join((block.__doc__ or "").split())
    rows = [
        f"| `{name}` | {_words(field_shape(info))} | {_default(block, name)} | "
        f"{_one_line(info.description or '')} |"
        for name, info in file_fields(block).items()
        if name not in _NOTES
    ]
    head = "| setting | what to write | default | meaning |\n| --- | --- | --- | --- |"
    return f"## {title}\n\n{about}\n\n{head}\n" + "\n".join(rows) + "\n"


def _words(shape: Shape) -> str:
    """What may be written, in plain words."""
    words = [read.words for read in shape.reads]
    words += [f"`{word}`" for word in shape.literals]
    words += ["group of settings"] if shape.blocks else []
    words += [f"list: {_words(shape_of(shape.items))}"] if shape.items is not None else []
    if shape.entries is not None:
        words.append(f"by name: {_words(shape_of(shape.entries))}")
    words += [_TYPE_WORDS.get(kind, "mapping") for kind in shape.plain]
    return ", or ".join(dict.fromkeys(words))


def _default(block: type[Block], name: str) -> str:
    info = file_fields(block)[name]
    if info.is_required():
        return "**must be given**"
    default = written_defaults(block).get(name)
    if default is None or default in ([], {}):
        return "none"
    if isinstance(default, dict) and field_shape(info).blocks:
        return "as in its group"
    text = default if isinstance(default, str) else json.dumps(default, ensure_ascii=False)
    return f"`{_one_line(text)}`"


def written_defaults(block: type[Block]) -> dict[str, Any]:
    """Defaults of a group in a planner's spelling, by the name used in files."""
    names = {info.alias or name: name for name, info in block.model_fields.items()}
    optional = {name for name, info in block.model_fields.items() if not info.is_required()}
    written: dict[str, Any] = json.loads(
        block.model_construct().model_dump_json(include=optional, by_alias=True)
    )
    return {name: default for name, default in written.items() if name in names}


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(reference())

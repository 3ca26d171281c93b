"""A scenario written out in full, and its fingerprint."""

from __future__ import annotations

import hashlib
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

_NOT_MODEL = frozenset({"source", "assumption", "note"})
_WHOLE = re.compile(r"0|[1-9][0-9]{0,17}")
_TITLES = frozenset({"name", "question", "policies", "plan"})


def resolved(scenario: Scenario) -> dict[str, Any]:
    """Every setting with its value, defaults included, in a planner's spelling.

    An order history is named without its folder: a copy of it belongs beside the written file.
    """
    written: dict[str, Any] = _listed(scenario.model_dump(by_alias=True, exclude_none=True))
    if scenario.demand.history is not None:
        written["demand"]["history"] = Path(scenario.demand.history).name
    return written


def read_resolved(text: bytes, folder: Path) -> Scenario | None:
    """The scenario that `resolved` wrote out as JSON; only the types of its settings are checked.

    Names that are whole numbers are read as numbers, as in YAML; in JSON they are text.

    Args:
        text: The object, as JSON.
        folder: Where a copy of the order history lies.

    Returns:
        None if this version has other settings, or if a name must stay text.
    """
    from pydantic import ValidationError

    from sim.scenario.scenario import Scenario

    settings = json.loads(text, object_pairs_hook=_with_numbers)
    if "history" in settings["demand"]:
        settings["demand"]["history"] = str(folder / settings["demand"]["history"])
    try:
        return Scenario.model_validate(settings)
    except ValidationError:
        return None


def _with_numbers(pairs: list[tuple[str, Any]]) -> dict[Any, Any]:
    return {int(name) if _WHOLE.fullmatch(name) else name: value for name, value in pairs}


def write_scenario(scenario: Scenario) -> str:
    """Text of a scenario file from which the same scenario is read again."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt", pure=True)
    yaml.width = 100
    yaml.allow_unicode = True
    stream = io.StringIO()
    yaml.dump(resolved(scenario), stream)
    return stream.getvalue()


def scenario_hash(scenario: Scenario) -> str:
    """SHA-256 of everything in a scenario that can change a result, in hexadecimal.

    Title, question, plan, sources, assumptions and notes do not count, nor the order in which
    settings are written. An order history counts by its content, not by its name.
    """
    counted = {key: entry for key, entry in resolved(scenario).items() if key not in _TITLES}
    if scenario.demand.history is not None:
        content = Path(scenario.demand.history).read_bytes()
        counted["demand"]["history"] = hashlib.sha256(content).hexdigest()
    text = json.dumps(_without_notes(counted), sort_keys=True, ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(child) for key, child in value.items()}
    return [_listed(child) for child in value] if isinstance(value, list | tuple) else value


def _without_notes(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_notes(child) for key, child in value.items() if key not in _NOT_MODEL}
    if isinstance(value, list):
        return [_without_notes(child) for child in value]
    return value

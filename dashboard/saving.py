"""A changed season as a file: the file that was opened, its comments kept, with the changes in it.

A change of something that stands in another file (a CSV table, or a season that is extended) is
written under every policy: it means the same there.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from sim.scenario.loading import BASELINE
from sim.scenario.overrides import split_path
from sim.scenario.shape import Shape, scenario_shape
from sim.scenario.shipped import find_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMING = ("sku", "name")


def changed_file(source: str, changes: Mapping[str, str]) -> str:
    """Text of a scenario file with changes.

    Args:
        source: Name of a shipped season, or path of a file.
        changes: Values by path, as with `--set`.
    """
    yaml = _yaml()
    tree = yaml.load(find_scenario(source).read_text(encoding="utf-8"))
    for path, text in changes.items():
        value = yaml.load(text)
        if not _write(tree, split_path(path), value):
            _write_under_policies(tree, path, value)
    out = io.StringIO()
    yaml.dump(tree, out)
    return out.getvalue()


def download(source: str, changes: Mapping[str, str]) -> tuple[bytes, str]:
    """A changed season to keep, and the ending of its name: `.yaml`, or `.zip` with its tables."""
    text, file = changed_file(source, changes), find_scenario(source)
    beside = [path for path in sorted(file.parent.glob("*.csv")) if path.name in text]
    if not beside:
        return text.encode(), ".yaml"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{Path(file).stem}.yaml", text)
        for path in beside:
            archive.write(path, path.name)
    return packed.getvalue(), ".zip"


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.width = 4096
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _write(tree: Any, place: tuple[Any, ...], value: Any) -> bool:
    """Write a value where its group stands in this file; False: it stands elsewhere."""
    shape: Shape | None = scenario_shape()
    for part in place[:-1]:
        if isinstance(tree, list):
            tree = next((item for item in tree if part in _names(item)), None)
            shape = shape and shape.step(0)
        else:
            tree = tree.get(part) if isinstance(tree, dict) else None
            shape = shape and shape.step(part)
    if not isinstance(tree, dict):
        return False
    _lay(tree, place[-1], value, shape and shape.step(place[-1]))
    return True


def _lay(tree: Any, key: Any, value: Any, shape: Shape | None) -> None:
    """Give a setting; of a group of settings only those that are named, as `--set` does."""
    if shape and shape.blocks and isinstance(tree.get(key), dict) and isinstance(value, dict):
        for name, each in value.items():
            _lay(tree[key], name, each, shape.step(name))
    else:
        tree[key] = value


def _names(item: Any) -> list[Any]:
    return [item.get(key) for key in _NAMING] if isinstance(item, dict) else []


def _write_under_policies(tree: Any, path: str, value: Any) -> None:
    policies = tree.setdefault("policies", CommentedMap({BASELINE: CommentedMap()}))
    for name, settings in policies.items():
        if settings is None:
            policies[name] = CommentedMap({path: value})
        elif path not in settings:
            settings[path] = value

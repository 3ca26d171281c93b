"""What is generated from the schema: the starter file, the JSON Schema, the reference page."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from sim.scenario import load_policies, template
from sim.scenario.base import Block
from sim.scenario.locating import plain
from sim.scenario.reading import read_tree
from sim.scenario.reference import blocks, json_schema, reference
from sim.scenario.shape import file_fields
from sim.scenario.shipped import shipped_folder
from tests.scenario.conftest import SEASON, Complaints

SHIPPED = sorted(shipped_folder().rglob("*.yaml"))


def test_the_starter_file_loads_with_all_its_policies(folder: Path) -> None:
    (folder / "season.yaml").write_text(template())
    assert list(load_policies("season.yaml")) == [
        "Backorder",
        "Out of stock",
        "Alerts",
        "Capped hybrid",
        "More stock",
    ]


def test_the_starter_file_points_editors_at_the_schema() -> None:
    first = template().splitlines()[0]
    assert first == "# yaml-language-server: $schema=./peakwise.schema.json"


def test_the_starter_file_explains_every_setting_of_every_top_group() -> None:
    text = template()
    for name in file_fields(blocks()[0][0]):
        if name not in {"source", "assumption", "note"}:
            assert re.search(rf"^(# )?{name}:", text, re.MULTILINE), name


def test_no_line_of_the_starter_file_is_longer_than_a_screen() -> None:
    assert max(len(line) for line in template().splitlines()) <= 100


def test_the_json_schema_is_valid_and_has_defaults_in_a_planners_spelling() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    season = schema["$defs"]["Season"]["properties"]
    assert season["drain"]["default"] == "60 days"
    assert season["start"]["description"].startswith("First day of the season")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_season_satisfies_the_json_schema(path: Path) -> None:
    tree = json.loads(json.dumps(plain(read_tree(path))))
    validator = jsonschema.Draft202012Validator(json_schema())
    assert [error.message for error in validator.iter_errors(tree)] == []


def test_the_json_schema_refuses_an_unknown_setting() -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    tree = plain(read_tree(SHIPPED[0]))
    assert not validator.is_valid({**tree, "demnad": {}})


def test_every_setting_is_explained() -> None:
    for block, places in blocks():
        assert block.__doc__, places
        for name, info in file_fields(block).items():
            assert info.description, f"{places[0]}.{name}"


def groups(block: type[Block] = Block) -> Iterator[type[Block]]:
    for child in block.__subclasses__():
        if child.__module__.startswith("sim."):
            yield child
            yield from groups(child)


def test_every_default_is_what_its_type_reads(recwarn: pytest.WarningsRecorder) -> None:
    """A default is in the engine's units: a distribution must not be a bare number."""
    json_schema()
    for block in groups():
        optional = {name for name, info in block.model_fields.items() if not info.is_required()}
        block.model_construct().model_dump(include=optional)
    assert [str(warning.message) for warning in recwarn.list] == []


def test_the_reference_page_of_the_docs_is_that_of_the_schema() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "scenario.md"
    command = "python -m sim.scenario.reference > docs/reference/scenario.md"
    assert page.read_text(encoding="utf-8") == reference(), f"write it anew: {command}"


def test_the_reference_page_lists_every_setting() -> None:
    page = reference()
    for block, places in blocks():
        assert f"`{places[0]}`" in page or not places[0]
        for name in file_fields(block):
            if name not in {"source", "assumption", "note"}:
                assert f"| `{name}` |" in page


def test_every_switch_is_written_yes_or_no() -> None:
    plain_switches = [
        f"{block.__name__}.{name}"
        for block, _ in blocks()
        for name, node in file_fields(block).items()
        if node.annotation is bool and not node.metadata
    ]
    assert plain_switches == []


@pytest.mark.parametrize("said", ["yes", "no", "true", "off"])
def test_the_dock_and_batches_read_yes_and_no(complaints: Complaints, said: str) -> None:
    rest = f"receiving: {{cross_dock: {said}}}\nreplenishment: {{multiples: {said}}}\n"
    assert complaints(SEASON + rest) == []

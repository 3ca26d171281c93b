"""A scenario written out in full reads back to itself, from YAML and from JSON."""

import json
from pathlib import Path

import pytest

from sim.scenario import load_policies, load_scenario, scenario_hash, write_scenario
from sim.scenario.shipped import shipped_folder
from sim.scenario.writing import read_resolved, resolved

SEASONS = sorted([*shipped_folder().glob("*.yaml"), *shipped_folder().glob("validation/I0*.yaml")])
SMALL = Path(__file__).parents[1] / "cli" / "small.yaml"


def again(scenario, folder=Path()):
    return read_resolved(json.dumps(resolved(scenario)).encode(), folder)


@pytest.mark.parametrize("file", SEASONS, ids=lambda file: file.stem)
def test_json_says_what_yaml_says(file, tmp_path):
    name, scenario = list(load_policies(file).items())[-1]
    copy = tmp_path / "copy.yaml"
    copy.write_text(write_scenario(scenario), encoding="utf-8")
    assert again(scenario) == load_scenario(copy), name
    assert scenario_hash(again(scenario)) == scenario_hash(scenario)


def test_a_history_lies_beside_it(tmp_path):
    (tmp_path / "orders.csv").write_text(
        "order,placed_at,sku,quantity\n1,2026-11-02 10:00,MUG-RED,1\n", encoding="utf-8"
    )
    scenario = load_scenario(SMALL)
    demand = scenario.demand.model_copy(update={"history": str(tmp_path / "orders.csv")})
    replayed = scenario.model_copy(update={"demand": demand})
    assert again(replayed, tmp_path) == replayed


def test_settings_of_another_version_are_left_to_yaml():
    settings = {**resolved(load_scenario(SMALL)), "weather": "rain"}
    assert read_resolved(json.dumps(settings).encode(), Path()) is None

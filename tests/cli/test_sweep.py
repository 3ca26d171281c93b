"""`peakwise sweep` as a user calls it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Peakwise = Callable[..., Result]
SMALL = str(Path(__file__).with_name("small.yaml"))


def test_the_object_is_the_documented_one(peakwise: Peakwise) -> None:
    over = ["--over", "demand.scale=0.5..1/2", "--over", "products.MUG-RED.price=10,14"]
    result = peakwise("sweep", SMALL, *over, "-n", "10", "--json", "-q")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert set(answer) == {
        "schema", "scenario", "seed", "replications", "kpi", "confidence", "sampled", "paths",
        "points", "crossovers", "verdict", "assumed_effects",
    }  # fmt: skip
    assert answer["paths"] == ["demand.scale", "products.MUG-RED.price"]
    assert len(answer["points"]) == 4
    point = answer["points"][-1]
    assert point["values"] == {"demand.scale": "1", "products.MUG-RED.price": "14"}
    assert set(point["policies"]) == {"Backorder", "Out of stock"}
    assert point["winner"] in {None, "Backorder", "Out of stock"}


def test_three_settings_make_a_map_for_each_value_of_the_first(peakwise: Peakwise) -> None:
    over = ["demand.scale=0.5,1", "products.MUG-RED.price=10,14", "products.MUG-RED.cost=4,5"]
    options = [word for text in over for word in ("--over", text)]
    shown = peakwise("sweep", SMALL, *options, "-n", "10", "-q").stdout
    assert "demand.scale = 0.5" in shown
    assert "demand.scale = 1" in shown
    assert "A Backorder, B Out of stock" in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--over", "demand.scael=1,2"], "did you mean 'scale'"),
        (["--over", "demand.scale"], "is no range and no list"),
        (["--over", "demand.scale=1,2", "--over", "demand.scale=3,4"], "is varied twice"),
        (["--over", "demand.scale=1,2", "--kpi", "season_profits"], "did you mean 'season_profit'"),
        (["--over", "demand.scale=1,2", "--policy", "Backordr"], "did you mean 'Backorder'"),
        (["--over", "demand.scale=-1,2"], "demand.scale"),
    ],
)
def test_what_cannot_be_swept_is_said_in_one_line(
    peakwise: Peakwise, arguments: list[str], words: str
) -> None:
    result = peakwise("sweep", SMALL, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1

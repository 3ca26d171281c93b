"""`peakwise breakeven` as a user calls it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Peakwise = Callable[..., Result]
SMALL = str(Path(__file__).with_name("small.yaml"))


def test_the_object_is_the_documented_one(peakwise: Peakwise) -> None:
    over = ["--over", "costs.inventory.backorder_per_unit=0..20"]
    result = peakwise("breakeven", SMALL, *over, "-n", "10", "--json", "-q")
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    assert set(answer) == {
        "schema", "scenario", "seed", "replications", "kpi", "path", "unit", "policies",
        "confidence", "kind", "low", "high", "estimate", "values", "verdict",
        "assumed_effects", "kept",
    }  # fmt: skip
    # A unit on backorder brings its margin, 8.90: a penalty above that is a loss.
    assert answer["kind"] == "crosses"
    assert answer["low"] < 8.9 < answer["high"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--over", "demand.scale=1,2"], "is no range"),
        (["--over", "demand.scael=1..2"], "did you mean 'scale'"),
        (["--over", "demand.scale=1..2", "--between", "Backorder", "Backorder"], "two different"),
        (["--over", "demand.scale=1..2", "--between", "Backorder", "Alert"], "no policy called"),
    ],
)
def test_what_cannot_be_searched_is_said_in_one_line(
    peakwise: Peakwise, arguments: list[str], words: str
) -> None:
    result = peakwise("breakeven", SMALL, *arguments, "-q")
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1

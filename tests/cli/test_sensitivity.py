"""`peakwise sensitivity` as a user calls it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Peakwise = Callable[..., Result]
SMALL = str(Path(__file__).with_name("small.yaml"))
OVER = ["--over", "costs.inventory.backorder_per_unit=0..20", "--over", "demand.scale=0.9..1.1"]


def test_the_tornado_names_what_flips_the_answer(peakwise: Peakwise) -> None:
    result = peakwise("sensitivity", SMALL, *OVER, "--json", "-q")
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    assert set(answer) == {
        "schema", "scenario", "seed", "method", "replications", "kpi", "policies", "confidence",
        "difference", "inputs", "screened", "fitted_sd", "verdict", "not_moved",
        "assumed_effects",
    }  # fmt: skip
    effects = {each["path"]: each["effect"] for each in answer["inputs"]}
    # A unit on backorder brings its margin, 8.90: a penalty of 20 is a loss.
    assert effects == {"costs.inventory.backorder_per_unit": "flips", "demand.scale": "keeps"}


def test_morris_prints_its_table(peakwise: Peakwise) -> None:
    result = peakwise("sensitivity", SMALL, *OVER, "--method", "morris", "-q")
    assert result.exit_code == 0, result.stderr
    assert "costs.inventory.backorder_per_unit" in result.stdout
    assert "Mean effect" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "has no number under `assumption`"),
        (["--over", "demand.scale=1,2"], "is no range"),
        (["--swing", "a lot"], "is no share"),
        ([*OVER, "--between", "Backorder", "Backorder"], "two different"),
    ],
)
def test_what_cannot_be_moved_is_said_in_one_line(
    peakwise: Peakwise, arguments: list[str], words: str
) -> None:
    result = peakwise("sensitivity", SMALL, *arguments, "-q")
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1

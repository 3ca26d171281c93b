"""The answer on the screen and as JSON."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import Result

Peakwise = Callable[..., Result]

NUMBER = {"type": ["number", "null"]}
FIGURE = {
    "type": "object",
    "required": ["mean", "half_width", "n", "unit"],
    "properties": {
        "mean": NUMBER,
        "half_width": NUMBER,
        "n": {"type": "integer"},
        "unit": {"type": "string"},
        "flag": {"type": "string"},
    },
    "additionalProperties": False,
}
DIFFERENCE = {
    "type": "object",
    "required": ["policy", "baseline", "kpi", "difference", "low", "high", "verdict"],
    "properties": {
        "policy": {"type": "string"},
        "baseline": {"type": "string"},
        "kpi": {"type": "string"},
        "difference": NUMBER,
        "low": NUMBER,
        "high": NUMBER,
        "verdict": {"type": "string"},
        "flag": {"type": "string"},
    },
    "additionalProperties": False,
}
RISK = {
    "type": "object",
    "required": ["verdict", "bounds", "chances"],
    "properties": {
        "verdict": {"type": "string"},
        "bounds": {
            "type": "array",
            "items": {
                "type": "object",
                "required": [
                    "policy", "kpi", "share", "side", "bound", "quantile_low", "quantile_high",
                    "n", "more_seasons",
                ],
                "properties": {
                    "side": {"enum": ["at most", "at least"]},
                    "bound": NUMBER, "quantile_low": NUMBER, "quantile_high": NUMBER,
                },
            },
        },
        "chances": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["policy", "event", "seasons", "n", "low", "high"],
            },
        },
    },
    "additionalProperties": False,
}  # fmt: skip
EFFECT = {
    "type": "object",
    "required": ["place", "setting", "value", "assumption", "policies"],
    "additionalProperties": False,
    "properties": {key: {"type": "string"} for key in ("place", "setting", "value", "assumption")}
    | {"policies": {"type": "array", "items": {"type": "string"}}},
}
ANSWER = {
    "type": "object",
    "properties": {
        "schema": {"const": 1},
        "scenario": {"type": "string"},
        "seed": {"type": "integer"},
        "replications": {"type": "integer"},
        "policies": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": FIGURE},
        },
        "comparisons": {"type": "array", "items": DIFFERENCE},
        "risk": RISK,
        "assumed_effects": {"type": "array", "items": EFFECT},
        "verdict": {"type": "string"},
    },
    "required": [
        "schema", "scenario", "seed", "replications", "policies", "comparisons", "risk",
        "assumed_effects", "verdict",
    ],
    "additionalProperties": False,
}  # fmt: skip

STEADY = [100_000.0 + 1_000 * n for n in range(20)]
BETTER = [value + 40_000 + 500 * (n % 3) for n, value in enumerate(STEADY)]
TWO = {
    "Out of stock": {"season_profit": STEADY, "fill_rate": [0.9 + n / 1000 for n in range(20)]},
    "Backorder": {"season_profit": BETTER, "fill_rate": [float("nan")] * 20},
}


@pytest.fixture
def two_policies(fake_study: Callable[..., None]) -> None:
    fake_study(TWO)


@pytest.mark.usefixtures("two_policies")
def test_json_is_the_documented_object_and_nothing_else(peakwise: Peakwise) -> None:
    result = peakwise("compare", "holiday", "--json")
    assert result.exit_code == 0
    answer: dict[str, Any] = json.loads(result.stdout)
    jsonschema.validate(answer, ANSWER)
    assert answer["policies"]["Backorder"]["fill_rate"]["mean"] is None
    assert answer["comparisons"][0]["difference"] == pytest.approx(40_475)


@pytest.mark.usefixtures("two_policies")
def test_the_verdict_stands_before_any_figure(peakwise: Peakwise) -> None:
    lines = peakwise("compare", "holiday").stdout
    assert lines.index("earned more") < lines.index("Season profit ($k)")


@pytest.mark.usefixtures("two_policies")
def test_a_row_shows_mean_and_half_width_of_every_policy(peakwise: Peakwise) -> None:
    rows = peakwise("compare", "holiday").stdout.splitlines()
    row = next(row for row in rows if row.startswith(" Season profit ($k)"))
    assert row.split()[3:] == ["110", "±3", "150", "±3"]
    served = next(row for row in rows if row.startswith(" Units served at once"))
    assert served.split()[-3:] == ["91.0%", "±0.3", "n/a"]


@pytest.mark.usefixtures("two_policies")
def test_a_difference_is_paired_and_judged(peakwise: Peakwise) -> None:
    rows = peakwise("compare", "holiday").stdout.splitlines()
    at = next(n for n, row in enumerate(rows) if "Known to lie between" in row)
    assert rows[at].split("On average")[0].strip() == "Season profit against Out of stock"
    assert rows[at + 2].split() == ["Backorder", "+$40.5k", "+$40.3k", "and", "+$40.7k", "better"]


@pytest.mark.usefixtures("two_policies")
def test_an_assumption_is_called_one(peakwise: Peakwise) -> None:
    said = " ".join(peakwise("compare", "holiday").stdout.split())
    assert "Assumptions, not facts: demand.peaks.Black Friday," in said
    assert "customers.patience, backorder_area," in said
    assert "Omnisend" not in said


def test_all_shows_the_sources_too(peakwise: Peakwise) -> None:
    small = str(Path(__file__).with_name("small.yaml"))
    in_full = peakwise("run", small, "--set", "costs.source=own books", "-n", "2", "--all").stdout
    assert "costs: source: own books" in in_full
    assert "Assumptions" not in in_full


@pytest.mark.parametrize("policies", [1, 2, 5, 9])
@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(
    peakwise: Peakwise,
    fake_study: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    policies: int,
    width: int,
) -> None:
    names = [f"Policy number {n}" for n in range(policies)]
    fake_study({name: {"season_profit": STEADY, "backlog_max": STEADY} for name in names})
    monkeypatch.setenv("COLUMNS", str(width))
    shown = peakwise("compare", "holiday", "--all").stdout
    assert max(map(len, shown.splitlines())) <= width
    assert shown.count("110 ±3") >= policies


def test_run_shows_the_profit_line_by_line_and_its_total(
    peakwise: Peakwise, fake_study: Callable[..., None]
) -> None:
    lines = {"gross_sales": [9_000.0] * 12, "wages": [-2_500.0] * 12, "fixed": [0.0] * 12}
    fake_study({"Backorder": {**lines, "season_profit": [6_500.0] * 12}})
    rows = peakwise("run", "holiday", "--policy", "Backorder").stdout.splitlines()
    assert any(row.split()[-1] == "−2,500" for row in rows if "Wages" in row)
    assert not any("Fixed costs" in row for row in rows)
    assert sum(row.startswith(" Season profit") and "6,500" in row for row in rows) == 2


def test_a_rough_half_width_is_starred_and_explained(
    peakwise: Peakwise, fake_study: Callable[..., None]
) -> None:
    rare = [0.0] * 19 + [500_000.0]
    fake_study({"Backorder": {"season_profit": rare}, "Alerts": {"season_profit": STEADY}})
    shown = peakwise("compare", "holiday").stdout
    assert "25 ±52*" in shown
    assert "* Rough: few, rare or very uneven values." in shown


def test_a_rough_difference_is_starred_and_judged_with_care(
    peakwise: Peakwise, fake_study: Callable[..., None]
) -> None:
    uneven = [value + 1_000.0 * 1.6**n for n, value in enumerate(STEADY)]
    fake_study({"Out of stock": {"season_profit": STEADY}, "Backorder": {"season_profit": uneven}})
    shown = peakwise("compare", "holiday").stdout
    row = next(row for row in shown.splitlines() if row.startswith(" Backorder "))
    assert "* too few replications" in " ".join(row.split())
    assert "very uneven" in shown
    answer = json.loads(peakwise("compare", "holiday", "--json").stdout)
    assert "very uneven" in answer["comparisons"][0]["flag"]


@pytest.mark.usefixtures("two_policies")
def test_out_writes_the_run_and_says_where(peakwise: Peakwise, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    result = peakwise("compare", "holiday", "--out", str(folder), "--json")
    assert result.exit_code == 0
    assert str(folder) in result.stderr
    assert json.loads((folder / "answer.json").read_text("utf-8")) == json.loads(result.stdout)


@pytest.mark.usefixtures("two_policies")
def test_out_leaves_a_folder_alone_that_holds_something_else(
    peakwise: Peakwise, tmp_path: Path
) -> None:
    (tmp_path / "diary.txt").write_text("mine", encoding="utf-8")
    result = peakwise("compare", "holiday", "--out", str(tmp_path))
    assert result.exit_code == 2
    assert "holds something else than a run" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]


PRECISION = {
    "type": "object",
    "required": ["verdict", "reached", "looks_planned", "figures"],
    "properties": {
        "verdict": {"type": "string"},
        "reached": {"type": "boolean"},
        "looks_planned": {"type": "integer"},
        "figures": {
            "type": "array",
            "items": {
                "type": "object",
                "required": [
                    "kpi", "policy", "baseline", "wanted", "known_to", "relative", "reached",
                    "seasons_needed",
                ],
            },
        },
    },
    "additionalProperties": False,
}  # fmt: skip


def test_precision_says_in_json_what_was_reached(peakwise: Peakwise) -> None:
    small = str(Path(__file__).with_name("small.yaml"))
    wanted = ["--precision", "season_profit=60", "--precision", "fill_rate=2%", "--budget", "40"]
    answer = json.loads(peakwise("compare", small, *wanted, "--json", "-q").stdout)
    jsonschema.validate(answer["precision"], PRECISION)
    assert answer["precision"]["looks_planned"] == 3
    figures = {(each["kpi"], each["policy"]): each for each in answer["precision"]["figures"]}
    assert ("season_profit", "Backorder") not in figures  # a difference from itself
    assert figures["season_profit", "Out of stock"]["baseline"] == "Backorder"
    (row,) = (each for each in answer["comparisons"] if each["kpi"] == "season_profit")
    half_width = figures["season_profit", "Out of stock"]["known_to"]
    assert half_width == pytest.approx(max(row["high"] - row["difference"], 0))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--budget", "50"], "--budget: is for --precision only"),
        (["--precision", "2%", "--budget", "5"], "--budget: is less than the first look takes"),
        (["--precision", "2"], "--precision 2: is no precision"),
    ],
)
def test_a_wrong_precision_is_said_in_one_line(
    peakwise: Peakwise, options: list[str], words: str
) -> None:
    result = peakwise("run", "holiday", *options)
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1

"""Figures of answers: what they show, and that nothing from outside runs in them."""

import json
import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.report.brand import Brand
from sim.report.figures import DRAWN, figure_of, figure_page
from sim.report.figures.fates import fate_sankey
from sim.results.fates import FATES

EVIL = "<img src=x onerror=alert(1)>"
ABOUT = {"scenario": f"Toys {EVIL}", "seed": 1, "replications": 10, "verdict": f"So {EVIL}."}


def point(values, winner, candidates=("A", "B"), **means):
    policies = {name: {"mean": mean, "half_width": 1.0} for name, mean in means.items()}
    return {
        "values": values,
        "policies": policies,
        "winner": winner,
        "candidates": [winner] if winner else list(candidates),
    }


def swept(paths, points, sampled=False):
    return {
        **ABOUT,
        "kpi": "season_profit",
        "paths": paths,
        "points": points,
        "sampled": sampled,
    }


LINE = swept(
    ["demand.scale"],
    [
        point({"demand.scale": "0.8"}, "A", A=3.0, B=1.0),
        point({"demand.scale": "1.2"}, "B", A=4.0, B=9.0),
    ],
)
CUBE = swept(
    ["x", "y", "surge.z"],
    [
        point({"x": x, "y": y, "surge.z": z}, winner, A=1.0, B=2.0)
        for x, y, z, winner in (
            ("1 day", "5%", "2", "A"),
            ("1 day", "5%", "3", "A"),
            ("1 day", "9%", "2", None),
            ("1 day", "9%", "3", "B"),
            ("4 days", "5%", "2", "A"),
            ("4 days", "5%", "3", "B"),
            ("4 days", "9%", "2", "B"),
            ("4 days", "9%", "3", "B"),
        )
    ],
)
END = {"mean": 4.0, "low": 1.0, "high": 7.0}
TORNADO = {
    **ABOUT,
    "method": "tornado",
    "kpi": "season_profit",
    "policies": ["A", EVIL],
    "difference": {"mean": 10.0, "low": 8.0, "high": 12.0},
    "inputs": [
        {"path": "wide", "low": "1", "high": "9", "effect": "flips",
         "at_low": {**END, "mean": -2.0}, "at_high": {**END, "mean": 12.0}},
        {"path": "narrow", "low": "5%", "high": "7%", "effect": "keeps",
         "at_low": {**END, "mean": 9.0}, "at_high": {**END, "mean": 9.5}},
    ],
}  # fmt: skip
SOBOL = {
    **ABOUT,
    "method": "sobol",
    "kpi": "season_profit",
    "policies": ["A", "B"],
    "inputs": [
        {"path": "wide", "main": 0.7, "main_reach": 0.1, "total": 0.9, "total_reach": 0.2},
        {"path": "narrow", "main": 0.1, "main_reach": None, "total": 0.2, "total_reach": 0.1},
    ],
}
BREAKEVEN = {
    **ABOUT,
    "kpi": "season_profit",
    "path": "costs.payment_fee",
    "unit": "%",
    "policies": ["A", "B"],
    "kind": "crosses",
    "low": 2.0,
    "high": 3.0,
    "values": [
        {"value": "1%", "difference": 5.0, "low": 2.0, "high": 9.0, "ahead": "A"},
        {"value": "2.5%", "difference": 0.5, "low": -1.0, "high": 2.0, "ahead": None},
        {"value": "4%", "difference": -5.0, "low": -8.0, "high": -3.0, "ahead": "B"},
    ],
}
FATE_CHANGES = [("waited", "lost", 60.0), ("cancelled", "by_alert", 5.0), ("lost", "lost", 900.0)]
MOVED = {
    **ABOUT,
    "before": "A",
    "after": "B",
    "changes": [
        {"before": before, "after": after, "customers": {"mean": n}, "margin_change": {"mean": 1}}
        for before, after, n in FATE_CHANGES
    ],
}  # fmt: skip
ANSWERS = [
    ("sweep", LINE),
    ("sweep", CUBE),
    ("sweep", {**CUBE, "sampled": True}),
    ("sensitivity", TORNADO),
    ("sensitivity", SOBOL),
    ("breakeven", BREAKEVEN),
    ("fates", MOVED),
]


def drawn(command, answer):
    return figure_of(command, answer, "USD")


def test_every_answer_with_a_figure_is_drawn_here():
    assert {command for command, _ in ANSWERS} == set(DRAWN)


def test_a_page_names_the_effects_that_are_assumed():
    effect = {"place": "backup_plan", "setting": "patience", "value": "× 2", "assumption": ""}
    assumed = {"assumed_effects": [effect | {"policies": ["Gift"]}]}
    said = "Assumed effects, without a source: backup_plan (Gift): patience × 2."
    assert said in figure_page("sweep", {**LINE, **assumed}, "USD")
    assert "Assumed effects" not in figure_page("sweep", LINE, "USD")


def test_one_season_is_no_seasons():
    page = figure_page("sweep", {**LINE, "replications": 1}, "USD")
    assert "1 simulated season each, seed 1." in page


@pytest.mark.parametrize(("command", "answer"), ANSWERS)
def test_a_page_holds_everything_it_shows_and_uploads_nothing(command, answer):
    page = figure_page(command, answer, "USD")
    assert page == figure_page(command, answer, "USD")
    assert not re.search(r'<(?:script|link|img)[^>]+(?:src|href)="', page)
    assert '"showSendToCloud": false' in page
    assert EVIL not in page
    assert "So &lt;img" in page


def test_the_winner_of_every_field_of_a_map_is_drawn_and_written():
    first, second = drawn("sweep", CUBE).data
    assert first.x == second.x == ("1 day", "4 days")
    assert [list(row) for row in first.z] == [[0, 0], [-1, 1]]
    assert [list(row) for row in first.text] == [["A", "A"], ["A<br>or B", "B"]]
    assert [list(row) for row in second.z] == [[0, 1], [1, 1]]
    colors = dict.fromkeys(color for _, color in first.colorscale)
    assert list(colors)[1:] == [Brand().color(0), Brand().color(1)]


def test_along_one_setting_only_points_known_to_be_best_are_filled():
    a, b = drawn("sweep", LINE).data
    assert (a.marker.symbol, b.marker.symbol) == (
        ("circle", "circle-open"),
        ("circle-open", "circle"),
    )
    assert (a.y, tuple(a.error_y.array)) == ((3.0, 4.0), (1.0, 1.0))


def test_a_sample_shows_every_point_in_the_color_of_its_winner():
    figure = drawn("sweep", {**CUBE, "sampled": True})
    assert {trace.name: len(trace.dimensions[0]["values"]) for trace in figure.data} == {
        "A": 3,
        "B": 4,
        "cannot be told": 1,
    }


def test_bars_of_a_tornado_reach_from_the_difference_as_written_to_both_ends():
    low, high = drawn("sensitivity", TORNADO).data
    assert [low.base + step for step in low.x] == [-2.0, 9.0]
    assert [high.base + step for step in high.x] == [12.0, 9.5]
    assert low.y == ("wide (flips it)", "narrow")
    assert low.text == ("1", "5%")


def test_influences_have_a_bar_alone_and_with_others():
    alone, with_others = drawn("sensitivity", SOBOL).data
    assert (alone.x, with_others.x) == ((0.7, 0.1), (0.9, 0.2))
    assert with_others.error_x.array == (0.2, 0.1)


def test_a_break_even_shows_who_is_ahead_with_its_interval_and_where_it_lies():
    figure = drawn("breakeven", BREAKEVEN)
    series = {trace.name: trace for trace in figure.data if trace.showlegend is not False}
    assert {name: trace.x for name, trace in series.items()} == {
        "A is higher": (1.0,),
        "B is higher": (4.0,),
        "cannot be told": (2.5,),
    }
    ahead = series["A is higher"].error_y
    assert (ahead.array, ahead.arrayminus) == ((4.0,), (3.0,))
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes if shape.type == "rect"] == [
        (2.0, 3.0)
    ]


def test_the_sankey_carries_every_customer_who_changed():
    (sankey,) = drawn("fates", MOVED).data
    assert list(sankey.link.value) == [60.0, 5.0]
    labels = [sankey.node.label[place] for place in sankey.link.source]
    assert labels == [FATES["waited"], FATES["cancelled"]]
    (whole,) = fate_sankey(MOVED, "USD", Brand(), changed_only=False).data
    assert sum(whole.link.value) == 965.0


def test_importing_the_program_does_not_import_plotly():
    script = "import sys, sim.cli.app, sim.report.figures; sys.exit('plotly' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def asked(*words):
    return CliRunner().invoke(app, list(words))


def test_the_command_writes_its_figure_and_a_kept_run_the_same_one(tmp_path):
    toy = "docs/how-to/toy-shop.yaml"
    first, again, run = tmp_path / "first.html", tmp_path / "again.html", str(tmp_path / "run")
    over = ("--over", "demand.scale=0.9..1.1/2", "-n", "2", "--workers", "1", "-q")
    made = asked("sweep", toy, *over, "--out", run, "--html", str(first), "--json")
    assert made.exit_code == 0
    assert "Figure written to" in made.stderr
    assert asked("show", run, "--html", str(again)).exit_code == 0
    assert first.read_bytes() == again.read_bytes()
    verdict = json.loads(made.stdout)["verdict"]
    assert verdict in first.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "wrong"), [("map.png", "is no page"), ("none/map.html", "its folder does not exist")]
)
def test_a_wrong_name_is_refused_before_anything_is_simulated(tmp_path, name, wrong):
    found = asked("fates", "docs/how-to/toy-shop.yaml", "--html", str(tmp_path / name))
    assert found.exit_code == 2
    assert wrong in found.stderr

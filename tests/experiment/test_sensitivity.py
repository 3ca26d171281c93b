import json
import re
from pathlib import Path

import numpy as np
import pytest

from sim.errors import ScenarioError
from sim.experiment import replicate
from sim.experiment.contest import Contest
from sim.experiment.global_sensitivity import MOST_FOR_SOBOL, influences
from sim.experiment.influence_words import influences_in_words, influences_json
from sim.experiment.inputs import Input, assumed_inputs, given_inputs, movable_together
from sim.experiment.tornado import find_tornado
from sim.experiment.tornado_words import tornado_in_words, tornado_json

SMALL = str(Path(__file__).parents[1] / "cli" / "small.yaml")
TOY = str(Path(__file__).parents[2] / "docs" / "how-to" / "toy-shop.yaml")
INPUTS = [Input(name, "1", "0", "2") for name in ("strong", "weak", "none")]


class FakeContest:
    """Policies whose difference at a point is a formula plus what a season brings."""

    policies = ("A", "B")
    kpi = "season_profit"
    season = TOY
    settings = ()

    def __init__(self, formula, noise=1.0):
        self.formula, self.noise, self.runs = formula, noise, []

    def differences(self, points, seasons):
        self.runs.append((len(points), seasons))
        luck = np.random.default_rng(1).normal(0, self.noise, seasons)
        written = {"strong": 1.0, "weak": 1.0, "none": 1.0}
        return [
            luck + self.formula(**(written | {key: float(value) for key, value in point.items()}))
            for point in points
        ]


def formula(strong, weak, none):  # noqa: ARG001 (it has no influence)
    return 100 * (strong - 0.5) + 5 * weak


def test_the_numbers_under_assumption_are_found_with_their_units():
    inputs, fixed = assumed_inputs(TOY)
    found = {each.path: each for each in inputs}
    assert found["demand.peaks.Cyber Monday.times"] == Input(
        "demand.peaks.Cyber Monday.times", "3", "2.25", "3.75"
    )
    assert found["demand.forecast_error.total"].high == "18.75%"
    assert found["backorder_area.rent"].low == "6.75 per shelf per month"
    assert "products" not in {each.path.split(".")[0] for each in inputs}
    assert "customers.sign_up_for_alert" not in found  # no assumption stands above it
    assert fixed == []


def test_a_share_stops_at_100_percent_and_a_refused_value_comes_nearer(tmp_path):
    text = Path(SMALL).read_text(encoding="utf-8")
    text += (
        "customers: {accept_backorder: {at_no_wait: 90, assumption: yes}}\n"
        "costs: {leftover_recovery: 90%, assumption: yes}\n"
    )
    season = tmp_path / "season.yaml"
    season.write_text(text, encoding="utf-8")
    found = {each.path: each for each in assumed_inputs(str(season))[0]}
    assert found["costs.leftover_recovery"].high == "100%"
    assert found["customers.accept_backorder.at_no_wait"].low == "67.5"
    assert 90 < float(found["customers.accept_backorder.at_no_wait"].high) <= 100


def test_a_fit_brings_the_range_that_it_knows(tmp_path):
    text = (
        Path(SMALL)
        .read_text(encoding="utf-8")
        .replace(
            "forecast_error: no}",
            "forecast_error: no, peaks: [{name: Rush, from: 2026-11-22, to: 2026-11-23, times: 2.0,"
            ' source: "8 days of the history, known to ±0.30"}]}',
        )
    )
    season = tmp_path / "season.yaml"
    season.write_text(text, encoding="utf-8")
    (only,), _ = assumed_inputs(str(season))
    assert only == Input("demand.peaks.Rush.times", "2", "1.7", "2.3", fitted=True)


def test_a_fit_says_of_each_figure_how_well_it_is_known(tmp_path):
    known = "orders.csv; orders_per_day known to ±3.5, weekdays known to ±0.2, shares of products"
    season = tmp_path / "season.yaml"
    season.write_text(
        "name: Fitted\n"
        "season: {start: 2026-11-01, end: 2026-11-30}\n"
        f"demand: {{source: '{known} known from 2,400 lines', orders_per_day: 50, day_noise: 0.1,\n"
        "  weekdays: {mon: 1.5, sat: 0}, forecast_error: no}\n"
        "products: [{sku: '01', share: 60%}, {sku: '02', share: 40%}]\n",
        encoding="utf-8",
    )
    inputs, _ = assumed_inputs(str(season))
    assert all(each.fitted for each in inputs)
    assert {each.path: (each.low, each.high) for each in inputs} == {
        "demand.orders_per_day": ("46.5", "53.5"),
        "demand.weekdays.mon": ("1.3", "1.7"),
        "products.01.share": ("58.04%", "61.96%"),
        "products.02.share": ("38.04%", "41.96%"),
    }


def test_numbers_that_depend_on_each_other_are_not_moved_together(tmp_path):
    text = Path(SMALL).read_text(encoding="utf-8")
    text += "customers: {patience: {still_waiting: {1 week: 90%, 2 weeks: 70%}, assumption: yes}}\n"
    season = tmp_path / "season.yaml"
    season.write_text(text, encoding="utf-8")
    inputs, _ = assumed_inputs(str(season))
    kept, left = movable_together(str(season), inputs)
    assert [each.path for each in kept] == ["customers.patience.still_waiting.1 week"]
    assert left == ["customers.patience.still_waiting.2 weeks"]


def test_what_decides_is_named_and_nothing_else():
    found = find_tornado(FakeContest(formula), INPUTS, top=2, replications=20)
    assert [bar.input.path for bar in found.bars] == ["strong", "weak"]
    assert [bar.effect for bar in found.bars] == ["flips", "keeps"]
    assert [bar.input.path for bar in found.deciding] == ["strong"]
    assert found.bars[0].swing == pytest.approx(200)
    assert found.bars[1].swing == pytest.approx(10)
    said = tornado_in_words(found, "USD")
    assert "1 of 3 inputs can decide: within its range, strong makes the other policy win" in said


def test_only_the_widest_are_followed_up_in_more_seasons():
    contest = FakeContest(formula)
    find_tornado(contest, INPUTS, top=1, replications=20)
    assert contest.runs == [(7, 2), (3, 20)]


def test_an_end_that_cannot_be_told_is_no_flip():
    found = find_tornado(FakeContest(formula, noise=120.0), INPUTS, top=1, replications=12)
    (bar,) = found.bars
    assert bar.effect == "unsettles"
    assert "impossible to tell" in tornado_in_words(found, "USD")


def test_the_widest_swing_may_lie_in_the_middle():
    found = find_tornado(
        FakeContest(lambda strong, weak, none: 50 - 40 * (strong - 1) ** 2 + weak + 0 * none),
        INPUTS,
        top=1,
        replications=12,
    )
    assert found.bars[0].input.path == "strong"
    assert found.bars[0].swing == pytest.approx(40)


def test_what_a_fit_knows_only_roughly_is_kept_apart_from_noise():
    fitted = [Input("strong", "1", "0.9", "1.1", fitted=True), INPUTS[1]]
    found = find_tornado(FakeContest(formula, noise=3.0), fitted, replications=40)
    assert found.fitted_sd == pytest.approx(100 * 0.1 / 1.96, rel=1e-3)
    again = find_tornado(FakeContest(formula, noise=3.0), fitted, replications=160)
    assert again.fitted_sd == pytest.approx(found.fitted_sd)
    assert again.difference.half_width < 0.6 * found.difference.half_width
    assert "more seasons make the first smaller, not the second" in tornado_in_words(found, "USD")


def test_one_alone_is_followed_as_it_runs():
    def simulate(variants, seasons):
        return replicate(variants.scenarios, seasons, 1, workers=1)

    contest = Contest(TOY, ("Backorder", "Alerts"), simulate)
    inputs = given_inputs(["customers.accept_backorder.at_no_wait=0..60"])
    found = find_tornado(contest, inputs, replications=12)
    assert found.bars[0].effect == "flips"  # whom nobody accepts, an alert may still win back
    assert found.bars[0].at_low.high < 0 < found.bars[0].at_high.low


@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_all_at_once_ranks_the_inputs(method, monkeypatch):
    module = __import__("sim.experiment.global_sensitivity", fromlist=["settled"])
    monkeypatch.setattr(module, "settled", lambda _season, axes, _settings: tuple(axes))
    contest = FakeContest(formula)
    found = influences(contest, INPUTS, method, replications=2, seed=1)
    assert [each.input.path for each in found] == ["strong", "weak", "none"]
    if method == "morris":
        assert found[0].main == pytest.approx(200, rel=1e-4)  # over the whole range
        assert found[1].main == pytest.approx(10, rel=1e-4)
    else:
        assert found[0].total == pytest.approx(1.0, abs=0.05)
    assert found[2].main == pytest.approx(0.0, abs=1e-9)
    said = influences_in_words(found, contest, method)
    assert re.search(r"1 input of 3 makes up 80% .* A and B: strong\.", said)
    json.dumps(influences_json(found, contest, method, {}), allow_nan=False)
    again = influences(FakeContest(formula), INPUTS, method, replications=2, seed=1)
    assert [each.main for each in again] == [each.main for each in found]


def test_sobol_of_many_inputs_is_refused():
    many = [Input(str(n), "1", "0", "2") for n in range(MOST_FOR_SOBOL + 1)]
    with pytest.raises(ScenarioError, match="takes too long"):
        influences(FakeContest(formula), many, "sobol", 2, 1)


def test_a_list_is_no_range_for_an_input():
    with pytest.raises(ScenarioError, match="is no range"):
        given_inputs(["demand.scale=1,2"])


def test_the_object_has_no_nan():
    found = find_tornado(FakeContest(formula), INPUTS, top=2, replications=12)
    answer = tornado_json(found, "said", {"seed": 1})
    json.dumps(answer, allow_nan=False)
    assert answer["fitted_sd"] is None
    assert [each["path"] for each in answer["screened"]] == ["none"]

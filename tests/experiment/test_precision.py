import math

import numpy as np
import pytest

from sim.errors import ScenarioError
from sim.experiment import compare, json_result
from sim.experiment.precision import Goal, check_goals, read_goals
from sim.experiment.precision_words import precision_in_words
from sim.experiment.sequential import looks, replicate_until
from sim.experiment.statistics import mean_interval, paired_difference
from tests.experiment.fakes import KPIS, FakeScenario, fake_season, study_of

POLICIES = {"Backorder": FakeScenario(50.0), "Out of stock": FakeScenario()}
TWO_PERCENT = Goal("season_profit", 0.02, True)


@pytest.fixture(autouse=True)
def fake_seasons(monkeypatch):
    """Let studies to precision simulate seasons that cost nothing."""
    import functools
    import importlib

    module = importlib.import_module("sim.experiment.sequential")
    for name in ("replicate", "extend"):
        whole = getattr(importlib.import_module("sim.experiment.replicate"), name)
        more = {"kpis": KPIS} if name == "replicate" else {}
        monkeypatch.setattr(module, name, functools.partial(whole, season=fake_season, **more))


def held(values, goal, upto=None):
    study = study_of({"A": {goal.kpi: np.asarray(values, float)[:upto]}})
    return [each.held for each in check_goals(study, [goal])] == [True]


def test_a_study_ends_at_the_first_planned_look_that_knows_enough():
    study = replicate_until(POLICIES, [TWO_PERCENT], 20, 400, seed=3, workers=1)
    planned = looks(20, 400)
    assert study.replications in planned
    assert study.looks == len(planned) == 9
    by_look = [held(study.series("Out of stock", "season_profit"), TWO_PERCENT, n) for n in planned]
    first = by_look.index(True)
    assert planned[first] == study.replications
    assert 0 < first < len(planned) - 1


def test_the_seasons_of_a_study_to_precision_are_those_of_a_plain_one():
    from sim.experiment import replicate

    study = replicate_until(POLICIES, [TWO_PERCENT], 20, 60, seed=3, workers=1)
    n = study.replications
    plain = replicate(POLICIES, n, 3, workers=1, season=fake_season, kpis=KPIS)
    for policy in POLICIES:
        own, other = (each.series(policy, "season_profit") for each in (study, plain))
        assert own.tobytes() == other.tobytes()


def test_the_budget_ends_a_study_that_never_knows_enough():
    study = replicate_until(POLICIES, [Goal("season_profit", 1e-9, True)], 20, 33, workers=1)
    assert study.replications == 33
    (first, *_) = check_goals(study, [Goal("season_profit", 1e-9, True)])
    assert not first.held
    assert first.needed > 1e6
    assert "was not reached" in precision_in_words(study, [first])


def test_a_loss_is_no_sign_of_precision():
    # Public code that divides by the signed mean stops here after 3 seasons.
    losses = np.random.default_rng(5).normal(-10.0, 50.0, 100)
    assert not held(losses, TWO_PERCENT)
    assert held(-10.0 + losses / 1000, TWO_PERCENT)


def test_a_mean_of_zero_is_known_only_in_its_own_unit():
    around = np.tile([-1.0, 1.0], 50) + np.random.default_rng(1).normal(0, 0.01, 100)
    around -= around.mean()
    assert not held(around, TWO_PERCENT)
    assert held(around, Goal("season_profit", 0.3, False))


def test_precision_must_have_held_for_the_seasons_before():
    spread = np.random.default_rng(2).normal(1000.0, 40.0, 60)
    goal = Goal("season_profit", mean_interval(spread).half_width * 1.2, False)
    first = next(n for n in range(10, 61) if mean_interval(spread[:n]).half_width <= goal.within)
    assert not held(spread, goal, first)
    lasting = next(n for n in range(10, 61) if held(spread, goal, n))
    assert lasting >= first + 5


def test_every_goal_must_be_reached():
    steady, wild = np.arange(1000.0, 1040.0), np.random.default_rng(4).normal(10, 30, 40)
    study = study_of({"A": {"season_profit": steady, "cycle_time_p90": wild}})
    goals = [TWO_PERCENT, Goal("cycle_time_p90", 0.02, True)]
    assert [each.held for each in check_goals(study, goals)] == [True, False]
    assert json_result(study, None, check_goals(study, goals))["precision"]["reached"] is False


def test_what_is_never_defined_is_left_out_and_what_is_rare_is_not_known():
    rare = np.zeros(40)
    rare[:3] = 1.5
    study = study_of({"A": {"season_profit": rare, "fill_rate": np.full(40, math.nan)}})
    found = check_goals(study, [Goal("season_profit", 99.0, False), Goal("fill_rate", 0.1, True)])
    assert [each.held for each in found] == [False]
    assert "rare event" in precision_in_words(study, found)


def test_a_goal_in_money_is_for_the_differences_that_are_compared():
    customers = np.random.default_rng(6).normal(1e6, 1e5, 50)
    noise = np.random.default_rng(7).normal(2e4, 5e3, 50)
    study = study_of({"A": {"season_profit": customers}, "B": {"season_profit": customers + noise}})
    (found,) = check_goals(study, [Goal("season_profit", 3e3, False)], baseline="A")
    row = compare(study).row("B", "season_profit")
    assert (found.policy, found.baseline, found.held) == ("B", "A", True)
    assert found.within == row.difference.interval.half_width


def test_stopping_when_it_looks_good_names_no_false_winner():
    # Whoever looks five times and stops at the first winner, without allowing for it, errs often.
    numbers, trials, planned = np.random.default_rng(31), 600, looks(20, 100)
    plain = allowed = 0
    for _ in range(trials):
        difference = numbers.normal(0.0, 1.0, planned[-1])
        known = [paired_difference(difference[:n], np.zeros(n)).interval for n in planned]
        plain += any(not each.low <= 0 <= each.high for each in known)
        study = study_of({"A": {"season_profit": difference}})
        level = type(study)((), 1, 0, {}, {}, looks=len(planned)).claim_level(0.95)
        known = [paired_difference(difference[:n], np.zeros(n), level).interval for n in planned]
        allowed += any(not each.low <= 0 <= each.high for each in known)
    assert plain / trials > 0.08  # what the allowance is for
    assert allowed / trials <= 0.05


def test_a_comparison_allows_for_every_planned_look():
    from dataclasses import replace

    customers = np.random.default_rng(8).normal(0, 1, 40)
    once = study_of({"A": {"season_profit": customers * 0}, "B": {"season_profit": customers}})
    widths = [
        compare(study).row("B", "season_profit").difference.interval.half_width
        for study in (once, replace(once, looks=5))
    ]
    assert widths[1] > 1.3 * widths[0]
    assert compare(replace(once, looks=5)).best.gaps["B"][1] > compare(once).best.gaps["B"][1]


def test_ranges_of_a_study_to_precision_cover_almost_as_often_as_they_say():
    # The rule stops at lucky samples, so the plain interval loses a little: measured here.
    numbers, trials, hits = np.random.default_rng(41), 700, 0
    goal = Goal("season_profit", 0.1, True)
    for _ in range(trials):
        season = numbers.normal(1.0, 0.35, 200)
        ends = next((n for n in looks(20, 200) if held(season, goal, n)), 200)
        known = mean_interval(season[:ends])
        hits += known.low <= 1.0 <= known.high
    assert hits / trials >= 0.92


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2", "is no precision"),
        ("-2%", "is no precision"),
        ("nan%", "is no precision"),
        ("season_profit=", "is no precision"),
        ("season_profits=2%", "did you mean 'season_profit'"),
    ],
)
def test_a_goal_that_cannot_be_read_is_refused(text, words):
    with pytest.raises(ScenarioError, match=words):
        read_goals([text], KPIS)


def test_all_wrong_goals_are_named_at_once():
    with pytest.raises(ScenarioError) as wrong:
        read_goals(["2", "fill=1%"], KPIS)
    assert len(wrong.value.problems) == 2


def test_a_goal_of_its_own_replaces_the_general_one():
    goals = {goal.kpi: goal for goal in read_goals(["season_profit=500", "2%"], KPIS)}
    assert goals["season_profit"] == Goal("season_profit", 500.0, False)
    assert goals["fill_rate"] == Goal("fill_rate", 0.02, True)
    assert "purchase_orders" not in goals  # no headline


def test_a_budget_below_the_first_look_is_refused():
    with pytest.raises(ValueError, match="below the 20"):
        replicate_until(POLICIES, [TWO_PERCENT], 20, 10)

import math

import numpy as np
import pytest

from sim.experiment import compare, json_result
from sim.experiment.best import compare_with_best
from sim.experiment.figures import money
from sim.experiment.statistics import paired_difference
from tests.experiment.fakes import study_of

NUMBERS = np.random.default_rng(21)
CUSTOMERS = NUMBERS.normal(1e6, 1e5, 40)


def near(mean, sd=1e4, seed=1):
    return CUSTOMERS + mean + np.random.default_rng(seed).normal(0, sd, 40)


def verdicts(comparison, kpi="season_profit"):
    return {row.policy: row.verdict for row in comparison.rows if row.kpi == kpi}


def test_each_policy_is_judged_against_the_baseline():
    study = study_of(
        {
            "Base": {"season_profit": CUSTOMERS, "purchase_orders": CUSTOMERS},
            "Up": {"season_profit": near(3e4), "purchase_orders": CUSTOMERS},
            "Down": {"season_profit": near(-3e4, seed=2), "purchase_orders": CUSTOMERS},
            "Alike": {"season_profit": near(0, seed=3), "purchase_orders": CUSTOMERS},
            "Same": {"season_profit": CUSTOMERS, "purchase_orders": CUSTOMERS},
            "Unknown": {"season_profit": CUSTOMERS * math.nan, "purchase_orders": CUSTOMERS},
        }
    )
    assert verdicts(compare(study)) == {
        "Up": "better",
        "Down": "worse",
        "Alike": "no clear difference",
        "Same": "the same",
        "Unknown": "not defined",
    }


def test_where_lower_is_better_less_is_better():
    study = study_of(
        {
            "Base": {"season_profit": CUSTOMERS, "cycle_time_p90": np.arange(20.0, 60.0)},
            "Fast": {"season_profit": CUSTOMERS, "cycle_time_p90": np.arange(20.0, 60.0) - 2},
        }
    )
    assert verdicts(compare(study), "cycle_time_p90") == {"Fast": "better"}


def test_a_kpi_without_a_better_direction_is_only_higher_or_lower():
    space = np.arange(20.0, 60.0)
    study = study_of(
        {
            "Base": {"season_profit": CUSTOMERS, "space_used_peak": space},
            "More": {"season_profit": CUSTOMERS, "space_used_peak": space + 3},
        }
    )
    assert verdicts(compare(study), "space_used_peak") == {"More": "higher"}


@pytest.mark.parametrize("gain", [5.0, 1e9])
def test_nine_seasons_name_no_winner_however_large_the_difference(gain):
    profit = np.arange(9.0)
    study = study_of({"A": {"season_profit": profit}, "B": {"season_profit": profit + gain}})
    comparison = compare(study)
    assert verdicts(comparison) == {"B": "too few replications"}
    assert comparison.best.winner is None


def test_a_rare_event_names_no_winner():
    profit = np.zeros(40)
    profit[:4] = 100.0
    study = study_of({"A": {"season_profit": np.zeros(40)}, "B": {"season_profit": profit}})
    assert verdicts(compare(study)) == {"B": "too few replications"}


def test_intervals_widen_with_the_number_of_policies():
    two = study_of({"A": {"season_profit": CUSTOMERS}, "B": {"season_profit": near(1e4)}})
    five = study_of(
        {
            "A": {"season_profit": CUSTOMERS},
            **{name: {"season_profit": near(1e4)} for name in "BCDE"},
        }
    )
    widths = [
        compare(s).row("B", "season_profit").difference.interval.half_width for s in (two, five)
    ]
    assert widths[1] > 1.2 * widths[0]


def test_comparing_with_the_best_rarely_rules_out_the_true_best():
    numbers, wrong, trials = np.random.default_rng(22), 0, 800
    for _ in range(trials):
        customers = numbers.normal(0, 5, 15)
        values = {f"p{i}": customers + numbers.normal(0, 1, 15) for i in range(5)}
        values["best"] = customers + numbers.normal(0.05, 1, 15)
        wrong += "best" not in compare_with_best(values).candidates
    assert wrong / trials <= 0.05


def test_a_clear_best_rules_out_all_others():
    values = {"A": CUSTOMERS, "B": near(5e4), "C": near(1e4, seed=2)}
    best = compare_with_best(values)
    assert (best.winner, best.ranking) == ("B", ("B", "C", "A"))
    assert best.gaps["B"][0] > 0 > best.gaps["A"][1]
    assert compare_with_best(values, higher_is_better=False).winner == "A"


def test_equal_policies_all_stay_candidates():
    assert compare_with_best({"A": CUSTOMERS, "B": CUSTOMERS}).candidates == ("A", "B")


def test_an_unknown_baseline_or_kpi_is_refused_with_a_suggestion():
    study = study_of({"Backorder": {"season_profit": CUSTOMERS}})
    with pytest.raises(ValueError, match="did you mean 'Backorder'"):
        compare(study, baseline="Backordr")
    with pytest.raises(ValueError, match="did you mean 'season_profit'"):
        compare(study, kpi="season_profits")


def test_the_answer_is_one_object_without_nan():
    import json

    study = study_of(
        {
            "Backorder": {"season_profit": CUSTOMERS, "fill_rate": CUSTOMERS * math.nan},
            "Out of stock": {"season_profit": near(-4e4), "fill_rate": CUSTOMERS * math.nan},
        }
    )
    answer = json.loads(json.dumps(json_result(study, compare(study)), allow_nan=False))
    keys = "schema scenario seed replications policies comparisons risk assumed_effects verdict"
    assert set(keys.split()) == {*answer}
    assert answer["policies"]["Backorder"]["fill_rate"]["mean"] is None
    assert answer["policies"]["Backorder"]["fill_rate"]["n"] == 0
    assert answer["policies"]["Backorder"]["season_profit"]["unit"] == "USD"
    row = answer["comparisons"][0]
    assert (row["policy"], row["baseline"], row["kpi"], row["verdict"]) == (
        "Out of stock",
        "Backorder",
        "season_profit",
        "worse",
    )
    assert row["low"] < row["difference"] < row["high"] < 0
    assert json_result(study)["comparisons"] == []


@pytest.mark.parametrize(
    "gain",
    [
        np.where(np.arange(40) == 3, 9e5, 1e3 + np.arange(40)),  # one season makes it all
        np.where(np.arange(40) % 9 == 0, 3e3, 1e3),  # a rare event on top of a constant
    ],
    ids=["very uneven", "rare"],
)
def test_no_policy_is_better_by_an_interval_that_is_known_to_fail(gain):
    found = compare(
        study_of({"A": {"season_profit": CUSTOMERS}, "B": {"season_profit": CUSTOMERS + gain}})
    )
    assert verdicts(found) == {"B": "too few replications"}
    assert found.best.winner is None
    assert json_result(found.study, found)["comparisons"][0]["flag"]


def test_where_lower_is_better_uneven_ends_change_places():
    late = 5.0 + np.random.default_rng(3).exponential(1.0, 40)
    best = compare_with_best({"Slow": late, "Fast": np.zeros(40)}, higher_is_better=False)
    known = paired_difference(late, np.zeros(40)).interval
    assert not known.symmetric
    assert best.winner == "Fast"
    assert best.gaps["Slow"] == (-known.high, -known.low)


def test_a_pair_chosen_after_all_were_seen_allows_for_all_pairs():
    numbers = np.random.default_rng(9)
    values = {name: {"season_profit": CUSTOMERS + numbers.normal(0, 1e4, 40)} for name in "ABCDE"}
    values["A"]["season_profit"] -= 1e6  # the baseline is out of the race between two others
    study = study_of(values)
    leader, second = compare(study).best.ranking[:2]
    pair = paired_difference(
        values[leader]["season_profit"], values[second]["season_profit"], 0.95, 10
    )
    said = compare(study).verdict
    assert f"known to ±{money(pair.interval.half_width, 'USD')}" in said

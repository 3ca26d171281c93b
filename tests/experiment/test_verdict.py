import math

import numpy as np

from sim.experiment import compare, json_result
from tests.experiment.fakes import FakeScenario, study_of

RAMP = np.linspace(-1.0, 1.0, 100)
PROFIT = 800_000 + 50_000 * np.sin(np.arange(100.0))


def words(values, **choices):
    return compare(study_of(values), **choices).verdict


def test_a_clear_winner_of_two():
    study = {
        "Out of stock": {
            "season_profit": PROFIT,
            "cancel_rate": np.zeros(100),
            "space_used_peak": np.full(100, 2.0),
        },
        "Backorder": {
            "season_profit": PROFIT + 41_000 + 50_000 * RAMP,
            "cancel_rate": np.full(100, 0.061),
            "space_used_peak": np.full(100, 26.0),
        },
    }
    assert words(study) == (
        "Backorder is the better policy, with 95% confidence. "
        "Backorder earned more than Out of stock in 91 of 100 simulated seasons; "
        "9 of 10 differences lie between −$5.0k and +$87k; "
        "on average +$41k, known to ±$5.8k, given these assumptions. "
        "It needs 24 more shelf positions (18 m²) at peak and cancels 6.1% of its orders."
    )


def test_a_clear_winner_of_three_is_measured_against_the_baseline():
    assert words(
        {
            "Alerts": {"season_profit": PROFIT},
            "Hybrid": {"season_profit": PROFIT + 20_000 + 1000 * RAMP},
            "Backorder": {"season_profit": PROFIT + 90_000 + 1000 * RAMP[::-1]},
        }
    ) == (
        "Backorder is the best policy of 3, with 95% confidence. "
        "Backorder earned more than Alerts in 100 of 100 simulated seasons; "
        "9 of 10 differences lie between +$89k and +$91k; "
        "on average +$90k, known to ±$133, given these assumptions."
    )


def test_customer_value_confirms_the_winner_or_names_another():
    apart = {
        "Out of stock": {"season_profit": PROFIT},
        "Backorder": {"season_profit": PROFIT + 41_000 + 50_000 * RAMP},
    }

    def with_value(backorder):
        values = {name: dict(series) for name, series in apart.items()}
        for name, value in (("Out of stock", 0.0), ("Backorder", backorder)):
            total = values[name]["season_profit"] + value
            values[name]["profit_with_customer_value"] = total
        return words(values)

    assert with_value(-1_000).endswith("Counting customer value as well, Backorder stays the best.")
    assert with_value(-90_000).endswith(
        "Counting customer value as well, Out of stock is the best instead of Backorder."
    )
    assert with_value(-41_000).endswith(
        "Counting customer value as well, Backorder and Out of stock are too close to call."
    ) or with_value(-41_000).endswith(
        "Counting customer value as well, Out of stock and Backorder are too close to call."
    )
    assert "customer value" not in with_value(np.nan)


def test_an_open_race_names_who_is_still_in_it():
    noise = np.random.default_rng(5).normal(0, 30_000, 100)
    text = words(
        {
            "Backorder": {"season_profit": PROFIT},
            "Hybrid": {"season_profit": PROFIT + noise - noise.mean() + 500},
            "Alerts": {"season_profit": PROFIT - 200_000 + RAMP * 1000},
        }
    )
    assert text.startswith(
        "Hybrid and Backorder are too close to call after 100 simulated seasons; "
        "Alerts can be ruled out. Hybrid earned more than Backorder in "
    )
    assert "on average +$500, known to ±$6.1k, given these assumptions." in text


def test_too_few_seasons_name_no_winner():
    profit = np.array([1e5, 2e5, 3e5])
    assert words(
        {
            "A": {"season_profit": profit},
            "B": {"season_profit": profit + np.array([9e3, 1e4, 1.1e4])},
        }
    ) == (
        "3 simulated seasons are too few to name a winner: simulate at least 10 seasons. "
        "B earned more than A in 3 of 3 simulated seasons; "
        "on average +$10k, known to ±$2.5k, given these assumptions."
    )


def test_a_single_season_names_no_winner():
    assert words({"A": {"season_profit": [1e5]}, "B": {"season_profit": [1.1e5]}}) == (
        "1 simulated season is too few to name a winner: simulate at least 10 seasons. "
        "B earned more than A in 1 of 1 simulated season; "
        "the difference was +$10k, given these assumptions."
    )


def test_fifteen_seasons_say_what_the_range_of_differences_takes():
    profit = PROFIT[:15]
    text = words(
        {"A": {"season_profit": profit}, "B": {"season_profit": profit + 9e3 + 1e3 * RAMP[:15]}}
    )
    assert "9 of 10 differences lie between" not in text
    assert text.endswith("To say where 9 of 10 differences lie takes at least 19 seasons.")


def test_policies_that_make_no_difference():
    assert words({"A": {"season_profit": PROFIT}, "B": {"season_profit": PROFIT}}) == (
        "A and B make no difference: season profit was the same under each in all of "
        "100 simulated seasons, on average $800k."
    )


def test_seasons_with_the_same_result_are_counted():
    gain = np.where(np.arange(100) < 60, 0.0, 10_000.0)
    text = words({"A": {"season_profit": PROFIT}, "B": {"season_profit": PROFIT + gain}})
    assert "B earned more than A in 40 of 100 simulated seasons (the same in 60);" in text


def test_uneven_differences_weaken_the_claim():
    gain = np.random.default_rng(6).lognormal(8, 2.5, 100)
    text = words({"A": {"season_profit": PROFIT}, "B": {"season_profit": PROFIT + gain}})
    assert "too close to call" in text
    assert "Take this as rough: the differences are very uneven" in text
    gain = 3e3 + np.random.default_rng(6).exponential(1e3, 20)
    text = words({"A": {"season_profit": PROFIT[:20]}, "B": {"season_profit": PROFIT[:20] + gain}})
    assert text.startswith("B is the better policy, with 95% confidence.")
    assert "on average +$3.8k, known to lie between +$3.4k and +$5.5k" in text
    assert "though the range allows for it" in text


def test_a_policy_without_the_kpi_is_named():
    unknown = np.full(100, math.nan)
    values = {
        "A": {"season_profit": PROFIT},
        "B": {"season_profit": PROFIT + 9e3 + RAMP},
        "C": {"season_profit": unknown},
    }
    assert words(values).endswith("Season profit is not defined under C.")
    assert words({"A": {"season_profit": unknown}, "B": {"season_profit": unknown}}) == (
        "Season profit is not defined in any of 100 simulated seasons: nothing to compare."
    )


def test_one_policy_alone_is_described():
    study = study_of({"Backorder": {"season_profit": PROFIT}})
    assert (
        json_result(study)["verdict"]
        == compare(study).verdict
        == (
            "Season profit under Backorder: $800k on average, known to ±$7.1k; "
            "9 of 10 simulated seasons lie between $750k and $849k, given these assumptions."
        )
    )


def test_another_kpi_decides_in_its_own_words_and_unit():
    text = words(
        {
            "A": {"cycle_time_p90": 30 + RAMP},
            "B": {"cycle_time_p90": 26.5 + RAMP + 0.1 * RAMP[::-1]},
        },
        kpi="cycle_time_p90",
    )
    assert text == (
        "B is the better policy, with 95% confidence. "
        "B had a lower “order to carrier” than A in 100 of 100 simulated seasons; "
        "9 of 10 differences lie between −3.6 hours and −3.4 hours; "
        "on average −3.5 hours, known to ±0.0 hours, given these assumptions."
    )


def test_without_a_currency_amounts_are_bare():
    values = {"A": {"season_profit": PROFIT}, "B": {"season_profit": PROFIT + 5e4 + RAMP}}
    text = compare(study_of(values, scenarios={})).verdict
    assert "on average +50k" in text
    francs = compare(study_of(values, dict.fromkeys(values, FakeScenario(currency="CHF")))).verdict
    assert "on average +CHF 50k" in francs

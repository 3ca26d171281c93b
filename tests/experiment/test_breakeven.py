import dataclasses
import math

import numpy as np
import pytest

from sim.experiment.axes import read_axis
from sim.experiment.breakeven import MOST_POINTS, find_breakeven
from sim.experiment.breakeven_words import breakeven_in_words, breakeven_json
from sim.experiment.kept import kept_at, kept_in_words

AXIS = read_axis("customers.share=0..100")


def seasons(mean, seed=1, n=20, noise=20.0, tilt=0.0):
    """Both policies, whose difference at x is mean(x) plus what the season brings."""
    numbers = np.random.default_rng(seed)
    customers, luck = numbers.normal(1000, 300, n), numbers.normal(0, 1, n)

    def simulate(values):
        at = [float(value.removesuffix("%").split()[0]) for value in values]
        return [(customers + mean(x) + luck * (noise + tilt * x), customers) for x in at]

    return simulate


def test_the_interval_holds_the_break_even_and_is_short():
    found = find_breakeven(AXIS, seasons(lambda x: 5 * (x - 37.3)))
    assert found.kind == "crosses"
    assert found.low < 37.3 < found.high
    assert found.low <= found.estimate <= found.high
    assert found.estimate == pytest.approx(37.3, abs=2)
    assert found.high - found.low < 10
    assert len(found.tried) <= MOST_POINTS


@pytest.mark.parametrize("tilt", [0.0, 0.5])
def test_the_interval_holds_the_break_even_as_often_as_it_says(tilt):
    hits = trials = 0
    for seed in range(600):
        truth = 20 + 60 * (seed % 97) / 97
        found = find_breakeven(
            AXIS, seasons(lambda x, at=truth: 3 * (x - at), seed, noise=60.0, tilt=tilt)
        )
        trials += found.kind == "crosses"
        hits += found.kind == "crosses" and found.low <= truth <= found.high
    assert trials > 500
    assert hits / trials >= 0.945


def test_without_noise_nearly_the_very_value_is_found():
    found = find_breakeven(AXIS, seasons(lambda x: x - 61.0, noise=1e-6))
    assert found.estimate == pytest.approx(61.0, abs=0.01)
    assert found.high - found.low < 4  # cut in half three times at both ends


@pytest.mark.parametrize(("level", "kind"), [(500.0, "first"), (-500.0, "second"), (0.0, "open")])
def test_no_break_even_is_made_up(level, kind):
    found = find_breakeven(AXIS, seasons(lambda _: level))
    assert found.kind == kind
    assert np.isnan([found.low, found.high, found.estimate]).all()
    said = breakeven_in_words(found, ("A", "B"), "earns more")
    assert {"first": "A earns more than B", "second": "B earns more than A"}.get(
        kind, "can it be told"
    ) in said


@pytest.mark.parametrize(("level", "kind"), [(76.13, "first"), (-76.13, "second")])
def test_a_difference_that_is_the_same_in_every_season_can_be_told(level, kind):
    customers = np.random.default_rng(1).normal(20_000, 3_000, 20)
    found = find_breakeven(AXIS, lambda values: [(customers + level, customers)] * len(values))
    assert found.kind == kind
    assert {each.difference.half_width for each in found.tried} == {0}


def test_a_lead_that_changes_twice_is_no_break_even():
    found = find_breakeven(AXIS, seasons(lambda x: (x - 50) ** 2 - 600))
    assert found.kind == "several"
    assert "more than once" in breakeven_in_words(found, ("A", "B"), "earns more")


def test_an_end_that_cannot_be_told_gives_no_interval():
    found = find_breakeven(AXIS, seasons(lambda x: x - 95))
    assert found.kind == "open"
    assert "B earns more at 0" in breakeven_in_words(found, ("A", "B"), "earns more")


def test_few_seasons_claim_nothing():
    assert find_breakeven(AXIS, seasons(lambda x: 50 * (x - 40), n=9)).kind == "open"


def test_a_share_is_also_said_as_one_in_so_many():
    axis = read_axis("gift.keeps=0%..20%")
    found = find_breakeven(axis, seasons(lambda x: 50 * (x - 4)))
    assert "(1 in 25)" in breakeven_in_words(found, ("Gift", "No gift"), "earns more")


def test_a_large_share_is_said_as_all_but_one_in_so_many():
    axis = read_axis("support.training.ends_well=90%..100%")
    found = find_breakeven(axis, seasons(lambda x: 50 * (x - 95)))
    assert "(all but 1 in 20)" in breakeven_in_words(found, ("Trained", "Not"), "earns more")


PAIR = ("Gift", "Plain")


def kept(lost, mean=lambda x: 5 * (x - 40)):
    found = find_breakeven(AXIS, seasons(mean, noise=1e-6))
    return kept_at(found, PAIR, {each.value: lost(each.number) for each in found.tried})


def test_a_break_even_is_said_in_waiting_customers():
    # The gift keeps one in a thousand for each unit of the setting, of four in ten who cancel.
    told = kept(lambda x: (0.4 - x / 1000, 0.4))
    assert (told.policy, told.other) == PAIR
    assert told.share == pytest.approx(0.04, abs=1e-4)
    assert told.low <= told.share <= told.high
    assert "Gift pays if it keeps 1 in 25 waiting customers who would cancel" in kept_in_words(told)
    assert kept(lambda x: (0.4, 0.4 - x / 1000)).policy == "Plain"


@pytest.mark.parametrize(
    "lost",
    [lambda _: (0.1, 0.4), lambda _: (0.4, math.nan)],
    ids=["the setting moves nobody", "nobody waits"],
)
def test_where_it_means_nothing_in_customers_nothing_is_said(lost):
    assert kept(lost) is None


def test_an_end_at_which_nobody_is_kept_is_no_end():
    told = kept(lambda x: (0.4 - max(0.0, x - 39) / 100, 0.4))
    assert told.low == 0
    assert "who would cancel under Plain: at most 1 in " in kept_in_words(told)


def test_without_a_break_even_nobody_is_kept():
    assert kept(lambda x: (0.4 - x / 1000, 0.4), lambda _: 500.0) is None


def test_whole_numbers_stay_whole():
    axis = dataclasses.replace(read_axis("people=1..9"), whole=True)
    found = find_breakeven(axis, seasons(lambda x: 200 * (x - 4.5)))
    assert (found.low, found.high) == (4, 5)
    assert all(each.value.isdigit() for each in found.tried)


def test_the_object_has_no_nan():
    import json

    found = find_breakeven(AXIS, seasons(lambda _: 500.0))
    answer = breakeven_json(found, ("A", "B"), "said", {"seed": 1})
    json.dumps(answer, allow_nan=False)
    assert (answer["kind"], answer["estimate"]) == ("first", None)
    assert {each["ahead"] for each in answer["values"]} == {"A"}

from pathlib import Path

import numpy as np
import pytest

from sim.errors import ScenarioError
from sim.experiment.axes import grid, latin_hypercube, read_axis
from sim.experiment.sweep import sweep_of
from sim.experiment.sweep_words import sweep_in_words, sweep_json
from sim.experiment.variants import Variants, load_variants, settled
from tests.experiment.fakes import study_of

SMALL = str(Path(__file__).parents[1] / "cli" / "small.yaml")
TOY = str(Path(__file__).parents[2] / "docs" / "how-to" / "toy-shop.yaml")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("demand.scale=0.8..1.2/3", ("0.8", "1", "1.2")),
        ("demand.scale=1..2", ("1", "1.25", "1.5", "1.75", "2")),
        ("a.lead_time=5..9 days/2", ("5 days", "9 days")),
        ("a.lead_time=5 days..9 days/2", ("5 days", "9 days")),
        ("costs.payment_fee=-2%..2%/2", ("-2%", "2%")),
        ("storefront.when_short=alerts, backorder", ("alerts", "backorder")),
        ("x={a: 1, b: 2},none", ("{a: 1, b: 2}", "none")),
        ("season.start=2026-10-05", ("2026-10-05",)),
    ],
)
def test_ranges_and_lists_are_read(text, values):
    assert read_axis(text).values == values


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("demand.scale", "no range and no list"),
        ("=1,2", "no range and no list"),
        ("x=3..a", "both ends are numbers"),
        ("x=3 days..5 hours", "both ends are numbers, in the same unit"),
        ("x=1..2/1", "between 2 and 1000 steps"),
        ("x=2..2/3", "same value more than once"),
    ],
)
def test_what_is_neither_is_refused(text, words):
    with pytest.raises(ScenarioError, match=words):
        read_axis(text)


def test_a_grid_has_every_combination():
    points = grid([read_axis("a=1,2"), read_axis("b=x,y,z")])
    assert len({tuple(point.values()) for point in points}) == 6
    assert points[1] == {"a": "1", "b": "y"}


def test_a_latin_hypercube_has_one_point_in_every_stratum():
    axes = [read_axis("a=0..10"), read_axis("b=5..15 days"), read_axis("c=x,y")]
    points = latin_hypercube(axes, 10, seed=3)
    assert sorted(int(float(point["a"])) for point in points) == list(range(10))
    assert sorted(int(float(point["b"].split()[0])) for point in points) == list(range(5, 15))
    assert [point["c"] for point in points].count("x") == 5
    more = latin_hypercube([*axes, read_axis("d=0..1")], 10, seed=3)
    assert [point["a"] for point in more] == [point["a"] for point in points]


def test_a_setting_of_people_takes_whole_numbers_only():
    axes = (read_axis("people.pick_pack.cohorts.crew.people=1..3"), read_axis("demand.scale=1..2"))
    assert [axis.whole for axis in settled(TOY, axes)] == [True, False]


def test_a_policy_with_a_value_of_its_own_is_simulated_once():
    points = grid([read_axis("storefront.when_short=backorder,alerts")])
    variants = load_variants(SMALL, points)
    assert variants.names[0, "Out of stock"] == variants.names[1, "Out of stock"]
    assert variants.names[0, "Backorder"] != variants.names[1, "Backorder"]
    assert len(variants.scenarios) == 3


def test_a_problem_at_any_point_is_said_once():
    points = grid([read_axis("demand.scale=1,2"), read_axis("products.MUG-RED.price=-1,1")])
    with pytest.raises(ScenarioError) as wrong:
        load_variants(SMALL, points)
    assert len(wrong.value.problems) == 1


def swept(*gains, noise=1.0, axes=None, n=20, **more):
    """A sweep in which B earns so much more than A at each point."""
    axes = axes or (read_axis("x=" + ",".join(map(str, range(len(gains))))),)
    numbers = np.random.default_rng(1)
    customers = numbers.normal(0, 50, n)
    values, names = {}, {}
    for place, gain in enumerate(gains):
        for policy, extra in (("A", 0.0), ("B", gain)):
            names[place, policy] = f"{policy} at {place}"
            series = customers + extra + numbers.normal(0, noise, n)
            values[names[place, policy]] = {"season_profit": series}
    variants = Variants(tuple(grid(axes)), ("A", "B"), {}, names)
    return sweep_of(study_of(values), variants, axes, **more)


def test_the_winner_changes_between_two_values_that_were_simulated():
    sweep = swept(-50, -20, 0, 20, 50)
    (crossing,) = sweep.crossovers()
    assert (crossing.before, crossing.after) == ("A", "B")
    assert (crossing.low, crossing.high, crossing.undecided) == ("1", "3", ("2",))
    assert "Somewhere between 1 and 3, B begins to beat A" in sweep_in_words(sweep)
    assert sweep_json(sweep)["crossovers"][0]["undecided"] == ["2"]


def test_noise_makes_points_undecided_and_never_a_claim():
    sweep = swept(-5, 0, 5, noise=40.0)
    assert [point.best.winner for point in sweep.points] == [None, None, None]
    assert sweep.crossovers() == ()
    assert "3 are undecided" in sweep_in_words(sweep)


def test_the_map_of_equal_policies_rarely_names_any_winner():
    wrong = 0
    for trial in range(200):
        numbers = np.random.default_rng(trial)
        names = {(place, policy): f"{policy}{place}" for place in range(12) for policy in "AB"}
        values = {name: {"season_profit": numbers.normal(0, 1, 15)} for name in names.values()}
        axes = (read_axis("x=" + ",".join(map(str, range(12)))),)
        variants = Variants(tuple(grid(axes)), ("A", "B"), {}, names)
        sweep = sweep_of(study_of(values), variants, axes)
        wrong += any(point.best.winner for point in sweep.points)
    assert wrong / 200 <= 0.07  # two standard errors above 0.05; without the correction 0.46


def test_each_line_of_a_grid_is_followed():
    axes = (read_axis("x=0,1,2"), read_axis("y=0,1"))
    sweep = swept(-30, 30, -30, 30, 30, 30, axes=axes)
    found = {
        (each.path, *each.elsewhere.values(), each.low, each.high) for each in sweep.crossovers()
    }
    assert found == {("x", "0", "1", "2"), ("y", "0", "0", "1"), ("y", "1", "0", "1")}


def test_a_sample_has_no_neighbors_and_so_no_crossovers():
    assert swept(-50, 50, sampled=True).crossovers() == ()


def test_one_value_for_all_is_said_to_change_nothing():
    assert "no value changes the winner" in sweep_in_words(swept(30, 40, 50))

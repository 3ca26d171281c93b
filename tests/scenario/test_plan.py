"""The `plan` block: how levers and targets are written, and what is wrong with them."""

from pathlib import Path

import pytest

from sim.errors import BadValue
from sim.scenario import load_policies, load_scenario, scenario_hash, write_scenario
from sim.scenario.levers import read_lever, read_range
from sim.scenario.targets import Target, read_target, write_target

TOY = Path(__file__).parents[2] / "docs" / "how-to" / "toy-shop.yaml"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("6 to 8", ("6", "7", "8")),
        ("6 to 9 by 2", ("6", "8", "9")),
        ("0% to 40% by 20%", ("0%", "20%", "40%")),
        ("0.5 to 0.7 by 0.1", ("0.5", "0.6", "0.7")),
        ("2026-11-02 to 2026-11-11 by 1 week", ("2026-11-02", "2026-11-09", "2026-11-11")),
        ("2 to 4 shelves of 8 liters by 2", ("2 shelves of 8 liters", "4 shelves of 8 liters")),
    ],
)
def test_a_range_holds_both_ends(text: str, values: tuple[str, ...]) -> None:
    assert read_range(text).values() == values


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("6", "is no range and no list of values"),
        ("8 to 6", "ends before it begins"),
        ("6 to 8 by 0", "the step must be above 0"),
        ("6 days to 8 hours", "both ends and the step are in the same unit"),
        ("0 to 5000", "has more than 1000 values"),
        ("2026-11-02 to 2026-11-31", "is no range of days"),
        ("2026-11-02 to 2026-11-30 by 2", "a range of days goes by days or weeks"),
        ([], "needs 1 to 1000 values"),
        ([1, 1], "has the same value more than once"),
        ({"values": "6 to 8", "price": 3}, "no setting of a lever is called 'price'"),
        ({"values": "6 to 8", "safer": "last"}, "safer is high or low, of a range"),
        ({"values": [6, 8], "safer": "high"}, "safer is last or first, of a list"),
        ({"values": "all", "safer": "last"}, "policies have no order"),
        ({"values": "6 to 8", "name": 3}, "the name of a lever is text"),
        (7, "is no range and no list of values"),
    ],
)
def test_what_is_no_lever_is_refused(written: object, said: str) -> None:
    with pytest.raises(BadValue, match=said):
        read_lever(written)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("at least 95 % in 9 of 10 seasons", Target(True, 0.95, 0.9, "%")),
        ("at most 2 hours on average", Target(False, 2.0, None, "hours")),
        ("none in 95% of seasons", Target(False, 0.0, 0.95)),
        ("at least -5 in 99.5 % of seasons", Target(True, -5.0, 0.995)),
    ],
)
def test_a_target_reads_as_it_is_said(text: str, target: Target) -> None:
    assert read_target(text) == target
    assert read_target(write_target(target)) == target


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("95%", "is no target"),
        ("at least 95%", "is no target"),
        ("at least 95% in 10 of 10 seasons", "must lie between 0 and 1"),
        ("none in 0% of seasons", "must lie between 0 and 1"),
        ("at least 95% in 3 of 0 seasons", "must lie between 0 and 1"),
    ],
)
def test_what_is_no_target_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadValue, match=said):
        read_target(text)


def test_a_plan_changes_no_result_and_no_fingerprint(tmp_path: Path) -> None:
    text = TOY.read_text(encoding="utf-8")
    assert "\nplan:\n" in text
    bare = tmp_path / "bare.yaml"
    bare.write_text(text.partition("\nplan:\n")[0], encoding="utf-8")
    planned, plain = load_policies(TOY), load_policies(bare)
    assert planned == plain  # not even a trace of it in what is simulated
    assert scenario_hash(load_scenario(TOY)) == scenario_hash(load_scenario(bare))


def test_a_written_plan_reads_the_same(tmp_path: Path) -> None:
    season = load_scenario(TOY)
    copy = tmp_path / "copy.yaml"
    copy.write_text(write_scenario(season), encoding="utf-8")
    assert load_scenario(copy).plan == season.plan

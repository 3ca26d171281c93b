"""Every kind of lever changes what it says, and what cannot be asked for is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from sim.errors import ScenarioError
from sim.scenario import Scenario, load_scenario
from tests.experiment.size.conftest import Ask

TARGETS = "  targets: {on_time_ship_rate: at least 95% in 9 of 10 seasons}\n"


def _seasonal(scenario: Scenario) -> Any:
    assert scenario.people.pick_pack is not None
    return scenario.people.pick_pack.cohorts[1]


def _team(scenario: Scenario) -> Any:
    return scenario.people.pick_pack


@pytest.mark.parametrize(
    ("lever", "of", "leanest", "safest"),
    [
        ("people.pick_pack.cohorts.seasonal.people: 3 to 5", lambda s: _seasonal(s).people, 3, 5),
        (
            "people.pick_pack.cohorts.seasonal.from: 2026-11-02 to 2026-11-16",
            lambda s: str(_seasonal(s).start),
            "2026-11-16",
            "2026-11-02",
        ),
        (
            "people.pick_pack.cohorts.seasonal.to: 2026-12-16 to 2026-12-23",
            lambda s: str(_seasonal(s).end),
            "2026-12-16",
            "2026-12-23",
        ),
        (
            "people.pick_pack.shift: [{mon-fri: 08:00-16:00}, {mon-sun: 08:00-14:00}]",
            lambda s: sum(day is not None for day in _team(s).shift.hours),
            5,
            7,
        ),
        (
            "people.pick_pack.overtime.until: [18:00, 20:00]",
            lambda s: _team(s).overtime.until // 3_600_000,
            18,
            20,
        ),
        (
            "backorder_area.positions: 200 to 230 shelves of 80 liters",
            lambda s: s.backorder_area.positions.count,
            200,
            230,
        ),
        (
            "people.backorder_team.cohorts.core.people: 1 to 4",
            lambda s: s.people.backorder_team.cohorts[0].people,
            1,
            4,
        ),
        (
            "replenishment.pre_season_buy: 0% to 40% by 10%",
            lambda s: s.replenishment.pre_season_buy,
            0.0,
            0.4,
        ),
        ("replenishment.service: 80% to 95% by 5%", lambda s: s.replenishment.service, 0.8, 0.95),
        (
            "products.MUG-A.reorder_point: 100 to 300 by 100",
            lambda s: s.products[0].reorder_point,
            100,
            300,
        ),
        (
            "carrier.promise: {values: 4 days to 6 days, safer: high}",
            lambda s: s.carrier.promise // 86_400_000,
            4,
            6,
        ),
        ("policy: [Backorder, Alerts]", lambda s: s.storefront.when_short, "backorder", "alerts"),
    ],
)
def test_a_lever_changes_the_season(
    ask: Ask, lever: str, of: Callable[[Scenario], object], leanest: object, safest: object
) -> None:
    question = ask(f"  levers:\n    {lever}\n{TARGETS}")
    (one,) = question.levers
    first, last = question.scenario((0,)), question.scenario((len(one.values) - 1,))
    assert first is not None
    assert last is not None
    assert (of(first), of(last)) == (leanest, safest)


def test_a_list_may_run_from_the_leanest_to_the_safest(ask: Ask) -> None:
    shifts = "[{mon-fri: 07:00-15:30}, {mon-sat: 07:00-15:30, breaks: 30 min}]"
    for safer, days in (("last", 6), ("first", 5)):
        lever = f"people.receiving.shift: {{values: {shifts}, safer: {safer}, name: Dock shift}}"
        question = ask(f"  levers:\n    {lever}\n{TARGETS}")
        (one,) = question.levers
        safest = question.scenario((1,))
        assert one.ordered
        assert safest is not None
        assert safest.people.receiving is not None
        assert safest.people.receiving.shift is not None
        assert sum(span is not None for span in safest.people.receiving.shift.hours) == days
        load_scenario("holiday", [one.setting(1)])  # it is written as `--set` takes it
    assert one.setting(0) == "people.receiving.shift={mon-sat: 07:00-15:30, breaks: 30 min}"


def test_space_goes_by_the_rentable_step(ask: Ask) -> None:
    question = ask(
        f"  levers: {{backorder_area.positions: 200 to 230 shelves of 80 liters}}\n{TARGETS}"
    )
    assert [str(value).split()[0] for value in question.levers[0].values] == ["200", "220", "230"]


def test_agents_are_a_lever(ask: Ask) -> None:
    season = (
        "season: {length: 5 days}\ndemand: {orders_per_day: 10}\nproducts: [{sku: A}]\n"
        "support: {handling: {exponential: 5 min}}\n"
        "people: {support: {cohorts: [{name: desk, people: 2}]}}"
    )
    plan = (
        "  levers: {people.support.cohorts.desk.people: 1 to 3}\n"
        "  targets: {asa: at most 20 seconds on average}\n"
    )
    question = ask(plan, season)
    scenario = question.scenario((2,))
    assert scenario is not None
    assert scenario.people.support is not None
    assert scenario.people.support.cohorts[0].people == 3
    assert question.levers[0].label == "desk people"


def test_a_plan_may_not_come_too_late_for_its_notice(ask: Ask) -> None:
    plan = (
        "  as_of: 2026-10-26\n"
        "  levers: {people.pick_pack.cohorts.seasonal.from: 2026-11-02 to 2026-11-16}\n"
    )
    question = ask(plan + TARGETS)
    # Notice is 14 days: November 9 would have to be decided on October 26, November 2 earlier.
    assert [question.scenario((at,)) is not None for at in (0, 1, 2)] == [True, True, False]
    assert "14 days notice" in question.refusal((2,))


def test_a_roster_beyond_the_legal_limit_is_not_offered(ask: Ask) -> None:
    plan = "  levers: {people.pick_pack.shift: [{mon-sat: 08:00-16:00}, {mon-sat: 08:00-17:00}]}\n"
    question = ask(plan + TARGETS)
    assert question.scenario((0,)) is not None  # 48 hours are the limit
    assert question.scenario((1,)) is None
    assert "54 hours a week" in question.refusal((1,))


def test_everything_that_is_wrong_with_targets_and_policies_is_said_at_once(ask: Ask) -> None:
    plan = (
        "  levers:\n    policy: [Backorders]\n    backorder_area.rent: all\n"
        "  targets:\n    on_time_rate: at least 95% in 9 of 10 seasons\n"
        "    cycle_time_p90: at most 2 days on average\n    loss: at most 3 in 9 of 10 seasons\n"
    )
    with pytest.raises(ScenarioError) as caught:
        ask(plan)
    lines = [str(problem).partition("s.yaml:")[2] for problem in caught.value.problems]
    assert lines == [
        "7:19: plan.targets.on_time_rate: no KPI has this name"
        " (got 'at least 95% in 9 of 10 seasons'); did you mean 'on_time_ship_rate'?",
        "8:21: plan.targets.cycle_time_p90: is in another unit than the KPI"
        " (got 'at most 2 days on average'); the KPI is in hours",
        "9:11: plan.targets.loss: something that goes wrong is to happen in none"
        " (got 'at most 3 in 9 of 10 seasons'); write e.g. none in 95% of seasons",
        "5:26: plan.levers.backorder_area.rent: only the policy has all for a value (got 'all')",
        "4:13: plan.levers.policy: there is no policy called 'Backorders';"
        " known: Backorder, Out of stock, Alerts, Capped hybrid, More stock",
    ]


def test_a_lever_that_no_season_takes_is_refused_by_its_place(ask: Ask) -> None:
    plan = (
        "  levers:\n    people.pick_pack.cohorts.seasonl.people: 1 to 3\n"
        "    people.pick_pack.cohorts.seasonal.people: 1 to 3 by 0.5\n"
    )
    with pytest.raises(ScenarioError) as caught:
        ask(plan + TARGETS)
    first, second = map(str, caught.value.problems)
    assert "s.yaml:4:" in first
    assert "did you mean 'seasonal'?" in first
    assert "s.yaml:5:" in second
    assert "whole number" in second


def test_a_season_without_a_plan_says_how_one_is_written(ask: Ask) -> None:
    with pytest.raises(ScenarioError, match=r"this season has no plan to size; write e\.g\. plan:"):
        ask("", "extends: gift-retailer\nname: no plan\n#")

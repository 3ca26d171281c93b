"""Where the search begins, by closed forms; and the lab in which plans are simulated."""

import pytest

from sim.experiment.size.bounds import first_plan
from sim.experiment.size.lab import Lab, customers_of
from sim.theory.queueing import fewest_servers
from tests.experiment.size.conftest import Ask

DESK = """\
season: {length: 4 days}
demand: {rate: 20 per hour, forecast_error: no}
products: [{sku: ITEM, stock: 1000000 units}]
"""


def _start(ask: Ask, season: str, lever: str, target: str) -> str:
    question = ask(f"  levers: {{{lever}}}\n  targets: {{{target}}}\n", season)
    return question.levers[0].text(first_plan(question, Lab(question, 1, workers=1))[0])


def test_people_begin_at_the_offered_load(ask: Ask) -> None:
    """20 an hour, 6 minutes each, are two people's work; 5 an hour more than one."""
    season = (
        DESK + "people: {pick_pack: {work: {per_order: 6 min}, cohorts: [{name: crew, people: 5}]}}"
    )
    target = "fill_rate: at least 5% on average"
    lever = "people.pick_pack.cohorts.crew.people: 1 to 9"
    assert _start(ask, season, lever, target) == "2"
    assert _start(ask, season.replace("20 per hour", "25 per hour"), lever, target) == "3"
    busy = season.replace("forecast_error: no", "forecast_error: {total: 50%}")
    assert _start(ask, busy, lever, "fill_rate: at least 5% in 9 of 10 seasons") == "4"


def test_agents_begin_at_what_erlang_asks_for(ask: Ask) -> None:
    season = DESK + (
        "support: {handling: {exponential: 6 min}, contacts: {placed: 100%}}\n"
        "people: {support: {service_target: 2 min, cohorts: [{name: desk, people: 5}]}}"
    )
    lever = "people.support.cohorts.desk.people: 1 to 9"
    found = _start(ask, season, lever, "asa: at most 20 seconds on average")
    assert found == str(fewest_servers(20, 10, 2 / 60, 0.8))


def test_space_begins_above_the_fullest_area_of_a_pilot(toy: Ask) -> None:
    question = toy(
        "  levers: {backorder_area.positions: 1 to 40 shelves of 80 liters by 1}\n"
        "  targets: {space_overflow: none in 95% of seasons}\n"
    )
    lab = Lab(question, 1, workers=1)
    at = first_plan(question, lab)
    peak = lab.values((len(question.levers[0].values) // 2,), range(4), "space_used_peak").max()
    assert peak < at[0] + 1 < peak + 1.7 * peak**0.5 + 1


def test_what_has_no_closed_form_begins_where_the_season_is(toy: Ask) -> None:
    target = "  targets: {space_overflow: none in 95% of seasons}\n"
    question = toy("  levers: {products.TRAIN.price: 37 to 41 by 1}\n" + target)
    assert first_plan(question, Lab(question, 1, workers=1)) == (2,)
    question = toy("  levers: {products.TRAIN.price: 40 to 48 by 1}\n" + target)
    assert first_plan(question, Lab(question, 1, workers=1)) == (4,)  # the middle


def test_a_plan_runs_at_most_once_on_a_season(toy: Ask) -> None:
    question = toy(
        "  levers: {people.pick_pack.cohorts.crew.people: 1 to 3}\n"
        "  targets: {space_overflow: none in 95% of seasons}\n"
    )
    told: list[int] = []
    lab = Lab(question, 1, workers=1, progress=told.append)
    lab.run([((0,), 3), ((1,), 3), ((0,), 3)])
    lab.run([((0,), 3), ((0,), 4)])
    assert lab.simulated == sum(told) == 3
    assert lab.known((0,)) == [3, 4]


def test_a_larger_season_surprises_the_shop(toy: Ask) -> None:
    """A fifth more customers come; the scenario, by which the shop buys, is the same."""
    question = toy(
        "  levers: {people.pick_pack.cohorts.crew.people: 1 to 3}\n"
        "  targets: {space_overflow: none in 95% of seasons}\n"
    )
    scenario = question.scenario((0,))
    assert scenario is not None
    usual = sum(len(customers_of(scenario, 1, season, 1.0).orders) for season in range(8))
    larger = sum(len(customers_of(scenario, 1, season, 1.2).orders) for season in range(8))
    assert larger / usual == pytest.approx(1.2, abs=0.03)

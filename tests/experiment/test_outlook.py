"""A season over its weeks: what is expected, and what one simulated season had."""

import pytest

from sim.experiment.outlook import expected_orders, outlook
from sim.experiment.replay import replay_season
from sim.scenario import load_policies
from sim.scenario.calendar import season_calendar
from sim.scenario.sizes import expected_orders as expected_in_all


def test_expected_orders_of_the_days_are_those_of_the_season() -> None:
    scenario = load_policies("holiday")["Backorder"]
    calendar = season_calendar(scenario.season)
    orders = expected_orders(scenario)
    assert len(orders) == 84
    assert orders.sum() == pytest.approx(expected_in_all(scenario.demand, 0, calendar), rel=1e-3)
    cyber_monday = 56
    assert orders.argmax() == cyber_monday
    assert orders[cyber_monday] / orders[cyber_monday - 7] == pytest.approx(5.0, rel=1e-6)


def test_weeks_begin_on_mondays_and_add_up() -> None:
    settings = ["demand.orders_per_day=60", "season.start=2026-10-07"]
    scenario = load_policies("holiday", settings)["Backorder"]
    found = outlook(scenario)
    days = replay_season(scenario).days.iloc[: len(found.orders)]
    assert found.weeks.index.tolist()[:3] == [0, 5, 12]
    for column in ("needed", "staffed", "placed", "received"):
        assert found.weeks[column].sum() == pytest.approx(days[column].sum())
    assert found.weeks["needed"][5] == pytest.approx(days["needed"][5:12].sum())
    assert found.weeks["on_hand"][12] == days["on_hand"][12]

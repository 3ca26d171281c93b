"""Shifts in a run: finishing or pausing, overtime, its limit, and what is paid."""

from __future__ import annotations

import pytest

from tests.warehouse.small import DAY, HOUR, Buyer, run, scenario


def _worked(buyers, people=1, work="3 hours", **team):
    block = {
        "shift": {"daily": "08:00-16:00"},
        "work": {"per_order": work},
        "cohorts": [{"name": "core", "people": people}],
    } | team
    season = scenario(
        products=[{"sku": "A", "stock": "100 units"}],
        people={"pick_pack": block},
    )
    return run(season, *buyers)


def _orders(n, at=0):
    return [Buyer(at) for _ in range(n)]


def test_the_order_in_hand_is_finished_after_the_shift_and_paid_as_overtime():
    ledger = _worked(_orders(4))
    hours = [time / HOUR for time in ledger.parcels["shipped_at"].tolist()]
    assert hours == [11, 14, 17, 35]
    assert ledger.marks.people["late_ms"][-1].tolist() == [HOUR]


def test_or_it_is_paused_and_goes_on_in_the_morning_with_the_work_that_is_left():
    ledger = _worked(_orders(4), at_shift_end="pause")
    hours = [time / HOUR for time in ledger.parcels["shipped_at"].tolist()]
    assert hours == [11, 14, 33, 36]
    assert ledger.parcels["started_at"].tolist()[2] == 14 * HOUR
    assert ledger.marks.people["busy_ms"][-1].tolist() == [12 * HOUR]


def test_of_several_paused_tasks_that_of_the_first_person_comes_first():
    ledger = _worked(_orders(2), people=2, work="10 hours", at_shift_end="pause")
    assert ledger.parcels["person"].tolist() == [0, 1]
    assert [time / HOUR for time in ledger.parcels["shipped_at"].tolist()] == [34, 34]


OVERTIME = {"when_backlog_over": "4 hours", "until": "18:00"}


@pytest.mark.parametrize(("orders", "stays"), [(8, False), (9, True)])
def test_people_stay_when_more_work_waits_for_each_than_the_rule_says(orders, stays):
    # At 16:00 eight of the orders of one hour are done by two people at half speed.
    ledger = _worked(
        _orders(orders + 8), people=2, work="1 hour", overtime=OVERTIME,
        cohorts=[{"name": "core", "people": 2, "speed": 0.5}],
    )  # fmt: skip
    first_day = ledger.shifts[ledger.shifts["day"] == 0]
    assert first_day["overtime_ms"].tolist() == [2 * HOUR * stays] * 2


def test_nobody_passes_the_legal_limit_of_hours_in_a_week():
    ledger = _worked(_orders(60), overtime=OVERTIME | {"at_most": "60 hours per week"})
    week = ledger.shifts[ledger.shifts["day"] < 7]
    # Seven shifts of eight hours; hours are known day by day, so the first days get the overtime.
    assert week["overtime_ms"].tolist() == [2 * HOUR] * 6 + [0]
    worked = (week["paid_ms"] + week["overtime_ms"]).cumsum()
    assert (worked <= 68 * HOUR).all()
    assert ledger.shifts["overtime_ms"][7] == 2 * HOUR  # a new week


def test_overtime_of_one_shift_may_end_with_another_shift():
    cohorts = [
        {"name": "early", "people": 1},
        {"name": "late", "people": 1, "shift": {"daily": "10:00-18:00"}},
    ]
    overtime = OVERTIME | {"at_most": "80 hours per week"}
    ledger = _worked(_orders(90), cohorts=cohorts, overtime=overtime, at_shift_end="pause")
    first = ledger.shifts[ledger.shifts["day"] == 0]
    assert first["overtime_ms"].tolist() == [2 * HOUR, 0]
    assert ledger.marks.teams["duty_time"][1].tolist() == [10 * (10 + 8) * HOUR]


def test_shifts_go_on_weekly_while_the_season_drains_and_cohorts_that_ended_stay_ended():
    cohorts = [
        {"name": "core", "people": 1},
        {"name": "seasonal", "people": 1, "to": "4 days"},
    ]
    ledger = _worked(_orders(12, at=10 * DAY - 1), cohorts=cohorts)
    assert ledger.drained
    assert set(ledger.parcels["person"].tolist()) == {0}
    assert (ledger.shifts["start_at"] >= 10 * DAY).sum() == 4
    assert ledger.drained_at == 13 * DAY + 17 * HOUR


def test_without_anybody_left_the_cap_reports_orders_as_open():
    cohorts = [{"name": "seasonal", "people": 1, "to": "4 days"}]
    ledger = _worked(_orders(1, at=6 * DAY), cohorts=cohorts)
    assert not ledger.drained
    assert ledger.drained_at == 70 * DAY

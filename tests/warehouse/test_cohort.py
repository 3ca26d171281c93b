"""The roster: who comes on which day, how fast they are, and what is paid."""

from __future__ import annotations

import datetime as dt
import itertools
import math

import numpy as np
import pytest

from sim.randomness import uniforms
from sim.scenario.calendar import season_calendar
from sim.scenario.cohort_checks import cohort_problems
from sim.warehouse.roster import roster
from sim.warehouse.run import Times
from tests.warehouse.small import DAY, HOUR, scenario

OFFICE = {"daily": "08:00-16:00"}


def _roster(*cohorts, seed=1, team=None, season=None):
    named = [{"name": f"c{n}"} | cohort for n, cohort in enumerate(cohorts)]
    block = {"shift": OFFICE, "cohorts": named} | (team or {})
    made = scenario(
        people={"pick_pack": block},
        season={"length": "10 days", "drain": "0 days"} | (season or {}),
    )
    return roster(made.people, Times.of(made), seed, 0)


def _duties(drawn):
    return np.sort(drawn.duties, order="start").view(np.recarray)


def _days(drawn, **flags):
    rows = drawn.rows
    for name, value in flags.items():
        rows = rows[rows[name] == value]
    return rows["day"].tolist()


def test_a_shift_is_on_duty_before_and_after_its_break_and_the_break_is_not_paid():
    drawn = _roster({"people": 1}, team={"shift": OFFICE | {"breaks": "1 hour"}})
    first, second = _duties(drawn)[:2]
    assert (first.start, first.end) == (8 * HOUR, int(11.5 * HOUR))
    assert (second.start, second.end) == (int(12.5 * HOUR), 16 * HOUR)
    assert set(drawn.rows["paid_ms"].tolist()) == {7 * HOUR}


def test_nobody_comes_on_closed_days_and_cohorts_keep_to_their_dates():
    season = {"start": "2026-11-23", "closed": ["thanksgiving"]}
    drawn = _roster({"people": 1, "from": "2026-11-25", "to": "2026-11-28"}, season=season)
    assert _days(drawn) == [2, 4, 5]


def test_training_is_paid_without_work_and_learning_counts_the_days_worked():
    learning = {"start": "50%", "full_after": "2 days", "errors_start": "10%"}
    drawn = _roster({"people": 1, "training": "3 days", "learning": learning})
    assert _days(drawn, training=1) == [0, 1, 2]
    duties = _duties(drawn)
    assert duties[0].start == 3 * DAY + 8 * HOUR
    assert [duty.speed for duty in duties[:4]] == [500, 750, 1000, 1000]
    assert [duty.error_rate for duty in duties[:3]] == [100_000, 50_000, 0]
    assert drawn.rows["paid_ms"].sum() == 10 * 8 * HOUR


def test_one_experienced_person_trains_two_new_ones_and_does_no_other_work():
    new = {"people": 3, "from": "2 days", "training": "1 day", "trainees_per_trainer": 2}
    drawn = _roster({"people": 3}, new)
    trainers = drawn.rows[drawn.rows["trainer"] == 1]
    assert list(zip(trainers["person"].tolist(), trainers["day"].tolist(), strict=True)) == [
        (0, 2),
        (1, 2),
    ]
    busy = {(duty.person, duty.start // DAY) for duty in _duties(drawn)}
    assert (0, 2) not in busy
    assert (2, 2) in busy


@pytest.mark.parametrize(("paid", "hours"), [("yes", 8), ("no", 0)])
def test_absence_is_drawn_by_person_and_day_and_paid_as_stated(paid, hours):
    drawn = _roster({"people": 2, "absence": "30%", "paid_absence": paid})
    for person in range(2):
        mine = drawn.rows[drawn.rows["person"] == person]
        key = ("absence", "pick_pack", "c0", person)
        expected = [day for day in range(10) if next(uniforms(1, 0, *key, day)) < 0.3]
        assert mine["day"][mine["absent"] == 1].tolist() == expected
        assert set(mine["paid_ms"][mine["absent"] == 1].tolist()) <= {hours * HOUR}


def test_no_shows_never_come_and_another_cohort_does_not_change_who_they_are():
    alone = _roster({"people": 20, "no_show": "40%"})
    beside = _roster({"people": 20, "no_show": "40%"}, {"people": 3})
    came = np.unique(alone.rows["person"]).tolist()
    assert 4 <= len(came) <= 18
    assert [person for person in np.unique(beside.rows["person"]).tolist() if person < 20] == came


def test_people_quit_after_an_exponential_time_with_the_stated_weekly_chance():
    drawn = _roster({"people": 5, "quits": "50% per week"})
    for person in range(5):
        u = next(uniforms(1, 0, "quit", "pick_pack", "c0", person))
        quits_at = int(math.log(1 - u) / math.log(0.5) * 7 * DAY)
        days = drawn.rows["day"][drawn.rows["person"] == person]
        assert len(days) == min(10, -(-quits_at // DAY))


def test_the_minimum_term_is_paid_beyond_the_last_day():
    drawn = _roster({"people": 1, "from": "1 day", "to": "3 days", "minimum_term": "4 days"})
    assert _days(drawn, absent=0) == [1, 2]
    assert _days(drawn, absent=1) == [3, 4]
    assert drawn.rows["paid_ms"].sum() == 4 * 8 * HOUR


def test_people_who_are_always_there_come_once_and_stay():
    drawn = _roster({"people": 2}, team={"shift": "always"})
    assert [len(roll) for _, roll in drawn.starts] == [2]
    assert [leaving.time for leaving in drawn.ends] == [10 * DAY]
    assert drawn.rows["paid_ms"].sum() == 2 * 10 * DAY


def test_training_before_the_run_began_is_over():
    cohort = {"people": 1, "from": "2 days before start", "training": "3 days"}
    assert _days(_roster(cohort), training=1) == [0]


def test_only_cohorts_without_a_paid_hour_in_the_run_are_refused():
    refused = 0
    spans = [(first, first + days) for first in range(-9, 18) for days in (0, 1, 7)]
    for (first, last), term, at in itertools.product(spans, (0, 5), ("00:00", "09:00")):
        monday = dt.date(2026, 11, 23)
        begins, ends = (str(monday + dt.timedelta(days=day)) for day in (first, last))
        cohort = {"people": 1, "from": begins, "to": ends, "minimum_term": f"{term} days"}
        team = {"shift": {"daily": "22:00-21:00"}, "cohorts": [cohort | {"name": "c"}]}
        season = {"start": f"{monday} {at}", "warm_up": "2 days", "drain": "3 days"}
        made = scenario(people={"pick_pack": team}, season=season | {"length": "10 days"})
        calendar = season_calendar(made.season)
        if [*cohort_problems("", made.people.pick_pack, made.season, calendar)]:
            refused += 1
            drawn = roster(made.people, Times.of(made), 1, 0)
            assert not drawn.rows["paid_ms"].any(), cohort
            assert not len(drawn.duties), cohort
    assert refused > 20

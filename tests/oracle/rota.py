"""Who is on duty when: shifts, breaks, closed days, absence, training, learning, quitting."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from tests.oracle.clock import NEVER
from tests.oracle.facts import DAY, Facts

TEAMS = ("pick_pack", "pick", "pack", "backorder_team", "receiving", "support")
WEEK = 7 * DAY


@dataclass
class Duty:
    """A stretch of time on duty at one speed."""

    start: int
    end: int | None
    """None: the next duty follows at once, and the person stays."""
    speed: int
    error_rate: int
    """Per million."""
    length: int
    """Milliseconds."""
    week: int
    """Week of the legal limit: Monday to Sunday, by the day on which the shift starts."""
    overtime_until: int | None = None
    week_limit: int = NEVER


@dataclass
class Rostered:
    """One person's days."""

    team: str
    cohort: Any
    days: list[tuple[int, int]] = field(default_factory=list)
    """(day number, midnight) of every day on which the person comes."""
    training: set[int] = field(default_factory=set)
    duties: list[Duty] = field(default_factory=list)


def rota(facts: Facts) -> list[Rostered]:
    """Everybody on the payroll, by person id."""
    people = []
    for name in TEAMS:
        team = getattr(facts.scenario.people, name)
        if team is None or team.unlimited:
            continue
        members = []
        for cohort in team.cohorts:
            for number in range(cohort.people):
                person = Rostered(name, cohort)
                _coming(facts, person, number)
                members.append(person)
        trainers = _trainers(facts, members)
        for person in members:
            _duties(facts, team, person, trainers)
        people += members
    return people


def _coming(facts: Facts, person: Rostered, number: int) -> None:
    """The days on which a person of a cohort really comes to work."""
    cohort, team = person.cohort, person.team
    if _uniform(facts, "no_show", team, cohort.name, number) < cohort.no_show:
        return
    first = facts.ms(cohort.start) if cohort.start else 0
    last = facts.calendar.ms_of_day_end(cohort.end) + facts.warm_up if cohort.end else NEVER
    quits_at = NEVER
    if cohort.quits:
        uniform = _uniform(facts, "quit", team, cohort.name, number)
        weeks = 0.0
        if cohort.quits < 1:
            weeks = math.log(1 - uniform) / math.log(1 - cohort.quits)
        quits_at = max(0, first) + int(weeks * WEEK)
    shift = cohort.shift or getattr(facts.scenario.people, team).shift
    for day, midnight, weekday in facts.days(first):
        works = shift == "always" or shift.hours[weekday] is not None
        inside = first < midnight + DAY and midnight < min(last, quits_at)
        if not works or not inside or day in facts.closed:
            continue
        if _uniform(facts, "absence", team, cohort.name, number, day) < cohort.absence:
            continue
        person.days.append((day, midnight))
        if len(person.training) < -(-cohort.training // DAY):
            person.training.add(day)


def _trainers(facts: Facts, members: list[Rostered]) -> set[tuple[int, int]]:
    """(id within the team, day) of experienced people who train others all day."""
    trainers = set()
    for day, _, _ in facts.days():
        needed = 0.0
        for person in members:
            if day in person.training and person.cohort.trainees_per_trainer:
                needed += 1 / person.cohort.trainees_per_trainer
        able = [
            number
            for number, person in enumerate(members)
            if day not in person.training and any(each == day for each, _ in person.days)
        ]
        for number in able[: math.ceil(needed - 1e-9)]:
            trainers.add((number, day))
    return {(id(members[number]), day) for number, day in trainers}


def _duties(facts: Facts, team: Any, person: Rostered, trainers: set[tuple[int, int]]) -> None:
    cohort, learning = person.cohort, person.cohort.learning
    shift = cohort.shift or team.shift
    worked = 0
    for day, midnight in person.days:
        if day in person.training:
            continue
        speed, errors = cohort.speed, 0.0
        if learning is not None:
            full = learning.full_after / DAY
            share = min(1.0, worked / full) if full else 1.0
            speed *= learning.start + (1 - learning.start) * share
            errors = learning.errors_start + (learning.errors_full - learning.errors_start) * share
        worked += 1
        if (id(person), day) in trainers:
            continue
        ability = max(1, round(speed * 1000)), round(errors * 1_000_000)
        _add_day(facts, team, person, shift, (day, midnight), ability)
    _join(person)


def _add_day(
    facts: Facts,
    team: Any,
    person: Rostered,
    shift: Any,
    when: tuple[int, int],
    ability: tuple[int, int],
) -> None:
    """One day's duty: two stretches when there is a break."""
    day, midnight = when
    opens, closes, pause = 0, DAY, 0
    if shift != "always":
        weekday = facts.calendar.weekday_of(midnight - facts.warm_up)
        opens, closes = shift.hours[weekday]
        pause = shift.breaks
    middle = opens + (closes - opens - pause) // 2
    stretches = [(opens, middle), (middle + pause, closes)] if pause else [(opens, closes)]
    week = (day + facts.calendar.weekday_of(0)) // 7
    for begin, end in stretches:
        start, stop = max(0, midnight + begin), midnight + end
        if stop <= start or start >= facts.end:
            continue
        duty = Duty(start, stop, *ability, stop - start, week)
        if end == closes and team.overtime is not None and shift != "always":
            until = midnight + team.overtime.until
            duty.overtime_until = until if until > stop else None
            duty.week_limit = team.overtime.at_most
        person.duties.append(duty)


def _join(person: Rostered) -> None:
    """A stretch that ends as the next begins is no end."""
    person.duties.sort(key=lambda duty: duty.start)
    for duty, following in zip(person.duties, person.duties[1:], strict=False):
        if duty.end == following.start:
            duty.end = None


def _uniform(facts: Facts, *key: str | int) -> float:
    return next(facts.uniforms(*key))

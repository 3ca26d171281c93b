"""The roster: who comes on which day, how fast they are, and what is paid. Known before the run.

Hiring, no-shows, training, learning, absence and quits do not depend on what happens in the
warehouse; only overtime does, and `shifts` decides it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.randomness import uniforms
from sim.scenario.clock import ALWAYS
from sim.scenario.people import Team
from sim.scenario.units import DAY, WEEK
from sim.warehouse.ledger import SHIFT
from sim.warehouse.people_rows import ROLL
from sim.warehouse.state import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from sim.scenario.people import Cohort, People, Shift
    from sim.warehouse.run import Times

TEAMS = ("pick_pack", "pick", "pack", "backorder_team", "receiving")
"""Teams in the order of their numbers."""


class Duty(NamedTuple):
    """A stretch of time on duty at one speed."""

    person: int
    team: str
    start: int
    end: int | None
    """None: the next duty follows at once, and the person stays."""
    speed: int
    """Per mille."""
    error_rate: int
    """Orders with an error, per million."""
    week: int
    """Calendar week, for the limit of hours."""
    length: int
    """Milliseconds."""
    overtime_until: int | None
    """How long the person may be asked to stay; None: not at all."""
    row: int
    """Row of the roster's table."""


Group = tuple[int, tuple[Duty, ...]]
"""An instant, and the duties that begin or end at it."""


class Roster(NamedTuple):
    """Everybody on the payroll."""

    people: tuple[tuple[str, str], ...]
    """Team and cohort, by person id."""
    starts: tuple[Group, ...]
    """Duties by their begin; who only goes on at the same speed is left out."""
    rolls: tuple[NDArray[np.void], ...]
    """ROLL rows of each of the `starts`."""
    ends: tuple[Group, ...]
    """Duties by their end, the last person first."""
    rows: NDArray[np.void]
    """Table of shifts, without overtime."""


class _Term(NamedTuple):
    """When a cohort is there."""

    first: int
    """Its first instant."""
    last: int
    """The end of its work."""
    paid_until: int
    """The end of its pay."""


class _Workday(NamedTuple):
    """A day on which a cohort's shift is open."""

    number: int
    midnight: int
    stretches: list[tuple[int, int]]
    """Begin and end of the hours on duty, in the run."""
    closes: int


@dataclass(slots=True)
class _Day:
    """One paid day of one person."""

    number: int
    stretches: list[tuple[int, int]]
    closes: int
    training: bool = False
    trainer: bool = False
    absent: bool = False
    paid: bool = True


@dataclass(slots=True)
class _Member:
    """One person of a team."""

    cohort: Cohort
    nth_cohort: int
    days: list[_Day]


@lru_cache(maxsize=4)
def roster(people: People, times: Times, seed: int, replication: int) -> Roster:
    """Draw up the roster. Policies that share people share it."""
    names: list[tuple[str, str]] = []
    duties: list[Duty] = []
    rows: list[tuple[int, ...]] = []
    for number, (name, team) in enumerate(staffed(people)):
        members = _members(name, team, times, (seed, replication))
        _name_trainers(members)
        for member in members:
            person = len(names)
            names.append((name, member.cohort.name))
            duties += _duties(member, name, team, (person, len(rows)), times)
            rows += [_row(person, number, member, day) for day in member.days if day.stretches]
    table = np.array(rows, SHIFT)
    table.setflags(write=False)
    starts = _starts(people, duties)
    return Roster(tuple(names), starts, _rolls(starts), _ends(duties), table)


def staffed(people: People) -> list[tuple[str, Team]]:
    """Teams by number. Without a picking team there is an unlimited one that needs no time."""
    named = [(name, getattr(people, name)) for name in TEAMS]
    teams = [(name, team) for name, team in named if team is not None]
    if people.pick_pack is None and people.pick is None:
        teams.insert(0, ("pick_pack", Team(unlimited=True)))
    return teams


def _members(name: str, team: Team, times: Times, key: tuple[int, int]) -> list[_Member]:
    members = []
    for nth, cohort in enumerate(() if team.unlimited else team.cohorts):
        term = _term(cohort, times)
        workdays = _workdays(cohort.shift or team.shift, term, times)
        for number in range(cohort.people):
            days = list(_days(cohort, workdays, term, (*key, name, cohort.name, number)))
            members.append(_Member(cohort, nth, days))
    return members


def _workdays(shift: Shift | str, term: _Term, times: Times) -> list[_Workday]:
    """The days of a cohort's term on which its shift is open, to the end of the run."""
    workdays = []
    day, weekday = min(times.day(0) - 1, times.day(term.first)), times.weekday(0)
    while (midnight := times.midnight(day)) < min(times.cap, max(term.last, term.paid_until)):
        hours = _hours(shift, (weekday + day) % 7)
        if hours and term.first < midnight + DAY and day not in times.closed:
            stretches = [
                (max(0, midnight + begin), midnight + end)
                for begin, end in hours
                if midnight + end > 0 and midnight + begin < times.cap
            ]
            workdays.append(_Workday(day, midnight, stretches, midnight + hours[-1][1]))
        day += 1
    return workdays


def _days(
    cohort: Cohort, workdays: list[_Workday], term: _Term, key: tuple[int, int, str, str, int]
) -> Iterator[_Day]:
    """The paid days of one person of a cohort; `key` names the person in the season."""

    def uniform(kind: str, *more: int) -> float:
        return next(uniforms(*key[:2], kind, *key[2:], *more))

    if cohort.no_show and uniform("no_show") < cohort.no_show:
        return
    quits_at = NEVER
    if cohort.quits:
        quits_at = max(0, term.first) + _time_to_quit(cohort.quits, uniform("quit"))
    untrained = -(-cohort.training // DAY)
    for number, midnight, stretches, closes in workdays:
        if midnight >= quits_at:
            return
        day = _Day(number, stretches, closes)
        if midnight >= term.last:
            day.absent = True  # after the end, paid by the minimum term
        elif cohort.absence and uniform("absence", number) < cohort.absence:
            day.absent, day.paid = True, cohort.paid_absence
        elif untrained:
            day.training = True
            untrained -= 1
        yield day


def _term(cohort: Cohort, times: Times) -> _Term:
    first = 0 if cohort.start is None else times.ms(cohort.start)
    if cohort.end is None:
        return _Term(first, NEVER, NEVER)
    last = times.calendar.ms_of_day_end(cohort.end) + times.start
    return _Term(first, last, max(last, first + cohort.minimum_term))


def _time_to_quit(weekly_chance: float, u: float) -> int:
    """Exponential time until a person quits, in ms, from the chance to quit within a week."""
    if weekly_chance >= 1:
        return 0
    return int(math.log1p(-u) / math.log1p(-weekly_chance) * WEEK)


def _hours(shift: Shift | str, weekday: int) -> list[tuple[int, int]]:
    """Hours on duty of a day, without the unpaid break in the middle."""
    week = ALWAYS if isinstance(shift, str) else shift.hours
    span = week[weekday]
    if span is None:
        return []
    pause = 0 if isinstance(shift, str) else shift.breaks
    if not pause:
        return [span]
    middle = span[0] + (span[1] - span[0] - pause) // 2
    return [(span[0], middle), (middle + pause, span[1])]


def _name_trainers(members: list[_Member]) -> None:
    """Experienced people of the team train the new ones and do nothing else that day."""
    needed: Counter[int] = Counter()
    for member in members:
        if member.cohort.trainees_per_trainer:
            for day in member.days:
                # In billionths, so that three thirds make one trainer and a rounding none more.
                needed[day.number] += day.training * round(1e9 / member.cohort.trainees_per_trainer)
    for member in members:
        for day in member.days:
            if needed[day.number] > len(members) and not day.training and not day.absent:
                day.trainer = True
                needed[day.number] -= 1_000_000_000


def _duties(
    member: _Member, name: str, team: Team, place: tuple[int, int], times: Times
) -> list[Duty]:
    """Productive stretches of one person; `place` is the person's id and first row."""
    person, row = place
    duties: list[Duty] = []
    worked = 0
    for day in member.days:
        here, row = row, row + bool(day.stretches)
        if day.training or day.absent:
            continue
        speed, errors = _experience(member.cohort, worked)
        worked += 1
        if day.trainer:
            continue
        for start, end in day.stretches:
            if duties and duties[-1].end == start:
                duties[-1] = duties[-1]._replace(end=None, overtime_until=None)
            stay = None
            if end == day.closes and team.overtime is not None:
                shift = member.cohort.shift or team.shift
                until = times.midnight(day.number) + team.overtime.until
                stay = until if until > end and not isinstance(shift, str) else None
            week = (day.number + times.weekday(0)) // 7
            length = end - start
            duties.append(Duty(person, name, start, end, speed, errors, week, length, stay, here))
    return duties


def _experience(cohort: Cohort, worked: int) -> tuple[int, int]:
    """Speed (per mille) and error rate (per million) after a number of days worked."""
    learning = cohort.learning
    if learning is None:
        return max(1, round(cohort.speed * 1000)), 0
    full = learning.full_after / DAY
    share = min(1.0, worked / full) if full else 1.0
    speed = cohort.speed * (learning.start + (1 - learning.start) * share)
    errors = learning.errors_start + (learning.errors_full - learning.errors_start) * share
    return max(1, round(speed * 1000)), round(errors * 1_000_000)


def _row(person: int, team: int, member: _Member, day: _Day) -> tuple[int, ...]:
    """A row of the table of shifts."""
    paid = sum(end - start for start, end in day.stretches) if day.paid else 0
    start, end = day.stretches[0][0], day.stretches[-1][1]
    flags = (day.training, day.trainer, day.absent)
    return (person, team, member.nth_cohort, day.number, start, end, paid, 0, *flags)


def _starts(people: People, duties: list[Duty]) -> tuple[Group, ...]:
    groups: defaultdict[int, list[Duty]] = defaultdict(list)
    before: Duty | None = None
    for duty in duties:
        # Hours of teams with overtime are counted duty by duty.
        if getattr(people, duty.team).overtime is not None or not _goes_on(before, duty):
            groups[duty.start].append(duty)
        before = duty
    return tuple((time, tuple(group)) for time, group in sorted(groups.items()))


def _rolls(starts: tuple[Group, ...]) -> tuple[NDArray[np.void], ...]:
    rows = [[(duty.person, duty.speed, duty.error_rate) for duty in duties] for _, duties in starts]
    return tuple(np.array(each, ROLL) for each in rows)


def _ends(duties: list[Duty]) -> tuple[Group, ...]:
    groups: defaultdict[int, list[Duty]] = defaultdict(list)
    for duty in reversed(duties):
        if duty.end is not None:
            groups[duty.end].append(duty)
    return tuple((time, tuple(group)) for time, group in sorted(groups.items()))


def _goes_on(before: Duty | None, duty: Duty) -> bool:
    """Whether a duty only continues the one before, at the same speed."""
    return (
        before is not None
        and before.end is None
        and before.person == duty.person
        and (before.speed, before.error_rate) == (duty.speed, duty.error_rate)
    )

"""A cohort: on which days each of its people is paid, trained, or away. Known before the run.

Hiring, no-shows, training, absence and quits do not depend on what happens in the warehouse; only
overtime does, and `shifts` decides it.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.randomness import uniform_rows, uniforms
from sim.scenario.clock import ALWAYS
from sim.scenario.units import DAY, WEEK
from sim.warehouse.words import NEVER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.scenario.people import Cohort, Shift, Team
    from sim.warehouse.run import Times

    Table = NDArray[np.void]

PERSON_DAY = np.dtype(
    [
        ("person", np.int32),  # within the team
        ("cohort", np.int16),  # position in the team's cohorts
        ("day", np.int32),
        ("midnight", np.int64),
        ("begin", np.int64, (2,)),  # of the hours on duty before and after the break
        ("end", np.int64, (2,)),
        ("open", np.bool_, (2,)),  # whether these hours lie in the run
        ("closes", np.int64),  # end of the shift
        ("training", np.bool_),
        ("trainer", np.bool_),
        ("absent", np.bool_),
        ("paid", np.bool_),
    ]
)
"""One paid day of one person. Instants in ms of the run."""


class Term(NamedTuple):
    """When a cohort is there, in ms of the run."""

    first: int
    """Its first instant."""
    last: int
    """The end of its work."""
    paid_until: int
    """The end of its pay."""


def person_days(name: str, team: Team, times: Times, seed: int, replication: int) -> Table:
    """The paid days of a team's people, by person and day, as rows of PERSON_DAY."""
    days: list[Table] = []
    for nth, cohort in enumerate(() if team.unlimited else team.cohorts):
        term = _term(cohort, times)
        workdays = _workdays(cohort.shift or team.shift, term, times)
        workdays["cohort"] = nth
        for number in range(cohort.people):
            who = (name, cohort.name, number)
            mine = _days_of_one(cohort, workdays, term, (seed, replication), who)
            mine["person"] = len(days)
            days.append(mine)
    together = np.concatenate(days) if days else np.zeros(0, PERSON_DAY)
    _name_trainers(together, team, len(days))
    return together


def _workdays(shift: Shift | str, term: Term, times: Times) -> Table:
    """The days of a cohort's term on which its shift is open, to the end of the run."""
    first = min(times.day(0) - 1, times.day(term.first))
    until = min(times.cap, max(term.last, term.paid_until))
    day = np.arange(first, first + max(0, -((times.midnight(first) - until) // DAY)))
    week = [_hours(shift, weekday) for weekday in range(7)]
    weekday = (times.weekday(0) + day) % 7
    days = np.zeros(len(day), PERSON_DAY)
    midnight = days["midnight"] = times.midnight(0) + day * DAY
    for nth in range(2):
        hours = [each[nth] if nth < len(each) else (0, 0) for each in week]
        begin, end = (midnight + np.array(edge)[weekday] for edge in zip(*hours, strict=True))
        has = np.array([nth < len(each) for each in week])[weekday]
        days["begin"][:, nth], days["end"][:, nth] = np.maximum(0, begin), end
        days["open"][:, nth] = has & (end > 0) & (begin < times.cap)
    days["closes"] = midnight + np.array([each[-1][1] if each else 0 for each in week])[weekday]
    days["day"], days["paid"] = day, True
    works = np.array([bool(each) for each in week])[weekday]
    kept = works & (term.first < midnight + DAY) & ~np.isin(day, list(times.closed))
    chosen: Table = days[kept]
    return chosen


def _days_of_one(
    cohort: Cohort,
    workdays: Table,
    term: Term,
    season: tuple[int, int],
    who: tuple[str, str, int],
) -> Table:
    """The paid days of one person of a cohort, named by team, cohort and number."""
    if cohort.no_show and next(uniforms(*season, "no_show", *who)) < cohort.no_show:
        return workdays[:0].copy()
    days: Table = workdays.copy()
    if cohort.quits:
        stays = _time_to_quit(cohort.quits, next(uniforms(*season, "quit", *who)))
        quits_at = max(0, term.first) + stays
        days = days[days["midnight"] < quits_at]
    ended = days["midnight"] >= term.last  # paid by the minimum term
    days["absent"] = ended
    if cohort.absence:
        working = np.flatnonzero(~ended)
        numbers = days["day"][working].tolist()
        u = uniform_rows(numbers, *season, "absence", *who)[:, 0]
        away = working[u < cohort.absence]
        days["absent"][away], days["paid"][away] = True, cohort.paid_absence
    present = ~days["absent"]
    untrained = -(-cohort.training // DAY)
    days["training"] = present & (np.cumsum(present) <= untrained)
    return days


def _term(cohort: Cohort, times: Times) -> Term:
    first = 0 if cohort.start is None else times.ms(cohort.start)
    if cohort.end is None:
        return Term(first, NEVER, NEVER)
    last = times.calendar.ms_of_day_end(cohort.end) + times.start
    return Term(first, last, max(last, first + cohort.minimum_term))


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


def _name_trainers(days: Table, team: Team, people: int) -> None:
    """Experienced people of the team train the new ones and do nothing else that day."""
    needed: Counter[int] = Counter()
    for nth, cohort in enumerate(team.cohorts):
        if cohort.trainees_per_trainer:
            trainees = days["day"][days["training"] & (days["cohort"] == nth)]
            for day in trainees.tolist():
                # In billionths, so that three thirds make one trainer and a rounding none more.
                needed[day] += round(1e9 / cohort.trainees_per_trainer)
    able = ~days["training"] & ~days["absent"] & np.isin(days["day"], list(needed))
    for row in np.flatnonzero(able).tolist():
        day = int(days["day"][row])
        if needed[day] > people:
            days["trainer"][row] = True
            needed[day] -= 1_000_000_000

"""The roster: who is on duty from when to when, how fast they are, and what is paid."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.scenario.people import Team
from sim.scenario.units import DAY
from sim.warehouse.cohort import person_days
from sim.warehouse.ledger import SHIFT
from sim.warehouse.people_rows import ROLL
from sim.warehouse.words import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from sim.scenario.people import Cohort, People
    from sim.warehouse.run import Times

    Integers = NDArray[np.int64]
    Table = NDArray[np.void]

TEAMS = ("pick_pack", "pick", "pack", "backorder_team", "receiving", "support")
"""Teams in the order of their numbers."""

DUTY = np.dtype(
    [
        ("person", np.int32),
        ("team", np.int16),
        ("start", np.int64),
        ("end", np.int64),  # NONE: the next duty follows at once, and the person stays
        ("speed", np.int64),  # per mille
        ("error_rate", np.int64),  # orders with an error, per million
        ("week", np.int64),  # calendar week, for the limit of hours
        ("week_ms", np.int64),  # hours of this week up to the end of this duty, in ms
        ("overtime_until", np.int64),  # how long the person may be asked to stay; NONE: not at all
        ("row", np.int64),  # of the table of shifts
    ]
)
"""A stretch of time on duty at one speed. Instants in ms of the run."""


class Asked(NamedTuple):
    """Somebody who may be asked to stay longer at the end of a shift."""

    team: int
    week: int
    week_ms: int
    """Hours of this week until now, in ms, without overtime."""
    until: int
    row: int
    """Row of the roster's table."""


class Leaving(NamedTuple):
    """Whose shifts end at an instant."""

    time: int
    people: list[int]
    """The last person first."""
    asked: dict[int, Asked]
    """Who of them may be asked to stay, by person."""


class Roster(NamedTuple):
    """Everybody on the payroll."""

    people: tuple[tuple[str, str], ...]
    """Team and cohort, by person id."""
    duties: Table
    """DUTY rows, by person and time."""
    starts: tuple[tuple[int, Table], ...]
    """Instants at which people come on duty, each with its rows of ROLL; who only goes on at the
    same speed is left out."""
    ends: tuple[Leaving, ...]
    """Instants at which shifts end."""
    rows: Table
    """Table of shifts, without overtime."""


@lru_cache(maxsize=4)
def roster(people: People, times: Times, seed: int, replication: int, at_once: int = 1) -> Roster:
    """Draw up the roster. Policies that share people share it.

    An agent who handles several contacts `at_once` has so many rows side by side, and is paid once.
    """
    names: list[tuple[str, str]] = []
    duties, rows = [np.zeros(0, DUTY)], [np.zeros(0, SHIFT)]
    for number, (name, team) in enumerate(staffed(people)):
        days = person_days(name, team, times, seed, replication)
        places = at_once if name == "support" else 1
        days["person"] = len(names) + places * days["person"]
        mine = _duties(days, number, team, sum(map(len, rows)), times)
        duties.append(_side_by_side(mine, places))
        rows.append(_shifts(days, number))
        for cohort in () if team.unlimited else team.cohorts:
            names += [(name, cohort.name)] * (places * cohort.people)
    everybody, table = np.concatenate(duties), np.concatenate(rows)
    table.setflags(write=False)
    return Roster(tuple(names), everybody, _starts(everybody), _ends(everybody), table)


def _side_by_side(duties: Table, places: int) -> Table:
    """The duties of each person for all of their places, by place and time."""
    copies = np.tile(duties, places)
    copies["person"] += np.repeat(np.arange(places, dtype=np.int32), len(duties))
    return copies[np.argsort(copies["person"], kind="stable")]


def staffed(people: People) -> list[tuple[str, Team]]:
    """Teams by number. Without a picking team there is an unlimited one that needs no time."""
    named = [(name, getattr(people, name)) for name in TEAMS]
    teams = [(name, team) for name, team in named if team is not None]
    if people.pick_pack is None and people.pick is None:
        teams.insert(0, ("pick_pack", Team(unlimited=True)))
    return teams


def _shifts(days: Table, team: int) -> Table:
    """Rows of the table of shifts: one per person and day in the run."""
    inside = days[days["open"].any(axis=1)]
    rows = np.zeros(len(inside), SHIFT)
    opens = inside["open"]
    rows["start_at"] = np.where(opens[:, 0], inside["begin"][:, 0], inside["begin"][:, 1])
    rows["end_at"] = np.where(opens[:, 1], inside["end"][:, 1], inside["end"][:, 0])
    hours = ((inside["end"] - inside["begin"]) * opens).sum(axis=1)
    rows["paid_ms"] = np.where(inside["paid"], hours, 0)
    rows["team"] = team
    for name in ("person", "cohort", "day", "training", "trainer", "absent"):
        rows[name] = inside[name]
    return rows


def _duties(days: Table, team: int, terms: Team, first_row: int, times: Times) -> Table:
    """Productive stretches of the people of a team; `first_row` is that of its table of shifts."""
    row = first_row - 1 + np.cumsum(days["open"].any(axis=1))
    works = ~days["training"] & ~days["absent"]
    days, row = days[works], row[works]
    pace = _pace(days, terms)
    works = ~days["trainer"]
    days, row, pace = days[works], row[works], pace[works]
    of, nth = np.nonzero(days["open"])
    duties = np.zeros(len(of), DUTY)
    duties["person"], duties["team"], duties["row"] = days["person"][of], team, row[of]
    duties["start"], duties["end"] = days["begin"][of, nth], days["end"][of, nth]
    duties["speed"], duties["error_rate"] = pace[of].T
    duties["week"] = (days["day"][of] + times.weekday(0)) // 7
    duties["week_ms"] = _within_week(duties)
    duties["overtime_until"] = _overtime_until(days[of], duties["end"], terms)
    stays = np.zeros(len(of), bool)
    stays[:-1] = _same(duties, "person") & (duties["end"][:-1] == duties["start"][1:])
    duties["end"][stays] = duties["overtime_until"][stays] = NONE
    return duties


def _pace(days: Table, team: Team) -> Integers:
    """Speed and errors on each day, by the days that the person has worked; shape (days, 2)."""
    person = days["person"]
    worked = np.arange(len(days)) - np.searchsorted(person, person)
    pace = np.zeros((len(days), 2), np.int64)
    for nth, cohort in enumerate(team.cohorts):
        mine = days["cohort"] == nth
        most = int(worked[mine].max(initial=0)) if cohort.learning else 0
        steps = np.array([_experience(cohort, number) for number in range(most + 1)])
        pace[mine] = steps[np.minimum(worked[mine], most)]
    return pace


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


def _within_week(duties: Table) -> Integers:
    """Hours of the person's week up to the end of each duty."""
    length = duties["end"] - duties["start"]
    number, total = np.arange(len(duties)), np.cumsum(length)
    begins = np.ones(len(duties), bool)
    begins[1:] = ~(_same(duties, "person") & _same(duties, "week"))
    first = np.maximum.accumulate(np.where(begins, number, 0))
    hours: Integers = total - (total - length)[first]
    return hours


def _overtime_until(days: Table, ends: Integers, team: Team) -> Integers:
    """Until when each person may be asked to stay; only at the end of a shift that does end."""
    if team.overtime is None:
        return np.full(len(days), NONE)
    shifts = [cohort.shift or team.shift for cohort in team.cohorts]
    endless = np.array([isinstance(shift, str) for shift in shifts], bool)
    until = days["midnight"] + team.overtime.until
    may = (ends == days["closes"]) & (until > ends) & ~endless[days["cohort"]]
    return np.where(may, until, NONE)


def _starts(duties: Table) -> tuple[tuple[int, Table], ...]:
    begins = np.ones(len(duties), bool)
    goes_on = _same(duties, "person") & _same(duties, "speed") & _same(duties, "error_rate")
    begins[1:] = ~(goes_on & (duties["end"][:-1] == NONE))
    coming = duties[begins]
    roll = np.zeros(len(coming), ROLL)
    order = np.argsort(coming["start"], kind="stable")
    for name in ROLL.names or ():
        roll[name] = coming[name][order]
    return tuple((time, roll[group]) for time, group in _groups(coming["start"][order]))


def _ends(duties: Table) -> tuple[Leaving, ...]:
    leaving = duties[duties["end"] != NONE][::-1]
    leaving = leaving[np.argsort(leaving["end"], kind="stable")]
    people = leaving["person"].tolist()
    fields = ("team", "week", "week_ms", "overtime_until", "row")
    able = np.flatnonzero(leaving["overtime_until"] != NONE)
    columns = [leaving[name][able].tolist() for name in fields]
    asked = dict(zip(able.tolist(), map(Asked, *columns), strict=True))
    ends = []
    for time, group in _groups(leaving["end"]):
        places = range(group.start, group.stop)
        stays = {people[place]: asked[place] for place in places if place in asked}
        ends.append(Leaving(time, people[group], stays))
    return tuple(ends)


def _groups(times: Integers) -> Iterator[tuple[int, slice]]:
    """Equal times, ascending, and where they stand."""
    each, first = np.unique(times, return_index=True)
    edges = [*first.tolist(), len(times)]
    for time, begin, end in zip(each.tolist(), edges[:-1], edges[1:], strict=True):
        yield time, slice(begin, end)


def _same(rows: Table, name: str) -> NDArray[np.bool_]:
    """Whether a field is that of the row before, from the second row on."""
    values = rows[name]
    same: NDArray[np.bool_] = values[1:] == values[:-1]
    return same

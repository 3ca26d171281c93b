"""Who is needed, from when to when, and by when to decide."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.figures import counted, listed
from sim.report.content import Cell, Chart, Section, Series, Table, words
from sim.report.explain.people import hours
from sim.report.forms import Form
from sim.report.story.days import on, short, weeks
from sim.scenario.calendar import season_calendar
from sim.scenario.people import Shift
from sim.scenario.units import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from sim.report.source import Source
    from sim.scenario import Scenario
    from sim.scenario.people import Cohort

TEAMS = {
    "pick_pack": "Pick and pack",
    "pick": "Pick",
    "pack": "Pack",
    "backorder_team": "Backorders",
    "receiving": "Receiving",
    "support": "Support",
}
_COST = ("wages", "overtime", "agency", "training")
_TOLD = 2
"""So many groups fit in a sentence."""


def section(source: Source) -> Section | None:
    """The staff plan with its calendar."""
    rows = [_row(source.scenario, team, cohort) for team, cohort in cohorts(source.scenario)]
    if not rows:
        return None
    return Section(
        key="people",
        title="Staff plan",
        message=_message(source.scenario),
        points=_points(source),
        chart=_chart(source),
        table=Table(
            "staff_calendar",
            ("Team", "Cohort", "People", "From", "To", "Decide by", "Training days", "Shift"),
            tuple(rows),
            message=_groups(source.scenario),
        ),
        notes=(
            "People is the headcount planned; the chart counts who was on shift, after absence, "
            f"no-shows and quits, on the average working day of each week of {source.season}.",
        ),
    )


def _groups(scenario: Scenario) -> str:
    found = [cohort for _, cohort in cohorts(scenario)]
    hired = sum(cohort.people for cohort in found if _is_hired(cohort))
    people = sum(cohort.people for cohort in found)
    for_part = f", {hired:,} of them for a part of the season" if hired else ""
    who = "1 person" if people == 1 else f"{people:,} people"
    return f"The plan has {who} in {counted(len(found), 'group')}{for_part}."


def cohorts(scenario: Scenario) -> list[tuple[str, Cohort]]:
    """Every cohort with its team, in the order of teams."""
    found = []
    for team in TEAMS:
        block = getattr(scenario.people, team)
        if block is not None:
            found += [(team, cohort) for cohort in block.cohorts]
    return found


def _row(scenario: Scenario, team: str, cohort: Cohort) -> tuple[Cell, ...]:
    shift = getattr(scenario.people, team).shift if cohort.shift is None else cohort.shift
    starts, decide = _start(scenario, cohort), _decide(scenario, cohort)
    days = math.ceil(cohort.training / DAY)
    return (
        words(TEAMS[team]),
        words(cohort.name),
        Cell(cohort.people, f"{cohort.people:,}", "#,##0"),
        words(on(starts) if cohort.start is not None and starts else "all season"),
        words(_end(scenario, cohort)),
        words(on(decide) if decide else ""),
        Cell(days, f"{days}", "0"),
        words(hours(shift) if isinstance(shift, Shift) else "always"),
    )


def _start(scenario: Scenario, cohort: Cohort) -> dt.date | None:
    calendar = season_calendar(scenario.season)
    if calendar.start is None:
        return None
    begins = 0 if cohort.start is None else calendar.ms_of(cohort.start)
    return calendar.datetime_of(begins).date()


def _decide(scenario: Scenario, cohort: Cohort) -> dt.date | None:
    """The last day on which the cohort can still be hired."""
    starts = _start(scenario, cohort)
    if starts is None or not cohort.notice:
        return None
    return starts - dt.timedelta(milliseconds=cohort.notice)


def _end(scenario: Scenario, cohort: Cohort) -> str:
    calendar = season_calendar(scenario.season)
    if cohort.end is None:
        return "the end"
    if calendar.start is None:
        return str(cohort.end)
    return on(calendar.datetime_of(calendar.ms_of(cohort.end)).date())


def _message(scenario: Scenario) -> str:
    seasonal = [(team, each) for team, each in cohorts(scenario) if _is_hired(each)]
    if not seasonal:
        people = sum(each.people for _, each in cohorts(scenario))
        who = "1 person runs" if people == 1 else f"{people:,} people run"
        return f"{who} the season from its first day to its last."
    parts = []
    for team, each in seasonal:
        starts, decide = _start(scenario, each), _decide(scenario, each)
        when = f" from {short(starts)}" if starts else ""
        by = f" (decide by {short(decide)})" if decide else ""
        who = "person" if each.people == 1 else "people"
        parts.append(
            f"{each.people:,} more {who} for {TEAMS[team].lower()} ({each.name}){when}{by}"
        )
    if len(parts) > _TOLD:
        total = sum(each.people for _, each in seasonal)
        return f"The season needs {total:,} more people in {len(parts)} groups."
    return f"The season needs {listed(parts)}."


def _points(source: Source) -> tuple[str, ...]:
    form = source.form(*_COST, policies=[source.leader])
    costs = [
        f"{name} {form.write(-value)}"
        for name in _COST
        if (value := source.mean(source.leader, name))
    ]
    told = [f"Cost of the season under {source.lead}: {', '.join(costs)}."] if costs else []
    backlog = source.known(source.leader, "backlog_max")
    if backlog.value:
        told.append(f"The largest backlog is {backlog.text} parcels on average.")
    busy = [
        f"{TEAMS[team].lower()} {source.known(source.leader, f'utilization:{team}').text}"
        for team in TEAMS
        if source.mean(source.leader, f"utilization:{team}") is not None
    ]
    if busy:
        told.append(f"Of their time on shift people work: {', '.join(busy)}.")
    return tuple(told)


def _chart(source: Source) -> Chart | None:
    shifts = source.table("shifts", source.leader)
    if shifts is None or shifts.empty:
        return None
    spans = weeks(source.scenario)
    present = shifts[~shifts["absent"] & (shifts["day"] >= 0)]
    series = []
    for name, mine in _groups_on_shift(source.scenario, present):
        on_day = np.bincount(mine["day"].to_numpy(np.int64), minlength=spans[-1].last + 1)
        values = []
        for week in spans:
            worked = on_day[week.first : week.last + 1]
            values.append(float(worked[worked > 0].mean()) if worked.any() else 0.0)
        if any(values):
            series.append(Series(name, tuple(values)))
    counts = np.array([each.values for each in series], float).reshape(len(series), len(spans))
    peak = float(counts.sum(axis=0).max(initial=0.0))
    return Chart(
        kind="stacked",
        categories=tuple(week.label for week in spans),
        series=tuple(series),
        form=Form(),
        axis="People on shift, average working day",
        alt=f"People on shift by week and team; at most {peak:,.0f} in the fullest week.",
    )


def _groups_on_shift(
    scenario: Scenario, present: pd.DataFrame
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Shifts by team, and by cohort of those who come for a part of the season."""
    for team in dict.fromkeys(team for team, _ in cohorts(scenario)):
        mine = present[present["team"] == team]
        hired = [each.name for name, each in cohorts(scenario) if name == team and _is_hired(each)]
        yield TEAMS[team], mine[~mine["cohort"].isin(hired)]
        for name in hired:
            yield f"{TEAMS[team]}: {name}", mine[mine["cohort"] == name]


def _is_hired(cohort: Cohort) -> bool:
    """Whether people come for a part of the season only."""
    return bool(cohort.start or cohort.end)

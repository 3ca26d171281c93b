"""What a plan may ask of people: notice before they start, and hours by the legal limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.scenario.calendar import season_calendar
from sim.scenario.hours import TEAMS
from sim.scenario.people import Shift
from sim.scenario.units import HOUR, format_duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.moments import Moment
    from sim.scenario.people import Cohort, Team
    from sim.scenario.scenario import Scenario


def broken_terms(scenario: Scenario, as_of: Moment | None) -> Iterator[str]:
    """Why a plan may not be asked for; nothing: it may."""
    calendar = season_calendar(scenario.season)
    today = None if as_of is None else calendar.ms_of(as_of)
    for name, team in teams(scenario):
        for cohort in team.cohorts:
            if cohort.people == 0:
                continue
            if today is not None and cohort.start is not None:
                late = today - (calendar.ms_of(cohort.start) - cohort.notice)
                if late > 0:
                    notice = format_duration(cohort.notice)
                    yield f"{cohort.name} ({name}) would need {notice} notice: it is too late"
            limit = team.overtime.at_most if team.overtime else None
            hours = weekly_ms(shift_of(team, cohort))
            if limit is not None and hours > limit:
                yield (
                    f"{cohort.name} ({name}) would be rostered {hours / HOUR:g} hours a week,"
                    f" beyond the limit of {limit / HOUR:g}"
                )


def teams(scenario: Scenario) -> Iterator[tuple[str, Team]]:
    """Teams of people by name."""
    for name in TEAMS:
        team = getattr(scenario.people, name)
        if team is not None and not team.unlimited:
            yield name, team


def shift_of(team: Team, cohort: Cohort) -> Shift | None:
    """The weekly shift of a cohort; None: it works around the clock."""
    if cohort.shift is not None:
        return cohort.shift
    return team.shift if isinstance(team.shift, Shift) else None


def weekly_ms(shift: Shift | None) -> int:
    """Hours a week on the roster, breaks taken off, in ms; 0 for work around the clock."""
    if shift is None:
        return 0
    return sum(end - begin - shift.breaks for begin, end in filter(None, shift.hours))

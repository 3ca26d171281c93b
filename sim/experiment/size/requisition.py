"""The hiring requisition of a plan: whom to hire, by when to decide, and what it will cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.experiment.size.terms import shift_of, teams, weekly_ms
from sim.scenario.calendar import season_calendar
from sim.scenario.clock import format_week_hours
from sim.scenario.units import DAY, HOUR

if TYPE_CHECKING:
    from sim.scenario.calendar import Calendar
    from sim.scenario.people import Cohort, Team
    from sim.scenario.rates import Rate
    from sim.scenario.scenario import Scenario

_AROUND_THE_CLOCK: Final = "around the clock"


@dataclass(frozen=True, slots=True)
class Opening:
    """One cohort to be hired, or to be kept. Instants in ms since the season's start."""

    team: str
    cohort: str
    people: int
    decide_by: str
    """Last day to decide, by the notice; empty: they are on board."""
    start: str
    """First paid day; empty: they are on board."""
    end: str
    """Last paid day, by the minimum term at least; empty: they stay."""
    training_days: int
    roster: str
    """Hours by weekday, and the unpaid break."""
    weekly_hours: float
    """Paid hours of a week; 0: around the clock."""
    cost: float
    """If all come, stay and never are absent; without overtime."""


def requisition(scenario: Scenario) -> list[Opening]:
    """Every cohort of the plan that starts in the season, then those that are on board."""
    calendar = season_calendar(scenario.season)
    found = [
        _opening(name, team, cohort, scenario, calendar)
        for name, team in teams(scenario)
        for cohort in team.cohorts
        if cohort.people
    ]
    return sorted(found, key=lambda opening: not opening.start)


def _opening(
    name: str, team: Team, cohort: Cohort, scenario: Scenario, calendar: Calendar
) -> Opening:
    shift = shift_of(team, cohort)
    begins = None if cohort.start is None else calendar.ms_of(cohort.start)
    ends = None if cohort.end is None else calendar.ms_of_day_end(cohort.end)
    if ends is not None:
        # The minimum term is paid even where the work ends before it.
        ends = max(ends, (begins or 0) + cohort.minimum_term)
    roster = _AROUND_THE_CLOCK
    if shift is not None:
        hours = format_week_hours(shift.hours)
        days = hours if isinstance(hours, str) else ", ".join(f"{d} {h}" for d, h in hours.items())
        rest = f", {shift.breaks // 60_000} min break" if shift.breaks else ""
        roster = days + rest
    return Opening(
        team=name,
        cohort=cohort.name,
        people=cohort.people,
        decide_by="" if begins is None else _day(calendar, begins - cohort.notice),
        start="" if begins is None else _day(calendar, begins),
        end="" if ends is None else _day(calendar, ends - 1),
        training_days=-(-cohort.training // DAY),
        roster=roster,
        weekly_hours=weekly_ms(shift) / HOUR,
        cost=_cost(team, cohort, scenario, calendar, (begins or 0, ends)),
    )


def _cost(
    team: Team, cohort: Cohort, scenario: Scenario, calendar: Calendar, term: tuple[int, int | None]
) -> float:
    """Paid hours inside the season at the rate of the cohort, and training."""
    shift = shift_of(team, cohort)
    closed = calendar.closed_days(scenario.season.closed)
    first, last = max(0, term[0]), calendar.length_ms
    last = last if term[1] is None else min(last, term[1])
    paid = 0
    for day in calendar.days(first, last):
        if day.number in closed:
            continue
        span = None if shift is None else shift.hours[day.weekday]
        if shift is None:
            paid += DAY
        elif span is not None:
            paid += span[1] - span[0] - shift.breaks
    rate = _per_hour(cohort.wage) * (1 + cohort.on_costs) + _per_hour(cohort.agency)
    trained = cohort.training_cost if cohort.training else 0.0
    return cohort.people * (paid / HOUR * rate + trained)


def _per_hour(rate: Rate | None) -> float:
    return 0.0 if rate is None else rate.per_ms_rate * HOUR


def _day(calendar: Calendar, ms: int) -> str:
    """The date of an instant, or its day in a season without dates."""
    if calendar.start is None:
        return f"day {calendar.day_number(ms)}"
    return calendar.datetime_of(ms).date().isoformat()

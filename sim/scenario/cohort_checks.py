"""What can be wrong with the cohorts of a team: dates, names and pay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sim.errors import Problem
from sim.scenario.units import DAY, format_duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.calendar import Calendar
    from sim.scenario.people import Cohort, Team
    from sim.scenario.season import Season

_ALWAYS: Final = 1 << 60
"""An instant in ms beyond every season."""


def cohort_problems(path: str, team: Team, season: Season, calendar: Calendar) -> Iterator[Problem]:
    """Return every problem of the cohorts of the team at a path."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for index, cohort in enumerate(team.cohorts):
        place = f"{path}.cohorts.{index}"
        begins, ends = _span(cohort, calendar)
        if ends <= begins:
            yield Problem(place, "the cohort ends before it begins", value=cohort.name)
        else:
            yield from _outside(place, cohort, season, calendar)
        for other_begins, other_ends in spans.get(cohort.name, []):
            if begins < other_ends and other_begins < ends:
                yield Problem(
                    place,
                    "overlaps another cohort of the same name: the same people would count twice",
                    "give it another name, or other dates",
                    value=cohort.name,
                )
        spans.setdefault(cohort.name, []).append((begins, ends))
        if cohort.wage is not None and cohort.agency is not None:
            yield Problem(place, "give either wage or agency", value=cohort.name)
    if not team.cohorts and not team.unlimited:
        yield Problem(path, "has nobody in it", "add cohorts, or unlimited: yes")


def _outside(place: str, cohort: Cohort, season: Season, calendar: Calendar) -> Iterator[Problem]:
    """Refuse a cohort that can be neither at work nor paid in any run of the season.

    A margin of a day on both sides keeps what may still matter: the night shift of the last day
    reaches into the next one, and the first day is worked from its midnight.
    """
    begins, ends = _span(cohort, calendar)
    if cohort.minimum_term:
        # Without a start it is paid from the beginning of the run; a day begun is paid in full.
        hired_at = begins if cohort.start else -season.warm_up
        ends = max(ends, hired_at + cohort.minimum_term + DAY)
    hint = f"the season runs {calendar.span_text()}"
    if ends + DAY <= -season.warm_up:
        warm_up = f" and its warm-up of {format_duration(season.warm_up)}" if season.warm_up else ""
        message = f"the cohort ends before the season{warm_up}"
        yield Problem(f"{place}.to", message, hint, value=str(cohort.end))
    if begins >= calendar.length_ms + season.drain + DAY:
        drain = f" and its drain of {format_duration(season.drain)}" if season.drain else ""
        message = f"the cohort starts after the season{drain}"
        yield Problem(f"{place}.from", message, hint, value=str(cohort.start))


def _span(cohort: Cohort, calendar: Calendar) -> tuple[int, int]:
    begins = calendar.ms_of(cohort.start) if cohort.start else -_ALWAYS
    ends = calendar.ms_of(cohort.end) + DAY if cohort.end else _ALWAYS
    return begins, ends

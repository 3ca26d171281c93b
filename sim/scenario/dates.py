"""Every date of a scenario can be told, and lies near its season."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sim.errors import BadValue, Problem
from sim.scenario.base import Block
from sim.scenario.moments import Moment, MomentRange
from sim.scenario.units import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.calendar import Calendar

FARTHEST: Final = 60 * YEAR
"""Dates lie at most so far from the season's start, in ms."""


def date_problems(value: Any, calendar: Calendar, path: str = "") -> Iterator[Problem]:
    """Dates that the season cannot have: it has no dates, or they are generations away."""
    if isinstance(value, Block):
        for name, info in type(value).model_fields.items():
            below = ".".join(part for part in (path, info.alias or name) if part)
            yield from date_problems(getattr(value, name), calendar, below)
    elif isinstance(value, dict):
        for key, child in value.items():
            if isinstance(key, Moment):
                yield from _moment(key, calendar, path)
            yield from date_problems(child, calendar, f"{path}.{key}")
    elif isinstance(value, tuple):
        for index, child in enumerate(value):
            yield from date_problems(child, calendar, f"{path}.{index}")
    elif isinstance(value, Moment):
        yield from _moment(value, calendar, path)
    elif isinstance(value, MomentRange):
        problems = [*_moment(value.first, calendar, path), *_moment(value.last, calendar, path)]
        yield from problems
        if not problems:
            yield from _stretch(value, calendar, path)


def _moment(moment: Moment, calendar: Calendar, path: str) -> Iterator[Problem]:
    try:
        ms = calendar.ms_of(moment)
    except BadValue as error:
        yield Problem(path, error.message, error.hint, value=str(moment))
    except (OverflowError, ValueError):  # before the year 1, or after 9999
        yield Problem(path, "no calendar reaches that far", value=str(moment))
    else:
        if abs(ms) > FARTHEST:
            message = f"is more than {FARTHEST // YEAR} years from the season's start"
            yield Problem(path, message, value=str(moment))


def _stretch(stretch: MomentRange, calendar: Calendar, path: str) -> Iterator[Problem]:
    try:
        calendar.span_of(stretch)
    except BadValue as error:
        yield Problem(path, error.message, error.hint, value=str(stretch))

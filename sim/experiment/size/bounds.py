"""Where the search begins: closed forms for people, agents and space; else the season's own value.

A start decides only how long the search takes. What is left out of a closed form (learning,
absence that differs by day, orders that come with the goods) is left to the simulation.
"""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.experiment.size.terms import shift_of
from sim.scenario.locating import plain
from sim.scenario.merging import item_index
from sim.scenario.overrides import split_path
from sim.scenario.units import DAY, HOUR
from sim.theory.queueing import fewest_servers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sim.experiment.size.lab import Lab
    from sim.experiment.size.levers import Lever, Plan
    from sim.experiment.size.question import Question
    from sim.scenario.locating import Node
    from sim.scenario.people import Cohort, Team
    from sim.scenario.scenario import Scenario

    Floats = NDArray[np.float64]

_PICKERS: Final = ("pick_pack", "pick", "pack")
_SPELL: Final = 28
"""Days in a row within which their work has to be done at the latest."""
_PILOT: Final = range(4)
_ANSWERED: Final = 0.8
"""Share of contacts answered within the desk's own target, to start from."""


def first_plan(question: Question, lab: Lab) -> Plan:
    """Where to begin: every lever at its closed form, or at the season's own value."""
    own = tuple(_own(question, lever) for lever in question.levers)
    scenario, found = question.scenario(own), own
    for at, lever in enumerate(question.levers):
        if lever.ordered and scenario is not None:
            wanted = _wanted(question, lab, own, scenario, lever)
            if wanted is not None:
                found = (*found[:at], _index(lever, wanted), *found[at + 1 :])
    return found if question.scenario(found) is not None else own


def _own(question: Question, lever: Lever) -> int:
    """The value that the season has; the middle where it is not among those of the lever."""
    if not lever.ordered:
        return 0
    node: Node | None = question.base
    for key in split_path(lever.path):
        if node is not None:
            node = node.child(item_index(node, key) if node.is_list else key)
    own = None if node is None else str(plain(node))
    texts = [str(each) for each in lever.values]
    return texts.index(own) if own in texts else len(texts) // 2


def _wanted(
    question: Question, lab: Lab, own: Plan, scenario: Scenario, lever: Lever
) -> float | None:
    """The number that a closed form asks for; None: there is none for this lever."""
    parts = tuple(map(str, split_path(lever.path)))
    if parts == ("backorder_area", "positions"):
        return _positions(question, lab, own)
    if len(parts) == 5 and parts[0] == "people" and parts[-1] == "people":
        if parts[1] in _PICKERS:
            return _people(scenario, parts[1], parts[3], _share(question))
        if parts[1] == "support":
            return _agents(lab, own, scenario, parts[3])
    return None


def _index(lever: Lever, wanted: float) -> int:
    """The leanest value that is at least what is wanted; else the safest."""
    for at, value in enumerate(lever.values):
        if _number(value) >= wanted:
            return at
    return len(lever.values) - 1


def _number(value: object) -> float:
    return float(str(value).split()[0])


def _share(question: Question) -> float:
    return max((goal.share for goal in question.goals if goal.share), default=0.5)


def _people(scenario: Scenario, team_name: str, cohort_name: str, share: float) -> float | None:
    """Offered load: the work of the busiest four weeks over what one person does in them.

    That is the least rather than enough, as a peak of days has longer to be worked off than any
    target lets it have; the search goes up from there, since a plan with too few fails at once, and
    one with too many has to be simulated often. Work is expected orders times mean work, raised to
    the quantile of the forecast error of the total that the strictest target asks for.
    """
    team: Team | None = getattr(scenario.people, team_name)
    cohort = None if team is None else _cohort(team, cohort_name)
    if team is None or cohort is None or scenario.demand.history is not None:
        return None
    work = _work_hours(scenario, team, share)
    others = sum(
        (each.people * _hours(scenario, team, each) for each in team.cohorts if each is not cohort),
        np.zeros(len(work)),
    )
    mine = _hours(scenario, team, cohort)
    missing = [
        (load - other) / hours
        for load, other, hours in zip(
            _in_a_row(work), _in_a_row(others), _in_a_row(mine), strict=True
        )
        if hours > 0
    ]
    return max(0.0, *missing) if missing else None


def _work_hours(scenario: Scenario, team: Team, share: float) -> Floats:
    """Work that comes in by day, in hours."""
    from scipy.special import ndtri

    from sim.demand.rates import rate_curve
    from sim.demand.uncertainty import forecast_error
    from sim.demand.window import run_window

    window = run_window(scenario.season)
    curve = rate_curve(scenario.demand, window)
    days = np.arange(math.ceil((window.end - window.midnight) / DAY) + 1) * DAY + window.midnight
    orders = np.diff(curve.orders_until(np.clip(days, window.start, window.end)))
    basket, work = scenario.demand.basket, team.work
    lines = sum(n * weight for n, weight in basket.lines.items()) / sum(basket.lines.values())
    units = lines * basket.units_per_line.mean
    per_order = work.per_order + work.per_line * lines + work.per_unit * units
    sigma = math.sqrt(math.log1p(forecast_error(scenario.demand).total ** 2))
    above = math.exp(sigma * float(ndtri(share)) - sigma * sigma / 2)
    found: Floats = orders * per_order * above / HOUR
    return found


def _hours(scenario: Scenario, team: Team, cohort: Cohort) -> Floats:
    """Hours that one person of a cohort works by day, overtime included."""
    from sim.scenario.calendar import season_calendar

    calendar = season_calendar(scenario.season)
    closed = calendar.closed_days(scenario.season.closed)
    shift = shift_of(team, cohort)
    begins = -DAY if cohort.start is None else calendar.ms_of(cohort.start) + cohort.training
    ends = calendar.length_ms + DAY
    ends = ends if cohort.end is None else calendar.ms_of_day_end(cohort.end)
    found = []
    for day in calendar.days():
        span = (0, DAY) if shift is None else shift.hours[day.weekday]
        is_there = span is not None and begins <= day.midnight < ends and day.number not in closed
        if span is None or not is_there:
            found.append(0.0)
            continue
        late = 0 if team.overtime is None else max(0, team.overtime.until - span[1])
        pause = 0 if shift is None else shift.breaks
        found.append((span[1] - span[0] - pause + late) / HOUR)
    there = (1 - cohort.absence) * (1 - cohort.no_show) * cohort.speed
    return np.array(found) * there


def _in_a_row(by_day: Sequence[float] | Floats) -> list[float]:
    """Sums over every four weeks in a row."""
    sums = [0.0, *accumulate(float(each) for each in by_day)]
    width = min(_SPELL, len(sums) - 1)
    return [sums[at + width] - sums[at] for at in range(len(sums) - width)]


def _cohort(team: Team, name: str) -> Cohort | None:
    return next((each for each in team.cohorts if each.name == name), None)


def _positions(question: Question, lab: Lab, own: Plan) -> float:
    """Poisson occupancy: what the fullest area of a pilot holds, and the quantile above it.

    What waits in the area came at its own time and leaves by itself, so at every time its number is
    Poisson, given the season (M(t)/G/infinity: Eick, Massey and Whitt 1993).
    """
    from scipy.special import ndtri

    peak = float(np.nanmax(np.append(lab.values(own, _PILOT, "space_used_peak"), 0.0)))
    return peak + float(ndtri(_share(question))) * math.sqrt(peak)


def _agents(lab: Lab, own: Plan, scenario: Scenario, cohort_name: str) -> float | None:
    """Erlang C: the fewest agents for the contacts of a pilot, if those came at an even rate."""
    team = scenario.people.support
    cohort = None if team is None else _cohort(team, cohort_name)
    contacts = float(lab.values(own, _PILOT, "contacts").mean())
    minutes = float(lab.values(own, _PILOT, "contact_aht").mean())
    if team is None or cohort is None or not contacts > 0 or not minutes > 0:
        return None  # nobody asks
    one = float(_hours(scenario, team, cohort).sum())
    if not one:
        return None
    within = (team.service_target or 0) / HOUR
    others = sum(each.people for each in team.cohorts if each is not cohort)
    return fewest_servers(contacts / one, 60 / minutes, within, _ANSWERED) - others

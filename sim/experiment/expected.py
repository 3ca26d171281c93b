"""The figures that a case expects: KPIs and lines of the profit and loss, also per unit of time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from sim.errors import BadValue, ScenarioError
from sim.scenario.calendar import season_calendar
from sim.scenario.units import parse_duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.scenario.cases import Case
    from sim.scenario.scenario import Scenario
    from sim.scenario.validation import Known

_ROUNDING: Final = 1e-9
"""Relative error that a figure may have by floating point alone, where it has no spread."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One expected figure under one policy."""

    id: str
    """Unique within the case."""
    name: str
    """As the file writes it, for example `inventory_cost per day`."""
    kpi: str
    """The KPI behind it."""
    policy: str
    shown_policy: str
    """The policy; empty where the case has only one."""
    scale: float
    """Factor from the KPI to the figure: 1, or 1 / the length of the season."""
    known: Known

    @property
    def rounding(self) -> float:
        """How far the figure may be off by floating point alone."""
        return _ROUNDING * abs(self.known.value)


def figures_of(case: Case) -> list[Figure]:
    """Every expected figure of a case under every policy for which it is known.

    Raises:
        ScenarioError: a figure is no KPI, or its unit of time is none.
    """
    problems = []
    figures: list[Figure] = []
    for name, answer in case.validation.expected.items():
        problem = _problem(*_parts(name))
        if problem:
            problems.append(case.problem(name, *problem))
            continue
        for policy, known in answer:
            under = case.policies if policy is None else [policy]
            figures.extend(_figure(case, name, each, known) for each in under)
    if problems:
        raise ScenarioError(problems)
    return figures


def _figure(case: Case, name: str, policy: str, known: Known) -> Figure:
    kpi, unit = _parts(name)
    return Figure(
        id=f"{policy}/{name}",
        name=name,
        kpi=kpi,
        policy=policy,
        shown_policy=policy if len(case.policies) > 1 else "",
        scale=_per(case.policies[policy], unit),
        known=known,
    )


def _parts(name: str) -> tuple[str, str]:
    """The KPI of a figure, and the unit of time it is for; empty: none."""
    kpi, _, unit = name.partition(" per ")
    return kpi, unit


def measured(figure: Figure, values: Mapping[str, float]) -> float:
    """The figure in one season; nan where the season does not have it."""
    return values.get(figure.kpi, math.nan) * figure.scale


def _per(scenario: Scenario, unit: str) -> float:
    return parse_duration(f"1 {unit}") / season_calendar(scenario.season).length_ms if unit else 1.0


def _problem(kpi: str, unit: str) -> tuple[str, str] | None:
    """What is wrong with the name of a figure, and what would be right."""
    from sim.results import KPIS
    from sim.results.profit import LINES

    known = [*KPIS, *LINES]
    if kpi.partition(":")[0] not in known:
        close = get_close_matches(kpi, known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else "see the KPI reference"
        return f"there is no figure called {kpi!r}", hint
    try:
        parse_duration(f"1 {unit}" if unit else "1 day")
    except BadValue:
        return f"{unit!r} is no unit of time", "write e.g. purchase_orders per day"
    return None

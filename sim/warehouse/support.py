"""The support desk before the run: its parameters, the amounts that calls take, and its agents."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.scenario.families import Exponential
from sim.scenario.units import DAY
from sim.warehouse.chance import chance, quantiles
from sim.warehouse.chance_rows import QUANTILES
from sim.warehouse.desk_rows import (
    CALLER_PATIENCE,
    CALLS_AGAIN_AFTER,
    HANDLING,
    HAZARD_UNIT,
    OFFERS,
    UNIT_EXPONENTIAL,
)

if TYPE_CHECKING:
    from sim.scenario.distributions import Distribution
    from sim.scenario.rates import Rate
    from sim.scenario.scenario import Scenario
    from sim.scenario.support import Solution, Support
    from sim.warehouse.allocate import State
    from sim.warehouse.roster import Roster

STRETCHES = 4
"""Distributions that contacts draw from."""


def places(scenario: Scenario) -> int:
    """Contacts that an agent handles at once: so many rows each agent has among the people."""
    return 1 if scenario.support is None else scenario.support.at_once


def open_desk(state: State, scenario: Scenario, roster: Roster) -> None:
    """Write every parameter of the desk, if there is one."""
    desk = scenario.support
    if desk is None:
        return
    row = state.desk[0]
    agents = [person for person, (team, _) in enumerate(roster.people) if team == "support"]
    row["first_person"], row["places"] = agents[0] if agents else len(roster.people), desk.at_once
    _causes(state, desk)
    row["calls_again"] = chance(desk.calls_again)
    row["calls_again_unresolved"] = chance(desk.calls_again_unresolved)
    row["at_most"] = desk.at_most
    row["information_age"] = desk.information_age
    row["hangs_up"] = desk.patience is not None
    for name, effect in (("wrong", desk.wrong_answer), ("badly", desk.ends_badly)):
        row[f"{name}_patience"] = round(effect.patience * 1000)
        row[f"{name}_cancels"] = chance(effect.cancels)
    row["ends_well"] = chance(_ends_well(desk, None))
    for person in agents:
        state.person[person]["ends_well"] = chance(_ends_well(desk, roster.people[person][1]))
    row["n_solutions"] = len(desk.solutions)
    for step, each in zip(state.solution, desk.solutions, strict=True):
        step["offer"], step["accepted"] = OFFERS.index(each.offer), chance(each.accepted)
    _amounts(state, desk)


def solutions(scenario: Scenario) -> tuple[Solution, ...]:
    """What agents offer, in this order; nothing without a desk."""
    return () if scenario.support is None else scenario.support.solutions


def is_trained(desk: Support, cohort: str | None) -> bool:
    """Whether the agents of a cohort are trained in de-escalation; None: unlimited staff."""
    training = desk.training
    return training is not None and (not training.cohorts or cohort in training.cohorts)


def _ends_well(desk: Support, cohort: str | None) -> float:
    after = desk.training.ends_well if desk.training and is_trained(desk, cohort) else None
    return desk.ends_well if after is None else after


def _causes(state: State, desk: Support) -> None:
    """How often each state and each event makes a customer ask."""
    row, causes, told = state.desk[0], desk.contacts, desk.information_up_front
    factors = (told.quote_quality, told.faq, told.prepared_team)
    factor = math.prod(each.contacts for each in factors)
    for name in ("processing", "backordered", "late"):
        row[name] = _millionths_per_day(getattr(causes, name), factor)
    row["placed"] = chance(min(1.0, causes.placed * factor))
    for name in ("cancelled", "wrong_item", "refund"):
        row[name] = chance(getattr(causes, name))


def _millionths_per_day(rate: Rate | None, factor: float) -> int:
    return 0 if rate is None else round(rate.per_ms_rate * DAY * factor * 1_000_000)


def _amounts(state: State, desk: Support) -> None:
    """The tables that amounts are drawn from."""
    factor = desk.at_once_factor if desk.at_once > 1 else 1.0
    drawn: dict[int, tuple[Distribution, float]] = {
        UNIT_EXPONENTIAL: (Exponential(float(HAZARD_UNIT)), 1.0),
        HANDLING: (desk.handling, factor),
        CALLS_AGAIN_AFTER: (desk.calls_again_after, 1.0),
    }
    if desk.patience is not None:
        drawn[CALLER_PATIENCE] = (desk.patience, 1.0)
    for stretch, (distribution, times) in drawn.items():
        first = stretch * QUANTILES
        state.quantile["amount"][first : first + QUANTILES] = quantiles(distribution, times)
    soon = 2 * DAY * int(state.desk[0]["processing"])
    first_contact = state.quantile["amount"][UNIT_EXPONENTIAL * QUANTILES :][:QUANTILES]
    state.desk[0]["restless"] = np.searchsorted(first_contact, soon)

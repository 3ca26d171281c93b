"""What the shop pays so that customers ask less, and so that contacts end better."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.scenario.units import HOUR
from sim.warehouse.support import is_trained

if TYPE_CHECKING:
    from sim.scenario.people import Cohort
    from sim.scenario.scenario import Scenario


def information_cost(scenario: Scenario) -> float:
    """Clear information up front, for the season."""
    if scenario.support is None:
        return 0.0
    told = scenario.support.information_up_front
    return told.quote_quality.cost + told.faq.cost + told.prepared_team.cost


def de_escalation_cost(scenario: Scenario) -> float:
    """Training of the agents of the trained cohorts: their hours, and the cost per agent."""
    desk, team = scenario.support, scenario.people.support
    if desk is None or desk.training is None or team is None or team.unlimited:
        return 0.0
    trained = [cohort for cohort in team.cohorts if is_trained(desk, cohort.name)]
    hours, each = desk.training.hours / HOUR, desk.training.cost_per_agent
    return sum(cohort.people * (each + hours * hourly_cost(cohort)) for cohort in trained)


def hourly_cost(cohort: Cohort) -> float:
    """What an hour of one person costs, own staff with on-costs or agency."""
    own = 0.0 if cohort.wage is None else cohort.wage.per_ms_rate * HOUR * (1 + cohort.on_costs)
    return own + (0.0 if cohort.agency is None else cohort.agency.per_ms_rate * HOUR)

"""What the shop pays so that customers ask less, and contacts end better, or in a solution."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.scenario.units import HOUR
from sim.warehouse.desk_rows import OFFERS
from sim.warehouse.support import is_trained, solutions
from sim.warehouse.words import NONE

if TYPE_CHECKING:
    from sim.results.view import View
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


def solutions_cost(view: View) -> float:
    """What was found for customers who waited, for orders that the profit and loss covers."""
    rows, ladder = view.ledger.contacts, solutions(view.scenario)
    if not ladder:
        return 0.0
    taken = rows["solution"][view.counts.of_order["charged"][rows["order"]] == 1]
    return math.fsum(
        each.cost * np.count_nonzero(taken == OFFERS.index(each.offer)) for each in ladder
    )


def requests_cost(view: View) -> float:
    """What suppliers charged for hurrying deliveries on request, from the season's start on."""
    rows = view.ledger.contacts
    asked = rows[(rows["sku"] != NONE) & (rows["ended_at"] >= view.window[0])]
    if not solutions(view.scenario) or not len(asked):
        return 0.0
    numbers = view.ledger.final_skus["supplier"][asked["sku"]]
    terms = [supplier.expedite_on_request for supplier in view.scenario.suppliers.values()]
    cost = [0.0 if each is None else each.cost for each in terms]
    return math.fsum(np.array(cost)[numbers])


def hourly_cost(cohort: Cohort) -> float:
    """What an hour of one person costs, own staff with on-costs or agency."""
    own = 0.0 if cohort.wage is None else cohort.wage.per_ms_rate * HOUR * (1 + cohort.on_costs)
    return own + (0.0 if cohort.agency is None else cohort.agency.per_ms_rate * HOUR)

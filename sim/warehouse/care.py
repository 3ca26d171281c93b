"""From a scenario to the rules by which the order flow looks after customers who wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.warehouse.care_rows import MILLION, TO_ALL_WAITING, TO_BACKORDERED, TO_LATE
from sim.warehouse.chance import chance
from sim.warehouse.words import NEVER, NONE

if TYPE_CHECKING:
    from sim.scenario.care import BackupPlan
    from sim.scenario.scenario import Scenario
    from sim.warehouse.allocate import State

_TO = {"backordered": TO_BACKORDERED, "late": TO_LATE, "all waiting": TO_ALL_WAITING}


def cares(scenario: Scenario) -> bool:
    """Whether anything is done about orders while they wait."""
    rules = scenario.messages, scenario.customers.consent, scenario.backup_plan, scenario.support
    return any(bool(rule) for rule in rules)


def notes_slips(scenario: Scenario) -> bool:
    """Whether it matters that the promise of an order passes."""
    tells_late = any(message.to == "late" for message in scenario.messages)
    return tells_late or scenario.backup_plan is not None or scenario.support is not None


def set_up_care(state: State, scenario: Scenario) -> None:
    """Write the rules."""
    state.c["slips"] = notes_slips(scenario)
    for row, message in zip(state.message, scenario.messages, strict=True):
        row["to"] = _TO[message.to]
        row["first_after"] = message.first_after
        row["every"] = NEVER if message.every is None else message.every
        row["at_most"] = message.at_most
        row["cost"] = round(message.cost * MILLION)
        row["patience"] = round(message.patience * 1000)
        row["contacts"] = round(message.contacts * 1000)
        row["information_age"] = message.information_age
    rule, consent = state.care_plan[0], scenario.customers.consent
    if consent is not None:
        rule["consent_after"] = consent.after
        rule["consent_again"] = consent.again_after or consent.after
        rule["consents"] = chance(consent.consents)
    if scenario.backup_plan is not None:
        _plan_gifts(state, scenario, scenario.backup_plan)


def _plan_gifts(state: State, scenario: Scenario, plan: BackupPlan) -> None:
    rule, goods = state.care_plan[0], scenario.products
    gift = next((n for n, each in enumerate(goods) if each.sku == plan.product), NONE)
    cost = plan.cost + (0.0 if gift == NONE else goods[gift].cost)
    rule["gives"] = 1
    rule["gift"] = gift
    rule["gift_cost"] = round(cost * MILLION)
    rule["gift_patience"] = round(plan.patience * 1000)
    rule["budget"] = NEVER if plan.budget is None else round(plan.budget * MILLION)
    state.sku["discount"] = [round(each.price * plan.discount * MILLION) for each in goods]

"""What is done for customers who wait, and what it does to them, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.explain.phrases import assumed, listed, money, number, percent, span

if TYPE_CHECKING:
    from sim.scenario.care import BackupPlan, Message
    from sim.scenario.scenario import Scenario
    from sim.scenario.support import Disappointment, Support

_ABOUT = {
    "backordered": "that wait for a unit",
    "late": "whose promise has passed",
    "all waiting": "that have not been shipped",
}
_OFFERS = {
    "expedite": "to have the next delivery hurried",
    "partial_shipment": "to ship now what is there",
    "substitute": "a substitute that is on hand",
    "refund": "a refund",
}


def sentences(scenario: Scenario) -> list[str]:
    """Messages, consent, the backup plan, wrong answers and solutions."""
    told = [line for each in scenario.messages for line in _message(each, scenario.currency)]
    consent = scenario.customers.consent
    if consent is not None:
        again = span(consent.again_after or consent.after)
        told.append(
            f"Who still waits for a unit after {span(consent.after)} is asked for consent: "
            f"{percent(consent.consents)} wait on and are asked again after {again}, the others "
            "are refunded."
        )
    if scenario.backup_plan is not None:
        told += _plan(scenario.backup_plan, scenario.currency)
    if scenario.support is not None:
        told += _desk(scenario.support, scenario.currency)
    for name, supplier in scenario.suppliers.items():
        terms = supplier.expedite_on_request
        if terms is not None:
            told.append(
                f"{name} hurries {terms.per_week} deliveries a week on request, to "
                f"{percent(terms.lead_time_factor)} of the time that is left, at "
                f"{money(terms.cost, scenario.currency)} each."
            )
    return told


def _message(message: Message, currency: str) -> list[str]:
    start = "the promise has passed" if message.to == "late" else "the order"
    first = "at once" if not message.first_after else f"{span(message.first_after)} after {start}"
    then = "" if message.every is None else f", then every {span(message.every)}"
    most = "" if message.every is None else f", at most {message.at_most} times"
    told = [
        f"Message “{message.name}” ({message.channel}) about orders {_ABOUT[message.to]}: {first}"
        f"{then}{most}, at {money(message.cost, currency)} each."
    ]
    effects = []
    if message.patience != 1:
        effects.append(f"multiplies the patience that is left by {number(message.patience)}")
    if message.contacts != 1:
        effects.append(f"makes the customer ask {number(message.contacts)} times as often")
    if effects:
        told.append(f"Each {listed(effects)}{assumed(message.source)}.")
    if message.information_age:
        told.append(
            f"Messages know what was known at most {span(message.information_age)} ago; one that "
            "is out of date does what a wrong answer does."
        )
    return told


def _plan(plan: BackupPlan, currency: str) -> list[str]:
    goods = f", a unit of {plan.product}" if plan.product else ""
    off = f", {percent(plan.discount)} off the order" if plan.discount else ""
    limit = "" if plan.budget is None else f", within {money(plan.budget, currency)}"
    told = [
        f"When a promise passes and a unit is still missing, the customer gets a {plan.give} for "
        f"{money(plan.cost, currency)}{goods}{off}{limit}."
    ]
    if plan.patience != 1:
        effect = f"It multiplies the patience that is left by {number(plan.patience)}"
        told.append(f"{effect}{assumed(plan.source)}.")
    return told


def _desk(desk: Support, currency: str) -> list[str]:
    told = []
    if desk.information_age:
        told.append(
            f"Agents know of arrival dates what was known at most {span(desk.information_age)} ago."
        )
    told += _harm("A wrong answer", desk.wrong_answer)
    told += _harm("A contact that ends badly", desk.ends_badly)
    if desk.solutions:
        offers = [
            f"{_OFFERS[each.offer]} ({percent(each.accepted)} take it, at "
            f"{money(each.cost, currency)})"
            for each in desk.solutions
        ]
        told.append(f"To who waits for goods agents offer, if it can be done: {listed(offers)}.")
    return told


def _harm(what: str, effect: Disappointment) -> list[str]:
    harm = []
    if effect.cancels:
        harm.append(f"makes {percent(effect.cancels)} of the customers cancel")
    if effect.patience != 1:
        harm.append(f"multiplies the patience that is left by {number(effect.patience)}")
    return [f"{what} {listed(harm)}{assumed(effect.source)}."] if harm else []

"""The support desk: why customers ask, and how they are answered, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.explain.phrases import assumed, listed, many, money, number, percent, span, usual

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario
    from sim.scenario.support import Contacts, InformationUpFront, Support

_STATES = {
    "processing": "an order in the works",
    "backordered": "one that waits for a unit",
    "late": "one whose promise has passed",
}
_EVENTS = {
    "placed": "of those who order",
    "cancelled": "of those whose order is cancelled",
    "wrong_item": "of those who get something wrong",
    "refund": "of those who are refunded",
}
_TOLD = {
    "quote_quality": "Arrival dates that are explained",
    "faq": "Answers to frequent questions",
    "prepared_team": "A prepared team",
}


def sentences(scenario: Scenario) -> list[str]:
    """Contacts, what is told up front, the line, and the agents' training."""
    desk = scenario.support
    if desk is None:
        return []
    told = [*_causes(desk.contacts), *_up_front(desk.information_up_front, scenario.currency)]
    told += [*_line(desk), *_again(desk), *_endings(desk, scenario.currency)]
    team = scenario.people.support
    if team is not None and team.service_target is not None:
        told.append(f"Who asks should be answered within {span(team.service_target)}.")
    return told


def _causes(contacts: Contacts) -> list[str]:
    rates = [
        f"{each} about {what}"
        for name, what in _STATES.items()
        if (each := getattr(contacts, name)) is not None
    ]
    shares = [
        f"{percent(share)} {who}"
        for name, who in _EVENTS.items()
        if (share := getattr(contacts, name))
    ]
    told = [f"Customers ask {listed(rates)}."] if rates else []
    return [*told, f"Besides, these ask: {listed(shares)}."] if shares else told


def _up_front(told: InformationUpFront, currency: str) -> list[str]:
    lines = []
    for name, what in _TOLD.items():
        clear = getattr(told, name)
        if clear.contacts == 1 and not clear.cost:
            continue
        lines.append(
            f"{what}, for {money(clear.cost, currency)}, let customers ask "
            f"{number(clear.contacts)} times as often{assumed(clear.source)}."
        )
    return lines


def _line(desk: Support) -> list[str]:
    told = [f"An answer takes {usual(desk.handling)}, with the work after it."]
    if desk.at_once > 1:
        told.append(
            f"An agent handles {desk.at_once} contacts at once, each then "
            f"{number(desk.at_once_factor)} times as long."
        )
    if desk.patience is not None:
        told.append(f"Who is not answered gives up after {usual(desk.patience)}.")
    return told


def _again(desk: Support) -> list[str]:
    shares = [
        (desk.calls_again, "who gave up"),
        (desk.calls_again_unresolved, "whose answer was wrong or ended badly"),
    ]
    parts = [f"{percent(share)} of those {who}" for share, who in shares if share]
    if not parts:
        return []
    most = f"at most {many(desk.at_most, 'time')} about one thing"
    return [f"{listed(parts)} ask again after {usual(desk.calls_again_after)}, {most}."]


def _endings(desk: Support, currency: str) -> list[str]:
    told = []
    if desk.ends_well != 1:
        told.append(f"{percent(desk.ends_well)} of the contacts end well.")
    training = desk.training
    if training is not None:
        who = (
            f"The agents of {listed(list(training.cohorts))}" if training.cohorts else "All agents"
        )
        effect = ""
        if training.ends_well is not None:
            effect = f"; then {percent(training.ends_well)} end well{assumed(training.source)}"
        told.append(
            f"{who} are trained for {span(training.hours)}, which costs "
            f"{money(training.cost_per_agent, currency)} each beside the hours{effect}."
        )
    return told

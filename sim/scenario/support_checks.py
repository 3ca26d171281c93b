"""What can be wrong between the support desk and its team."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from sim.errors import Problem
from sim.scenario.units import DAY, format_duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.scenario import Scenario
    from sim.scenario.support import Support

MOST_PER_DAY: Final = 24
"""Most contacts per day of one order."""
LONGEST_HANDLING: Final = 10 * DAY
"""Longest time that a contact takes, in ms: it stays exact at the lowest speed."""
LONGEST_QUANTILE: Final = 1 - 2.0**-15
"""The last of the equally likely amounts that are drawn from a distribution."""


def support_problems(scenario: Scenario) -> Iterator[Problem]:
    """Return what is wrong with the block `support`, and with `people.support`."""
    desk, team = scenario.support, scenario.people.support
    if desk is None:
        return
    if team is None:
        yield Problem(
            "support",
            "needs people.support, the team that answers",
            "write e.g. people: {support: {cohorts: [{name: agents, people: 4}]}}",
        )
    elif team.at_shift_end == "pause":
        message = "nobody puts a customer off at the end of a shift: agents finish the contact"
        yield Problem("people.support.at_shift_end", message, "write finish")
    cohorts = [] if team is None else [cohort.name for cohort in team.cohorts]
    for index, name in enumerate(desk.training.cohorts if desk.training else ()):
        if name not in cohorts:
            hint = f"known: {', '.join(cohorts[:8]) or 'none'}"
            path = f"support.training.cohorts.{index}"
            yield Problem(path, "no cohort of people.support has this name", hint, value=name)
    yield from _rates(scenario, desk)
    yield from _solutions(scenario, desk)
    yield from _sizes(desk)


def _rates(scenario: Scenario, desk: Support) -> Iterator[Problem]:
    """Customers who would ask by the minute, after all that they are told."""
    told = desk.information_up_front
    clear = math.prod(each.contacts for each in (told.quote_quality, told.faq, told.prepared_team))
    most = clear * max([1.0, *(message.contacts for message in scenario.messages)])
    times = "" if most <= 1 else f", also times {most:g} as information and messages may make it"
    for name in ("processing", "backordered", "late"):
        rate = getattr(desk.contacts, name)
        if rate is not None and rate.per_ms_rate * DAY * max(1.0, most) > MOST_PER_DAY:
            limit = f"is at most {MOST_PER_DAY} per day of one order{times}"
            yield Problem(f"support.contacts.{name}", limit)


def _solutions(scenario: Scenario, desk: Support) -> Iterator[Problem]:
    offers = [each.offer for each in desk.solutions]
    for index, offer in enumerate(offers):
        path = f"support.solutions.{index}"
        if offer in offers[:index]:
            yield Problem(f"{path}.offer", "this solution is listed twice", value=offer)
        on_request = (supplier.expedite_on_request for supplier in scenario.suppliers.values())
        if offer == "expedite" and not any(on_request):
            hint = "write e.g. suppliers: {NAME: {expedite_on_request: {per_week: 5}}}"
            yield Problem(path, "no supplier hurries a delivery on request", hint)


def _sizes(desk: Support) -> Iterator[Problem]:
    """What no desk can mean, and no machine could add up."""
    longest = float(desk.handling.quantile(LONGEST_QUANTILE)) * max(1.0, desk.at_once_factor)
    if not longest <= LONGEST_HANDLING:
        yield Problem("support.handling", f"is at most {format_duration(LONGEST_HANDLING)}")
    for name, factor in (
        ("wrong_answer.patience", desk.wrong_answer.patience),
        ("ends_badly.patience", desk.ends_badly.patience),
    ):
        if factor > 1000:
            yield Problem(f"support.{name}", "is a factor of at most 1000")

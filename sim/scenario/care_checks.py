"""What can be wrong with what the shop does for customers who wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sim.errors import Problem
from sim.scenario.units import HOUR, format_duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.care import BackupPlan
    from sim.scenario.scenario import Scenario

DEAREST: Final = 100_000.0
"""Largest cost of a message or a gift, and highest price under a discount of the backup plan: sums
of them in millionths are exact."""
LARGEST_BUDGET: Final = 1e12
"""Largest budget."""
LARGEST_FACTOR: Final = 100.0
"""Largest factor on patience, or on contacts."""
SHORTEST_INTERVAL: Final = HOUR
"""Shortest time between two messages, or two consents, to one customer, in ms."""


def care_problems(scenario: Scenario) -> Iterator[Problem]:
    """Return what is wrong with messages, consents and the backup plan."""
    names = [message.name for message in scenario.messages]
    spans: dict[str, int | None] = {}
    factors: dict[str, float] = {}
    for index, message in enumerate(scenario.messages):
        if message.name in names[:index]:
            path = f"messages.{index}.name"
            yield Problem(path, "this message is listed twice", value=message.name)
        spans[f"messages.{index}.every"] = message.every
        factors[f"messages.{index}.patience"] = message.patience
        factors[f"messages.{index}.contacts"] = message.contacts
    consent = scenario.customers.consent
    if consent is not None:
        spans["customers.consent.again_after"] = consent.again_after or consent.after
    plan = scenario.backup_plan
    if plan is not None:
        factors["backup_plan.patience"] = plan.patience
        yield from _plan_problems(scenario, plan)
    for path, span in spans.items():
        if span is not None and span < SHORTEST_INTERVAL:
            yield Problem(path, f"is at least {format_duration(SHORTEST_INTERVAL)}")
    for path, factor in factors.items():
        if factor > LARGEST_FACTOR:
            yield Problem(path, f"is at most {LARGEST_FACTOR:g} times", value=factor)
    for path, cost in _costs(scenario):
        if cost > DEAREST:
            yield Problem(path, f"is at most {DEAREST:,.0f}, to be added up exactly", value=cost)


def _plan_problems(scenario: Scenario, plan: BackupPlan) -> Iterator[Problem]:
    skus = [product.sku for product in scenario.products]
    if plan.product is not None and plan.product not in skus:
        yield Problem("backup_plan.product", "no product has this name", value=plan.product)
    if plan.give == "discount" and not plan.discount:
        yield Problem("backup_plan", "a discount needs a share above 0", "write e.g. discount: 10%")
    if (plan.budget or 0.0) > LARGEST_BUDGET:
        yield Problem("backup_plan.budget", f"is at most {LARGEST_BUDGET:,.0f}")


def _costs(scenario: Scenario) -> Iterator[tuple[str, float]]:
    """Amounts that are added up while the season runs, with their places."""
    plan = scenario.backup_plan
    for index, message in enumerate(scenario.messages):
        yield f"messages.{index}.cost", message.cost
    if plan is None:
        return
    yield "backup_plan.cost", plan.cost
    for index, product in enumerate(scenario.products):
        if plan.discount:
            yield f"products.{index}.price", product.price
        if product.sku == plan.product:
            yield f"products.{index}.cost", product.cost

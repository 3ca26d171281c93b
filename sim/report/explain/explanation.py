"""Putting the paragraphs together, and listing what no sentence tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report.explain import (
    care,
    customers,
    demand,
    desk,
    goods,
    money,
    outside,
    people,
)
from sim.report.explain.origins import origins
from sim.report.explain.rest import settings_untold
from sim.scenario.effects import assumed_effects
from sim.scenario.writing import resolved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sim.report.explain.origins import Origin
    from sim.scenario.effects import AssumedEffect
    from sim.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences under a title."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The season in words; the command, the dashboard and the reports show the same."""

    name: str
    """Title of the season."""
    question: str | None
    """The question that it asks."""
    paragraphs: tuple[Paragraph, ...]
    """The season, theme by theme; the policies last."""
    origins: tuple[Origin, ...]
    """Where the figures come from: sources, and what is assumed, under any policy."""
    effects: tuple[AssumedEffect, ...]
    """What levers are assumed to do to people, without a source, under any policy."""


_THEMES: tuple[tuple[str, Callable[[Scenario], list[str]]], ...] = (
    ("When, and how many orders", demand.sentences),
    ("Goods and suppliers", goods.sentences),
    ("When an item is short", customers.sentences),
    ("Customers who wait", care.sentences),
    ("Customers who ask", desk.sentences),
    ("People, space and carrier", people.sentences),
    ("Third party and returns", outside.sentences),
    ("Money", money.sentences),
)


def explain(policies: Mapping[str, Scenario]) -> Explanation:
    """Tell a season in sentences.

    Args:
        policies: The season under each policy, as `sim.load_policies` gives it; the first is the
            one that is told in full, of the others what is different.
    """
    first = next(iter(policies.values()))
    told = [Paragraph(title, tuple(tell(first))) for title, tell in _THEMES]
    rest = settings_untold(first)
    if rest:
        told.append(Paragraph("Also set", tuple(rest)))
    if len(policies) > 1:
        told.append(Paragraph("Policies to compare", tuple(_policies(policies))))
    return Explanation(
        first.name,
        first.question,
        tuple(paragraph for paragraph in told if paragraph.sentences),
        origins(policies),
        assumed_effects(policies),
    )


def _policies(policies: Mapping[str, Scenario]) -> list[str]:
    """What each policy changes."""
    first, *others = policies
    base = resolved(policies[first])
    lines = [f"{first}: the season as told above."]
    for name in others:
        changes = list(_changes(base, resolved(policies[name]), ""))
        lines.append(f"{name}: {'; '.join(changes) if changes else 'the same'}.")
    return lines


def _changes(before: object, after: object, place: str) -> list[str]:
    """Settings that differ, as `path: value`."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = [key for key in {**before, **after} if key not in {"policies", "name", "question"}]
        return [
            change
            for key in keys
            for change in _changes(before.get(key), after.get(key), f"{place}.{key}".lstrip("."))
        ]
    if before == after:
        return []
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return _changes(dict(enumerate(before)), dict(enumerate(after)), place)
    if place == "storefront.when_short":
        return [f"when an item is short, {customers.SHOWN[str(after)]}"]
    was = "" if before is None else f" instead of {shown(before)}"
    return [f"{_WORDS.get(place, place)} is {shown(after)}{was}"]


_WORDS = {
    "replenishment.pre_season_buy": "the pre-season buy",
    "storefront.caps.quoted_wait": "the longest wait that is offered",
    "storefront.caps.units_per_sku": "the most backorders of a product, in units,",
}
"""Settings that policies often change, as a shop calls them; others by their path."""
_MANY = 4
"""A list of so many groups is not told one by one."""
_NOTHING = frozenset({"0 days", "0%", "0% per week", "+0%"})
"""Settings of a group that a policy adds which mean nothing, beside 0, no and none."""


def shown(value: object) -> str:
    """A value of a setting, or a group of them, on one line."""
    words = {None: "not set", True: "yes", False: "no"}
    if value is None or isinstance(value, bool):
        return words[value]
    if isinstance(value, dict):
        said = {key: entry for key, entry in value.items() if entry and str(entry) not in _NOTHING}
        told = {key: shown(entry) for key, entry in said.items()}
        return ", ".join(f"{key} {text}" for key, text in told.items() if text)
    if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
        return "; ".join(map(shown, value)) if len(value) < _MANY else f"{len(value)} entries"
    return f"{len(value)} entries" if isinstance(value, list) else str(value)

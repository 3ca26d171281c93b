"""Levers beside an answer: settings that a visitor moves, with the values they may take.

The season's own plan comes first; then what decides most seasons. Each value is text as it would
stand in the scenario file, so that a lever is nothing else than `--set PATH=VALUE`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sim.experiment.size.levers import label_of
from sim.scenario.overrides import split_path
from sim.scenario.shape import scenario_shape
from sim.scenario.writing import resolved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.scenario import Scenario

MOST: Final = 8
"""Levers that are shown at once."""
_AMOUNT: Final = re.compile(r"([+-]?\d+(?:\.\d+)?)(.*)", re.DOTALL)
_OF_HUNDRED: Final = tuple(range(0, 101, 5))
_HALF_TO_TWICE: Final = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.75, 2.0)
_LEVERS: Final[Mapping[str, tuple[str, tuple[float, ...] | None]]] = {
    "demand.orders_per_day": ("Orders per day", None),
    "customers.accept_backorder.at_no_wait": (
        "Of 100 shoppers, would wait for an item",
        _OF_HUNDRED,
    ),
    "customers.sign_up_for_alert": ("Of 100 shoppers, sign up for an alert", _OF_HUNDRED),
    "replenishment.pre_season_buy": ("Bought beforehand, on top", (0, 10, 20, 30, 40, 50, 60)),
    "storefront.caps.quoted_wait": ("Longest wait that is offered", (7, 14, 21, 30, 45, 60, 90)),
    "backorder_area.positions": ("Backorder area", None),
    "replenishment.service": ("Service of reorder points", (50, 60, 70, 80, 85, 90, 95, 98)),
}
"""Label, and values in the unit of the setting; None: from half to twice what it is."""


@dataclass(frozen=True, slots=True)
class Lever:
    """A setting with the values that a visitor may give it."""

    path: str
    """Dotted, as `--set` takes it."""
    label: str
    values: tuple[str, ...]
    """In ascending order."""
    now: str
    """The value in the season as it was opened; one of `values`."""
    help: str
    """What the setting means, from the schema."""


def levers_of(scenario: Scenario) -> tuple[Lever, ...]:
    """The levers of a season, as it was opened; at most `MOST`."""
    tree = resolved(scenario)
    found = []
    for path, (label, values) in {**_LEVERS, **_temporary_people(tree)}.items():
        written = _at(tree, path)
        if written is None or isinstance(written, dict | list):
            continue
        lever = _lever(path, label, str(written), values)
        if lever is not None:
            found.append(lever)
    return tuple(found[:MOST])


def meaning(path: str) -> str:
    """What the schema says of a setting.

    >>> meaning("demand.orders_per_day")
    'Expected orders on an average day before peaks, trend and noise.'
    """
    shape, said = scenario_shape(), ""
    for part in split_path(path):
        fields = shape.fields()
        inside = shape.step(0) if shape.items is not None and str(part) not in fields else None
        said = fields[str(part)].description or "" if str(part) in fields else said
        step = inside or shape.step(part)
        if step is None:
            break
        shape = step
    return " ".join(said.split())


def _temporary_people(tree: Mapping[str, Any]) -> dict[str, tuple[str, tuple[float, ...] | None]]:
    """Headcount of the first cohort that does not stay for good; else of the first."""
    cohorts = [
        (team, cohort)
        for team, settings in (tree.get("people") or {}).items()
        if isinstance(settings, dict)
        for cohort in settings.get("cohorts", [])
    ]
    if not cohorts:
        return {}
    team, cohort = next((each for each in cohorts if "from" in each[1]), cohorts[0])
    path = f"people.{team}.cohorts.{cohort['name']}.people"
    label = label_of(path)
    return {path: (f"{label[:1].upper()}{label[1:]}", None)}


def _lever(path: str, label: str, written: str, values: tuple[float, ...] | None) -> Lever | None:
    amount = _AMOUNT.fullmatch(written)
    if amount is None:
        return None
    now, unit = float(amount[1]), amount[2]
    sign = "+" if amount[1].startswith("+") else ""
    chosen = {now, *(values or _around(now))}
    texts = {value: f"{sign}{_plain(value)}{unit}" for value in sorted(chosen)}
    texts[now] = written
    return Lever(path, label, tuple(texts.values()), written, meaning(path))


def _around(now: float) -> tuple[float, ...]:
    """From half to twice a value; small whole numbers one by one."""
    if now <= 24:
        return tuple(range(25))
    return tuple(float(round(now * times)) for times in _HALF_TO_TWICE)


def _plain(value: float) -> str:
    return f"{value:g}" if value < 1e6 else f"{value:.0f}"


def _at(tree: Any, path: str) -> Any:
    """The value at a path; items of a list by name."""
    for part in split_path(path):
        if isinstance(tree, list):
            tree = next((item for item in tree if item.get("name") == part), None)
        else:
            tree = tree.get(part) if isinstance(tree, dict) else None
    return tree

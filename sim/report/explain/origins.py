"""Where the figures come from: every source and every assumption in a scenario."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from sim.scenario.base import Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sim.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the figures of one block come from."""

    place: str
    """Path of the block, such as `customers.patience`."""
    kind: Literal["source", "assumption", "note"]
    text: str
    """The source; of an assumption what is assumed, or nothing where the file only says `yes`."""
    policies: tuple[str, ...] = ()
    """Policies under which it holds; none: under all."""


def origins(policies: Mapping[str, Scenario]) -> tuple[Origin, ...]:
    """Every source, assumption and note under any policy, in the order of the blocks.

    The error of the forecast is on by default, so it is an assumption also where it is left out.

    Args:
        policies: The season under each policy.
    """
    found: dict[Origin, list[str]] = {}
    for policy, scenario in policies.items():
        for origin in dict.fromkeys(_of_scenario(scenario)):
            found.setdefault(origin, []).append(policy)
    return tuple(
        origin if len(under) == len(policies) else replace(origin, policies=tuple(under))
        for origin, under in found.items()
    )


def _of_scenario(scenario: Scenario) -> tuple[Origin, ...]:
    found = tuple(_of_block(scenario, ""))
    demand = scenario.demand
    if "forecast_error" in demand.model_fields_set or demand.history is not None:
        return found
    return (*found, Origin("demand.forecast_error", "assumption", "the default"))


def _of_block(block: Block, place: str) -> Iterator[Origin]:
    where = place or "the season"
    if block.source:
        yield Origin(where, "source", block.source)
    if block.assumption:
        yield Origin(where, "assumption", "" if block.assumption is True else block.assumption)
    if block.note:
        yield Origin(where, "note", block.note)
    for name, info in type(block).model_fields.items():
        yield from _inside(getattr(block, name), f"{place}.{info.alias or name}".lstrip("."))


def _inside(value: object, place: str) -> Iterator[Origin]:
    if isinstance(value, Block):
        yield from _of_block(value, place)
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _inside(entry, f"{place}.{key}")
    elif isinstance(value, tuple):
        for number, entry in enumerate(value):
            names = (getattr(entry, key, None) for key in ("name", "sku", "offer"))
            name = next(filter(None, names), number)
            yield from _inside(entry, f"{place}.{name}")

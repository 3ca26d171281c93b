"""What levers are assumed to do to people: every such effect that no source stands behind.

A gift, a polite agent or a message in time does something to patience and loyalty, and hardly
anybody knows how much. Such settings are marked, and none has an effect by default. Those that a
season sets without a source are named beside every result.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from sim.scenario.base import Block, Money, NonNegative, Share
from sim.scenario.units import format_percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sim.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Effect:
    """Marks a setting that says what a lever does to people. Its default is no effect."""

    write: Callable[[float], str]
    """How a value is said."""


def _times(factor: float) -> str:
    return f"× {factor:g}"


FACTOR, SHARE, AMOUNT = Effect(_times), Effect(format_percent), Effect(str)
EffectFactor: TypeAlias = Annotated[NonNegative, FACTOR]
EffectShare: TypeAlias = Annotated[Share, SHARE]
EffectAmount: TypeAlias = Annotated[Money, AMOUNT]


@dataclass(frozen=True, slots=True)
class AssumedEffect:
    """An effect that is set, without a source."""

    place: str
    """Path of its block, such as `messages.news`."""
    setting: str
    """Its name there, such as `patience`."""
    value: str
    """As it is said: `× 1.5`, `20%`."""
    assumption: str
    """What the season says about it; nothing if it says nothing."""
    policies: tuple[str, ...]
    """Policies under which it holds; none: under all."""


def assumed_effects(policies: Mapping[str, Scenario]) -> tuple[AssumedEffect, ...]:
    """Every assumed effect under any policy, in the order of the blocks.

    What the nearest block around a setting says counts: a `source` stands behind it, unless the
    same block calls it an `assumption` as well.

    Args:
        policies: The season under each policy.
    """
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for policy, scenario in policies.items():
        for effect in _inside(scenario, "", ""):
            found.setdefault(effect, []).append(policy)
    return tuple(
        AssumedEffect(*effect, () if len(under) == len(policies) else tuple(under))
        for effect, under in found.items()
    )


def effects_json(policies: Mapping[str, Scenario]) -> list[dict[str, Any]]:
    """Assumed effects as JSON values."""
    return [
        asdict(effect) | {"policies": list(effect.policies)} for effect in assumed_effects(policies)
    ]


def effects_in_words(effects: list[dict[str, Any]]) -> list[str]:
    """One sentence for each block, from the JSON values."""
    blocks: dict[tuple[str, str, str], list[str]] = {}
    for each in effects:
        under = f" ({', '.join(each['policies'])})" if each["policies"] else ""
        key = (each["place"], under, each["assumption"])
        blocks.setdefault(key, []).append(f"{each['setting']} {each['value']}")
    return [
        f"{place}{under}: {', '.join(settings)}{f' ({words})' if words else ''}"
        for (place, under, words), settings in blocks.items()
    ]


def _inside(value: object, place: str, words: str | None) -> Iterator[tuple[str, str, str, str]]:
    """Effects in a part of a season; `words` is None where a source stands behind them."""
    if isinstance(value, Block):
        yield from _of_block(value, place, _said(value, words) if place else words)
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _inside(entry, f"{place}.{key}", words)
    elif isinstance(value, tuple):
        for number, entry in enumerate(value):
            name = getattr(entry, "name", None) or getattr(entry, "offer", None) or number
            yield from _inside(entry, f"{place}.{name}", words)


def _said(block: Block, words: str | None) -> str | None:
    """What a block says about its figures, or else the one around it."""
    if block.assumption:
        return block.assumption if isinstance(block.assumption, str) else ""
    return None if block.source else words


def _of_block(block: Block, place: str, words: str | None) -> Iterator[tuple[str, str, str, str]]:
    for name, info in type(block).model_fields.items():
        value, setting = getattr(block, name), info.alias or name
        effect = next((mark for mark in info.metadata if isinstance(mark, Effect)), None)
        if effect is None:
            yield from _inside(value, f"{place}.{setting}".lstrip("."), words)
        elif words is not None and value != (0.0 if info.is_required() else info.default):
            yield place, setting, effect.write(value), words

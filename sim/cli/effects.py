"""Assumed effects beside a result: what levers are said to do to people, without a source."""

from collections.abc import Mapping
from typing import Any


def say_effects(answer: Mapping[str, Any]) -> None:
    """Name every effect that the answer rests on and that nobody has a source for."""
    from sim.cli.console import say
    from sim.scenario.effects import effects_in_words

    told = effects_in_words(answer.get("assumed_effects", []))
    if told:
        say("Assumed effects, without a source:", "dim")
    for line in told:
        say(f"- {line}", "dim")

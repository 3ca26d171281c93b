"""Random spans of time and distributions, on a tick of one hour or off it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

AGES = "4000 days"
"""Longer than every run: what takes so long never happens."""
FAMILIES = ["exponential", "gamma", "lognormal", "weibull", "erlang", "uniform"]


class Spans:
    """Draws spans of time and distributions of them, on the tick or off it."""

    def __init__(self, rng: Random, *, ticked: bool) -> None:
        self.rng, self.ticked = rng, ticked

    def span(self, low: int, high: int) -> str:
        """A span between two numbers of hours; on the tick often a quarter of a day or two.

        Now and then it is as short as it may be, or longer than the run.
        """
        extreme = self.rng.random()
        if extreme < 0.02:
            return AGES
        if extreme < 0.04:
            return f"{low} hours"
        if not self.ticked:
            return f"{self.rng.randint(low * 3600, high * 3600)} s"
        round_ones = [hours for hours in range(low, high + 1) if hours % 6 == 0]
        if round_ones and self.rng.random() < 0.6:
            return f"{self.rng.choice(round_ones)} hours"
        return f"{self.rng.randint(low, high)} hours"

    def short(self) -> str:
        """Some minutes of work; whole hours on the tick."""
        if self.ticked:
            return f"{self.rng.choice([0, 0, 1, 1, 2])} hours"
        return f"{self.rng.randint(0, 5000)} s"

    def chance(self, low: int, high: int) -> Any:
        """A distribution of spans."""
        if self.rng.random() < 0.3:
            return self.span(low, high)
        if self.ticked or self.rng.random() < 0.5:
            values = {self.span(low, high): "50%", self.span(low, high + 1): "50%"}
            return values if len(values) == 2 else self.span(low, high)
        mean = f"{self.rng.randint(max(1, low), max(1, high))} hours"
        family = self.rng.choice(FAMILIES)
        if family == "uniform":
            return {family: {"min": f"{low} hours", "max": f"{high} hours"}}
        if family == "erlang":
            return {family: {"mean": mean, "stages": 3}}
        return {family: mean if family == "exponential" else {"mean": mean, "cv": 0.7}}


def perhaps(
    rng: Random, block: dict[str, Any], name: str, value: Callable[[], Any], share: float = 0.5
) -> None:
    """Give a setting in half of the seasons, or in another share of them."""
    if rng.random() < share:
        block[name] = value()


def units(number: int) -> str:
    """A number of units as a scenario writes it."""
    return f"{number} units"

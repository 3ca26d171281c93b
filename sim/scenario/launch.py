"""A product that is launched: on sale from a day on, and there from another."""

from __future__ import annotations

from typing import Literal

from sim.scenario.base import (
    Block,
    Moment,
    Money,
    NonNegative,
    PositiveDuration,
    UnitCount,
    YesNo,
)


class Surge(Block):
    """More popular at first: `share × (1 + (times − 1) × 0.5 ^ (time since then / half_life))`."""

    times: NonNegative
    """The product's `share` is multiplied by this when the surge begins."""
    half_life: PositiveDuration
    """What is above the usual share (or below it) halves with every such stretch."""
    begins: Literal["on_sale", "released"] = "on_sale"
    """When it begins."""


class Launch(Block):
    """Nobody asks for the product before it is on sale; none is there before it is released."""

    on_sale: Moment | None = None
    """From when the shop sells it; from the release on when left out."""
    released: Moment
    """When the first delivery is to arrive, as announced (midnight of a date, or a time)."""
    units: UnitCount
    """Units of the first delivery; the replenishment rule buys from the release on."""
    surge: Surge | None = None
    """More popular at first; none: its `share` as ever."""
    pre_order: YesNo = True
    """Until the first delivery arrives it is sold on backorder, whatever `when_short` says; `no`:
    as `when_short` says."""
    slips: YesNo = False
    """The first delivery may slip like any other of the supplier (`slips`)."""
    cost: Money = 0.0
    """Cost of the launch: advertising, pictures, samples."""

"""Whether customers come back, and what that is worth."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.scenario.base import Block, Money, NonNegative, Share
from sim.scenario.effects import EffectAmount, EffectFactor


class Repeat(Block):
    """Share of shoppers who buy again next season, by what happened to them in this one.

    Shares left out are as `on_time`: without a figure of its own a fate costs no customers.
    """

    on_time: Share
    """Of those whose order was complete at once and came on time."""
    backordered: Share | None = None
    """Of those who waited for a backorder that then came on time."""
    alert: Share | None = None
    """Of those who bought from a back-in-stock e-mail, on time."""
    late: Share | None = None
    """Of those whose order came late, was refused, or had not come when the run ended."""
    cancelled: Share | None = None
    """Of those who cancelled."""
    lost: Share | None = None
    """Of those who left without an order: a lost sale is not yet a lost customer."""


class Retention(Block):
    """Repeat purchase by fate, and the value of a customer. Kept apart from season profit."""

    repeat: Repeat
    """Who buys again."""
    wrong_item: EffectFactor = 1.0
    """Factor on the repeat share of a customer who got an order with an error."""
    bad_contact: EffectFactor = 1.0
    """Factor on the repeat share of a customer who was told something out of date, by an agent or a
    message, or had a contact that ended badly; 1: no effect."""
    gift: EffectFactor = 1.0
    """Factor on the repeat share of a customer to whom the backup plan gave something; 1: no
    effect."""
    extra_purchases: EffectAmount = 0.0
    """Margin of what such a customer buys besides, later."""
    counted: Literal["margin", "replacement"] = "margin"
    """What a lost customer costs: the margin that will be missing, or the price of winning another;
    never both."""
    future_margin: Money = 0.0
    """Margin that a customer who buys again will bring."""
    keeping: Money = 0.0
    """What keeping a customer costs."""
    acquiring_times: NonNegative = Field(default=6.5)
    """Winning a customer costs this many times what keeping one costs. Six to seven times is often
    quoted; no better source was found."""

    @property
    def worth(self) -> float:
        """What one lost customer costs, in the currency."""
        if self.counted == "margin":
            return self.future_margin
        return self.keeping * self.acquiring_times

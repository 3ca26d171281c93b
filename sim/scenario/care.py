"""What the shop does for customers who wait: messages, a new consent, a plan for broken quotes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.scenario.base import Block, Duration, Money, Name, PositiveDuration, Share
from sim.scenario.effects import EffectFactor


class Consent(Block):
    """The rule of law for long delays: who has not consented to wait on gets a refund."""

    after: PositiveDuration = 2_592_000_000
    """A customer who still waits for a unit this long after the order is asked for consent."""
    consents: Share
    """Share of those asked who consent; the others' orders are cancelled and refunded."""
    again_after: PositiveDuration | None = None
    """Who consented is asked again after this; as long as `after` when left out."""


class Message(Block):
    """Messages to customers who wait, sent without being asked."""

    name: Name
    """Name of this kind of message."""
    channel: Literal["email", "text", "letter"] = "email"
    """How it is sent; a word for reports."""
    to: Literal["backordered", "late", "all waiting"] = "backordered"
    """Orders it is about: those that wait for a unit, those whose promise has passed, or all that
    have not been shipped."""
    first_after: Duration = 0
    """The first goes out this long after the order; to `late`, after the promise has passed."""
    every: PositiveDuration | None = None
    """Further ones follow at this interval; none: there is only the first. One that falls due while
    the order is not of the kind it is about is left out."""
    at_most: int = Field(default=100, ge=1, le=1000)
    """How many times one falls due for an order."""
    cost: Money = 0.0
    """Cost of each message."""
    patience: EffectFactor = 1.0
    """Factor of each message on the patience that is left; 1: no effect."""
    contacts: EffectFactor = 1.0
    """Factor on the rates at which the customer contacts the shop (`support.contacts`), from this
    message until the next of any name; 1: no effect."""
    information_age: Duration = 0
    """What messages know of arrival dates is refreshed at this interval; 0 means always up to date.
    One that is out of date does to the customer what a wrong answer of the support desk does, and
    not what `patience` says."""


class BackupPlan(Block):
    """What is given, once per order, when its promise passes while it still misses a unit."""

    give: Literal["gift", "sample", "note", "discount"] = "gift"
    """What it is; a word for reports."""
    cost: Money = 0.0
    """Cost of each beside the goods: packing, postage, printing."""
    product: Name | None = None
    """Product of which each gets one free unit from the shelf; when none is free, nothing is given.
    Left out: what is given is no product of this season."""
    discount: Share = 0.0
    """Share of the order's value that the customer need not pay."""
    budget: Money | None = None
    """Most that may be given away in the run, with goods at their cost and discounts in full,
    whether or not the order ships; what does not fit in is not given. None: no limit."""
    patience: EffectFactor = 1.0
    """Factor on the patience that is left; 1: no effect."""

"""The support desk: what makes customers call, and what a call does."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.base import Block, Duration, EventRate, Money, Name, NonNegative, Share
from sim.scenario.distributions import DurationDistribution
from sim.scenario.effects import SHARE, EffectFactor, EffectShare
from sim.scenario.families import Constant


class Contacts(Block):
    """What makes a customer contact the shop. Rates are per order that is in that state."""

    placed: Share = 0.0
    """Share of placed orders about which the customer asks at once."""
    processing: EventRate | None = None
    """Contacts per day of an order that has all its units and is not late: `0.02 per day`."""
    backordered: EventRate | None = None
    """Contacts per day of an order that waits for a unit and is not late."""
    late: EventRate | None = None
    """Contacts per day of an order whose promise has passed, until it ships."""
    cancelled: Share = 0.0
    """Share of cancelled orders about which the customer asks at once, unless they cancelled in a
    contact."""
    wrong_item: Share = 0.0
    """Share of orders with an error about which the customer asks on delivery."""
    refund: Share = 0.0
    """Share of refunded orders about which the customer asks at once; goods that came too late and
    were refused are refunded on delivery."""


class Clarity(Block):
    """One way to tell customers more before they ask."""

    contacts: EffectFactor = 1.0
    """Factor on the rates of contacts and on the share `placed`; 1: no effect."""
    cost: Money = 0.0
    """Cost in the season."""


class InformationUpFront(Block):
    """Clear information before anybody asks. Its effects multiply; without a source, none."""

    quote_quality: Clarity = Field(default_factory=Clarity)
    """Arrival dates that are stated well, and explained."""
    faq: Clarity = Field(default_factory=Clarity)
    """Answers to frequent questions, where customers look."""
    prepared_team: Clarity = Field(default_factory=Clarity)
    """A team that knows the season's offers and bottlenecks in advance."""


class Disappointment(Block):
    """What a bad contact does to an order that still waits to be picked."""

    patience: EffectFactor = 1.0
    """Factor on the patience that is left; 1: no effect."""
    cancels: EffectShare = 0.0
    """Share of customers who cancel at the end of the contact."""


class Training(Block):
    """De-escalation training of agents, before the season."""

    cohorts: tuple[Name, ...] = ()
    """Cohorts of `people.support` that are trained; all when left out."""
    hours: Duration = 0
    """Paid hours of training per agent."""
    cost_per_agent: Money = 0.0
    """Cost per agent beside the paid hours."""
    ends_well: Annotated[Share | None, SHARE] = None
    """Share of a trained agent's contacts that end well, instead of `support.ends_well`; none: no
    effect."""


class Solution(Block):
    """Something real that an agent offers a customer who waits for goods."""

    offer: Literal["expedite", "partial_shipment", "substitute", "refund"]
    """`expedite`: the supplier hurries the next delivery, if it does so on request.
    `partial_shipment`: of an order that was to ship complete, what is there ships now.
    `substitute`: every line that waits takes its product's substitute, if all are on hand.
    `refund`: the order is cancelled."""
    accepted: EffectShare
    """Share of the customers who take it when it is offered."""
    cost: Money = 0.0
    """Cost of each that is taken, beside what it changes by itself."""


class Support(Block):
    """Contacts of customers and the agents of `people.support`, who answer them."""

    contacts: Contacts = Field(default_factory=Contacts)
    """What makes customers contact the shop."""
    information_up_front: InformationUpFront = Field(default_factory=InformationUpFront)
    """What is told before anybody asks."""
    handling: DurationDistribution
    """Time that a contact takes an agent of speed 1, with the work after the call (AHT)."""
    at_once: int = Field(default=1, ge=1, le=20)
    """Contacts that an agent handles at the same time, as in chat; paid once."""
    at_once_factor: NonNegative = 1.0
    """If there are several, each takes this many times as long."""
    patience: DurationDistribution | None = None
    """How long a caller waits for an agent before hanging up; none: for ever."""
    calls_again: Share = 0.0
    """Share of those who hung up who call again."""
    calls_again_unresolved: Share = 0.0
    """Share of those who call again after an answer that was wrong or ended badly."""
    calls_again_after: DurationDistribution = Field(default_factory=lambda: Constant(3_600_000.0))
    """Delay until they do."""
    at_most: int = Field(default=5, ge=0, le=5)
    """How many times one customer calls again about one thing."""
    information_age: Duration = 0
    """What agents know of arrival dates is refreshed at this interval; 0 means always up to date.
    An answer is wrong if, since the last refresh, there was news of a product that the order still
    misses: its confirmed date passed or was moved, or units were withdrawn."""
    wrong_answer: Disappointment = Field(default_factory=Disappointment)
    """What a wrong answer does."""
    ends_well: EffectShare = 1.0
    """Share of contacts that end well, with an agent who makes no errors; an agent's `errors`
    lower it."""
    ends_badly: Disappointment = Field(default_factory=Disappointment)
    """What a contact that ends badly does."""
    training: Training | None = None
    """De-escalation training."""
    solutions: tuple[Solution, ...] = ()
    """What agents offer at the end of an answered contact, in this order, while the order misses
    units and nobody has started on it; what is not possible is left out, the first that the
    customer takes is done."""

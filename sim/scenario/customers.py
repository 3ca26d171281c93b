"""How customers decide and how long they wait."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.scenario.base import Block, Duration, Moment, OfHundred, PositiveDuration, Share
from sim.scenario.care import Consent
from sim.scenario.distributions import DurationDistribution, StillWaiting
from sim.scenario.families import Constant

Step = Literal["accept", "substitute", "drop_line", "sign_up", "come_back"]


class AcceptBackorder(Block):
    """How many accept a wait."""

    at_no_wait: OfHundred = 1.0
    """Of 100 would-be buyers, how many accept a backorder with hardly any wait."""
    half_life: PositiveDuration | None = None
    """That number halves with every such stretch of quoted wait; none: the wait does not matter."""
    longest: PositiveDuration | None = None
    """Nobody accepts a longer quoted wait."""


class ComeBack(Block):
    """Shoppers who come back later by themselves."""

    share: OfHundred = 0.0
    """Of 100 would-be buyers, how many come back later, unprompted."""
    after: DurationDistribution = Field(default_factory=lambda: Constant(86_400_000.0))
    """Delay until they do."""
    at_most: int = Field(default=1, ge=0, le=100)
    """How many times one customer comes back."""


class Elsewhere(Block):
    """What competitors who have the item do to us. Applies to products `available_elsewhere`."""

    leaves: Share = 0.0
    """Share of shoppers who leave at once, before any other step."""
    found_after: DurationDistribution | None = None
    """Waiting customers find it elsewhere after this time and cancel; none: never."""


class Patience(Block):
    """How long a waiting customer waits before cancelling."""

    start: Literal["order", "promise"] = Field(default="order", alias="from")
    """Patience runs from the order, or from the moment the promised date is broken."""
    lasts: DurationDistribution | None = None
    """Time until a waiting customer gives up; none: never."""
    still_waiting: StillWaiting | None = None
    """The same in a planner's words: share still waiting after 1, 2, 4 weeks."""


class Customers(Block):
    """What 100 would-be buyers do who find an item short.

    Shares are of all 100; who takes no step leaves. Without this block everybody accepts any wait
    and never cancels.
    """

    steps: tuple[Step, ...] = ("accept", "substitute", "drop_line", "sign_up", "come_back")
    """Order of the steps. A step that is not on offer is passed over."""
    accept_backorder: AcceptBackorder | OfHundred = Field(default_factory=AcceptBackorder)
    """Accept the quoted wait."""
    substitute: OfHundred = 0.0
    """Take the substitute, if one is named and on hand."""
    drop_line: OfHundred = 0.0
    """Drop the short lines and buy the rest, if there is a rest."""
    sign_up_for_alert: OfHundred = 0.0
    """Sign up for the back-in-stock e-mail, if it is offered."""
    come_back_later: ComeBack | OfHundred = Field(default_factory=ComeBack)
    """Come back later unprompted."""
    wants_split: OfHundred = 0.0
    """Of 100 customers with several lines, some short: how many take what is there at once and the
    rest later, with `storefront.ship: choice`; the others wait for everything."""
    elsewhere: Elsewhere = Field(default_factory=Elsewhere)
    """Effect of competitors who have the item."""
    patience: Patience | DurationDistribution | None = None
    """Time until a waiting customer cancels because the wait is too long."""
    forgets_after: DurationDistribution | None = None
    """Time until a waiting customer has forgotten or no longer wants the order."""
    changes_mind_after: DurationDistribution | None = None
    """Time until a waiting customer changes their mind."""
    consent: Consent | None = None
    """New consent that long delays need; none: nobody asks."""
    needed_by: dict[Moment, Share] = Field(default_factory=dict)
    """Dates by which goods are needed, and the share of customers who carry each."""
    needed_by_margin: Duration = 0
    """Days that a customer allows for shipping: a quote later than the date less this is refused,
    and a waiting order is cancelled at the date less this. Orders placed after that carry none."""
    refuses_late: Share = 0.0
    """Share of needed-by customers who refuse what is delivered after the date, for a refund."""

"""Who delivers, how long it takes, and what may go wrong."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.scenario.base import (
    Block,
    MomentRange,
    Money,
    Share,
    UnitCount,
    UnitRate,
    WorkTime,
    YesNo,
)
from sim.scenario.distributions import DurationDistribution


class Slip(Block):
    """A confirmed date that is not kept. The shop learns of it once that date has passed."""

    share: Share
    """Share of purchase orders that slip."""
    by: DurationDistribution
    """How late they come."""


class Partial(Block):
    """Deliveries in two parts."""

    share: Share
    """Share of purchase orders that come in two parts."""
    first: Share = 0.5
    """Share of the units in the first part (rounded down, at least one)."""
    rest_after: DurationDistribution
    """How long after the first part the rest comes."""


class Disruption(Block):
    """A stretch in which the supplier ships nothing: on given dates, or at random."""

    during: MomentRange | None = None
    """Known dates of the disruption (the shop's quotes do not know them)."""
    daily_chance: Share = 0.0
    """Chance, each day on which the supplier is up, that it goes down at that day's start."""
    lasts: DurationDistribution | None = None
    """How long a random disruption lasts; rounded up to whole days."""


class Expedite(Block):
    """Paying for a faster delivery."""

    when_backorders_over: UnitCount
    """A purchase order is expedited when the product has more units on backorder than this."""
    lead_time_factor: Share = 0.5
    """The drawn lead time is multiplied by this."""
    cost_per_unit: Money = 0.0
    """Extra cost per unit."""


class ExpediteOnRequest(Block):
    """Deliveries under way that the supplier hurries when a support agent asks for it."""

    per_week: int = Field(ge=1, le=10_000)
    """Most requests in a calendar week, from Monday to Sunday."""
    lead_time_factor: Share = 0.5
    """The time that is left until the delivery arrives is multiplied by this."""
    cost: Money = 0.0
    """Cost of each request."""


class Supplier(Block):
    """One supplier. A purchase order is for one product."""

    lead_time: DurationDistribution
    """From the purchase order to the dock."""
    lead_times: Literal["cross", "in_order"] = "cross"
    """`cross`: a later order may arrive earlier. `in_order`: never before an earlier order of the
    same product."""
    capacity: UnitRate | None = None
    """Units made per time, first come first served; an order's lead time starts when it is made."""
    minimum_order: UnitCount = 0
    """Smaller orders are raised to this."""
    pack_size: UnitCount = 1
    """Orders are rounded up to a multiple of this."""
    closed: tuple[MomentRange, ...] = ()
    """Holidays: the lead-time clock stands still."""
    slips: Slip | None = None
    """Confirmed dates that are not kept."""
    partial: Partial | None = None
    """Deliveries in two parts."""
    disruptions: tuple[Disruption, ...] = ()
    """Stretches in which nothing is shipped: the lead-time clock stands still, unannounced."""
    expedite: Expedite | None = None
    """Faster delivery at a price."""
    expedite_on_request: ExpediteOnRequest | None = None
    """A delivery under way may be hurried for a customer who asks; see `support.solutions`."""
    cost_per_order: Money = 0.0
    """Cost of each purchase order."""
    freight_per_unit: Money = 0.0
    """Freight and duty per unit received."""


class DockWork(Block):
    """Hands-on work of one delivery."""

    per_delivery: WorkTime = 0
    """Work per delivery."""
    per_unit: WorkTime = 0
    """Work per unit put away."""
    per_unit_cross_dock: WorkTime | None = Field(default=None)
    """Work per unit that goes straight to waiting orders; `per_unit` when left out."""


class Receiving(Block):
    """What happens at the dock. Without a receiving team, goods are put away on arrival."""

    cross_dock: YesNo = True
    """Units already promised are worked first, as a task of their own."""
    work: DockWork = Field(default_factory=DockWork)
    """Hands-on work."""

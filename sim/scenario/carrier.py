"""From the packing table to the customer."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from sim.scenario.base import (
    Block,
    Duration,
    Moment,
    MomentRange,
    Money,
    NonNegative,
    PositiveDuration,
    WeekTimes,
)
from sim.scenario.demand import Weekday
from sim.scenario.distributions import DurationDistribution
from sim.scenario.units import LARGEST_COUNT

ParcelCount: TypeAlias = Annotated[int, Field(ge=0, le=LARGEST_COUNT)]


class SlowTransit(Block):
    """A stretch in which the carrier is slower."""

    during: MomentRange
    """When parcels are handed over."""
    times: NonNegative
    """Transit is multiplied by this."""


class Express(Block):
    """Upgrade of late parcels."""

    transit: DurationDistribution
    """Transit of an express parcel."""
    cost: Money
    """Extra cost per parcel."""


class Carrier(Block):
    """Cut-offs, pickups, transit. Without it, parcels arrive when packed with no promised date."""

    cut_off: WeekTimes | None = None
    """Orders placed by then ship with that day's pickup, if on hand."""
    pickup: WeekTimes | None = None
    """When the carrier calls; the cut-off plus two hours when left out."""
    capacity: int | None = Field(default=None, ge=0, le=LARGEST_COUNT)
    """Most parcels per pickup."""
    capacity_by_weekday: dict[Weekday, ParcelCount] | None = None
    """Most parcels per pickup on some weekdays (`{sat: 200}`); wins over `capacity`."""
    transit: DurationDistribution | None = None
    """Time from pickup to the customer; none: arrives at once."""
    slow: tuple[SlowTransit, ...] = ()
    """Slower stretches; where they overlap, the one listed last holds."""
    promise: PositiveDuration | None = None
    """Delivery promised this long after the ship date that was promised."""
    express: Express | None = None
    """Parcels that leave after the promised ship date go express."""
    christmas_last_ship: Moment | None = None
    """Last ship date for delivery before Christmas, as announced; shown in results."""
    handling: Duration = 0
    """Added to the promised ship date."""

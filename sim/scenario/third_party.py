"""A third party that picks, packs and ships for the shop (3PL)."""

from __future__ import annotations

from pydantic import Field

from sim.scenario.base import Block, Duration, Money, MoneyRate
from sim.scenario.units import LARGEST_COUNT


class ThirdPartyFees(Block):
    """What the third party charges."""

    per_receipt_unit: Money = 0.0
    """Per unit that it receives: with `above: 0` every unit that suppliers deliver, else the units
    of the parcels that are handed over."""
    storage_per_unit: MoneyRate | None = None
    """Per unit and time: with `above: 0` for all stock, else for the units handed over, until they
    are done."""
    per_order: Money = 0.0
    """Per parcel that is handed over."""
    per_line: Money = 0.0
    """Per order line in it."""


class ThirdParty(Block):
    """Takes parcels above a backlog, or all of them. Without this block there is none."""

    above: int = Field(default=0, ge=0, le=LARGEST_COUNT)
    """A parcel that becomes ready while so many or more wait for our own pickers is handed over; 0:
    every parcel."""
    delay: Duration = 0
    """A parcel is picked and packed so long after it was handed over, at the earliest."""
    per_day: int | None = Field(default=None, ge=1, le=LARGEST_COUNT)
    """Most parcels per day; none: no limit."""
    fees: ThirdPartyFees = Field(default_factory=ThirdPartyFees)
    """What it charges."""
    setup: Money = 0.0
    """Paid once per season."""

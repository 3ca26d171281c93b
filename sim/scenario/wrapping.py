"""Gift wrapping: work, material, and what customers pay for it."""

from __future__ import annotations

from sim.scenario.base import Block, Money, Share, WorkTime


class Wrapping(Block):
    """Orders that are wrapped as gifts. Without this block none is."""

    share: Share
    """Share of customers who want it."""
    per_parcel: WorkTime = 0
    """Work per parcel, beside that of packing (of picking and packing, in one stage)."""
    per_unit: WorkTime = 0
    """Work per unit, the same."""
    price: Money = 0.0
    """Paid by the customer per order."""
    cost: Money = 0.0
    """Material per parcel."""

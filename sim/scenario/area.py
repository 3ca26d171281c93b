"""Floor space for orders that wait."""

from __future__ import annotations

from typing import Literal

from sim.scenario.base import (
    Block,
    Duration,
    MoneyRate,
    NonNegative,
    PositionsSpec,
    Positive,
    Share,
)


class BackorderArea(Block):
    """Floor space for orders that wait.

    It holds reserved units of orders that were not complete at once, from their reservation until
    they are picked.
    """

    positions: PositionsSpec
    """How many positions of which size: `60 shelves of 80 liters`."""
    fill: Share = 1.0
    """Share of a position's volume that can be used."""
    area_per_position: NonNegative = 0.75
    """Floor area per position with aisles, in square meters."""
    rent: MoneyRate | None = None
    """Rent of a position, paid even when empty: `6 per shelf per month`."""
    steps: PositionsSpec | None = None
    """Positions are rented in steps of this many; also the step of overflow."""
    minimum_term: Duration = 0
    """Overflow is rented for at least this long."""
    when_full: Literal["stop_offering", "rent_overflow", "general_storage"] = "rent_overflow"
    """When full: stop offering backorders, rent overflow positions, or leave goods in general
    storage. Goods that arrive all the same are never refused: counted as overflow."""
    overflow_factor: Positive = 1.5
    """Rent of an overflow position as a multiple of `rent`."""
    slow_retrieval: NonNegative = 1.5
    """Picking work of an order with units in general storage is multiplied by this."""

"""Money, beside prices, costs of goods and wages."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.scenario.base import Block, Money, MoneyRate, NonNegative, PositiveDuration, Share


class InventoryCosts(Block):
    """Costs of holding and of being short, as textbooks charge them."""

    holding: MoneyRate | None = None
    """Per unit held and time: `20 per unit per year`."""
    holding_share: MoneyRate | None = None
    """The same as a share of the unit's cost and time: `0.25 per year`."""
    held: Literal["in_building", "on_shelf"] = "in_building"
    """Units that holding is charged for: every unit in the building, or, as textbooks have it, only
    the free ones on the shelf: not those that wait in an order for the rest of it."""
    backorder: MoneyRate | None = None
    """Per unit on backorder and time."""
    backorder_per_unit: Money = 0.0
    """Once per unit that goes on backorder."""
    lost_sale: Money = 0.0
    """Penalty per unit of lost sales, beside the lost margin."""
    purchase_order: Money = 0.0
    """Per purchase order, added to the supplier's own."""
    charged: Literal["continuously", "end_of_period"] = "continuously"
    """Time-weighted, or on the level at the end of each period, before anything else at that
    instant."""
    period: PositiveDuration = 86_400_000
    """Period of `end_of_period`."""


class CancellationCosts(Block):
    """What a cancelled order costs."""

    per_order: Money = 0.0
    """Refund and administration."""
    per_staged_unit: Money = 0.0
    """Restocking work per unit that was already in the backorder area."""


class Costs(Block):
    """Everything else in the profit and loss."""

    shipping_income: Money = 0.0
    """Paid by the customer per order."""
    postage: Money = 0.0
    """Per parcel."""
    peak_surcharge: Money = 0.0
    """Per parcel handed over during `carrier.slow`."""
    packaging: Money = 0.0
    """Per parcel."""
    payment_fee: Share = 0.0
    """Share of revenue."""
    payment_fee_per_order: Money = 0.0
    """Per shipped order."""
    message: Money = 0.0
    """Per back-in-stock e-mail."""
    error: Money = 0.0
    """Per parcel with an error."""
    leftover_recovery: NonNegative = 1.0
    """Leftover units are worth this share of their cost; the rest is the markdown."""
    cancellation: CancellationCosts = Field(default_factory=CancellationCosts)
    """Cancelled orders."""
    inventory: InventoryCosts = Field(default_factory=InventoryCosts)
    """Holding, backorder and ordering costs."""
    fixed: Money = 0.0
    """Fixed cost of the season."""

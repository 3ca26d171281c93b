"""What the shop sells."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.scenario.base import Block, CoverSpec, Money, Name, NonNegative, UnitCount, Volume, YesNo
from sim.scenario.launch import Launch

WhenShort = Literal["backorder", "out_of_stock", "alerts", "hybrid"]


class Product(Block):
    """One SKU."""

    sku: Name
    """Stock keeping unit."""
    name: str | None = None
    """Name on screens."""
    share: NonNegative = 1.0
    """Popularity: weight of this product among all products (`6%` or a number; scaled to 1)."""
    price: Money = 0.0
    """Selling price per unit, without tax."""
    cost: Money = 0.0
    """Landed cost of goods per unit."""
    volume: Volume = 1000
    """Space that one unit takes in the backorder area."""
    supplier: Name | None = None
    """Supplier; may be left out when there is one supplier, or none."""
    stock: UnitCount | CoverSpec | Literal["computed"] | None = None
    """Units on hand at the opening, or a cover such as `21 days` of forecast demand. Left out or
    `computed`: reorder point plus half an order; `0 units` without a replenishment rule."""
    reorder_point: UnitCount | None = None
    """Reorder point r (or s) of this product; wins over the computed one."""
    order_quantity: UnitCount | None = None
    """Order quantity Q of this product."""
    order_up_to: UnitCount | None = None
    """Order-up-to level S, or base-stock level, of this product."""
    pre_season_buy: UnitCount | None = None
    """Units bought once before the season, on hand at the opening."""
    when_short: WhenShort | None = None
    """Storefront policy of this product; wins over `storefront.when_short`."""
    cap_units: UnitCount | None = None
    """Most units on backorder for this product; wins over `storefront.caps.units_per_sku`."""
    substitute: Name | None = None
    """Product offered when this one is short."""
    available_elsewhere: YesNo = False
    """Competitors have it: shoppers leave, and waiting customers cancel, as `customers.elsewhere`
    says."""
    recovery: NonNegative | None = None
    """Value of a leftover unit as a share of cost; wins over `costs.leftover_recovery`."""
    weight: NonNegative = Field(default=1.0)
    """Relative work per unit of this product; multiplies `work.per_unit`."""
    launch: Launch | None = None
    """Launch of the product; none: it is sold all the time."""

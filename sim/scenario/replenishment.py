"""When to buy, and how much."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.scenario.base import (
    Block,
    Duration,
    Moment,
    PositiveDuration,
    Share,
    SignedShare,
    UnitCount,
    WeekHours,
    YesNo,
)


class Notification(Block):
    """The note that a product has to be reordered, read by a person before they act."""

    read: WeekHours | None = None
    """When notes are read; none: at once, at any hour."""
    delay: Duration = 0
    """Time after reading until the purchase order is out; it may end after reading hours."""


class Replenishment(Block):
    """One rule for all products; numbers may be given by product."""

    rule: Literal["none", "reorder_point", "min_max", "base_stock", "periodic"] = "none"
    """`reorder_point` (r,Q), or (r,nQ); `min_max` (s,S); `base_stock` (S-1,S); `periodic` (R,s,S);
    `none`: nothing is bought during the season."""
    trigger: Literal["at_or_below", "below"] = "at_or_below"
    """Buy when the position is at or below the reorder point, or only below it. Base stock always
    buys when the position is below S."""
    basis: Literal["position", "level"] = "position"
    """Compare the inventory position (on hand + on order − backorders), or the inventory level (on
    hand − backorders)."""
    multiples: YesNo = True
    """(r,nQ): buy the fewest batches that lift the position above the trigger; `no`: always
    one batch."""
    reorder_point: UnitCount | None = None
    """Reorder point r (or s) of every product that gives none itself."""
    order_quantity: UnitCount | None = None
    """Order quantity Q of every product that gives none itself."""
    order_up_to: UnitCount | None = None
    """Order-up-to level S of every product that gives none itself."""
    service: Share = 0.95
    """Computed reorder points cover the demand of a lead time with this probability."""
    cover: PositiveDuration = 14 * 86_400_000
    """Computed order quantities cover this stretch of forecast demand."""
    update: PositiveDuration = 7 * 86_400_000
    """Computed numbers follow the forecast and are renewed at this interval."""
    review_period: PositiveDuration | None = None
    """Periodic rule: time between reviews, R."""
    first_review: Duration = 0
    """Periodic rule: time of the first review after the season's start."""
    on_cancel: Literal["keep", "withdraw"] = "keep"
    """When a waiting customer cancels, the supplier's order stays, or is reduced by the units that
    were still to come (newest purchase order first)."""
    notification: Notification = Field(default_factory=Notification)
    """Who reads the reorder note, and when."""
    stop_at: Moment | None = None
    """Nothing is bought from this moment on, except for open backorders. Default: the season's
    end."""
    pre_season_buy: SignedShare = 0.0
    """Changes the opening stock of every product by this share; bought at cost."""

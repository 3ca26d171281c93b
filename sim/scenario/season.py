"""When the season runs, and the position from which it opens."""

from __future__ import annotations

from sim.scenario.base import (
    Block,
    Duration,
    Moment,
    MomentRange,
    Name,
    PositiveDuration,
    UnitCount,
)


class Season(Block):
    """The window that is simulated and reported."""

    start: Moment | None = None
    """First day of the season, in the shop's local time. Leave out for a season without dates."""
    end: Moment | None = None
    """Last day of the season, inclusive. Give `end` or `length`."""
    length: PositiveDuration | None = None
    """Length of the season, for example `12 weeks`; instead of `end`."""
    closed: tuple[MomentRange, ...] = ()
    """Days on which nobody works and no carrier calls. Orders still come in."""
    warm_up: Duration = 0
    """Time simulated before the season starts, left out of every figure. The position of
    `opening` is then the position at the beginning of the warm-up."""
    drain: Duration = 60 * 24 * 3_600_000
    """How long the run may go on after the end, without new shoppers, until open orders have
    ended. What is left then is reported as open."""


class OpenPurchaseOrder(Block):
    """A purchase order that was placed before the season and has not arrived."""

    sku: Name
    """Product on order."""
    units: UnitCount
    """Units still to come."""
    due: Moment
    """When the supplier says that they arrive."""


class OpenOrder(Block):
    """A customer order line that was placed before the season and has not been shipped."""

    order: Name
    """Order number; lines with the same number belong to one order."""
    sku: Name
    """Product ordered."""
    units: UnitCount = 1
    """Units still owed."""
    placed: Moment
    """When the order was placed, on or before the season's start."""
    order_class: Name | None = None
    """Order class; the first class when left out."""


class StockRow(Block):
    """Stock of one product at the opening."""

    sku: Name
    """Product."""
    units: UnitCount
    """Units on the shelf."""


class Opening(Block):
    """Where the shop stands when the season opens."""

    as_of: Moment | None = None
    """The date of this position; must be the season's start (or the start of its warm-up)."""
    stock: tuple[StockRow, ...] = ()
    """Stock by product, as a list or a CSV file (`sku, units`); wins over `products[].stock`."""
    open_purchase_orders: tuple[OpenPurchaseOrder, ...] = ()
    """Purchase orders on their way, as a list or a CSV file (`sku, units, due`)."""
    open_orders: tuple[OpenOrder, ...] = ()
    """Customer orders that wait, as a list or a CSV file (`order, sku, units, placed`). They take
    stock first, in the order of their dates, and keep waiting for the rest."""

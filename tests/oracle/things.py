"""What the oracle moves about: one plain object per SKU, order, line, parcel, purchase order."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any

EXPECTED, AWAY, SIGNED_UP, MAILED, WAITING, PICKING, SHIPPED, CANCELLED, LOST = range(9)
PATIENCE, NEEDED_BY, ELSEWHERE, NO_CONSENT = 1, 2, 3, 6
LEFT, BLOCKED, NOT_CONVERTED, SEASON_OVER = 11, 12, 13, 14
NONE = -1


@dataclass(eq=False)
class Item:
    """One SKU, and where its units are."""

    id: int
    sku: str
    mode: str
    volume: int
    """Milliliters per unit."""
    weight: int
    """Per mille of `work.per_unit`."""
    cap: int | None
    substitute: int | None
    elsewhere: bool
    standard_wait: int
    free: int
    queues: list[deque[Line]]
    """Lines that wait for units, by order class, first come first served."""
    released: int = 0
    """When a launched product is released, as announced."""
    ahead: bool = False
    """Its first delivery is still to come, and it is sold until then."""
    position: int = 0
    known_free: int | None = None
    """Units on the shelf at the last refresh; None while shoppers see it as it is."""
    known_backorders: int | None = None
    """As of the last snapshot; None while the shop's information is live."""
    known_pipeline: list[tuple[int, int]] | None = None
    signups: deque[Order] = field(default_factory=deque)
    mailing: bool = False
    armed: bool = True
    placed: int = 0
    """Purchase orders placed at its supplier in this run."""
    news_at: int = NONE
    """When something became known that agents may not know."""
    at_dock: int = 0
    """Units received and not yet put away."""
    cross_docking: int = 0
    """Promised units on the dock."""

    @property
    def shown(self) -> str:
        """What the shop does when it is short."""
        return "backorder" if self.ahead else self.mode

    @property
    def visible(self) -> int:
        """Free units as shoppers see them."""
        return self.free if self.known_free is None else self.known_free

    @property
    def backorders(self) -> int:
        """Units on backorder."""
        return sum(line.missing for queue in self.queues for line in queue)


@dataclass(eq=False)
class Line:
    """One line of an order."""

    order: Order
    item: Item
    units: int
    reserved: int = 0
    in_area: int = 0
    in_general: int = 0
    dropped: bool = False
    backordered: int = 0
    """Units missing when the order was placed."""
    whole_at: int = NONE
    parcel: Parcel | None = None
    exchanged: bool = False
    """An agent put the substitute in its place."""

    @property
    def missing(self) -> int:
        """Units it still waits for."""
        return self.units - self.reserved


@dataclass(eq=False)
class Order:
    """One would-be buyer and what becomes of them."""

    id: int
    stamp: Any
    """The order's row of the book."""
    class_: int
    lines: list[Line]
    status: int = EXPECTED
    reason: int = 0
    attempt: int = 0
    comebacks: int = 0
    by_alert: bool = False
    accepted_at: int = NONE
    quote: int = NONE
    ended_at: int = NONE
    patience_end: int = NONE
    slipped_at: int = NONE
    """First instant after the promise, not shipped by then."""
    messages: int = 0
    stale: int = 0
    """Messages that were out of date."""
    calm: int = 1000
    """Factor on the rates of contacts, per mille."""
    consents: int = 0
    spent: int = 0
    """On messages, in millionths of the currency."""
    given: int = 0
    given_for: int = 0
    """What the backup plan gave it for."""
    signed_up_at: int = NONE
    complete_at_once: bool = False
    started: bool = False
    short_at_first: bool = False
    backordered: bool = False
    substituted: bool = False
    mails: int = 0
    cause: int = 0
    cancels: int = 0
    """Cause for which the customer cancels in a contact."""
    extra: Line | None = None
    """A unit taken because it was recommended."""
    parcels: list[Parcel] = field(default_factory=list)
    mailed: Any = None
    back_at: int = NONE
    """When it reaches the dock again."""
    arrived_back: bool = False
    resold: bool = False

    @property
    def kept(self) -> list[Line]:
        """The lines that were not dropped."""
        return [line for line in self.lines if not line.dropped]

    @property
    def goods(self) -> list[Line]:
        """All that it takes: also what was recommended."""
        return self.kept + ([self.extra] if self.extra else [])


@dataclass(eq=False)
class Parcel:
    """What is picked, packed and shipped together."""

    id: int
    order: Order
    lines: list[Line]
    backorder: bool = False
    wrong: bool = False
    ready_at: int = NONE
    started_at: int = NONE
    picked_at: int = NONE
    packed_at: int = NONE
    shipped_at: int = NONE


@dataclass(eq=False)
class Delivery:
    """A part of a purchase order that arrives on one day."""

    units: int
    actual: int
    believed: int
    received_at: int = NONE
    hurried: bool = False


@dataclass(eq=False)
class PurchaseOrder:
    """One order at a supplier."""

    id: int
    item: Item
    units: int
    placed_at: int
    due: int
    parts: list[Delivery]
    withdrawn: int = 0
    launches: bool = False
    """The first delivery of a launched product."""


@dataclass(eq=False)
class DockTask:
    """Units at the dock that somebody has to put away."""

    item: Item
    kind: str
    units: int
    arrived_at: int
    started_at: int = NONE
    put_away_at: int = NONE

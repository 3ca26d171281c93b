"""What a shopper is shown when an item is short."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.scenario.base import (
    Block,
    Duration,
    Moment,
    Name,
    Positive,
    PositiveDuration,
    Share,
    UnitCount,
    YesNo,
)
from sim.scenario.distributions import DurationDistribution
from sim.scenario.effects import EffectShare
from sim.scenario.families import Constant
from sim.scenario.products import WhenShort
from sim.scenario.units import LARGEST_COUNT


class Caps(Block):
    """Limits on backorders. A reached cap shows the alert (`hybrid`) or "out of stock"."""

    units_per_sku: UnitCount | None = None
    """Most units on backorder of one product."""
    quoted_wait: PositiveDuration | None = None
    """Longest wait that is still offered."""
    stop_when_area_full: YesNo = False
    """Offer backorders only while the committed backorder space has room."""


class Quote(Block):
    """How the quoted wait is made."""

    padding: Duration = 0
    """Added to every quote for safety."""
    information_age: Duration = 0
    """Queue and arrival dates that the quote uses are refreshed at this interval; 0 means always
    up to date."""
    standard_wait: PositiveDuration | None = None
    """Quoted when nothing on order covers the line. Default: the supplier's mean lead time."""


class PolicyChange(Block):
    """A change of the storefront from a date on."""

    at: Moment
    """When it takes effect (midnight of a date, or a time)."""
    skus: tuple[Name, ...] = ()
    """Products it applies to; all when left out."""
    when_short: WhenShort | None = None
    """New policy."""
    cap_units: UnitCount | Literal["none"] | None = None
    """New cap on units on backorder; `none` lifts it."""


class Storefront(Block):
    """What the shop does when an item is short."""

    when_short: WhenShort = "backorder"
    """`backorder`, `out_of_stock`, `alerts` (back-in-stock e-mail), or `hybrid` (both)."""
    caps: Caps = Field(default_factory=Caps)
    """Limits on backorders."""
    quote: Quote = Field(default_factory=Quote)
    """How long shoppers are told to wait."""
    stock_information_age: Duration = 0
    """What shoppers are shown as on hand is refreshed at this interval; 0 means always up to date.
    In between, what has been sold is still shown and what has arrived is not. An order for units
    that are gone is taken, and promised, as if they were there."""
    changes: tuple[PolicyChange, ...] = ()
    """Changes by date and product."""
    ship: Literal["complete", "split", "choice"] = "complete"
    """`complete`: an order waits for all its lines. `split`: lines that are whole at once go first,
    every other line goes as its own parcel when it is whole. `choice`: as the customer
    likes it, see `customers.wants_split`."""
    extra_postage: Literal["shop", "customer"] = "shop"
    """Who pays the postage of further parcels of an order."""
    allocate: Literal["fifo", "class"] = "fifo"
    """Who gets arriving units: first come first served, or higher order classes first."""


class Recommend(Block):
    """What is recommended in back-in-stock e-mails."""

    share: EffectShare
    """Share of orders placed from an alert that take one unit of it more, if one is free then."""
    product: Name | None = None
    """Product that is recommended; left out: the first one as listed of which a unit is free, and
    that is not in the order."""


class Alerts(Block):
    """Back-in-stock e-mails."""

    mail: Literal["in order", "all at once"] = "in order"
    """`in order`: first signed up, first mailed, `per_hour` at most. `all at once`: everybody on
    the list when units reach the shelf."""
    per_hour: Positive | None = None
    """Most e-mails per hour and product; none means no limit."""
    batch: int = Field(default=1, ge=1, le=LARGEST_COUNT)
    """With `in order`: so many e-mails go out together; the pause after them is as long as for so
    many one by one."""
    recheck_stock: YesNo = True
    """Before each e-mail, look whether a unit is on the shelf; else wait for the next restock."""
    opened_after: DurationDistribution = Field(default_factory=lambda: Constant(0.0))
    """Delay from the e-mail to the shopper's return."""
    convert: Share = 1.0
    """Share of e-mailed shoppers who return to buy, before intent fades."""
    half_life: PositiveDuration | None = None
    """Intent fades: the converting share halves with every such stretch since the sign-up."""
    discount: Share = 0.0
    """Discount on an order placed from an alert."""
    recommend: Recommend | None = None
    """What the e-mail recommends beside the product; none: nothing."""
    sign_up_again: YesNo = False
    """A shopper who returns and finds it short again may sign up again."""

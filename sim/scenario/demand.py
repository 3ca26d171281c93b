"""Who comes to the shop, when, and for what."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.scenario.base import (
    Block,
    Duration,
    EventRate,
    Moment,
    Name,
    NonNegative,
    Positive,
    PositiveDuration,
    Share,
    YesNo,
)
from sim.scenario.distributions import CountDistribution
from sim.scenario.families import Constant

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
HourProfile = Literal["flat", "evening", "office", "retail"]


class Peak(Block):
    """A holiday peak: a stretch of days on which the order rate is multiplied."""

    name: Name
    """What the peak is called."""
    on: Moment | None = None
    """The single day of the peak, by date or by name (`cyber_monday`)."""
    start: Moment | None = Field(default=None, alias="from")
    """First day of the peak."""
    end: Moment | None = Field(default=None, alias="to")
    """Last day of the peak, inclusive."""
    times: NonNegative
    """The order rate is multiplied by this. Where peaks overlap, the one listed last holds."""


class Wave(Block):
    """A smooth wave on top of the order rate: `1 + amplitude * sin(2 pi (t + phase) / period)`."""

    amplitude: Share
    """Height of the wave as a share of the base rate."""
    period: PositiveDuration
    """Length of one wave."""
    phase: Duration = 0
    """How far into a wave the season starts."""


class ForecastError(Block):
    """How wrong the forecast may be; drawn once per simulated season."""

    total: Share = 0.15
    """Coefficient of variation of the season's total demand (lognormal factor with mean 1)."""
    peak: Share = 0.25
    """Coefficient of variation of the height of each peak, drawn per peak."""
    sku_share: Share = 0.30
    """Coefficient of variation of each product's share, drawn per product."""


class Basket(Block):
    """What one order contains, when it is drawn line by line."""

    lines: dict[int, NonNegative] = Field(default_factory=lambda: {1: 1.0})
    """How many different products an order has: number of lines and its weight. Larger orders than
    there are products sold all the time count as that many lines."""
    units_per_line: CountDistribution = Field(default_factory=lambda: Constant(1.0))
    """Units of one line: weights by number (`{1: 0.85, 2: 0.15}`) or a named distribution."""


class BasketType(Block):
    """A fixed kind of order with its own rate."""

    name: Name
    """What this kind of order is called."""
    contents: dict[str, int] = Field(alias="items")
    """Products and units in it."""
    share: Share | None = None
    """Share of all orders that are of this kind. Give `share` for all kinds, or `rate` for all."""
    rate: EventRate | None = None
    """Orders of this kind, for example `3 per day`; replaces `orders_per_day`."""
    order_class: Name | None = None
    """Order class of this kind."""


class OrderClass(Block):
    """A class of orders that people and stock may treat with priority."""

    name: Name
    """Name of the class, used by `serves`."""
    share: Share
    """Share of orders in this class."""


class Demand(Block):
    """The stream of orders. Arrivals are Poisson given the rate, unless `arrivals: fixed`."""

    orders_per_day: NonNegative | None = None
    """Base rate: mean orders per day before weekdays, hours and peaks. Or use `rate`."""
    rate: EventRate | None = None
    """The same in other units, for example `102 per hour`."""
    arrivals: Literal["poisson", "fixed"] = "poisson"
    """`fixed`: one order every 1/rate exactly, the first after one interval; no noise, no error."""
    first_arrival: PositiveDuration | None = None
    """With `fixed`: when the first order comes, if not after one interval."""
    weekdays: dict[Weekday, NonNegative] = Field(default_factory=dict)
    """Multiplier by weekday; weekdays left out count as 1."""
    hours: HourProfile | tuple[NonNegative, ...] = "flat"
    """Profile of the day: a name, or 24 weights (scaled to mean 1)."""
    peaks: tuple[Peak, ...] = ()
    """Holiday peaks."""
    wave: Wave | None = None
    """A sine wave on the rate, as textbooks use it. The rate is then exact by the minute."""
    trend: float = 0.0
    """Growth of the rate per day as a share of the base (`0.002` = 0.2 % of the base per day)."""
    day_noise: NonNegative = 0.0
    """Coefficient of variation of a random factor per day (gamma, mean 1), beyond Poisson."""
    forecast_error: ForecastError | YesNo = Field(default_factory=ForecastError)
    """Error of the forecast, drawn once per season. On by default, as an assumption; `no` turns it
    off."""
    basket: Basket = Field(default_factory=Basket)
    """Lines and units per order."""
    basket_types: tuple[BasketType, ...] = ()
    """Fixed kinds of orders instead of `basket`."""
    classes: tuple[OrderClass, ...] = ()
    """Order classes in order of priority, first is highest. None: one class called `orders`."""
    history: str | None = None
    """CSV file of an order history (`order, placed_at, sku, quantity[, class]`) that is replayed
    order by order instead of drawn."""
    history_start: Moment | None = None
    """The date in the history that is laid on the season's start. Default: the same date."""
    scale: Positive = 1.0
    """Multiplies the whole rate; a lever for what-ifs."""

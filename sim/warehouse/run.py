"""What the actors of one run share: the scenario, the clock, the order flow's state, and chance."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.scenario.calendar import Calendar, season_calendar
from sim.warehouse.clock import Clock
from sim.warehouse.stock import Stock
from sim.warehouse.words import NEVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sim.demand.order_book import OrderBook
    from sim.scenario.distributions import Distribution
    from sim.scenario.moments import Moment, MomentRange
    from sim.scenario.scenario import Scenario
    from sim.warehouse.allocate import State

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Times:
    """Where the season lies in the run. Instants are ms since the start of the run."""

    calendar: Calendar
    start: int
    """Start of the season, after the warm-up."""
    end: int
    """End of the season."""
    cap: int
    """When draining is given up."""
    closed: frozenset[int]
    """Numbers of the days on which nobody works."""

    @classmethod
    def of(cls, scenario: Scenario) -> Times:
        """Read the season's block."""
        season = scenario.season
        calendar = season_calendar(season)
        end = season.warm_up + calendar.length_ms
        closed = calendar.closed_days(season.closed)
        return cls(calendar, season.warm_up, end, end + season.drain, closed)

    def ms(self, moment: Moment) -> int:
        """Instant of a moment."""
        return self.calendar.ms_of(moment) + self.start

    def span(self, stretch: MomentRange) -> tuple[int, int]:
        """Begin and end of a stretch; the end itself lies outside."""
        begin, end = self.calendar.span_of(stretch)
        return begin + self.start, end + self.start

    def midnight(self, day: int) -> int:
        """Midnight with which a day begins; day 0 is the day on which the season starts."""
        return self.calendar.midnight_of_day(day) + self.start

    def day(self, time: int) -> int:
        """Number of the day of an instant."""
        return self.calendar.day_number(time - self.start)

    def weekday(self, day: int) -> int:
        """Weekday of a day, Monday is 0."""
        return self.calendar.weekday_of(self.calendar.midnight_of_day(day))


@dataclass
class Run:
    """One run of one season."""

    scenario: Scenario
    book: OrderBook
    seed: int
    replication: int
    times: Times
    """Where the season lies in the run."""
    state: State
    clock: Clock = field(default_factory=Clock)
    stock: Stock = field(init=False)
    """Products in `state`, as plain numbers."""

    def __post_init__(self) -> None:
        self.stock = Stock(self.state.sku)


def drawn_ms(distribution: Distribution | int, u: Sequence[float] | Floats) -> list[int]:
    """The quantiles of a span of time, rounded to whole ms. Many at once cost little more."""
    if isinstance(distribution, int):
        return [distribution] * len(u)
    return [min(NEVER, round(value)) for value in distribution.quantile(u).tolist()]

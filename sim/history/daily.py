"""Orders by day: which days count, the level of each week, and the weight of each weekday."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.history.problems import refuse

if TYPE_CHECKING:
    from sim.history.cleaning import CleanHistory

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Ints: TypeAlias = NDArray[np.int64]

FEWEST_DAYS: Final = 28
"""A history shorter than this says nothing about weekdays."""

_SURPRISING: Final = 7.0
"""Orders expected on a day with none, from which on the shop must have been closed: Poisson days
with this mean are empty once in 1,100."""
_ROUNDS: Final = 60


@dataclass(frozen=True, eq=False)
class DailyOrders:
    """The history day by day."""

    first: dt.date
    """First day."""
    orders: Ints
    """Orders of each day from the first to the last."""
    counts: Bools
    """Days that say something about demand: neither closed nor cut off by the export."""
    closed: tuple[dt.date, ...]
    """Days without orders on a weekday that has some, where some must have come if open."""
    cut: tuple[dt.date, ...]
    """First or last day, if the export begins or ends in its middle."""
    weekdays: Floats
    """Weight of each weekday, Monday first; mean 1 over the seven. 0: no orders, ever."""
    levels: Floats
    """Level of each calendar week (Monday to Sunday): orders per day of an average day; nan where
    no day counts."""

    @property
    def last(self) -> dt.date:
        """Last day."""
        return self.day(len(self.orders) - 1)

    def day(self, number: int) -> dt.date:
        """Date of a day by its number."""
        return self.first + dt.timedelta(days=number)

    def number(self, day: dt.date) -> int | None:
        """Number of a date, or None outside the history."""
        number = (day - self.first).days
        return number if 0 <= number < len(self.orders) else None

    def weight(self, day: dt.date) -> float:
        """Weight of the weekday of a date."""
        return float(self.weekdays[day.weekday()])


def daily_orders(history: CleanHistory, hours: Floats) -> DailyOrders:
    """Count orders by day and separate weekdays from weeks.

    The rate of a day is the level of its week times the weight of its weekday. Both follow by
    iterative proportional fitting, which gives the maximum likelihood of this model for Poisson
    counts (Deming and Stephan 1940; Bishop, Fienberg and Holland 1975, section 3.5).

    Args:
        history: The demand.
        hours: Share of a day's orders by hour, to tell whether the export cuts a day.

    Raises:
        HistoryError: fewer than 28 days.
    """
    placed = history.orders["placed_at"].sort_values()
    first, last = placed.iloc[0].date(), placed.iloc[-1].date()
    length = (last - first).days + 1
    if length < FEWEST_DAYS:
        message = f"covers {length} days; a season needs at least {FEWEST_DAYS}"
        refuse(message, "export a longer stretch, best two years", file=history.file)
    numbers = (placed.dt.normalize() - placed.iloc[0].normalize()).dt.days.to_numpy()
    orders = np.bincount(numbers, minlength=length).astype(np.int64)
    cut = _cut_days(history, orders, hours) if history.has_clock else ()
    counts = np.ones(length, bool)
    for number in cut:
        counts[number] = False
    weekday = (first.weekday() + np.arange(length)) % 7
    week = (first.weekday() + np.arange(length)) // 7
    closed = _closed_days(orders, counts, week, weekday)
    counts[closed] = False
    levels, weekdays = _level_and_weekday(orders, counts, week, weekday)

    def dates(rows: list[int]) -> tuple[dt.date, ...]:
        return tuple(first + dt.timedelta(days=int(number)) for number in rows)

    return DailyOrders(
        first, orders, counts, dates(list(closed)), dates(list(cut)), weekdays, levels
    )


def hour_shares(history: CleanHistory) -> Floats:
    """Share of orders placed in each hour of the day; even if the times are unknown."""
    if not history.has_clock:
        return np.full(24, 1 / 24)
    counted = np.bincount(history.orders["placed_at"].dt.hour.to_numpy(), minlength=24)
    shares: Floats = counted / counted.sum()
    return shares


def _cut_days(history: CleanHistory, orders: Ints, hours: Floats) -> tuple[int, ...]:
    """First and last day, where the hours without orders should have brought some."""
    placed = history.orders["placed_at"]
    passed = np.concatenate([[0.0], np.cumsum(hours)])

    def share_before(stamp: dt.datetime) -> float:
        return float(np.interp(stamp.hour + stamp.minute / 60, np.arange(25), passed))

    before = share_before(placed.min())
    after = 1.0 - share_before(placed.max())
    cut = []
    if orders[0] * before / max(1.0 - before, 1e-9) >= _SURPRISING:
        cut.append(0)
    if orders[-1] * after / max(1.0 - after, 1e-9) >= _SURPRISING:
        cut.append(len(orders) - 1)
    return tuple(cut)


def _closed_days(orders: Ints, counts: Bools, week: Ints, weekday: Ints) -> Ints:
    """Days without orders that cannot be chance, given the weeks around them."""
    open_days = counts & (orders > 0)
    levels, weekdays = _level_and_weekday(orders, open_days, week, weekday)
    known = np.flatnonzero(np.isfinite(levels))
    nearby = np.interp(np.arange(len(levels)), known, levels[known])
    expected = nearby[week] * weekdays[weekday]
    return np.flatnonzero(counts & (orders == 0) & (expected >= _SURPRISING))


def _level_and_weekday(
    orders: Ints, counts: Bools, week: Ints, weekday: Ints
) -> tuple[Floats, Floats]:
    used = orders * counts
    by_week = np.bincount(week, used)
    by_weekday = np.bincount(weekday, used, minlength=7)
    weekdays = np.where(by_weekday > 0, 1.0, 0.0)
    levels = np.ones(len(by_week))
    for _ in range(_ROUNDS):
        exposure = np.bincount(week, counts * weekdays[weekday])
        levels = np.divide(by_week, exposure, out=np.zeros(len(by_week)), where=exposure > 0)
        exposure = np.bincount(weekday, counts * levels[week], minlength=7)
        weekdays = np.divide(by_weekday, exposure, out=np.zeros(7), where=exposure > 0)
    scale = weekdays.mean()
    levels = np.where(np.bincount(week, counts * weekdays[weekday]) > 0, levels * scale, np.nan)
    return levels, weekdays / scale

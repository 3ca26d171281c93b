"""Orders week by week: how many came, how many were open, how long they took, how many ended.

The same figures from an export of a shop and from a simulated season, so that they can be laid
beside each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sim.history.cleaning import CleanHistory
    from sim.warehouse.ledger import Ledger

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

DAY: Final = 86_400_000
NEVER: Final = 1 << 60


@dataclass(frozen=True, slots=True)
class Figure:
    """What is counted by week."""

    label: str
    """As a heading."""
    name: str
    """Within a sentence."""
    unit: str


FIGURES: Final = {
    "orders": Figure("Orders placed", "orders", "orders"),
    "busiest_day": Figure("Orders on the busiest day", "the busiest day", "orders"),
    "open_orders": Figure("Open orders, most at a midnight", "open orders", "orders"),
    "days_to_ship": Figure("Days from order to shipping, mean", "days to ship", "days"),
    "cancelled": Figure("Orders of the week that were cancelled", "cancellations", "orders"),
}


@dataclass(frozen=True, eq=False)
class Events:
    """When orders were placed, shipped and cancelled, in ms since the season's start."""

    placed: Ints
    shipped: Ints | None
    """Last parcel; `NEVER`: not yet. None: unknown for all."""
    cancelled: Ints | None
    """`NEVER`: not. None: unknown for all."""


def weekly(events: Events, days: int) -> dict[str, Floats]:
    """Each figure by week of the season, and for all of it in the last place; nan: unknown.

    A week has seven days from the season's first; what is left at the end is a short one. Orders
    and cancellations go by the date of placement. Days to ship are those between the dates, so that
    an export without a clock compares.

    Args:
        events: The orders.
        days: Length of the season.
    """
    day = events.placed // DAY
    inside = (day >= 0) & (day < days)
    by_day = np.bincount(day[inside], minlength=days).astype(float)
    weeks = _weeks(days)
    found = {name: np.full(len(weeks), np.nan) for name in FIGURES} | {
        "orders": _over(weeks, by_day, np.sum),
        "busiest_day": _over(weeks, by_day, np.max),
    }
    if events.shipped is not None:
        ended = events.shipped // DAY
        if events.cancelled is not None:
            ended = np.minimum(ended, events.cancelled // DAY)
        found["open_orders"] = _over(weeks, _open_at_midnight(day, ended, days), np.max)
        took = ended - day
        known = inside & (events.shipped < NEVER)
        if events.cancelled is not None:
            known &= events.cancelled == NEVER
        found["days_to_ship"] = _mean_by_week(weeks, day[known], took[known])
    if events.cancelled is not None:
        gone = inside & (events.cancelled < NEVER)
        counted = np.bincount(day[gone], minlength=days).astype(float)
        found["cancelled"] = _over(weeks, counted, np.sum)
    return found


def events_of_history(history: CleanHistory, starts: np.datetime64) -> Events:
    """The orders of an export, with times from the day that is laid on the season's first."""
    lines = history.lines.groupby("order", sort=False, observed=True)
    roles = {"placed_at": "first"}
    roles |= {role: "max" for role in ("shipped_at", "cancelled_at") if role in history.lines}
    orders = lines.agg(roles)

    def since(role: str) -> Ints:
        ms = (orders[role].to_numpy("datetime64[ms]") - starts).astype(np.int64)
        return np.where(orders[role].isna(), NEVER, ms)

    later = [since(role) if role in orders else None for role in ("shipped_at", "cancelled_at")]
    return Events(since("placed_at"), *later)


def events_of_ledger(ledger: Ledger) -> Events:
    """The orders of a simulated season: those that a shopper really placed."""
    from sim.warehouse import words as s

    orders = ledger.orders[ledger.orders["accepted_at"] != s.NONE]
    start = ledger.window[0]

    def ended(status: int) -> Ints:
        times = np.where(orders["status"] == status, orders["ended_at"] - start, NEVER)
        return np.asarray(times, np.int64)

    placed = np.asarray(orders["accepted_at"] - start, np.int64)
    return Events(placed, ended(s.SHIPPED), ended(s.CANCELLED))


def _weeks(days: int) -> list[slice]:
    """The weeks, then the whole season."""
    return [*(slice(first, min(first + 7, days)) for first in range(0, days, 7)), slice(0, days)]


def _over(weeks: list[slice], by_day: Floats, how: Callable[[Floats], float]) -> Floats:
    return np.array([how(by_day[week]) for week in weeks])


def _open_at_midnight(day: Ints, ended: Ints, days: int) -> Floats:
    """Orders that are open at the end of each day."""
    came = np.bincount(np.clip(day, 0, days), minlength=days + 1)[:days]
    went = np.bincount(np.clip(ended, 0, days), minlength=days + 1)[:days]
    return np.cumsum(came - went).astype(float)


def _mean_by_week(weeks: list[slice], day: Ints, took: Ints) -> Floats:
    means = []
    for week in weeks:
        mine = took[(day >= week.start) & (day < week.stop)]
        means.append(float(mine.mean()) if len(mine) else np.nan)
    return np.array(means)

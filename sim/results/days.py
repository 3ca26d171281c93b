"""A season day by day: what happened, what was left over, and what was missing each morning.

Days are numbered from the season's start, day 0; they go on until the run has drained. Levels are
those at midnight, before anything else of the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.results.hours import work_asked, work_staffed
from sim.results.space import position_ml
from sim.results.timeline import peaks
from sim.scenario.calendar import season_calendar
from sim.scenario.units import DAY
from sim.warehouse.desk_rows import ABANDONED
from sim.warehouse.words import CANCELLED, FIRST_PICK, LOST, NONE

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from sim.scenario.calendar import Calendar
    from sim.warehouse.ledger import Ledger

    Array = NDArray[Any]

_HOUR: Final = 3_600_000


@dataclass(frozen=True)
class SeasonDays:
    """One season under one policy, day by day."""

    calendar: Calendar
    days: pd.DataFrame
    """One row per day, by its number in the index.

    Counts of the day: `placed` (orders), `backordered` (of these with a unit missing),
    `turned_away` (shoppers lost for good), `cancelled`, `shipped` (parcels), `received` (units),
    `contacts` and `abandoned` (of these hung up). In the morning: `waiting` (parcels to pick or
    pack), `work` (hours of it, the dock's with it), `on_hand` (units nobody has reserved), `owed`
    (units on backorder), `on_order` (units); nan where the season began during the day. Over the
    day: `longest_wait` (hours, of the parcels that were begun; nan: none), `area` (positions of the
    backorder area in use, at most; nan: there is no area), `backorders` (orders waiting for goods,
    at most), `came` and `rostered` (people), `needed` and `staffed` (hours of picking and packing:
    of the parcels that could be begun from that day on, and of the people who came for them).
    """
    teams: pd.DataFrame
    """People who came, one row per day and one column per team."""
    stock: pd.DataFrame
    """Mornings of each product: `day`, `sku`, `on_hand`, `owed`, `on_order`; and `sought`, the
    units that shoppers wanted that day."""
    deliveries: pd.DataFrame
    """Purchase orders: `sku`, `supplier`, `units`; `placed`, `confirmed`, `due` and `received`, in
    days from the midnight of day 0, with their parts; nan: not so."""
    positions: float
    """Of the backorder area; nan: there is none."""

    def figures(self, day: int) -> dict[str, float]:
        """The row of a day."""
        return {str(name): float(self.days[name].iloc[day]) for name in self.days}

    def out_of_stock(self, day: int) -> pd.DataFrame:
        """Products without a free unit in the morning, the most owed and sought first.

        Columns: `sku`, `owed`, `sought`, `next` (day on which the next delivery came, with its
        part; nan: none came any more) and `late` (days that it was late).
        """
        rows = self.stock[(self.stock["day"] == day) & (self.stock["on_hand"] <= 0)]
        rows = rows[(rows["owed"] > 0) | (rows["sought"] > 0)]
        coming = self.deliveries[self.deliveries["received"] >= day].sort_values("received")
        first = coming.drop_duplicates("sku").set_index("sku").reindex(rows["sku"])
        found = rows[["sku", "owed", "sought"]].copy()
        found["next"] = first["received"].to_numpy()
        found["late"] = (first["received"] - first["confirmed"]).clip(lower=0).to_numpy()
        return found.sort_values(["owed", "sought"], ascending=False).reset_index(drop=True)

    def late(self, day: int) -> pd.DataFrame:
        """Purchase orders that had been confirmed for an earlier day and were still not there.

        Columns of `deliveries`, those that customers waited for the longest first.
        """
        rows = self.deliveries
        missing = rows["received"].isna() | (rows["received"] >= day)
        found = rows[missing & (rows["confirmed"] < day) & (rows["placed"].fillna(-1) < day)]
        return found.sort_values("confirmed").reset_index(drop=True)


def season_days(ledger: Ledger) -> SeasonDays:
    """Sum up a run by day."""
    import pandas as pd

    calendar = season_calendar(ledger.scenario.season)
    origin = ledger.window[0] - calendar.start_time
    n = max(1, int(ledger.drained_at - 1 - origin) // DAY + 1)
    clock = _Clock(origin, n)
    area = ledger.scenario.backorder_area
    days = pd.DataFrame(
        {
            **_orders(ledger, clock),
            **_mornings(ledger, clock),
            **_warehouse(ledger, clock),
            **_people(ledger, clock),
            **_hours(ledger, clock),
        },
        index=pd.RangeIndex(n, name="day"),
    )
    return SeasonDays(
        calendar=calendar,
        days=days,
        teams=_teams(ledger, clock),
        stock=_stock(ledger, clock),
        deliveries=_deliveries(ledger, origin),
        positions=float("nan") if area is None else float(area.positions.count),
    )


@dataclass(frozen=True)
class _Clock:
    """Days within a run."""

    origin: int
    """Midnight of day 0, in ms of the run."""
    n: int
    """How many days there are."""

    @property
    def midnights(self) -> Array:
        return self.origin + np.arange(self.n + 1) * DAY

    def count(self, at: Array, weights: Array | None = None) -> Array:
        """How many of these instants each day has, or the sum of their weights."""
        day = (at - self.origin) // DAY
        there = (at != NONE) & (day >= 0) & (day < self.n)
        own = None if weights is None else weights[there]
        return np.bincount(day[there], own, self.n).astype(np.int64)

    def mornings(self, at: Array) -> tuple[Array, Array]:
        """Days of which the midnight was looked at, and the row of each."""
        rows = np.searchsorted(at, self.midnights[: self.n])
        rows = np.minimum(rows, max(0, len(at) - 1))
        seen = at[rows] == self.midnights[: self.n] if len(at) else np.zeros(self.n, bool)
        return np.flatnonzero(seen), rows[seen]


def _orders(ledger: Ledger, clock: _Clock) -> dict[str, Array]:
    rows = ledger.orders
    placed, ended, status = rows["accepted_at"], rows["ended_at"], rows["status"]
    return {
        "placed": clock.count(placed),
        "backordered": clock.count(placed[rows["backordered"] == 1]),
        "turned_away": clock.count(ended[status == LOST]),
        "cancelled": clock.count(ended[status == CANCELLED]),
        "shipped": clock.count(ledger.parcels["shipped_at"]),
    }


def _mornings(ledger: Ledger, clock: _Clock) -> dict[str, Array]:
    levels = ledger.days
    seen, rows = clock.mornings(levels.at)
    desk = [number for number, name in enumerate(ledger.queues) if name == "support"]
    inside = np.setdiff1d(np.arange(len(ledger.queues)), desk)
    picking = inside[inside >= FIRST_PICK]
    values = {
        "waiting": levels.backlog_tasks[:, picking].sum(axis=1),
        "work": levels.backlog_ms[:, inside].sum(axis=1) / _HOUR,
        "on_hand": levels.free.sum(axis=1),
        "owed": levels.backorders.sum(axis=1),
        "on_order": levels.on_order.sum(axis=1),
    }
    mornings = {name: np.full(clock.n, np.nan) for name in values}
    for name, level in values.items():
        mornings[name][seen] = level[rows]
    return mornings


def _warehouse(ledger: Ledger, clock: _Clock) -> dict[str, Array]:
    area, space = ledger.scenario.backorder_area, ledger.space
    used = peaks(space["at"], space["used"], clock.midnights)
    started, ready = ledger.parcels["started_at"], ledger.parcels["ready_at"]
    begun = np.flatnonzero(started != NONE)
    day = (started[begun] - clock.origin) // DAY
    longest = np.full(clock.n, -np.inf)
    inside = (day >= 0) & (day < clock.n)
    waits = (started[begun] - ready[begun])[inside] / _HOUR
    np.maximum.at(longest, day[inside], waits)
    return {
        "received": clock.count(ledger.deliveries["received_at"], ledger.deliveries["units"]),
        "longest_wait": np.where(np.isfinite(longest), longest, np.nan),
        "area": np.full(clock.n, np.nan) if area is None else used / position_ml(area),
        "backorders": peaks(space["at"], space["backorders"], clock.midnights),
        "contacts": clock.count(ledger.contacts["asked_at"]),
        "abandoned": clock.count(
            ledger.contacts["ended_at"][ledger.contacts["state"] == ABANDONED]
        ),
    }


def _people(ledger: Ledger, clock: _Clock) -> dict[str, Array]:
    start, absent = ledger.shifts["start_at"], ledger.shifts["absent"]
    return {"came": clock.count(start[absent == 0]), "rostered": clock.count(start)}


def _hours(ledger: Ledger, clock: _Clock) -> dict[str, Array]:
    sums = (clock.count(*known) for known in (work_asked(ledger), work_staffed(ledger)))
    return {name: ms / _HOUR for name, ms in zip(("needed", "staffed"), sums, strict=True)}


def _teams(ledger: Ledger, clock: _Clock) -> pd.DataFrame:
    import pandas as pd

    there = ledger.shifts[ledger.shifts["absent"] == 0]
    columns = {
        name: clock.count(there["start_at"][there["team"] == number])
        for number, name in enumerate(ledger.teams)
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(clock.n, name="day"))


def _stock(ledger: Ledger, clock: _Clock) -> pd.DataFrame:
    import pandas as pd

    book, names = ledger.book, pd.Index([product.sku for product in ledger.scenario.products])
    seen, rows = clock.mornings(ledger.days.at)
    first = np.repeat(book.orders["placed_at"].astype(np.int64), book.orders["n_lines"])
    sought = np.zeros((clock.n, len(names)), np.int64)
    day = (first - clock.origin) // DAY
    there = (first >= 0) & (day >= 0) & (day < clock.n)
    np.add.at(sought, (day[there], book.lines["sku"][there]), book.lines["units"][there])
    levels = ledger.days
    return pd.DataFrame(
        {
            "day": np.repeat(seen, len(names)),
            "sku": pd.Categorical.from_codes(np.tile(np.arange(len(names)), len(seen)), names),
            "on_hand": levels.free[rows].ravel(),
            "owed": levels.backorders[rows].ravel(),
            "on_order": levels.on_order[rows].ravel(),
            "sought": sought[seen].ravel(),
        }
    )


def _deliveries(ledger: Ledger, origin: int) -> pd.DataFrame:
    import pandas as pd

    rows, products = ledger.purchase_orders, ledger.scenario.products
    suppliers = list(ledger.scenario.suppliers)

    def days(name: str) -> Array:
        return np.where(rows[name] == NONE, np.nan, (rows[name] - origin) / DAY)

    instants = {name: days(f"{name}_at") for name in ("placed", "confirmed", "due", "received")}
    return pd.DataFrame(
        {
            "sku": [products[number].sku for number in rows["sku"]],
            "supplier": [suppliers[n] if n != NONE else None for n in rows["supplier"]],
            "units": rows["units"] - rows["withdrawn"],
            **instants,
        }
    )

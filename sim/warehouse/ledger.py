"""The ledger: what happened in one run, as tables. Nothing in it is computed, only counted.

Times are ms since the start of the run, `NONE` (-1) means "did not happen". Structured dtypes of
orders, lines, parcels, SKUs, teams, people and docks are those of `sim.warehouse.state`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.warehouse.words import CANCELLED, DROPPED, NONE, SUBSTITUTED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.demand import OrderBook
    from sim.scenario import Scenario

    Table = NDArray[np.void]
    Integers = NDArray[np.int64]

i1, i2, i4, i8 = np.int8, np.int16, np.int32, np.int64

PURCHASE_ORDER = np.dtype(
    [
        ("sku", i4),
        ("supplier", i4),  # position among the scenario's suppliers; NONE = none named
        (
            "nth",
            i4,
        ),  # n-th order of this supplier and SKU, from 0; NONE = opened, -2 = launch
        ("expedited", i1),
        ("units", i8),  # as placed
        ("withdrawn", i8),  # of these taken back by cancellations
        ("placed_at", i8),  # NONE = placed before the start
        ("made_at", i8),  # when the supplier's capacity took it up; its lead time starts
        ("confirmed_at", i8),  # arrival that the supplier confirmed
        ("due_at", i8),  # arrival of the last delivery as it will really be
        ("received_at", i8),  # arrival of the last delivery; NONE = still to come
    ]
)
"""One row per purchase order, in the order of placement; those open at the start come first."""

DELIVERY = np.dtype([("purchase_order", i4), ("sku", i4), ("units", i8), ("received_at", i8)])
"""One row per delivery at the dock, in the order of arrival."""

SHIFT = np.dtype(
    [
        ("person", i4),
        ("team", i2),
        ("cohort", i2),  # position in the team's cohorts
        ("day", i4),  # whole days since the season's start; negative in the warm-up
        ("start_at", i8),
        ("end_at", i8),  # end of the rostered shift
        ("paid_ms", i8),  # rostered hours that are paid, without breaks and overtime
        ("overtime_ms", i8),  # overtime that was ordered; finishing a task is `people.late_ms`
        ("training", i1),
        ("trainer", i1),  # spent the day training others
        ("absent", i1),
    ]
)
"""One row per person and rostered shift, by start and person."""

LINE_TABLE = np.dtype(
    [
        ("sku", i4),  # after substitution
        ("parcel", i4),  # NONE = not bought
        ("reserved", i4),
        ("staged", i4),  # of these in the backorder area
        ("general", i4),  # of these waiting in general storage
        ("staged_at_cancel", i4),  # units that a cancellation took back out of staging
        ("backordered", i4),  # units missing at placement
        ("dropped", i1),
        ("whole_at", i8),  # when every unit was reserved; NONE = not
    ]
)
"""One row per line of the book: what `line_table` tells of it."""

MARK_NAMES = ("window_start", "window_end", "end")
"""Instants at which integrals are copied, in the order of the rows of `Marks`."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Copies of state and integrals at the window's start, its end, and the end of the run."""

    at: Integers
    """Time of each mark, shape (3,)."""
    skus: Table
    """SKU rows, shape (3, skus)."""
    teams: Table
    """TEAM rows, shape (3, teams)."""
    people: Table
    """PERSON rows, shape (3, people)."""
    counters: Table
    """Counters of the order flow, shape (3,)."""


@dataclass(frozen=True, slots=True)
class Days:
    """Levels at the beginning of every day, before anything else of that day happens."""

    at: Integers
    """Time of each midnight, shape (days,)."""
    free: Integers
    """Units on the shelf that nobody has reserved, shape (days, skus)."""
    backorders: Integers
    """Units on backorder, shape (days, skus)."""
    on_order: Integers
    """Units on their way from suppliers, shape (days, skus)."""
    backlog_tasks: Integers
    """Parcels or dock tasks that wait, shape (days, work queues)."""
    backlog_ms: Integers
    """Work content that waits, in ms at normal speed, shape (days, work queues)."""


@dataclass(frozen=True, slots=True)
class PeriodCharges:
    """Sums of end-of-period levels; row 0 over the window, row 1 over the drain."""

    periods: Integers
    """How many periods ended, shape (2,)."""
    held: Integers
    """Units in the building summed over period ends, shape (2, skus)."""
    backorders: Integers
    """Units on backorder summed over period ends, shape (2, skus)."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that one run leaves behind."""

    scenario: Scenario
    book: OrderBook
    seed: int
    replication: int
    window: tuple[int, int]
    """Start and end of the season within the run."""
    drained_at: int
    """End of the run: every order had ended, or the cap on draining was reached."""
    drained: bool
    """Whether every order had ended."""
    orders: Table
    lines: Table
    """Rows of LINE; see `line_table` for all that is known of a line."""
    waits: Table
    """Rows of WAIT: lines of parcels that were not complete at once."""
    parcels: Table
    back: Table
    """Rows of BACK: orders that were returned; a single one where nothing is."""
    extra: Table
    """Rows of EXTRA: units bought on a recommendation; a single one where nothing is."""
    care: Table
    """What was done about each order while it waited; no rows if nothing ever is."""
    messages: Table
    """Kinds of messages to customers who wait, and how many were sent."""
    care_plan: Table
    """One row: the other rules by which waiting orders are looked after, and the budget used."""
    opening: Integers
    """Units on the shelf at the start of the run, before open orders took theirs, per SKU."""
    marks: Marks
    purchase_orders: Table
    deliveries: Table
    docks: Table
    shifts: Table
    people: tuple[tuple[str, str], ...]
    """Team and cohort of every person, by person id."""
    teams: tuple[str, ...]
    """Names of the teams, by team id."""
    queues: tuple[str, ...]
    """Names of the work queues, by queue id."""
    space: Table
    """Backorder area and waiting orders, one row per instant at which they changed."""
    contacts: Table
    """Contacts, in the order in which they were planned or made."""
    desk: Table
    """The one row of the support desk: what it counted."""
    days: Days
    charges: PeriodCharges
    handbacks: int
    """How often the order flow handed over to the business."""

    @property
    def final_skus(self) -> Table:
        """SKU rows at the end of the run."""
        final: Any = self.marks.skus[-1]
        return final  # type: ignore[no-any-return]


def line_skus(ledger: Ledger) -> Integers:
    """SKU of each line, after substitution."""
    skus: Integers = ledger.book.lines["sku"].astype(i8)
    at_once, later = ledger.lines["wait"] == SUBSTITUTED, ledger.waits["swapped"] == 1
    taken = np.concatenate([np.flatnonzero(at_once), ledger.waits["line"][later]])
    skus[taken] = ledger.final_skus["substitute"][skus[taken]]
    return skus


def line_table(ledger: Ledger) -> Table:
    """All that is known of the lines, in rows of LINE_TABLE; for tables, screens and tests.

    Most lines were whole at once, and travel in the first parcel of their order.
    """
    owner = np.repeat(np.arange(len(ledger.orders), dtype=i4), ledger.book.orders["n_lines"])
    wait, waits = ledger.lines["wait"], ledger.waits
    placed = ledger.orders["accepted_at"][owner]
    at_once = ((wait == NONE) | (wait == SUBSTITUTED)) & (placed != NONE)
    held = at_once & (ledger.orders["status"][owner] != CANCELLED)
    table = np.zeros(len(owner), LINE_TABLE)
    table["sku"] = line_skus(ledger)
    table["parcel"] = np.where(at_once, owner, NONE)
    table["reserved"] = np.where(held, ledger.book.lines["units"], 0)
    table["dropped"] = wait == DROPPED
    table["whole_at"] = np.where(at_once, placed, NONE)
    for name in ("parcel", "reserved", "staged", "general", "staged_at_cancel", "backordered"):
        table[name][waits["line"]] = waits[name]
    table["whole_at"][waits["line"]] = waits["whole_at"]
    return table

"""What the pass over a ledger for its laws reads, which laws it checks, and what it adds up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.demand.order_book import LINE as BOOK_LINE
from sim.demand.order_book import ORDER as BOOK_ORDER
from sim.warehouse.compiled import reach
from sim.warehouse.goods_rows import BACK, EXTRA, WAIT
from sim.warehouse.state import COUNTERS, LINE, ORDER, PARCEL, SKU, SPACE, Table, wide

ROW_LAWS = {
    1: "every order ends in exactly one fate",
    2: "a cancelled order has a cause",
    3: "a lost order has a reason",
    4: "only accepted orders are shipped or cancelled",
    5: "timestamps never run backwards",
    6: "a started order is not cancelled",
    7: "an order ends with its last parcel",
    8: "an order that was cancelled or lost holds nothing",
    9: "a line is whole when it holds all that was asked for, and never holds more",
    10: "demand is that of the order book",
    11: "lines travel in parcels of their order",
    12: "space used is at least 0 and at most what is committed",
    13: "space used is within the capacity, or counted as overflow",
    14: "space changes are in order of time",
}
"""Laws of single rows, by the number in `TALLY.law`; up to 11 of orders, then of space changes."""
ONE_FATE, CAUSE, REASON, ACCEPTED, BACKWARDS, STARTED, LAST_PARCEL = map(wide, range(1, 8))
HOLDS_NOTHING, WHOLE, DEMAND, PARCELS = map(wide, range(8, 12))
USED, CAPACITY, SPACE_TIME = map(wide, range(12, 15))
STRAY = wide(-4)
"""The row of WAIT of a line that names another line's; beside NONE, DROPPED and SUBSTITUTED."""

i8 = np.int64

TALLY = np.dtype(
    [
        ("law", i8),  # number of the first broken law, 0 = none
        ("row", i8),  # order or space change that broke it
        ("drained", i8),
        ("drained_at", i8),
        ("arrived", i8),  # orders whose shopper came at least once
        # Lengths of the tables.
        ("n_orders", i8),
        ("n_lines", i8),
        ("n_parcels", i8),
        ("n_waits", i8),
        ("n_skus", i8),
        ("n_spaces", i8),
        # Counts.
        ("next_line", i8),
        ("accepted", i8),
        ("shipped", i8),
        ("cancelled", i8),
        ("lost", i8),
        ("in_system_time", i8),  # ms that accepted orders spent in the system, summed
        ("backorders_open", i8),  # open orders with a line that is not whole
        ("backlog", i8),  # parcels in pick queues
        ("pickup_n", i8),  # parcels that wait for the carrier
        ("under_way_back", i8),  # orders that will be returned
    ]
)
"""One row: what is to be read, the first broken law, and counts."""

UNITS = np.dtype(
    [
        ("sold", i8),
        ("shipped", i8),
        ("returned", i8),
        ("written_off", i8),
        ("picked", i8),
        ("reserved", i8),  # in storage, for open lines
        ("staged", i8),  # in the area or in general storage, for open lines
        ("in_area", i8),
        ("backorders", i8),
    ]
)
"""One row per product: where the units of its lines are."""

TABLES = {
    "tally": TALLY,
    "units": UNITS,
    "counters": COUNTERS,
    "book": BOOK_ORDER,
    "book_line": BOOK_LINE,
    "order": ORDER,
    "line": LINE,
    "wait": WAIT,
    "parcel": PARCEL,
    "back": BACK,
    "extra": EXTRA,
    "space": SPACE,
    "sku": SKU,
}


@dataclass(frozen=True)
class Evidence:
    """What the pass over a ledger sees: its tables, under the names of `TABLES`."""

    tally: Table
    units: Table
    counters: Table
    book: Table
    book_line: Table
    order: Table
    line: Table
    wait: Table
    parcel: Table
    back: Table
    extra: Table
    space: Table
    sku: Table


evidence_at = reach("Evidence", TABLES)

"""The backorder area: where units wait for the rest of their order."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.laws import CAPACITY, SPACE_USED, require
from sim.warehouse.state import Flow, Row, wide
from sim.warehouse.words import GENERAL_STORAGE, NONE


@compiled
def stage(c: Row, wait: Row, sku: Row, units: int) -> None:
    """Bring a batch of reserved units to the area; without room it may stay in general storage."""
    sku["staged"] += units
    footprint = units * sku["volume"]
    room = c["used"] + footprint <= c["capacity"]
    if c["has_area"] != 0 and (room or c["when_full"] != GENERAL_STORAGE):
        wait["staged"] += units
        c["used"] += footprint
        c["committed"] += footprint
    else:
        wait["general"] += units


@compiled
def unstage(c: Row, wait: Row, sku: Row) -> None:
    """Take all staged units of a line out of the area: they were picked, or given back."""
    footprint = wait["staged"] * sku["volume"]
    sku["staged"] -= wait["staged"] + wait["general"]
    c["used"] -= footprint
    c["committed"] -= footprint
    wait["staged"] = 0
    wait["general"] = 0


@compiled
def note_space(s: Flow) -> None:
    """Write the area's present levels to the space ledger, one row per instant."""
    c = s.counters[0]
    require(c, 0 <= c["used"] <= c["committed"], SPACE_USED, wide(NONE))
    may_overflow = c["has_area"] != 0 and c["when_full"] != GENERAL_STORAGE
    require(c, may_overflow or c["used"] <= c["capacity"], CAPACITY, wide(NONE))
    n = c["space_n"]
    if n == 0 or s.space[n - 1]["at"] != c["now"]:
        c["space_n"] = n + 1
        n += 1
    row = s.space[n - 1]
    row["at"] = c["now"]
    row["used"] = c["used"]
    row["committed"] = c["committed"]
    row["backorders"] = c["backorders_open"]

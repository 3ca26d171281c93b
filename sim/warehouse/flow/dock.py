"""Goods reach the dock: from suppliers, and back from customers."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.chance import happens
from sim.warehouse.flow.extras import extra_of
from sim.warehouse.flow.integrals import settle_sku
from sim.warehouse.flow.laws import NEGATIVE_UNITS, require
from sim.warehouse.flow.notice import notice
from sim.warehouse.flow.queues import append
from sim.warehouse.flow.stock import put_away
from sim.warehouse.flow.waiting import sku_of
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import DROPPED, NONE, PURPOSE_RESALE, RECEIVE


@compiled
def unload(s: Flow, k: int, units: int, q: int, work: int) -> int:
    """Units of SKU k come from a supplier: a task in queue q. Returns its row."""
    settle_sku(s.counters[0], s.sku[k])
    s.sku[k]["received"] += units
    return join_dock(s, k, units, q, work)


@compiled
def join_dock(s: Flow, k: int, units: int, q: int, work: int) -> int:
    """Units of SKU k wait at the dock, in queue q, for this much work. Returns the task's row."""
    c = s.counters[0]
    sku = s.sku[k]
    settle_sku(c, sku)
    sku["at_dock"] += units
    i = wide(c["dock_n"])
    c["dock_n"] = i + 1
    task = s.dock[i]
    task["sku"] = k
    task["queue"] = q
    task["person"] = NONE
    task["units"] = units
    task["remaining"] = work
    task["arrived_at"] = c["now"]
    task["started_at"] = NONE
    task["put_away_at"] = NONE
    append(s.dock, s.queue[q], i)
    s.queue[q]["length"] += 1
    s.queue[q]["work"] += work
    c["dirty"] = 1
    return i


@compiled
def take_back(s: Flow, o: int) -> None:
    """Order o reaches the dock: its goods are written off, or go to the shelf once worked on."""
    c, book, row = s.counters[0], s.book[o], s.back[o]
    c["under_way_back"] -= 1
    row["arrived"] = 1
    good = happens(s, o, wide(PURPOSE_RESALE), wide(0), wide(c["resale"]))
    row["resold"] = good
    first = wide(book["first_line"])
    for j in range(first, first + wide(book["n_lines"])):
        if s.line[j]["wait"] != DROPPED:
            _take_units_back(s, sku_of(s, j), wide(s.book_line[j]["units"]), good)
    extra = extra_of(s, o)
    if extra != NONE:
        _take_units_back(s, extra, wide(1), good)
    if c["desk"] != 0 and c["refunds"] != 0:
        notice(s, o)


@compiled
def _take_units_back(s: Flow, k: int, units: int, good: bool) -> None:
    c, sku = s.counters[0], s.sku[k]
    settle_sku(c, sku)
    sku["returned"] += units
    require(c, sku["returned"] <= sku["shipped"], NEGATIVE_UNITS, k)
    if good:
        sku["position"] += units
    else:
        sku["written_off"] += units
    if c["dock"] != 0:
        join_dock(s, k, units if good else wide(0), wide(RECEIVE), c["return_unit"] * units)
    elif good:
        put_away(s, k, units)

"""One pass over orders, lines, parcels and space: what the laws of the end state look at.

Laws of single rows are checked on the way, and the first row that breaks one is noted. Everything
else is summed up, for `laws` to compare with what the flow kept while it ran. Compiled like the
flow, since a table of a million orders is read faster than NumPy makes a copy of one column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.warehouse.compiled import compiled, entry, handle_of
from sim.warehouse.state import Row, Table, wide
from sim.warehouse.tally_rows import (
    ACCEPTED,
    BACKWARDS,
    CAPACITY,
    CAUSE,
    DEMAND,
    HOLDS_NOTHING,
    LAST_PARCEL,
    ONE_FATE,
    PARCELS,
    REASON,
    SPACE_TIME,
    STARTED,
    TABLES,
    TALLY,
    UNITS,
    USED,
    WHOLE,
    Evidence,
    evidence_at,
)
from sim.warehouse.words import (
    CANCELLED,
    DROPPED,
    EXPECTED,
    GENERAL_STORAGE,
    LEFT,
    LOST,
    NONE,
    PATIENCE,
    SEASON_OVER,
    SHIPPED,
    SUBSTITUTED,
    WAITING,
)

if TYPE_CHECKING:
    from sim.warehouse.ledger import Ledger


def tally(ledger: Ledger) -> tuple[Row, Table]:
    """Read a ledger once. Returns the row of `TALLY`, and `UNITS` by product."""
    tables = Evidence(
        tally=np.zeros(1, TALLY),
        units=np.zeros(len(ledger.opening), UNITS),
        counters=ledger.marks.counters[-1:],
        book=np.ascontiguousarray(ledger.book.orders),
        book_line=np.ascontiguousarray(ledger.book.lines),
        order=ledger.orders,
        line=ledger.lines,
        wait=ledger.waits,
        parcel=ledger.parcels,
        back=ledger.back,
        extra=ledger.extra,
        space=ledger.space,
        sku=ledger.final_skus,
    )
    row = tables.tally[0]
    row["drained"], row["drained_at"] = ledger.drained, ledger.drained_at
    row["arrived"] = tables.counters[0]["next_order"]
    row["n_orders"], row["n_lines"] = len(tables.order), len(tables.line)
    row["n_parcels"], row["n_spaces"] = len(tables.parcel), len(tables.space)
    row["n_waits"] = len(tables.wait)
    row["n_skus"] = len(tables.units)
    read(handle_of(tables, TABLES))
    return row, tables.units


def read_nothing() -> None:
    """Compile the pass, or load it."""
    tables = Evidence(**{name: np.zeros(1, dtype) for name, dtype in TABLES.items()})
    read(handle_of(tables, TABLES))


@entry
def read(handle: Any) -> None:
    """Read the tables that the handle leads to, up to the first row that breaks a law."""
    s = evidence_at(handle)
    t = s.tally[0]
    for o in range(t["n_orders"]):
        _order(s, o)
        if t["law"] != 0:
            return
    for i in range(t["n_orders"], t["n_parcels"]):
        _parcel(s, i)
    for n in range(t["n_spaces"]):
        _space(s, n)


@compiled
def _require(s: Evidence, holds: bool, law: int, row: int) -> None:
    """Note the first row that breaks a law."""
    t = s.tally[0]
    if not holds and t["law"] == 0:
        t["law"], t["row"] = law, row


@compiled
def _order(s: Evidence, o: int) -> None:
    """Order o, its lines and its first parcel."""
    t = s.tally[0]
    order, book = s.order[o], s.book[o]
    first = wide(book["first_line"])
    last = first + wide(book["n_lines"])
    fits = first == t["next_line"] and first < last <= t["n_lines"]
    _require(s, fits, DEMAND, o)
    t["next_line"] = last
    if not fits or order["status"] == EXPECTED:
        waits = t["drained"] == 0 and o >= t["arrived"]
        _require(s, waits, ONE_FATE, o)
        return
    _fate(s, o)
    _parcel(s, o)
    if order["accepted_at"] == NONE or order["status"] == CANCELLED:
        for j in range(first, last):
            _idle_line(s, o, j)
    else:
        _open_lines(s, o, first, last)
    if s.counters[0]["recommends"] != 0 and s.extra[o]["sku"] != NONE:
        _extra(s, o)


@compiled
def _fate(s: Evidence, o: int) -> None:
    """Every order ends in exactly one fate, for one reason, and not before it began."""
    t = s.tally[0]
    order = s.order[o]
    status, reason = wide(order["status"]), wide(order["reason"])
    accepted_at, ended_at = wide(order["accepted_at"]), wide(order["ended_at"])
    over, accepted = SHIPPED <= status <= LOST, accepted_at != NONE
    _require(s, (ended_at != NONE) == over and (over or t["drained"] == 0), ONE_FATE, o)
    _require(s, (status == CANCELLED) == (PATIENCE <= reason < LEFT), CAUSE, o)
    _require(s, (status == LOST) == (LEFT <= reason <= SEASON_OVER), REASON, o)
    _require(s, accepted == (WAITING <= status <= CANCELLED), ACCEPTED, o)
    if not over:
        ended_at = wide(t["drained_at"])
    in_time = not accepted or s.book[o]["placed_at"] <= accepted_at <= ended_at
    _require(s, in_time and ended_at <= t["drained_at"], BACKWARDS, o)
    t["shipped"] += status == SHIPPED
    t["cancelled"] += status == CANCELLED
    t["lost"] += status == LOST
    if accepted:
        t["accepted"] += 1
        t["in_system_time"] += ended_at - accepted_at


@compiled
def _parcel(s: Evidence, i: int) -> None:
    """What happens to parcel i happens step by step; rows that no order uses have no times."""
    t = s.tally[0]
    parcel = s.parcel[i]
    o = wide(parcel["order"])
    if o == NONE:
        return
    known = 0 <= o < t["n_orders"]
    _require(s, known and (i == o or i >= t["n_orders"]), PARCELS, i)
    if not known:
        return
    order = s.order[o]
    ready_at, started_at = wide(parcel["ready_at"]), wide(parcel["started_at"])
    picked_at, packed_at = wide(parcel["picked_at"]), wide(parcel["packed_at"])
    shipped_at = wide(parcel["shipped_at"])
    in_time = _follows(wide(order["accepted_at"]), ready_at) and _follows(ready_at, started_at)
    in_time = in_time and _follows(started_at, picked_at) and _follows(picked_at, packed_at)
    _require(s, in_time and _follows(packed_at, shipped_at), BACKWARDS, o)
    _require(s, started_at == NONE or order["status"] != CANCELLED, STARTED, o)
    t["backlog"] += NONE < parcel["queue"] < s.counters[0]["first_pack"]
    t["pickup_n"] += packed_at != NONE and shipped_at == NONE


@compiled
def _follows(before: int, now: int) -> bool:
    """Whether `now` is not before `before`, and did not happen if that did not."""
    return now == NONE or NONE != before <= now


@compiled
def _idle_line(s: Evidence, o: int, j: int) -> None:
    """A line of an order that holds nothing: cancelled, lost, or not yet accepted."""
    w, sold = wide(s.line[j]["wait"]), s.order[o]["accepted_at"] != NONE
    if sold and _is_sold(s, o, j):
        s.units[_sku_of(s, j)]["sold"] += wide(s.book_line[j]["units"])
    if _waits(s, j):
        wait = s.wait[w]
        empty = wait["reserved"] == 0 and wait["staged"] == 0 and wait["general"] == 0
        _require(s, sold and empty, HOLDS_NOTHING, o)
    else:
        _require(s, w == NONE or (sold and DROPPED >= w >= SUBSTITUTED), HOLDS_NOTHING, o)


@compiled
def _waits(s: Evidence, j: int) -> bool:
    """Whether line j has a row of WAIT, which is its own."""
    w = wide(s.line[j]["wait"])
    return bool(0 <= w < s.tally[0]["n_waits"] and s.wait[w]["line"] == j)


@compiled
def _is_sold(s: Evidence, o: int, j: int) -> bool:
    """Whether the line was sold: as the book has it, but for substitutes and dropped lines."""
    own = s.line[j]["wait"] != SUBSTITUTED or s.order[o]["substituted"] != 0
    if _waits(s, j) and s.wait[s.line[j]["wait"]]["swapped"] != 0:
        own = own and s.order[o]["substituted"] != 0
    known = 0 <= _sku_of(s, j) < s.tally[0]["n_skus"]
    _require(s, known and own, DEMAND, o)
    return bool(known and s.line[j]["wait"] != DROPPED)


@compiled
def _sku_of(s: Evidence, j: int) -> int:
    """The SKU of line j, after substitution."""
    k, w = wide(s.book_line[j]["sku"]), wide(s.line[j]["wait"])
    if w == SUBSTITUTED or (_waits(s, j) and s.wait[w]["swapped"] != 0):
        return wide(s.sku[k]["substitute"])
    return k


@compiled
def _open_lines(s: Evidence, o: int, first: int, last: int) -> None:
    """The lines of an order that was accepted and not cancelled."""
    t = s.tally[0]
    order = s.order[o]
    missing, last_at, left = 0, wide(NONE), True
    for j in range(first, last):
        if not _is_sold(s, o, j):
            continue
        w = wide(s.line[j]["wait"])
        i = o
        if w not in (NONE, SUBSTITUTED):
            i = wide(s.wait[w]["parcel"]) if _waits(s, j) else wide(NONE)
        own = 0 <= i < t["n_parcels"] and s.parcel[i]["order"] == o
        _require(s, own, PARCELS, o)
        if own:
            missing += _sold_line(s, o, j, i)
            shipped_at = wide(s.parcel[i]["shipped_at"])
            left = left and shipped_at != NONE
            last_at = max(last_at, shipped_at)
    shipped = order["status"] == SHIPPED
    _require(s, shipped == left and (not left or last_at == order["ended_at"]), LAST_PARCEL, o)
    _require(s, missing == order["missing_lines"], WHOLE, o)
    t["backorders_open"] += missing > 0
    if s.counters[0]["returns"] != 0:
        _way_back(s, o, first, last)


@compiled
def _way_back(s: Evidence, o: int, first: int, last: int) -> None:
    """Only what was shipped comes back, not before it left; count its units."""
    t, back = s.tally[0], s.back[o]
    at, shipped = wide(back["at"]), s.order[o]["status"] == SHIPPED
    in_time = at == NONE or (shipped and at >= s.order[o]["ended_at"])
    due = at != NONE and (at < t["drained_at"] or t["drained"] != 0)
    _require(s, in_time and (back["arrived"] == 1 or not due), BACKWARDS, o)
    t["under_way_back"] += at != NONE and back["arrived"] == 0
    if back["arrived"] == 0:
        return
    for j in range(first, last):
        if s.line[j]["wait"] != DROPPED:
            own, units = s.units[_sku_of(s, j)], wide(s.book_line[j]["units"])
            own["returned"] += units
            own["written_off"] += units if back["resold"] == 0 else 0


@compiled
def _extra(s: Evidence, o: int) -> None:
    """The unit that order o bought on a recommendation; it travels in the first parcel."""
    order, parcel, k = s.order[o], s.parcel[o], wide(s.extra[o]["sku"])
    by_alert = order["accepted_at"] != NONE and order["by_alert"] != 0
    known = by_alert and 0 <= k < s.tally[0]["n_skus"]
    _require(s, known, DEMAND, o)
    if not known:
        return
    at = s.units[k]
    at["sold"] += 1
    if order["status"] == CANCELLED:
        return
    if parcel["shipped_at"] != NONE:
        at["shipped"] += 1
    elif parcel["picked_at"] != NONE:
        at["picked"] += 1
    else:
        at["reserved"] += 1
    if s.counters[0]["returns"] != 0 and s.back[o]["arrived"] != 0:
        at["returned"] += 1
        at["written_off"] += s.back[o]["resold"] == 0


@compiled
def _sold_line(s: Evidence, o: int, j: int, i: int) -> int:
    """Count where the units of line j are, of parcel i. Returns 1 if some are still to come."""
    w, units = wide(s.line[j]["wait"]), wide(s.book_line[j]["units"])
    reserved, in_area, staged = units, wide(0), wide(0)
    if w >= 0:
        wait = s.wait[w]
        reserved, in_area = wide(wait["reserved"]), wide(wait["staged"])
        staged = in_area + wide(wait["general"])
        fits = 0 <= staged <= reserved <= units and in_area >= 0
        _require(s, fits and (wait["whole_at"] != NONE) == (reserved == units), WHOLE, o)
    at, parcel = s.units[_sku_of(s, j)], s.parcel[i]
    at["sold"] += units
    if parcel["shipped_at"] != NONE:
        at["shipped"] += units
    elif parcel["picked_at"] != NONE:
        at["picked"] += units
    else:
        at["reserved"] += reserved - staged
        at["staged"] += staged
        at["in_area"] += in_area
        at["backorders"] += units - reserved
    return wide(reserved < units)


@compiled
def _space(s: Evidence, n: int) -> None:
    """Row n of the changes of space."""
    c, row = s.counters[0], s.space[n]
    _require(s, 0 <= row["used"] <= row["committed"], USED, n)
    may_overflow = c["has_area"] != 0 and c["when_full"] != GENERAL_STORAGE
    _require(s, may_overflow or row["used"] <= c["capacity"], CAPACITY, n)
    _require(s, n == 0 or s.space[n - 1]["at"] < row["at"], SPACE_TIME, n)

"""One pass over orders, lines, parcels and space: what the laws of the end state look at.

Laws of single rows are checked on the way, and the first row that breaks one is noted. Everything
else is summed up, for `laws` to compare with what the flow kept while it ran. Compiled like the
flow, since a table of a million orders is read faster than NumPy makes a copy of one column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.warehouse.compiled import compiled, entry, handle_of, inlined
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
    STRAY,
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
        law = _order(s, o)
        if law != 0:
            t["law"], t["row"] = law, o
            return
    for i in range(t["n_orders"], t["n_parcels"]):
        law = _parcel(s, i)
        if law != 0:
            t["law"], t["row"] = law, s.parcel[i]["order"]
            return
    for n in range(t["n_spaces"]):
        law = _space(s, n)
        if law != 0:
            t["law"], t["row"] = law, n
            return


@inlined
def _check(broken: int, holds: bool, law: int) -> int:
    """The first law that is broken, 0 for none: `broken` if one is, else `law` unless it holds.

    Broken laws are passed on and not noted at once: what is written to a table has to be read
    again, since it might lie anywhere, and there are some twenty laws to an order.
    """
    return wide(law) if broken == 0 and not holds else wide(broken)


@inlined
def _order(s: Evidence, o: int) -> int:
    """Order o, its lines and its first parcel. Returns the law that is broken, or 0."""
    t = s.tally[0]
    order, book = s.order[o], s.book[o]
    first = wide(book["first_line"])
    last = first + wide(book["n_lines"])
    if first != t["next_line"] or not first < last <= t["n_lines"]:
        return DEMAND
    t["next_line"] = last
    if order["status"] == EXPECTED:
        return _check(0, t["drained"] == 0 and o >= t["arrived"], ONE_FATE)
    broken = _fate(s, o)
    if broken == 0:
        broken = _parcel(s, o)
    if broken == 0 and (order["accepted_at"] == NONE or order["status"] == CANCELLED):
        broken = _idle_lines(s, o, first, last)
    elif broken == 0:
        broken = _open_lines(s, o, first, last)
    if broken == 0 and s.counters[0]["recommends"] != 0 and s.extra[o]["sku"] != NONE:
        broken = _extra(s, o)
    return broken


@inlined
def _fate(s: Evidence, o: int) -> int:
    """Every order ends in exactly one fate, for one reason, and not before it began."""
    t = s.tally[0]
    order = s.order[o]
    status, reason = wide(order["status"]), wide(order["reason"])
    accepted_at, ended_at = wide(order["accepted_at"]), wide(order["ended_at"])
    drained, drained_at = t["drained"] != 0, wide(t["drained_at"])
    over, accepted = SHIPPED <= status <= LOST, accepted_at != NONE
    broken = _check(0, (ended_at != NONE) == over and (over or not drained), ONE_FATE)
    broken = _check(broken, (status == CANCELLED) == (PATIENCE <= reason < LEFT), CAUSE)
    broken = _check(broken, (status == LOST) == (LEFT <= reason <= SEASON_OVER), REASON)
    broken = _check(broken, accepted == (WAITING <= status <= CANCELLED), ACCEPTED)
    if not over:
        ended_at = drained_at
    in_time = not accepted or s.book[o]["placed_at"] <= accepted_at <= ended_at
    broken = _check(broken, in_time and ended_at <= drained_at, BACKWARDS)
    t["shipped"] += status == SHIPPED
    t["cancelled"] += status == CANCELLED
    t["lost"] += status == LOST
    if accepted:
        t["accepted"] += 1
        t["in_system_time"] += ended_at - accepted_at
    return broken


@inlined
def _parcel(s: Evidence, i: int) -> int:
    """What happens to parcel i happens step by step; rows that no order uses have no times."""
    t = s.tally[0]
    parcel, n_orders = s.parcel[i], wide(t["n_orders"])
    o = wide(parcel["order"])
    if o == NONE:
        return wide(0)
    if not 0 <= o < n_orders or (i != o and i < n_orders):
        return PARCELS
    order = s.order[o]
    ready_at, started_at = wide(parcel["ready_at"]), wide(parcel["started_at"])
    picked_at, packed_at = wide(parcel["picked_at"]), wide(parcel["packed_at"])
    shipped_at, queue = wide(parcel["shipped_at"]), wide(parcel["queue"])
    in_time = _follows(wide(order["accepted_at"]), ready_at) & _follows(ready_at, started_at)
    in_time &= _follows(started_at, picked_at) & _follows(picked_at, packed_at)
    broken = _check(0, in_time & _follows(packed_at, shipped_at), BACKWARDS)
    broken = _check(broken, started_at == NONE or order["status"] != CANCELLED, STARTED)
    if shipped_at == NONE:
        t["backlog"] += NONE < queue < s.counters[0]["first_pack"]
        t["pickup_n"] += packed_at != NONE
    return broken


@inlined
def _follows(before: int, now: int) -> bool:
    """Whether `now` is not before `before`, and did not happen if that did not."""
    return bool((now == NONE) | ((before != NONE) & (before <= now)))


@inlined
def _line(s: Evidence, o: int, j: int) -> tuple[int, int, bool]:
    """Line j of order o: its row of WAIT, its SKU after substitution, and whether it may be sold.

    The row is NONE, SUBSTITUTED or DROPPED without one, and STRAY if it is not the line's own.
    """
    t = s.tally[0]
    w, k = wide(s.line[j]["wait"]), wide(s.book_line[j]["sku"])
    swapped = w == SUBSTITUTED
    if w >= 0:
        if w >= t["n_waits"] or s.wait[w]["line"] != j:
            w = STRAY
        else:
            swapped = s.wait[w]["swapped"] != 0
    if swapped:
        k = wide(s.sku[k]["substitute"])
    known = 0 <= k < t["n_skus"] and (not swapped or s.order[o]["substituted"] != 0)
    return w, k, known


@compiled
def _idle_lines(s: Evidence, o: int, first: int, last: int) -> int:
    """The lines of an order that holds nothing: cancelled, lost, or not yet accepted."""
    accepted, broken = s.order[o]["accepted_at"] != NONE, wide(0)
    for j in range(first, last):
        w, k, known = _line(s, o, j)
        empty = w == NONE or (accepted and DROPPED >= w >= SUBSTITUTED)
        if w >= 0:
            wait = s.wait[w]
            empty = wait["reserved"] == 0 and wait["staged"] == 0 and wait["general"] == 0
            empty = empty and accepted
        broken = _check(broken, known or not accepted, DEMAND)
        broken = _check(broken, empty, HOLDS_NOTHING)
        if broken == 0 and accepted and w != DROPPED:
            s.units[k]["sold"] += wide(s.book_line[j]["units"])
    return broken


@inlined
def _open_lines(s: Evidence, o: int, first: int, last: int) -> int:
    """The lines of an order that was accepted and not cancelled."""
    t = s.tally[0]
    order, n_parcels = s.order[o], wide(t["n_parcels"])
    missing, last_at, left, broken = wide(0), wide(NONE), True, wide(0)
    for j in range(first, last):
        w, k, known = _line(s, o, j)
        if not known:
            return DEMAND
        if w == DROPPED:
            continue
        i = wide(s.wait[w]["parcel"]) if w >= 0 else wide(o)
        if w < SUBSTITUTED or not 0 <= i < n_parcels or s.parcel[i]["order"] != o:
            return PARCELS
        shipped_at = wide(s.parcel[i]["shipped_at"])
        left = left and shipped_at != NONE
        last_at = max(last_at, shipped_at)
        to_come, broken = _sold_line(s, j, w, k, i)
        if broken != 0:
            return broken
        missing += to_come
    shipped = order["status"] == SHIPPED
    in_time = shipped == left and (not left or last_at == order["ended_at"])
    broken = _check(broken, in_time, LAST_PARCEL)
    broken = _check(broken, missing == order["missing_lines"], WHOLE)
    t["backorders_open"] += missing > 0
    if broken == 0 and s.counters[0]["returns"] != 0:
        broken = _way_back(s, o, first, last)
    return broken


@inlined
def _sold_line(s: Evidence, j: int, w: int, k: int, i: int) -> tuple[int, int]:
    """Count where the units of line j are, of SKU k, with row w of WAIT, in parcel i.

    Returns 1 if some are still to come, and the law that is broken, or 0.
    """
    at, parcel, units = s.units[k], s.parcel[i], wide(s.book_line[j]["units"])
    reserved, in_area, staged, broken = units, wide(0), wide(0), wide(0)
    if w >= 0:
        wait = s.wait[w]
        reserved, in_area = wide(wait["reserved"]), wide(wait["staged"])
        staged = in_area + wide(wait["general"])
        fits = 0 <= staged <= reserved <= units and in_area >= 0
        broken = _check(0, fits and (wait["whole_at"] != NONE) == (reserved == units), WHOLE)
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
    return wide(reserved < units), broken


@compiled
def _way_back(s: Evidence, o: int, first: int, last: int) -> int:
    """Only what was shipped comes back, not before it left; count its units."""
    t, back = s.tally[0], s.back[o]
    at, shipped = wide(back["at"]), s.order[o]["status"] == SHIPPED
    in_time = at == NONE or (shipped and at >= s.order[o]["ended_at"])
    due = at != NONE and (at < t["drained_at"] or t["drained"] != 0)
    broken = _check(0, in_time and (back["arrived"] == 1 or not due), BACKWARDS)
    t["under_way_back"] += at != NONE and back["arrived"] == 0
    if back["arrived"] == 0:
        return broken
    for j in range(first, last):
        w, k, known = _line(s, o, j)
        if known and w != DROPPED:
            own, units = s.units[k], wide(s.book_line[j]["units"])
            own["returned"] += units
            own["written_off"] += units if back["resold"] == 0 else 0
    return broken


@compiled
def _extra(s: Evidence, o: int) -> int:
    """The unit that order o bought on a recommendation; it travels in the first parcel."""
    order, parcel, k = s.order[o], s.parcel[o], wide(s.extra[o]["sku"])
    by_alert = order["accepted_at"] != NONE and order["by_alert"] != 0
    if not by_alert or not 0 <= k < s.tally[0]["n_skus"]:
        return DEMAND
    at = s.units[k]
    at["sold"] += 1
    if order["status"] == CANCELLED:
        return wide(0)
    if parcel["shipped_at"] != NONE:
        at["shipped"] += 1
    elif parcel["picked_at"] != NONE:
        at["picked"] += 1
    else:
        at["reserved"] += 1
    if s.counters[0]["returns"] != 0 and s.back[o]["arrived"] != 0:
        at["returned"] += 1
        at["written_off"] += s.back[o]["resold"] == 0
    return wide(0)


@compiled
def _space(s: Evidence, n: int) -> int:
    """Row n of the changes of space."""
    c, row = s.counters[0], s.space[n]
    broken = _check(0, 0 <= row["used"] <= row["committed"], USED)
    may_overflow = c["has_area"] != 0 and c["when_full"] != GENERAL_STORAGE
    broken = _check(broken, may_overflow or row["used"] <= c["capacity"], CAPACITY)
    return _check(broken, n == 0 or s.space[n - 1]["at"] < row["at"], SPACE_TIME)

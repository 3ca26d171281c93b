"""A waiting order gives up."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.area import note_space, unstage
from sim.warehouse.flow.clock import first_cause, schedule_expiry
from sim.warehouse.flow.extras import extra_of
from sim.warehouse.flow.heap import push
from sim.warehouse.flow.integrals import settle_counts, settle_sku
from sim.warehouse.flow.laws import HOLDS_NOTHING, NEGATIVE_UNITS, become, require
from sim.warehouse.flow.notice import notice
from sim.warehouse.flow.queues import remove
from sim.warehouse.flow.stock import put_away
from sim.warehouse.flow.waiting import leave_queue, parcel_of, sku_of
from sim.warehouse.state import Flow, Row, wide
from sim.warehouse.words import CANCELLED, DROPPED, EXPIRY, NONE, WAITING


@compiled
def expire(s: Flow, o: int) -> None:
    """Order o gives up, unless the picking of a parcel has started."""
    if s.order[o]["status"] != WAITING:
        return
    at, cause = first_cause(s, o)
    if at > s.counters[0]["now"]:
        schedule_expiry(s, o)  # the customer has been given patience since
        return
    if s.counters[0]["desk"] != 0 and s.concern[o]["cancels"] != 0:
        cause = wide(s.concern[o]["cancels"])
    cancel(s, o, cause)


@compiled
def leave(s: Flow, o: int, cause: int) -> None:
    """The customer of order o cancels now, as if patience had ended; who starts on it is faster."""
    c = s.counters[0]
    s.concern[o]["cancels"] = cause
    s.care[o]["patience_end"] = c["now"]
    push(s.heap, c, c["now"], EXPIRY, o)


@compiled
def cancel(s: Flow, o: int, cause: int) -> None:
    """Order o, which nobody works on yet, is cancelled."""
    c = s.counters[0]
    order, book = s.order[o], s.book[o]
    settle_counts(c)
    c["in_system"] -= 1
    c["cancelled"] += 1
    if order["missing_lines"] > 0:
        c["backorders_open"] -= 1
    become(s, o, wide(CANCELLED))
    order["reason"] = cause
    order["ended_at"] = c["now"]
    first = wide(book["first_line"])
    for j in range(first, first + wide(book["n_lines"])):
        if s.line[j]["wait"] != DROPPED:
            _leave_work(s, parcel_of(s, o, j))
            give_back(s, j)
            require(c, _holds_nothing(s, o, j), HOLDS_NOTHING, o)
    extra = extra_of(s, o)
    if extra != NONE:
        _give_extra_back(s, extra)
    if order["backordered"] != 0:
        note_space(s)
    order["missing_lines"] = 0
    order["open_parcels"] = 0
    if c["desk"] != 0:
        notice(s, o)


@compiled
def _holds_nothing(s: Flow, o: int, j: int) -> bool:
    """Whether line j of order o holds no units, waits for none, and its parcel for nobody."""
    w = wide(s.line[j]["wait"])
    if w >= 0:
        wait = s.wait[w]
        if wait["reserved"] != 0 or wait["staged"] != 0 or wait["general"] != 0:
            return False
        if wait["class_"] != NONE:
            return False
    return bool(s.parcel[parcel_of(s, o, j)]["queue"] == NONE)


@compiled
def _leave_work(s: Flow, i: int) -> None:
    """The parcel waits for a picker no longer."""
    c = s.counters[0]
    parcel = s.parcel[i]
    if parcel["queue"] == NONE:
        return
    queue = s.queue[parcel["queue"]]
    remove(s.parcel, queue, i)
    parcel["queue"] = NONE
    queue["length"] -= 1
    queue["work"] -= parcel["remaining"]
    settle_counts(c)
    c["backlog"] -= 1
    c["dirty"] = 1


@compiled
def give_back(s: Flow, j: int) -> None:
    """Line j gives up its place in the queue, and its units go to the next, or to the shelf."""
    c = s.counters[0]
    k, w = sku_of(s, j), wide(s.line[j]["wait"])
    sku, units = s.sku[k], wide(s.book_line[j]["units"])
    settle_sku(c, sku)
    sku["position"] += units
    held = units
    if w < 0:
        sku["reserved"] -= held
    else:
        held = _stop_waiting(s, w, sku, units)
    require(c, sku["reserved"] >= 0 and sku["staged"] >= 0, NEGATIVE_UNITS, k)
    if held > 0:
        put_away(s, k, held)


@compiled
def _give_extra_back(s: Flow, k: int) -> None:
    """The unit of SKU k that was recommended goes to the shelf."""
    c, sku = s.counters[0], s.sku[k]
    settle_sku(c, sku)
    sku["position"] += 1
    sku["reserved"] -= 1
    require(c, sku["reserved"] >= 0, NEGATIVE_UNITS, k)
    put_away(s, k, wide(1))


@compiled
def _stop_waiting(s: Flow, w: int, sku: Row, units: int) -> int:
    """Row w of WAIT is emptied. Returns how many units it held."""
    c, wait = s.counters[0], s.wait[w]
    held = wide(wait["reserved"])
    missing = units - held
    if missing > 0:
        leave_queue(s, w)
        sku["backorders"] -= missing
        c["committed"] -= missing * sku["volume"]
        if c["withdraws"] != 0:
            c["withdraw"] += 1
            sku["withdraw"] += missing
    wait["staged_at_cancel"] = wait["staged"] + wait["general"]
    unstage(c, wait, sku)
    wait["reserved"] = 0
    return held

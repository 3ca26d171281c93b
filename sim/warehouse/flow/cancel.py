"""A waiting order gives up."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.area import note_space, unstage
from sim.warehouse.flow.clock import first_cause, schedule_expiry
from sim.warehouse.flow.integrals import settle_counts, settle_sku
from sim.warehouse.flow.laws import HOLDS_NOTHING, NEGATIVE_UNITS, become, require
from sim.warehouse.flow.queues import remove
from sim.warehouse.flow.stock import leave_queue, put_away
from sim.warehouse.state import CANCELLED, NONE, WAITING, Flow, wide


@compiled
def expire(s: Flow, o: int) -> None:
    """Order o is cancelled, unless the picking of a parcel has started."""
    c = s.counters[0]
    order, book = s.order[o], s.book[o]
    if order["status"] != WAITING:
        return
    at, cause = first_cause(s, o)
    if at > c["now"]:
        schedule_expiry(s, o)  # the customer has been given patience since
        return
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
        if s.line[j]["dropped"] == 0:
            _leave_work(s, wide(s.line[j]["parcel"]))
            _give_back(s, j)
            require(c, _holds_nothing(s, j), HOLDS_NOTHING, o)
    if order["backordered"] != 0:
        note_space(s)
    order["missing_lines"] = 0
    order["open_parcels"] = 0


@compiled
def _holds_nothing(s: Flow, j: int) -> bool:
    """Whether line j holds no units, waits for none, and its parcel for nobody."""
    line = s.line[j]
    empty = line["reserved"] == 0 and line["staged"] == 0 and line["general"] == 0
    return bool(empty and line["class_"] == NONE and s.parcel[line["parcel"]]["queue"] == NONE)


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
def _give_back(s: Flow, j: int) -> None:
    """Line j gives up its place in the queue, and its units go to the next, or to the shelf."""
    c = s.counters[0]
    line = s.line[j]
    k = wide(line["sku"])
    sku = s.sku[k]
    settle_sku(c, sku)
    held = wide(line["reserved"])
    missing = wide(line["units"]) - held
    sku["position"] += wide(line["units"])
    if missing > 0:
        leave_queue(s, j)
        sku["backorders"] -= missing
        c["committed"] -= missing * sku["volume"]
        if c["withdraws"] != 0:
            c["withdraw"] += 1
            sku["withdraw"] += missing
    if line["staged"] > 0 or line["general"] > 0:
        line["staged_at_cancel"] = line["staged"] + line["general"]
        unstage(c, line, sku)
    else:
        sku["reserved"] -= held
    require(c, sku["reserved"] >= 0 and sku["staged"] >= 0, NEGATIVE_UNITS, k)
    line["reserved"] = 0
    if held > 0:
        put_away(s, k, held)

"""Lines of parcels that were not complete at once: their rows of WAIT, and the queues for units."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.laws import NOT_FIFO, require
from sim.warehouse.flow.queues import append, remove
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import DROPPED, NONE, SUBSTITUTED


@compiled
def sku_of(s: Flow, j: int) -> int:
    """The SKU of line j, after substitution."""
    k, w = wide(s.book_line[j]["sku"]), wide(s.line[j]["wait"])
    if w == SUBSTITUTED or (w >= 0 and s.wait[w]["swapped"] != 0):
        return wide(s.sku[k]["substitute"])
    return k


@compiled
def misses(s: Flow, j: int) -> bool:
    """Whether line j of an accepted order waits for units."""
    w = wide(s.line[j]["wait"])
    return bool(w >= 0 and s.wait[w]["class_"] != NONE)


@compiled
def expect(s: Flow, j: int, i: int) -> None:
    """Line j travels in parcel i, which is not complete: it gets a row of WAIT."""
    c = s.counters[0]
    w = wide(c["wait_n"])
    c["wait_n"] = w + 1
    s.line[j]["wait"] = w
    wait = s.wait[w]
    wait["line"] = j
    wait["parcel"] = i
    wait["next"] = NONE
    wait["prev"] = NONE
    wait["class_"] = NONE
    wait["whole_at"] = NONE


@compiled
def parcel_of(s: Flow, o: int, j: int) -> int:
    """The parcel in which line j of the accepted order o travels; NONE if it was dropped."""
    w = wide(s.line[j]["wait"])
    if w >= 0:
        return wide(s.wait[w]["parcel"])
    return wide(NONE) if w == DROPPED else o


@compiled
def order_of(s: Flow, w: int) -> int:
    """The order of row w of WAIT."""
    return wide(s.parcel[s.wait[w]["parcel"]]["order"])


@compiled
def join_queue(s: Flow, o: int, w: int) -> None:
    """Row w, of order o, waits for units: at the tail of the SKU's queue, or of its class's."""
    c = s.counters[0]
    wait = s.wait[w]
    class_ = wide(s.book[o]["class_"]) if c["n_lists"] > 1 else 0
    ends = s.queued[_queue_of(s, w) + class_]
    wait["class_"] = class_
    append(s.wait, ends, w)
    require(c, ends["tail"] == w and wait["next"] == NONE, NOT_FIFO, o)


@compiled
def leave_queue(s: Flow, w: int) -> None:
    """Row w waits for units no longer."""
    wait = s.wait[w]
    remove(s.wait, s.queued[_queue_of(s, w) + wide(wait["class_"])], w)
    wait["class_"] = NONE


@compiled
def _queue_of(s: Flow, w: int) -> int:
    """The SKU's first row of QUEUED."""
    return sku_of(s, wide(s.wait[w]["line"])) * wide(s.counters[0]["n_classes"])

"""Units reach the storage: first the lines that wait for them, then the shelf."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.alerts import start_mailing
from sim.warehouse.flow.area import note_space, stage
from sim.warehouse.flow.integrals import settle_sku
from sim.warehouse.flow.laws import FREE_BESIDE_LINE, NEGATIVE_UNITS, NOT_FIFO, require
from sim.warehouse.flow.notice import notice
from sim.warehouse.flow.parcels import ready
from sim.warehouse.flow.waiting import leave_queue, order_of, sku_of
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import NONE


@compiled
def put_away(s: Flow, k: int, units: int) -> None:
    """Units of SKU k serve its waiting lines, class by class, then lie free on the shelf."""
    c = s.counters[0]
    sku = s.sku[k]
    settle_sku(c, sku)
    left = units
    for row in range(k * c["n_classes"], k * c["n_classes"] + c["n_lists"]):
        while left > 0 and s.queued[row]["head"] != NONE:
            left -= _serve(s, row, left)
    if left < units:
        note_space(s)
    sku["free"] += left
    fits = units >= 0 and sku["free"] >= 0 and sku["backorders"] >= 0
    require(c, fits, NEGATIVE_UNITS, k)
    require(c, sku["free"] == 0 or sku["backorders"] == 0, FREE_BESIDE_LINE, k)
    if sku["free"] > 0:
        start_mailing(s, k)


@compiled
def _serve(s: Flow, row: int, units: int) -> int:
    """Give units to the first line of the queue. Returns how many it took."""
    c = s.counters[0]
    w = wide(s.queued[row]["head"])
    wait = s.wait[w]
    j = wide(wait["line"])
    sku, asked = s.sku[sku_of(s, j)], wide(s.book_line[j]["units"])
    after = wide(wait["next"])
    in_turn = after == NONE or _accepted_at(s, w) <= _accepted_at(s, after)
    require(c, in_turn and wait["prev"] == NONE, NOT_FIFO, order_of(s, w))
    given = min(units, asked - wide(wait["reserved"]))
    wait["reserved"] += given
    sku["backorders"] -= given
    c["committed"] -= given * sku["volume"]
    stage(c, wait, sku, given)
    if wait["reserved"] == asked:
        leave_queue(s, w)
        wait["whole_at"] = c["now"]
        complete_line(s, w)
    return wide(given)


@compiled
def _accepted_at(s: Flow, w: int) -> int:
    """When the order of row w of WAIT was accepted."""
    return wide(s.order[order_of(s, w)]["accepted_at"])


@compiled
def complete_line(s: Flow, w: int) -> None:
    """Every unit of row w of WAIT is reserved: its parcel may be ready."""
    c = s.counters[0]
    order = s.order[order_of(s, w)]
    order["missing_lines"] -= 1
    if order["missing_lines"] == 0:
        c["backorders_open"] -= 1
        if c["desk"] != 0:
            notice(s, order_of(s, w))
    if order["split"] != 0 or order["missing_lines"] == 0:
        ready(s, wide(s.wait[w]["parcel"]))

"""Units reach the storage: first the lines that wait for them, then the shelf."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.alerts import start_mailing
from sim.warehouse.flow.area import note_space, stage
from sim.warehouse.flow.integrals import settle_sku
from sim.warehouse.flow.laws import FREE_BESIDE_LINE, NEGATIVE_UNITS, NOT_FIFO, require
from sim.warehouse.flow.parcels import ready
from sim.warehouse.flow.queues import append, remove
from sim.warehouse.state import NONE, Flow, wide


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
    j = wide(s.queued[row]["head"])
    line = s.line[j]
    k = wide(line["sku"])
    sku = s.sku[k]
    after = wide(line["next"])
    in_turn = after == NONE or _accepted_at(s, j) <= _accepted_at(s, after)
    require(c, in_turn and line["prev"] == NONE, NOT_FIFO, wide(s.parcel[line["parcel"]]["order"]))
    given = min(units, wide(line["units"]) - wide(line["reserved"]))
    line["reserved"] += given
    sku["backorders"] -= given
    c["committed"] -= given * sku["volume"]
    stage(c, line, sku, given)
    if line["reserved"] == line["units"]:
        leave_queue(s, j)
        line["whole_at"] = c["now"]
        _complete_line(s, j)
    return wide(given)


@compiled
def _accepted_at(s: Flow, j: int) -> int:
    """When the order of line j was accepted."""
    return wide(s.order[s.parcel[s.line[j]["parcel"]]["order"]]["accepted_at"])


@compiled
def leave_queue(s: Flow, j: int) -> None:
    """Line j waits for units no longer."""
    c = s.counters[0]
    line = s.line[j]
    remove(s.line, s.queued[wide(line["sku"]) * c["n_classes"] + wide(line["class_"])], j)
    line["class_"] = NONE


@compiled
def _complete_line(s: Flow, j: int) -> None:
    """Every unit of line j is reserved: its parcel may be ready."""
    c = s.counters[0]
    i = wide(s.line[j]["parcel"])
    o = wide(s.parcel[i]["order"])
    order = s.order[o]
    order["missing_lines"] -= 1
    if order["missing_lines"] == 0:
        c["backorders_open"] -= 1
    if c["split"] != 0 or order["missing_lines"] == 0:
        ready(s, i)


@compiled
def join_queue(s: Flow, o: int, j: int) -> None:
    """Line j of order o waits for units: at the tail of the SKU's queue, or of its class's."""
    c = s.counters[0]
    line = s.line[j]
    class_ = wide(s.book[o]["class_"]) if c["n_lists"] > 1 else 0
    ends = s.queued[wide(line["sku"]) * c["n_classes"] + class_]
    line["class_"] = class_
    append(s.line, ends, j)
    require(c, ends["tail"] == j and line["next"] == NONE, NOT_FIFO, o)

"""Parcels: what is picked, packed and shipped together."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.area import note_space, unstage
from sim.warehouse.flow.extras import extra_of, pick_extra, ship_extra
from sim.warehouse.flow.integrals import settle_counts, settle_sku
from sim.warehouse.flow.laws import (
    ILLEGAL,
    NEGATIVE_UNITS,
    PICKUP_NOT_FIFO,
    become,
    require,
)
from sim.warehouse.flow.notice import asks_on_delivery, notice
from sim.warehouse.flow.queues import append, await_pickup
from sim.warehouse.flow.returns import may_come_back
from sim.warehouse.flow.third_party import hand_over
from sim.warehouse.flow.waiting import parcel_of, sku_of
from sim.warehouse.flow.wrapping import wrapping_work
from sim.warehouse.state import Flow, Row, wide
from sim.warehouse.words import FIRST_PICK, NONE, PICKING, SHIPPED


@compiled
def blank_parcel(parcel: Row) -> None:
    """A row that no accepted order uses yet."""
    parcel["order"] = NONE
    parcel["person"] = NONE
    parcel["next"] = NONE
    parcel["prev"] = NONE
    parcel["queue"] = NONE
    parcel["home"] = NONE
    parcel["lines"] = 0
    parcel["backorder"] = 0
    parcel["wrong"] = 0
    parcel["remaining"] = 0
    parcel["ready_at"] = NONE
    parcel["started_at"] = NONE
    parcel["picked_at"] = NONE
    parcel["packed_at"] = NONE
    parcel["shipped_at"] = NONE


@compiled
def form_parcel(s: Flow, i: int, o: int, backorder: int, lines: int) -> None:
    """Row i becomes a parcel of order o; backorder 1: some unit was not on hand at placement."""
    c = s.counters[0]
    parcel = s.parcel[i]
    class_ = wide(s.book[o]["class_"])
    parcel["order"] = o
    parcel["lines"] = lines
    parcel["backorder"] = backorder
    if backorder != 0 and c["backorder_pick"] != 0:
        class_ = c["n_classes"]
    parcel["home"] = FIRST_PICK + class_
    s.order[o]["open_parcels"] += 1


@compiled
def ready(s: Flow, i: int) -> None:
    """Every unit of the parcel is there: it joins the tail of its pick queue."""
    c = s.counters[0]
    parcel = s.parcel[i]
    parcel["ready_at"] = c["now"]
    if c["third_party"] != 0 and c["backlog"] >= c["third_above"]:
        hand_over(s, i)
        return
    settle_counts(c)
    c["backlog"] += 1
    c["backlog_max"] = max(c["backlog_max"], c["backlog"])
    work = _work(s, i, c["pick_order"], c["pick_line"], c["pick_unit"])
    join_work(s, i, wide(parcel["home"]), work)


@compiled
def join_work(s: Flow, i: int, q: int, work: int) -> None:
    """The parcel waits at the tail of queue q with this much work in ms."""
    queue = s.queue[q]
    append(s.parcel, queue, i)
    s.parcel[i]["queue"] = q
    s.parcel[i]["remaining"] = work
    queue["length"] += 1
    queue["work"] += work
    s.counters[0]["dirty"] = 1


@compiled
def _work(s: Flow, i: int, per_order: int, per_line: int, per_unit: int) -> int:
    """Work content of the next stage in ms at normal speed."""
    parcel = s.parcel[i]
    picks = parcel["picked_at"] == NONE
    o = wide(parcel["order"])
    book, order = s.book[o], s.order[o]
    weighted, slow = 0, False
    first = wide(order["first_line"])
    for j in range(first, first + wide(order["n_lines"])):
        if parcel_of(s, o, j) == i:
            weighted += wide(s.book_line[j]["units"]) * s.sku[sku_of(s, j)]["weight"]
            slow = slow or _is_in_general(s, j)
    extra = extra_of(s, o)
    if i == o and extra != NONE:
        weighted += wide(s.sku[extra]["weight"])
    work = per_order + per_line * wide(parcel["lines"]) + (per_unit * weighted + 500) // 1000
    c = s.counters[0]
    if c["wraps"] != 0 and (c["two_stage"] == 0 or not picks):
        work += wrapping_work(s, i)
    factor = wide(book["work_ppm"] if picks else book["pack_ppm"])
    work = (work * factor + 500_000) // 1_000_000
    if picks and slow:
        work = (work * c["slow_retrieval"] + 500) // 1000
    return wide(work)


@compiled
def _is_in_general(s: Flow, j: int) -> bool:
    """Whether units of line j wait in general storage."""
    w = wide(s.line[j]["wait"])
    return bool(w >= 0 and s.wait[w]["general"] > 0)


@compiled
def finish_picking(s: Flow, i: int) -> None:
    """The parcel goes on to packing, or is packed as well."""
    c = s.counters[0]
    parcel = s.parcel[i]
    take_out(s, i)
    if c["two_stage"] == 0:
        finish_packing(s, i)
        return
    class_ = wide(s.book[parcel["order"]]["class_"])
    if parcel["backorder"] != 0 and c["backorder_pack"] != 0:
        class_ = c["n_classes"]
    work = _work(s, i, c["pack_order"], c["pack_line"], c["pack_unit"])
    join_work(s, i, c["first_pack"] + class_, work)


@compiled
def take_out(s: Flow, i: int) -> None:
    """The parcel is picked: its units leave storage or the area."""
    c = s.counters[0]
    parcel = s.parcel[i]
    o = wide(parcel["order"])
    order = s.order[o]
    parcel["picked_at"] = c["now"]
    started = order["status"] == PICKING and parcel["started_at"] != NONE
    require(c, started, ILLEGAL, o)
    first = wide(order["first_line"])
    for j in range(first, first + wide(order["n_lines"])):
        if parcel_of(s, o, j) == i:
            _pick_line(s, j)
    if i == o:
        pick_extra(s, o)
    if parcel["backorder"] != 0:
        note_space(s)


@compiled
def _pick_line(s: Flow, j: int) -> None:
    c = s.counters[0]
    k, w = sku_of(s, j), wide(s.line[j]["wait"])
    sku, units = s.sku[k], wide(s.book_line[j]["units"])
    settle_sku(c, sku)
    sku["picked"] += units
    if w < 0:
        sku["reserved"] -= units
    else:
        unstage(c, s.wait[w], sku)
        require(c, s.wait[w]["reserved"] == units, NEGATIVE_UNITS, k)
    require(c, sku["reserved"] >= 0 and sku["staged"] >= 0, NEGATIVE_UNITS, k)


@compiled
def finish_packing(s: Flow, i: int) -> None:
    """The parcel is packed: it leaves at once, or waits for the carrier."""
    c = s.counters[0]
    s.parcel[i]["packed_at"] = c["now"]
    if c["carrier"] != 0:
        await_pickup(s, i)
    else:
        ship(s, i)


@compiled
def ship(s: Flow, i: int) -> None:
    """The parcel leaves the building; with the last one the order is shipped."""
    c = s.counters[0]
    parcel = s.parcel[i]
    o = wide(parcel["order"])
    order = s.order[o]
    parcel["shipped_at"] = c["now"]
    first = wide(order["first_line"])
    for j in range(first, first + wide(order["n_lines"])):
        if parcel_of(s, o, j) == i:
            sku, units = s.sku[sku_of(s, j)], wide(s.book_line[j]["units"])
            settle_sku(c, sku)
            sku["picked"] -= units
            sku["shipped"] += units
    if i == o:
        ship_extra(s, o)
    order["open_parcels"] -= 1
    if order["open_parcels"] == 0:
        settle_counts(c)
        become(s, o, wide(SHIPPED))
        order["ended_at"] = c["now"]
        c["in_system"] -= 1
        c["shipped"] += 1
        if c["returns"] != 0:
            may_come_back(s, o)
        if c["desk"] != 0 and asks_on_delivery(s, o):
            notice(s, o)


@compiled
def pickup(s: Flow, capacity: int) -> int:
    """The carrier takes what was packed first; all if `capacity` < 0. Returns how many."""
    c = s.counters[0]
    taken = 0
    while c["pickup_head"] != NONE and (capacity < 0 or taken < capacity):
        i = wide(c["pickup_head"])
        after = wide(s.parcel[i]["next"])
        s.parcel[i]["next"] = NONE
        c["pickup_head"] = after
        if after == NONE:
            c["pickup_tail"] = NONE
        else:
            s.parcel[after]["prev"] = NONE
            in_turn = s.parcel[i]["packed_at"] <= s.parcel[after]["packed_at"]
            require(c, in_turn, PICKUP_NOT_FIFO, wide(s.parcel[i]["order"]))
        c["pickup_n"] -= 1
        ship(s, i)
        taken += 1
    return taken

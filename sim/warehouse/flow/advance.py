"""The event loop, and the one function through which Python enters the compiled flow."""

from __future__ import annotations

from typing import Any

from sim.warehouse.compiled import compiled, entry, inlined, reach
from sim.warehouse.flow.alerts import end_season, send_mail
from sim.warehouse.flow.cancel import expire
from sim.warehouse.flow.care import care
from sim.warehouse.flow.clock import schedule_expiry
from sim.warehouse.flow.concern import contact_due, look
from sim.warehouse.flow.contacts import ask, hang_up
from sim.warehouse.flow.days import day_is_due, open_day
from sim.warehouse.flow.dock import take_back, unload
from sim.warehouse.flow.heap import pop
from sim.warehouse.flow.integrals import settle_all, settle_sku
from sim.warehouse.flow.laws import BACKWARDS, IDLE_BESIDE_WORK, require
from sim.warehouse.flow.parcels import pickup
from sim.warehouse.flow.people import go_off_duty, go_on_duty
from sim.warehouse.flow.room import has_room, has_room_for_mails
from sim.warehouse.flow.stock import put_away
from sim.warehouse.flow.storefront import arrive
from sim.warehouse.flow.work import complete, dispatch, first_queue
from sim.warehouse.state import KEY_SHIFT, TABLES, Flow, wide
from sim.warehouse.words import (
    ARRIVAL,
    AWAY,
    BUFFER_FULL,
    COMPLETION,
    DISPATCH,
    DISPATCH_AGAIN,
    DRAINED,
    EXPIRY,
    HURRY,
    LAW_BROKEN,
    MAILED,
    NEVER,
    NONE,
    NOTES,
    REACHED,
    RECEIPT,
    REORDER,
    REVIEW,
    WAITING,
    WITHDRAW,
)

ADVANCE, RECEIVE_UNITS, UNLOAD, STAFF_ON, STAFF_OFF, PICKUP, SETTLE, END_SEASON = range(8)
"""What `call` does."""

REVIEW_KEY = REVIEW << KEY_SHIFT

flow_at = reach("Flow", TABLES)


@entry
def call(op: int, at: int, rank: int, x: int, y: int, z: int, handle: Any) -> int:
    """Do one thing to the state: `op` at instant `at`, with up to three numbers."""
    s = flow_at(handle)
    if op == ADVANCE:
        return _advance(s, at, rank)
    _move_to(s, at)
    if op == RECEIVE_UNITS:
        settle_sku(s.counters[0], s.sku[x])
        s.sku[x]["received"] += y
        put_away(s, x, y)
    elif op == UNLOAD:
        return unload(s, x, y, z, rank)
    elif op == STAFF_ON:
        for n in range(x):
            starting = s.roll[n]
            go_on_duty(s, wide(starting["person"]), starting["speed"], starting["error_rate"])
    elif op == STAFF_OFF:
        for n in range(x):
            go_off_duty(s, wide(s.roll[n]["person"]))
    elif op == PICKUP:
        return pickup(s, x)
    elif op == SETTLE:
        settle_all(s)
    elif op == END_SEASON:
        end_season(s)
    return REACHED


@compiled
def _move_to(s: Flow, at: int) -> None:
    """Set the clock of the flow."""
    c = s.counters[0]
    if at == c["now"]:
        return
    require(c, at > c["now"], BACKWARDS, wide(NONE))
    for t in range(c["n_teams"]):
        team = s.team[t]
        require(c, team["idle"] == 0 or first_queue(s, t) == NONE, IDLE_BESIDE_WORK, t)
    c["now"] = at
    c["highest_rank"] = 0


@compiled
def _advance(s: Flow, until_at: int, until_rank: int) -> int:
    """Let everything happen that comes before (until_at, until_rank). Returns why it stopped."""
    c = s.counters[0]
    until_key = until_rank << KEY_SHIFT
    while True:
        reason = _stops(s)
        if reason != NONE:
            return reason
        if c["look_head"] != NONE:
            if not look(s):
                return BUFFER_FULL
            continue
        at, key = _next_event(s)
        reads = _before(wide(c["notes_by"]), REVIEW_KEY, until_at, until_key + 1)
        stop_at = wide(c["notes_by"]) if reads else until_at
        if day_is_due(s, min(at, stop_at)):
            if not open_day(s):
                return BUFFER_FULL
            continue
        if not _before(at, key, stop_at, REVIEW_KEY if reads else until_key) or at == NEVER:
            if stop_at < NEVER:
                _move_to(s, stop_at)
            if reads:
                c["notes_by"] = NEVER
            return NOTES if reads else REACHED
        if not _happen(s, at, key):
            return BUFFER_FULL
        c["highest_rank"] = max(c["highest_rank"], key >> KEY_SHIFT)


@compiled
def _before(at: int, key: int, other_at: int, other_key: int) -> bool:
    """Whether an event comes before another."""
    return at < other_at or (at == other_at and key < other_key)


@inlined
def _stops(s: Flow) -> int:
    """Why the flow cannot go on just now; NONE if it can."""
    c = s.counters[0]
    if c["law"] != 0:
        return LAW_BROKEN
    if c["due"] + c["withdraw"] + c["hurry"] > 0:
        return _hand_back(s)
    if c["season_over"] != 0 and c["in_system"] == 0 and _is_drained(s):
        return DRAINED
    return NONE if has_room(c) else BUFFER_FULL


@compiled
def _is_drained(s: Flow) -> bool:
    """Nobody is still to come, no order on its way back, no contact planned or open."""
    c = s.counters[0]
    quiet = c["look_head"] == NONE and s.desk[0]["open"] == 0 and c["under_way_back"] == 0
    return bool(quiet and c["next_order"] == c["n_orders"])


@inlined
def _next_event(s: Flow) -> tuple[int, int]:
    """Time and key of what happens next: a scheduled event, an arrival, or the dispatch."""
    c = s.counters[0]
    at, key = NEVER, 0
    if c["heap_n"] > 0:
        at, key = s.heap[0]["at"], s.heap[0]["key"]
    if c["next_at"] <= at:
        arrival = (ARRIVAL << KEY_SHIFT) | c["next_order"]
        if c["next_at"] < at or arrival < key:
            at, key = c["next_at"], arrival
    if c["dirty"] != 0:
        rank = DISPATCH if c["highest_rank"] < EXPIRY else DISPATCH_AGAIN
        if at > c["now"] or rank << KEY_SHIFT < key:
            at, key = c["now"], rank << KEY_SHIFT
    return at, key


@compiled
def _hand_back(s: Flow) -> int:
    """The business has to decide something."""
    c = s.counters[0]
    if c["due"] > 0:
        c["due"] = 0
        return REORDER
    if c["withdraw"] > 0:
        c["withdraw"] = 0
        return WITHDRAW
    return HURRY  # the business takes the product off


@inlined
def _happen(s: Flow, at: int, key: int) -> bool:
    """The next event. False: it has no room in a buffer."""
    c = s.counters[0]
    rank, ident = key >> KEY_SHIFT, key & ((1 << KEY_SHIFT) - 1)
    if rank in (DISPATCH, DISPATCH_AGAIN):
        return _dispatch(s)
    _move_to(s, at)
    if rank == ARRIVAL and ident >= c["n_orders"] + c["n_skus"]:
        pop(s.heap, c)
        _timer(s, ident - c["n_orders"] - c["n_skus"])
        return True
    if rank == ARRIVAL and ident >= c["n_orders"]:
        k = ident - c["n_orders"]
        if not has_room_for_mails(c, wide(s.sku[k]["signups"])):
            return False
        pop(s.heap, c)
        send_mail(s, k)
        return True
    if rank == ARRIVAL and ident == c["next_order"]:
        _turn_page(s)
        arrive(s, ident)
        return True
    pop(s.heap, c)
    if rank == COMPLETION:
        complete(s, ident)
    elif rank == EXPIRY and ident >= c["n_orders"]:
        hang_up(s, ident - c["n_orders"])
    elif rank == EXPIRY:
        expire(s, ident)
    elif rank == RECEIPT:
        take_back(s, ident)
    elif s.order[ident]["status"] in (AWAY, MAILED):
        arrive(s, ident)
    return True


@compiled
def _timer(s: Flow, ident: int) -> None:
    """What happens after shoppers and mails: care, contacts by state, then planned contacts."""
    n = s.counters[0]["n_orders"]
    if ident < n:
        care(s, ident)
    elif ident < 2 * n:
        contact_due(s, ident - n)
    else:
        ask(s, ident - 2 * n)


@compiled
def _dispatch(s: Flow) -> bool:
    """Start what can be started. False: a buffer is full, and the dispatch goes on later."""
    c = s.counters[0]
    if not dispatch(s):
        return False
    c["dirty"] = 0
    if c["fresh"] != NONE:
        if s.order[c["fresh"]]["status"] == WAITING:
            schedule_expiry(s, wide(c["fresh"]))
        c["fresh"] = NONE
    return True


@inlined
def _turn_page(s: Flow) -> None:
    """Look at the next order of the book."""
    c = s.counters[0]
    o = c["next_order"] + 1
    c["next_order"] = o
    c["next_at"] = max(0, wide(s.book[o]["placed_at"])) if o < c["n_orders"] else NEVER

"""What makes a customer ask: the states of an order, as a hazard, and what happened to it."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.desk_rows import (
    BACKORDERED,
    CANCELLED_ORDER,
    LATE,
    PLACED,
    PROCESSING,
    REFUND,
    WRONG_ITEM,
)
from sim.warehouse.flow.chance import happens
from sim.warehouse.flow.contacts import plan
from sim.warehouse.flow.digest import digest
from sim.warehouse.flow.first_look import fill_concern, find_next, until_next
from sim.warehouse.flow.notice import has_error
from sim.warehouse.flow.room import has_room
from sim.warehouse.flow.timers import set_timer
from sim.warehouse.flow.transit import comes_too_late, delivered_at, promised_ship_date
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import (
    CANCELLED,
    CONTACT_TIMER,
    NEVER,
    NONE,
    OPENED,
    PICKING,
    PURPOSE_CAUSED,
    SHIPPED,
    WAITING,
    WRONG_ANSWER,
)


@compiled
def look(s: Flow) -> bool:
    """Look at the orders that changed, up to one about which the business has to decide.

    False: a buffer is full.
    """
    c = s.counters[0]
    while c["look_head"] != NONE and c["due"] + c["withdraw"] + c["hurry"] == 0:
        if not has_room(c):
            return False
        o = wide(c["look_head"])
        c["look_head"] = s.concern[o]["look_next"]
        s.concern[o]["listed"] = 0
        if s.concern[o]["begun"] == 0:
            fill_concern(s, o)
            set_timer(s, wide(CONTACT_TIMER), o, wide(s.concern[o]["at"]))
        if s.concern[o]["spoke"] != NONE:
            digest(s, o)
        _tell(s, o)
        _go_on(s, o)
    return True


@compiled
def _tell(s: Flow, o: int) -> None:
    """Contacts about what happened to order o, each decided once."""
    c, d, order, book = s.counters[0], s.desk[0], s.order[o], s.book[o]
    status, now = wide(order["status"]), wide(c["now"])
    if wide(book["flags"]) & OPENED == 0:
        _may_ask(s, o, wide(PLACED), d["placed"], now)
    if status == CANCELLED and order["reason"] < WRONG_ANSWER:
        _may_ask(s, o, wide(CANCELLED_ORDER), d["cancelled"], now)
    if status == SHIPPED:
        left_late = wide(order["ended_at"]) > promised_ship_date(c, s.cuts, order)
        delivered = delivered_at(c, s.slow, order, book, left_late)
        if d["wrong_item"] > 0 and has_error(s, o):
            _may_ask(s, o, wide(WRONG_ITEM), d["wrong_item"], delivered)
        if book["refuses_late"] != 0 and comes_too_late(c, book, delivered):
            _may_ask(s, o, wide(REFUND), d["refund"], delivered)
        if c["refunds"] != 0 and s.back[o]["arrived"] != 0:
            _may_ask(s, o, wide(REFUND), d["refund"], now)


@compiled
def _may_ask(s: Flow, o: int, cause: int, chance: int, at: int) -> None:
    """Whether the customer asks about this, at `at`."""
    concern = s.concern[o]
    told = wide(concern["told"])
    if chance == 0 or at >= NEVER or told >> cause & 1 != 0:
        return
    concern["told"] = told | 1 << cause
    if happens(s, o, wide(PURPOSE_CAUSED), cause, chance):
        plan(s, o, cause, wide(NONE), at)


@compiled
def contact_due(s: Flow, o: int) -> None:
    """The hazard of order o has added up to a contact, unless it changed since."""
    c, concern = s.counters[0], s.concern[o]
    state = _state(s, o)
    if concern["at"] != c["now"] or state == NONE:
        return
    nth = wide(concern["nth"]) + 1
    concern["nth"] = nth
    concern["left"] = until_next(s, o, nth)
    concern["since"] = c["now"]
    _aim(s, o)
    plan(s, o, state, wide(NONE), wide(c["now"]))


@compiled
def _state(s: Flow, o: int) -> int:
    """State of order o as a cause of contacts; NONE: it has ended."""
    status = s.order[o]["status"]
    if status not in (WAITING, PICKING):
        return wide(NONE)
    if s.care[o]["slipped_at"] != NONE:
        return wide(LATE)
    return wide(BACKORDERED if s.order[o]["missing_lines"] > 0 else PROCESSING)


@compiled
def _go_on(s: Flow, o: int) -> None:
    """The hazard goes on at the rate of the present state."""
    d, concern, now = s.desk[0], s.concern[o], s.counters[0]["now"]
    state = _state(s, o)
    rate = wide(0)
    if state == LATE:
        rate = d["late"]
    elif state == BACKORDERED:
        rate = d["backordered"]
    elif state == PROCESSING:
        rate = d["processing"]
    rate = (rate * wide(s.care[o]["calm"]) + 500) // 1000
    if rate == concern["rate"]:
        return
    concern["left"] -= wide(concern["rate"]) * (now - concern["since"])
    concern["since"] = now
    concern["rate"] = rate
    _aim(s, o)


@compiled
def _aim(s: Flow, o: int) -> None:
    """Set the timer for the instant by which the hazard that is left has added up."""
    find_next(s, o)
    set_timer(s, wide(CONTACT_TIMER), o, wide(s.concern[o]["at"]))

"""A day begins: the timers that go off on it move from its lists to the heap."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.clock import first_cause
from sim.warehouse.flow.timers import day_of, next_listed, put_on_list, ring
from sim.warehouse.state import DAY_LENGTH, Flow, Table, wide
from sim.warehouse.words import (
    CARE_TIMER,
    CONTACT_TIMER,
    EXPIRY_TIMER,
    NEVER,
    NONE,
    PICKING,
    WAITING,
)


@compiled
def day_is_due(s: Flow, at: int) -> bool:
    """Whether the next day's lists have to be opened before what happens at `at`."""
    c = s.counters[0]
    return bool(c["days_open"] < c["n_days"] and at >= c["days_open"] * DAY_LENGTH)


@compiled
def open_day(s: Flow) -> bool:
    """Put the timers of the next day's lists on the heap that are still on. False: it is full."""
    opened = _open(s, s.order, wide(EXPIRY_TIMER)) and _open(s, s.care, wide(CARE_TIMER))
    opened = opened and _open(s, s.concern, wide(CONTACT_TIMER))
    if opened:
        s.counters[0]["days_open"] += 1
    return opened


@compiled
def _open(s: Flow, rows: Table, timer: int) -> bool:
    c = s.counters[0]
    while c["heap_n"] < c["heap_room"]:
        o = next_listed(s, rows, timer)
        if o == NONE:
            return True
        at = _due(s, timer, o)
        if at == NEVER:
            continue
        if day_of(s, at) > c["days_open"]:
            put_on_list(s, rows, timer, o, day_of(s, at))
        else:
            ring(s, timer, o, max(at, wide(c["now"])))
    return False


@compiled
def _due(s: Flow, timer: int, o: int) -> int:
    """When the timer goes off by now; NEVER if it is off."""
    status = s.order[o]["status"]
    if timer == EXPIRY_TIMER:
        return first_cause(s, o)[0] if status == WAITING else NEVER
    if status not in (WAITING, PICKING):
        return NEVER
    return wide(s.care[o]["at"] if timer == CARE_TIMER else s.concern[o]["at"])

"""A day begins: the timers that go off on it move from its list to the heap."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.clock import first_cause
from sim.warehouse.flow.first_look import fill_concern
from sim.warehouse.flow.timers import day_of, next_listed, put_on_list, ring
from sim.warehouse.state import DAY_LENGTH, Flow, wide
from sim.warehouse.words import (
    CARE_TIMER,
    EXPIRY_TIMER,
    NEVER,
    NONE,
    PICKING,
    TIMERS,
    WAITING,
)


@compiled
def day_is_due(s: Flow, at: int) -> bool:
    """Whether the next day's list has to be opened before what happens at `at`."""
    c = s.counters[0]
    return bool(c["days_open"] < c["n_days"] and at >= c["days_open"] * DAY_LENGTH)


@compiled
def open_day(s: Flow) -> bool:
    """Put the timers on the heap that go off on the next day. False: it is full."""
    c = s.counters[0]
    while c["heap_n"] + TIMERS <= c["heap_room"]:
        o = next_listed(s)
        if o == NONE:
            c["days_open"] += 1
            return True
        if s.order[o]["status"] in (WAITING, PICKING):
            _look_at(s, o)
    return False


@compiled
def _look_at(s: Flow, o: int) -> None:
    """Order o has not ended: what goes off on this day goes to the heap, the rest stays listed."""
    c = s.counters[0]
    later = wide(NEVER)
    for timer in range(TIMERS):
        at = _due(s, wide(timer), o)
        if day_of(s, at) > c["days_open"]:
            later = min(later, at)
        elif at < NEVER:
            ring(s, wide(timer), o, max(at, wide(c["now"])))
    if later < NEVER:
        put_on_list(s, o, day_of(s, later))


@compiled
def _due(s: Flow, timer: int, o: int) -> int:
    """When a timer of order o, which has not ended, goes off by now; NEVER if it is off."""
    if timer == EXPIRY_TIMER:
        return first_cause(s, o)[0] if s.order[o]["status"] == WAITING else wide(NEVER)
    if timer == CARE_TIMER:
        return wide(s.care[o]["at"]) if s.counters[0]["care"] != 0 else wide(NEVER)
    if s.counters[0]["desk"] == 0:
        return wide(NEVER)
    if s.concern[o]["begun"] == 0:
        fill_concern(s, o)
    return wide(s.concern[o]["at"])

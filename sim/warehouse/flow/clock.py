"""How long a waiting order lives: its earliest cause of cancellation."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.heap import push
from sim.warehouse.flow.spans import span
from sim.warehouse.state import (
    DAY_LENGTH,
    ELSEWHERE,
    EXPIRY,
    NEEDED_BY,
    NEVER,
    NONE,
    OPENED,
    PATIENCE,
    WAITING,
    Flow,
    wide,
)


@compiled
def first_cause(s: Flow, o: int) -> tuple[int, int]:
    """When order o gives up, and why; NEVER if it does not.

    Ties go to patience, then the needed-by date, then elsewhere, then the other causes.
    """
    c = s.counters[0]
    order, book = s.order[o], s.book[o]
    accepted_at = order["accepted_at"]
    placed_at = book["placed_at"] if wide(book["flags"]) & OPENED else accepted_at
    at, cause = NEVER, 0
    patience, needed_by = span(book["patience"]), span(book["needed_by"])
    if patience < NEVER:
        start = placed_at
        if c["patience_from_promise"] != 0:
            start = accepted_at + order["quote"] if order["quote"] > 0 else _ship_by(s, accepted_at)
        at, cause = start + patience, PATIENCE
    if accepted_at <= needed_by < at:
        at, cause = needed_by, NEEDED_BY
    found_after, other_after = span(book["elsewhere_after"]), span(book["other_after"])
    if found_after < NEVER and placed_at + found_after < at and _sold_elsewhere(s, o):
        at, cause = placed_at + found_after, ELSEWHERE
    if other_after < NEVER and placed_at + other_after < at:
        at, cause = placed_at + other_after, wide(book["other_cause"])
    return wide(at), wide(cause)


@compiled
def schedule_expiry(s: Flow, o: int) -> None:
    """Remember when the order's patience ends, if it does: today on the heap, else in a day's list.

    Most orders are picked long before. On the heap their entries would lie below everything that
    happens; in a list they cost nothing until the day comes.
    """
    c = s.counters[0]
    at, _ = first_cause(s, o)
    if at == NEVER:
        return
    day = min(max(at, c["now"]) // DAY_LENGTH, c["n_days"] - 1)
    if day < c["days_open"]:
        push(s.heap, c, max(at, c["now"]), EXPIRY, o)
    else:
        s.order[o]["link"] = s.day[day]["head"]
        s.day[day]["head"] = o


@compiled
def day_is_due(s: Flow, at: int) -> bool:
    """Whether the next day's list has to be opened before what happens at `at`."""
    c = s.counters[0]
    return bool(c["days_open"] < c["n_days"] and at >= c["days_open"] * DAY_LENGTH)


@compiled
def open_day(s: Flow) -> bool:
    """Put the orders of the next day's list on the heap that still wait. False: it is full."""
    c = s.counters[0]
    day = s.day[c["days_open"]]
    while day["head"] != NONE:
        if c["heap_n"] >= c["heap_room"]:
            return False
        o = wide(day["head"])
        day["head"] = s.order[o]["link"]
        s.order[o]["link"] = NONE
        if s.order[o]["status"] == WAITING:
            at, _ = first_cause(s, o)
            push(s.heap, c, at, EXPIRY, o)
    c["days_open"] += 1
    return True


@compiled
def _sold_elsewhere(s: Flow, o: int) -> bool:
    """Whether a line that was short at placement can be had from a competitor."""
    book = s.book[o]
    first = wide(book["first_line"])
    for j in range(first, first + wide(book["n_lines"])):
        line = s.line[j]
        if line["backordered"] > 0 and s.sku[line["sku"]]["elsewhere"] != 0:
            return True
    return False


@compiled
def _ship_by(s: Flow, at: int) -> int:
    """Promised ship date of what is on hand at `at`; NEVER if it lies beyond the end of the run."""
    c = s.counters[0]
    if c["carrier"] == 0:
        return wide(at + c["handling"])
    low, high = wide(0), wide(c["n_cuts"])
    while low < high:
        middle = (low + high) // 2
        if s.cuts[middle]["order_by"] < at:
            low = middle + 1
        else:
            high = middle
    if low == c["n_cuts"]:
        return NEVER
    return wide(s.cuts[low]["ships_at"])

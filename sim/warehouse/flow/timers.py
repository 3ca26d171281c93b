"""Timers of accepted orders: what is due today lies on the heap, what is due later in a day's list.

Most orders are picked long before. On the heap their entries would lie below everything that
happens; in a list they cost nothing until the day comes. A new timer is looked at on the day after
tomorrow at the latest: most orders have been picked by then, and those of one day lie side by side
in memory. Only the few that still wait are listed for their own day, and looked up one by one.
"""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.heap import push
from sim.warehouse.state import DAY_LENGTH, Flow, Table, wide
from sim.warehouse.words import ARRIVAL, END, EXPIRY, EXPIRY_TIMER, NEVER, NONE


@compiled
def set_timer(s: Flow, rows: Table, timer: int, o: int, at: int) -> None:
    """Let a timer of order o go off at `at`, unless that is NEVER.

    A timer that is brought forward may still lie in a later day's list. Then it goes to the heap,
    whenever it is due, and what goes off must look whether it still is.

    Args:
        s: The state.
        rows: The table whose `link` holds the lists of this timer.
        timer: Number of the timer.
        o: The order.
        at: When it goes off; an instant that has passed is now.
    """
    c = s.counters[0]
    if at >= NEVER:
        return
    at = max(at, wide(c["now"]))
    day = day_of(s, at)
    if day < c["days_open"] or rows[o]["link"] != NONE:
        ring(s, timer, o, at)
    else:
        put_on_list(s, rows, timer, o, min(day, wide(c["days_open"]) + 1))


@compiled
def day_of(s: Flow, at: int) -> int:
    """The day whose list holds what is due at `at`."""
    return min(at // DAY_LENGTH, wide(s.counters[0]["n_days"]) - 1)


@compiled
def put_on_list(s: Flow, rows: Table, timer: int, o: int, day: int) -> None:
    """Look at a timer of order o when that day begins."""
    ends = s.day[timer * s.counters[0]["n_days"] + day]
    rows[o]["link"] = ends["head"]
    ends["head"] = o


@compiled
def ring(s: Flow, timer: int, o: int, at: int) -> None:
    """Put the timer on the heap: patience ends as its own rank, the others go off after mails."""
    c = s.counters[0]
    if timer == EXPIRY_TIMER:
        push(s.heap, c, at, EXPIRY, o)
    else:
        push(s.heap, c, at, ARRIVAL, timer * c["n_orders"] + c["n_skus"] + o)


@compiled
def next_listed(s: Flow, rows: Table, timer: int) -> int:
    """Take the first order off the list of the next day; NONE when it is empty."""
    c = s.counters[0]
    ends = s.day[timer * c["n_days"] + c["days_open"]]
    o = wide(ends["head"])
    if o == END:
        return wide(NONE)
    ends["head"] = rows[o]["link"]
    rows[o]["link"] = NONE
    return o


@compiled
def next_of_series(first: int, every: int, at_most: int, since: int) -> int:
    """The first of `first`, `first + every`, ... that is at `since` or later; NEVER if none is.

    Args:
        first: Instant of the first.
        every: Interval; NEVER = there is only the first.
        at_most: How many there are.
        since: Instant.
    """
    if since <= first:
        return wide(first)
    nth = (since - first + every - 1) // every
    if nth >= at_most or every >= NEVER:
        return wide(NEVER)
    return wide(first + nth * every)

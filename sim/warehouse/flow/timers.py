"""Timers of accepted orders: what is due today lies on the heap, what is due later in a day's list.

Most orders are picked long before. On the heap their entries would lie below everything that
happens; in a list they cost nothing until the day comes. An order stands in one list for all its
timers, and is looked at on the day after tomorrow at the latest: most orders have been picked by
then, and those of one day lie side by side in memory. Only the few that still wait are listed for
the day of their next timer, and looked up one by one.
"""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.heap import push
from sim.warehouse.state import DAY_LENGTH, Flow, wide
from sim.warehouse.words import ARRIVAL, END, EXPIRY, EXPIRY_TIMER, NEVER, NONE


@compiled
def set_timer(s: Flow, timer: int, o: int, at: int) -> None:
    """Let a timer of order o go off at `at`, unless that is NEVER.

    An order that is looked at on an earlier day will be found to have this timer. One that stands
    in a later day's list cannot be taken out of it: the timer goes to the heap. So it may go off
    twice, or after it was set anew, and what goes off must look whether it still is due.

    Args:
        s: The state.
        timer: Number of the timer.
        o: The order.
        at: When it goes off; an instant that has passed is now.
    """
    c = s.counters[0]
    if at >= NEVER:
        return
    at = max(at, wide(c["now"]))
    day, is_listed = day_of(s, at), s.order[o]["link"] != NONE
    if not is_listed and day >= c["days_open"]:
        put_on_list(s, o, min(day, wide(c["days_open"]) + 1))
    elif not is_listed or c["care"] == 0 or day < s.care[o]["listed_for"]:
        ring(s, timer, o, at)


@compiled
def day_of(s: Flow, at: int) -> int:
    """The day whose list holds what is due at `at`."""
    return min(at // DAY_LENGTH, wide(s.counters[0]["n_days"]) - 1)


@compiled
def put_on_list(s: Flow, o: int, day: int) -> None:
    """Look at the timers of order o when that day begins."""
    ends = s.day[day]
    s.order[o]["link"] = ends["head"]
    ends["head"] = o
    if s.counters[0]["care"] != 0:
        s.care[o]["listed_for"] = day


@compiled
def ring(s: Flow, timer: int, o: int, at: int) -> None:
    """Put the timer on the heap: patience ends as its own rank, the others go off after mails."""
    c = s.counters[0]
    if timer == EXPIRY_TIMER:
        push(s.heap, c, at, EXPIRY, o)
    else:
        push(s.heap, c, at, ARRIVAL, timer * c["n_orders"] + c["n_skus"] + o)


@compiled
def next_listed(s: Flow) -> int:
    """Take the first order off the list of the next day; NONE when it is empty."""
    ends = s.day[s.counters[0]["days_open"]]
    o = wide(ends["head"])
    if o == END:
        return wide(NONE)
    ends["head"] = s.order[o]["link"]
    s.order[o]["link"] = NONE
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

"""What the shop does about an accepted order while it waits, and the passing of its promise."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.clock import end_of_patience, promise
from sim.warehouse.flow.notice import notice
from sim.warehouse.flow.timers import set_timer
from sim.warehouse.state import CARE_TIMER, NEVER, NONE, PICKING, WAITING, Flow, wide


@compiled
def begin_care(s: Flow, o: int) -> None:
    """Order o was accepted now."""
    row = s.care[o]
    row["patience_end"] = end_of_patience(s, o)
    row["slipped_at"] = NONE
    row["link"] = NONE
    _go_on(s, o)


@compiled
def care(s: Flow, o: int) -> None:
    """Whatever is due now about order o, unless it has ended."""
    c, row = s.counters[0], s.care[o]
    if s.order[o]["status"] not in (WAITING, PICKING) or row["at"] != c["now"]:
        return
    if c["slips"] != 0 and c["now"] == promise(s, o) + 1:
        row["slipped_at"] = c["now"]
        if c["desk"] != 0:
            notice(s, o)
    row["at"] = NEVER
    _go_on(s, o)


@compiled
def _go_on(s: Flow, o: int) -> None:
    """Set the timer for what comes next."""
    c, row = s.counters[0], s.care[o]
    at = wide(NEVER)
    if c["slips"] != 0 and row["slipped_at"] == NONE:
        at = promise(s, o) + 1
    row["at"] = at
    set_timer(s, s.care, wide(CARE_TIMER), o, at)

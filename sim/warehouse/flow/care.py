"""What the shop does about an accepted order while it waits, and the passing of its promise."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.clock import end_of_patience, promise
from sim.warehouse.flow.consent import ask_for_consent, next_consent
from sim.warehouse.flow.gifts import give
from sim.warehouse.flow.messages import next_message, send_messages
from sim.warehouse.flow.notice import notice
from sim.warehouse.flow.timers import set_timer
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import CARE_TIMER, NEVER, NONE, PICKING, WAITING


@compiled
def begin_care(s: Flow, o: int) -> None:
    """Order o was accepted now."""
    row = s.care[o]
    row["patience_end"] = end_of_patience(s, o)
    row["slipped_at"] = NONE
    row["calm"] = 1000
    _go_on(s, o, wide(s.counters[0]["now"]))


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
        give(s, o)
    send_messages(s, o)
    row["at"] = NEVER
    if ask_for_consent(s, o):
        _go_on(s, o, wide(c["now"]) + 1)


@compiled
def _go_on(s: Flow, o: int, since: int) -> None:
    """Set the timer for what comes first of all that is due at `since` or later."""
    c, row = s.counters[0], s.care[o]
    at = min(next_message(s, o, since), next_consent(s, o, since))
    if c["slips"] != 0 and row["slipped_at"] == NONE:
        at = min(at, promise(s, o) + 1)
    row["at"] = min(at, NEVER)
    set_timer(s, wide(CARE_TIMER), o, wide(row["at"]))

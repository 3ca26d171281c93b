"""Messages to customers who wait: when they fall due, and what they do."""

from __future__ import annotations

from sim.warehouse.care_rows import TO_BACKORDERED, TO_LATE
from sim.warehouse.compiled import compiled
from sim.warehouse.flow.cancel import leave
from sim.warehouse.flow.chance import happens
from sim.warehouse.flow.clock import change_patience, placed_at
from sim.warehouse.flow.news import knows_latest
from sim.warehouse.flow.notice import notice
from sim.warehouse.flow.timers import next_of_series
from sim.warehouse.state import Flow, Row, wide
from sim.warehouse.words import NEVER, NONE, PURPOSE_CANCELS_TOLD, WAITING, WRONG_ANSWER


@compiled
def next_message(s: Flow, o: int, since: int) -> int:
    """When the first message about order o falls due, at `since` or later; NEVER if none does."""
    at = wide(NEVER)
    for n in range(s.counters[0]["n_messages"]):
        at = min(at, _next(s, o, s.message[n], since))
    return at


@compiled
def send_messages(s: Flow, o: int) -> None:
    """Send what falls due now about order o, in the order in which the scenario lists them."""
    now = wide(s.counters[0]["now"])
    for n in range(s.counters[0]["n_messages"]):
        if _next(s, o, s.message[n], now) == now:
            _send(s, o, s.message[n])


@compiled
def _next(s: Flow, o: int, message: Row, since: int) -> int:
    """When this message falls due about order o, at `since` or later; NEVER if it does not.

    A line that is whole stays so until the order has been shipped: who misses none now, never will.
    """
    slipped_at = wide(s.care[o]["slipped_at"])
    if message["to"] == TO_LATE and slipped_at == NONE:
        return wide(NEVER)
    if message["to"] == TO_BACKORDERED and s.order[o]["missing_lines"] == 0:
        return wide(NEVER)
    start = slipped_at if message["to"] == TO_LATE else placed_at(s, o)
    first = start + message["first_after"]
    return next_of_series(first, wide(message["every"]), wide(message["at_most"]), since)


@compiled
def _send(s: Flow, o: int, message: Row) -> None:
    """Send a message about order o."""
    nth = wide(s.care[o]["messages"])
    message["sent"] += 1
    s.care[o]["messages"] += 1
    s.care[o]["spent"] += message["cost"]
    if knows_latest(s, o, wide(message["information_age"])):
        change_patience(s, o, wide(message["patience"]))
    else:
        s.care[o]["stale"] += 1
        _mislead(s, o, nth)
    if s.care[o]["calm"] != message["contacts"]:
        s.care[o]["calm"] = message["contacts"]
        if s.counters[0]["desk"] != 0:
            notice(s, o)


@compiled
def _mislead(s: Flow, o: int, nth: int) -> None:
    """What the n-th message about order o says is out of date: it harms like a wrong answer."""
    d = s.desk[0]
    waits = s.counters[0]["desk"] != 0 and s.order[o]["status"] == WAITING
    if not waits or s.concern[o]["cancels"] != 0:
        return
    if happens(s, o, wide(PURPOSE_CANCELS_TOLD), nth, d["wrong_cancels"]):
        leave(s, o, wide(WRONG_ANSWER))
    else:
        change_patience(s, o, d["wrong_patience"])

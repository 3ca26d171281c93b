"""Contacts from the plan to the last word: who waits in line, who hangs up, who is answered."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.desk_rows import (
    ABANDONED,
    CALLER_PATIENCE,
    HANDLING,
    IN_HAND,
    IN_LINE,
    PLANNED,
)
from sim.warehouse.flow.chance import amount
from sim.warehouse.flow.heap import push
from sim.warehouse.flow.laws import TASK_NOT_FIFO, require
from sim.warehouse.flow.notice import notice
from sim.warehouse.flow.queues import append, remove
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import (
    ARRIVAL,
    EXPIRY,
    NEVER,
    NONE,
    PURPOSE_CALLER_PATIENCE,
    PURPOSE_HANDLING,
    TIMERS,
)

_MILLION = 1_000_000


@compiled
def plan(s: Flow, o: int, cause: int, before: int, at: int) -> None:
    """The customer of order o will ask at `at`; again, if there is a contact before (else NONE)."""
    c, concern = s.counters[0], s.concern[o]
    i = wide(c["contact_n"])
    c["contact_n"] = i + 1
    s.desk[0]["open"] += 1
    contact = s.contact[i]
    contact["order"] = o
    contact["cause"] = cause
    contact["first"] = i if before == NONE else s.contact[before]["first"]
    contact["attempt"] = 0 if before == NONE else s.contact[before]["attempt"] + 1
    contact["nth"] = concern["contacts"]
    concern["contacts"] += 1
    contact["state"] = PLANNED
    contact["right"] = NONE
    contact["well"] = NONE
    contact["offered"] = 0
    contact["solution"] = NONE
    contact["sku"] = NONE
    contact["person"] = NONE
    contact["asked_at"] = at
    contact["answered_at"] = NONE
    contact["ended_at"] = NONE
    # Timers of care and of contacts by state come first at an instant, then contacts as planned.
    push(s.heap, c, at, ARRIVAL, TIMERS * c["n_orders"] + c["n_skus"] + i)


@compiled
def ask(s: Flow, i: int) -> None:
    """Contact i is made now: it joins the line, for as long as the caller has patience."""
    c, d, contact = s.counters[0], s.desk[0], s.contact[i]
    o, nth = wide(contact["order"]), wide(contact["nth"])
    d["asked"] += 1
    contact["state"] = IN_LINE
    work = amount(s, o, wide(PURPOSE_HANDLING), nth, wide(HANDLING))
    contact["remaining"] = work
    queue = s.queue[c["contact_queue"]]
    append(s.contact, queue, i)
    queue["length"] += 1
    queue["work"] += work
    c["dirty"] = 1
    if d["hangs_up"] != 0:
        patience = amount(s, o, wide(PURPOSE_CALLER_PATIENCE), nth, wide(CALLER_PATIENCE))
        if patience < NEVER:
            push(s.heap, c, c["now"] + patience, EXPIRY, c["n_orders"] + i)


@compiled
def hang_up(s: Flow, i: int) -> None:
    """Caller i loses patience, unless an agent has taken the call."""
    contact, queue = s.contact[i], s.queue[s.counters[0]["contact_queue"]]
    if contact["state"] == IN_LINE:
        queue["length"] -= 1
        _leave_line(s, i)
        s.desk[0]["abandoned"] += 1
        end_contact(s, i, wide(ABANDONED))


@compiled
def answer(s: Flow, i: int, p: int) -> int:
    """Person p (NONE: unlimited staff) takes the first contact in line. Returns its work in ms."""
    c, d, contact = s.counters[0], s.desk[0], s.contact[i]
    after = wide(contact["next"])
    in_turn = after == NONE or contact["asked_at"] <= s.contact[after]["asked_at"]
    require(c, in_turn and contact["prev"] == NONE, TASK_NOT_FIFO, wide(c["contact_queue"]))
    _leave_line(s, i)
    contact["state"] = IN_HAND
    contact["person"] = p
    contact["answered_at"] = c["now"]
    d["answered"] += 1
    contact["ends_well"] = d["ends_well"]
    if p != NONE:
        person = s.person[p]
        chance = person["ends_well"] * (_MILLION - person["error_rate"]) // _MILLION
        contact["ends_well"] = chance
    return wide(contact["remaining"])


@compiled
def _leave_line(s: Flow, i: int) -> None:
    queue = s.queue[s.counters[0]["contact_queue"]]
    remove(s.contact, queue, i)
    queue["work"] -= s.contact[i]["remaining"]


@compiled
def end_contact(s: Flow, i: int, state: int) -> None:
    """Contact i was answered or abandoned: what the customer makes of it follows this event."""
    contact = s.contact[i]
    s.desk[0]["open"] -= 1
    contact["state"] = state
    contact["ended_at"] = s.counters[0]["now"]
    s.concern[contact["order"]]["spoke"] = i
    notice(s, wide(contact["order"]))

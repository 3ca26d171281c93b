"""What a customer makes of a contact that is over: more patience, less, none, or another call."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.desk_rows import ABANDONED, CALLS_AGAIN_AFTER
from sim.warehouse.flow.cancel import leave
from sim.warehouse.flow.chance import amount, happens
from sim.warehouse.flow.clock import change_patience
from sim.warehouse.flow.contacts import plan
from sim.warehouse.flow.news import knows_latest
from sim.warehouse.flow.solutions import find_solution
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import (
    ENDED_BADLY,
    NONE,
    PURPOSE_CALLS_AGAIN,
    PURPOSE_CALLS_AGAIN_AFTER,
    PURPOSE_CANCELS_BADLY,
    PURPOSE_CANCELS_WRONG,
    PURPOSE_ENDS_WELL,
    WAITING,
    WRONG_ANSWER,
)


@compiled
def digest(s: Flow, o: int) -> None:
    """The customer of order o draws conclusions from the contact that has just ended."""
    d, concern = s.desk[0], s.concern[o]
    i = wide(concern["spoke"])
    concern["spoke"] = NONE
    contact = s.contact[i]
    again = d["calls_again"]
    if contact["state"] != ABANDONED:
        again = _judge(s, o, i)
        if d["n_solutions"] > 0 and find_solution(s, o, i):
            again = wide(0)
    nth = wide(contact["nth"])
    if contact["attempt"] < d["at_most"] and happens(s, o, wide(PURPOSE_CALLS_AGAIN), nth, again):
        delay = amount(s, o, wide(PURPOSE_CALLS_AGAIN_AFTER), nth, wide(CALLS_AGAIN_AFTER))
        plan(s, o, wide(contact["cause"]), i, s.counters[0]["now"] + delay)


@compiled
def _judge(s: Flow, o: int, i: int) -> int:
    """Whether the answer was right and ended well, and the effects if not.

    Returns:
        The chance, of 2**31, that the customer calls again.
    """
    d, contact, concern = s.desk[0], s.contact[i], s.concern[o]
    nth = wide(contact["nth"])
    right = knows_latest(s, o, wide(d["information_age"]))
    well = happens(s, o, wide(PURPOSE_ENDS_WELL), nth, contact["ends_well"])
    contact["right"] = right
    contact["well"] = well
    waits = s.order[o]["status"] == WAITING
    if (right and well) or (waits and concern["cancels"] != 0):
        return wide(0)
    cause = wide(0)
    if not right and happens(s, o, wide(PURPOSE_CANCELS_WRONG), nth, d["wrong_cancels"]):
        cause = wide(WRONG_ANSWER)
    elif not well and happens(s, o, wide(PURPOSE_CANCELS_BADLY), nth, d["badly_cancels"]):
        cause = wide(ENDED_BADLY)
    if waits and cause != 0:
        leave(s, o, cause)
        return wide(0)
    if not right:
        change_patience(s, o, d["wrong_patience"])
    if not well:
        change_patience(s, o, d["badly_patience"])
    return wide(d["calls_again_unresolved"])

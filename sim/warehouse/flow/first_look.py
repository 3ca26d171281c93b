"""The first look at an order as one whose customer may ask: put off for most of them."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.desk_rows import PLACED, UNIT_EXPONENTIAL
from sim.warehouse.flow.chance import amount, happens, which_amount
from sim.warehouse.flow.notice import notice
from sim.warehouse.flow.timers import set_timer
from sim.warehouse.state import DAY_LENGTH, Flow, wide
from sim.warehouse.words import (
    CONTACT_TIMER,
    NEVER,
    NONE,
    OPENED,
    PURPOSE_CAUSED,
    PURPOSE_CONTACT,
)


@compiled
def begin_concern(s: Flow, o: int) -> None:
    """Order o was accepted now: its customer may ask from now on.

    Few do before most orders have ended: who does not ask at once is only looked at with the other
    timers of the order, or when something happens to it. Until then its row stays empty.
    """
    c, tomorrow = s.counters[0], wide(s.counters[0]["days_open"])
    if tomorrow + 1 >= c["n_days"] or s.order[o]["missing_lines"] > 0 or _may_ask_soon(s, o):
        notice(s, o)
    else:
        set_timer(s, wide(CONTACT_TIMER), o, (tomorrow + 1) * DAY_LENGTH)


@compiled
def _may_ask_soon(s: Flow, o: int) -> bool:
    """Whether the customer asks about placing the order, or may within two days of processing."""
    d = s.desk[0]
    if which_amount(s, o, wide(PURPOSE_CONTACT), wide(0)) < d["restless"]:
        return True
    is_new = wide(s.book[o]["flags"]) & OPENED == 0
    return is_new and happens(s, o, wide(PURPOSE_CAUSED), wide(PLACED), d["placed"])


@compiled
def fill_concern(s: Flow, o: int) -> None:
    """Order o is looked at for the first time: its hazard has added up since it was accepted.

    An order that was not complete at once is looked at when it is accepted, before there is any.
    """
    concern, rate = s.concern[o], wide(s.desk[0]["processing"])
    concern["begun"] = 1
    concern["left"] = until_next(s, o, wide(0))
    concern["since"] = s.order[o]["accepted_at"]
    concern["rate"] = rate
    concern["spoke"] = NONE
    find_next(s, o)


@compiled
def find_next(s: Flow, o: int) -> None:
    """Note the instant by which the hazard that is left has added up, at the present rate."""
    concern = s.concern[o]
    rate = wide(concern["rate"])
    at = wide(NEVER)
    if rate > 0:
        at = wide(concern["since"] + (max(0, wide(concern["left"])) + rate - 1) // rate)
    concern["at"] = at


@compiled
def until_next(s: Flow, o: int, nth: int) -> int:
    """Hazard that has to add up for the n-th contact of order o that its states cause."""
    return amount(s, o, wide(PURPOSE_CONTACT), nth, wide(UNIT_EXPONENTIAL))

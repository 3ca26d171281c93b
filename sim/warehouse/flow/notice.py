"""Orders that changed, to be looked at before the next event: does their customer ask?

An event may change thousands of orders, but must find room in the buffers for what it causes. So it
only puts them on a list, which goes on when there is room.
"""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.waiting import parcel_of
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import NONE


@compiled
def notice(s: Flow, o: int) -> None:
    """Order o changed."""
    c, concern = s.counters[0], s.concern[o]
    if concern["listed"] != 0:
        return
    concern["listed"] = 1
    concern["look_next"] = NONE
    if c["look_head"] == NONE:
        c["look_head"] = o
    else:
        s.concern[c["look_tail"]]["look_next"] = o
    c["look_tail"] = o


@compiled
def asks_on_delivery(s: Flow, o: int) -> bool:
    """Whether the customer may have a reason to ask once order o, shipped now, is delivered."""
    d = s.desk[0]
    refuses = d["refund"] > 0 and s.book[o]["refuses_late"] != 0
    return bool(refuses or (d["wrong_item"] > 0 and has_error(s, o)))


@compiled
def has_error(s: Flow, o: int) -> bool:
    """Whether an error was made in a parcel of order o."""
    first = wide(s.order[o]["first_line"])
    for j in range(first, first + wide(s.order[o]["n_lines"])):
        i = parcel_of(s, o, j)
        if i != NONE and s.parcel[i]["wrong"] != 0:
            return True
    return False

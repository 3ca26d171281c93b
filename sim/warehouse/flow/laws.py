"""Laws of the path: checked by the event that could break them, in constant time.

The first breach is noted, and stops the run before the next event. What can only be seen by adding
up is checked after the run, see `sim.warehouse.laws`.
"""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.state import Flow, Row, wide
from sim.warehouse.words import AWAY, EXPECTED, MAILED, PICKING, SIGNED_UP, WAITING

LAWS = {
    1: ("units are never negative", "product"),
    2: ("no free unit lies beside a line that it could fill", "product"),
    3: ("waiting lines are served first in, first out", "order"),
    4: ("no able person is idle beside work that could start", "team"),
    5: ("space used is at least 0 and at most what is committed", "area"),
    6: ("time never runs backwards", "event"),
    7: ("orders change status only along legal ways", "order"),
    8: ("the order book runs on in time, and names known products and classes", "order"),
    9: ("tasks are started first in, first out", "queue"),
    10: ("busy people are on duty", "team"),
    11: ("no more pack stations are busy than there are", "queue"),
    12: ("space used is within the capacity, or counted as overflow", "area"),
    13: ("a cancelled order holds nothing", "order"),
    14: ("the inventory position is as recomputed", "product"),
    15: ("the carrier takes first what was packed first", "order"),
}
"""Laws by the number in `COUNTERS.law`, and what the number in `COUNTERS.law_row` counts."""

# Whole numbers of one width: Numba compiles a helper anew for every literal that it is given.
NEGATIVE_UNITS, FREE_BESIDE_LINE, NOT_FIFO, IDLE_BESIDE_WORK = map(wide, range(1, 5))
SPACE_USED, BACKWARDS, ILLEGAL, BAD_BOOK, TASK_NOT_FIFO = map(wide, range(5, 10))
OFF_DUTY, STATIONS, CAPACITY, HOLDS_NOTHING, POSITION, PICKUP_NOT_FIFO = map(wide, range(10, 16))

_AT_CHECKOUT = 1 << EXPECTED | 1 << AWAY | 1 << MAILED
_LEGAL = (
    0,  # expected: never again
    _AT_CHECKOUT,  # away: comes back later, unprompted
    _AT_CHECKOUT,  # signed up
    1 << SIGNED_UP,  # mailed
    _AT_CHECKOUT,  # waiting
    1 << WAITING | 1 << PICKING,  # picking
    1 << PICKING,  # shipped
    1 << WAITING,  # cancelled
    _AT_CHECKOUT | 1 << SIGNED_UP,  # lost
)
"""From which status an order may come to each status, as bits."""


@compiled
def require(c: Row, holds: bool, law: int, row: int) -> None:
    """Note the first breach of a law, and where it happened."""
    if not holds and c["law"] == 0:
        c["law"], c["law_row"] = law, row


@compiled
def all_accounted_for(team: Row) -> bool:
    """Whether everybody on duty is either idle or busy, and nobody else is."""
    return bool(team["busy"] >= 0 and team["idle"] + team["busy"] == team["on_duty"])


@compiled
def become(s: Flow, o: int, status: int) -> None:
    """Order o changes its status, along a legal way."""
    order = s.order[o]
    legal = _LEGAL[status] >> wide(order["status"]) & 1 != 0
    require(s.counters[0], legal, ILLEGAL, o)
    order["status"] = status

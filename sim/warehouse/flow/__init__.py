"""The order flow: everything that happens to orders, compiled, between the events of the business.

Each function does one thing to the state at an instant `at` (ms), and keeps the integrals exact.
The flow's clock never runs backwards; a broken law stops the run with `LawBroken`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import LawBroken
from sim.warehouse.flow.advance import (
    ADVANCE,
    END_SEASON,
    PICKUP,
    RECEIVE_UNITS,
    SETTLE,
    STAFF_OFF,
    STAFF_ON,
    UNLOAD,
    call,
)
from sim.warehouse.flow.laws import LAWS
from sim.warehouse.words import BUFFER_FULL, LAW_BROKEN, NONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.warehouse.allocate import State
    from sim.warehouse.state import Row, Table

__all__ = [
    "advance",
    "dock",
    "end_season",
    "law_broken",
    "pickup",
    "receive",
    "settle",
    "staff_off",
    "staff_on",
]


def advance(state: State, at: int, rank: int) -> int:
    """Let everything happen that comes before (at, rank), or until the business has to decide.

    Full buffers are enlarged on the way.

    Returns:
        REACHED: the flow stands at (at, rank). REORDER: SKUs fell to their trigger at `noted_at`,
        and the note about them is acted on at once. NOTES: by now such a note may be acted on, and
        the flow stands at (`state.c["now"]`, REVIEW).
        WITHDRAW: SKUs with `withdraw` have units to take back from suppliers. HURRY: an agent asked
        to hurry the next delivery of the SKU before `state.c["hurry"]`, which is to be set to 0.
        DRAINED: the season is over and every order has ended. The flow stands at `state.c["now"]`.

    Raises:
        LawBroken: A law of the path does not hold.
    """
    while True:
        reason = int(call(ADVANCE, at, rank, 0, 0, 0, state.handle))
        if reason == BUFFER_FULL:
            state.grow()
        elif reason == LAW_BROKEN:
            raise law_broken(state.c)
        else:
            return reason


def receive(state: State, at: int, sku: int, units: int) -> None:
    """Units from a supplier are put away at once: there is no dock work."""
    call(RECEIVE_UNITS, at, 0, sku, units, 0, state.handle)


def dock(state: State, at: int, sku: int, units: int, queue: int, work: int) -> int:
    """Units from a supplier wait for dock work of `work` ms, in queue CROSS_DOCK or RECEIVE.

    Returns:
        The row of the task in `state.dock`.
    """
    if state.c["dock_n"] >= len(state.dock):
        state.grow()
    return int(call(UNLOAD, at, work, sku, units, queue, state.handle))


def staff_on(state: State, at: int, roll: Table | Sequence[tuple[int, int, int]]) -> None:
    """The shifts of these people start: rows of ROLL with person, speed and error rate."""
    state.roll[: len(roll)] = roll
    call(STAFF_ON, at, 0, len(roll), 0, 0, state.handle)


def staff_off(state: State, at: int, people: Sequence[int]) -> None:
    """The shifts of these people end. At one instant, name them in descending order."""
    state.roll["person"][: len(people)] = people
    call(STAFF_OFF, at, 0, len(people), 0, 0, state.handle)


def pickup(state: State, at: int, capacity: int = -1) -> int:
    """The carrier takes up to `capacity` packed parcels, all if negative. Returns how many."""
    c = state.c
    if c["returns"] and c["heap_n"] + c["pickup_n"] > c["heap_room"]:
        state.grow()  # each of them may come back
    return int(call(PICKUP, at, 0, capacity, 0, 0, state.handle))


def settle(state: State, at: int) -> None:
    """Bring every integral up to `at`."""
    call(SETTLE, at, 0, 0, 0, 0, state.handle)


def end_season(state: State, at: int) -> None:
    """No new shopper from now on; pending sign-ups and comebacks are lost."""
    call(END_SEASON, at, 0, 0, 0, 0, state.handle)


def law_broken(counters: Row) -> LawBroken:
    """What to raise for the law of the path that these counters say was broken."""
    law, kind = LAWS[int(counters["law"])]
    row = int(counters["law_row"])
    place = kind if row == NONE else f"{kind} {row}"
    return LawBroken(law, f"{place} at {int(counters['now'])} ms")

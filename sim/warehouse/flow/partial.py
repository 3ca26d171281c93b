"""A part of an order that was to ship complete: what is whole leaves now, the rest waits."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.parcels import blank_parcel, form_parcel, ready
from sim.warehouse.flow.waiting import misses
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import NONE


@compiled
def can_ship_part(s: Flow, o: int) -> bool:
    """Whether a whole line waits in one parcel with a line that misses units."""
    i = _incomplete(s, o)
    first = wide(s.book[o]["first_line"])
    for j in range(first, first + wide(s.book[o]["n_lines"])):
        w = wide(s.line[j]["wait"])
        if w >= 0 and s.wait[w]["parcel"] == i and not misses(s, j):
            return True
    return False


@compiled
def _incomplete(s: Flow, o: int) -> int:
    """The parcel of the first line of order o that misses units; NONE: none does."""
    first = wide(s.book[o]["first_line"])
    for j in range(first, first + wide(s.book[o]["n_lines"])):
        if misses(s, j):
            return wide(s.wait[s.line[j]["wait"]]["parcel"])
    return wide(NONE)


@compiled
def ship_part(s: Flow, o: int) -> None:
    """Lines that miss units move to a parcel of their own; the one they leave is ready."""
    c, left = s.counters[0], _incomplete(s, o)
    i = wide(c["parcel_n"])
    c["parcel_n"] += 1
    blank_parcel(s.parcel[i])
    moved = wide(0)
    first = wide(s.book[o]["first_line"])
    for j in range(first, first + wide(s.book[o]["n_lines"])):
        if misses(s, j):
            s.wait[s.line[j]["wait"]]["parcel"] = i
            moved += 1
    form_parcel(s, i, o, wide(1), moved)
    s.parcel[left]["lines"] -= moved
    ready(s, left)

"""Gift wrapping, as work of those who pack."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.chance import happens
from sim.warehouse.flow.extras import extra_of
from sim.warehouse.flow.waiting import parcel_of
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import NONE, PURPOSE_WRAP


@compiled
def wrapping_work(s: Flow, i: int) -> int:
    """Work that wrapping adds to parcel i, in ms; 0 if its customer does not want it."""
    c, o = s.counters[0], wide(s.parcel[i]["order"])
    if not happens(s, o, wide(PURPOSE_WRAP), wide(0), wide(c["wraps"])):
        return wide(0)
    first, units = wide(s.order[o]["first_line"]), wide(i == o and extra_of(s, o) != NONE)
    for j in range(first, first + wide(s.order[o]["n_lines"])):
        if parcel_of(s, o, j) == i:
            units += wide(s.book_line[j]["units"])
    return wide(c["wrap_parcel"] + c["wrap_unit"] * units)

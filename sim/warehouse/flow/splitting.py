"""Whether an order that is short travels in several parcels."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.chance import happens
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import BY_CHOICE, PURPOSE_SPLIT


@compiled
def goes_split(s: Flow, o: int) -> bool:
    """Order o, some line of which is short, ships what is there first: by rule or by choice."""
    c = s.counters[0]
    if c["split"] != BY_CHOICE:
        return bool(c["split"] != 0)
    several = s.book[o]["n_lines"] > 1
    return several and happens(s, o, wide(PURPOSE_SPLIT), wide(0), wide(c["wants_split"]))

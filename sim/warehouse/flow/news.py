"""Whether those who inform customers have heard the latest about goods that are still to come."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.waiting import misses, sku_of
from sim.warehouse.state import Flow, wide


@compiled
def knows_latest(s: Flow, o: int, age: int) -> bool:
    """Whether there was no news of a product that order o misses since the last refresh.

    Args:
        s: The state.
        o: An accepted order.
        age: Interval between refreshes, which begin with the run; 0 = always up to date.
    """
    if age == 0 or s.order[o]["missing_lines"] == 0:
        return True
    now = s.counters[0]["now"]
    informed_at = now - now % age
    first = wide(s.book[o]["first_line"])
    for j in range(first, first + wide(s.book[o]["n_lines"])):
        if misses(s, j) and s.sku[sku_of(s, j)]["news_at"] > informed_at:
            return False
    return True

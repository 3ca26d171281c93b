"""A product falls to its reorder point: a note goes out, for the business to decide."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.laws import POSITION, require
from sim.warehouse.state import Flow, Row, wide


@compiled
def check_trigger(s: Flow, k: int) -> None:
    """Send a note about SKU k if its basis is at its reorder point or below."""
    c, sku = s.counters[0], s.sku[k]
    on_hand = sku["free"] + sku["at_dock"]
    position = on_hand + sku["on_order"] - sku["backorders"]
    require(c, sku["position"] == position, POSITION, k)
    if sku["armed"] != 0 and _basis(sku) <= sku["trigger"]:
        sku["armed"] = 0
        sku["noted_at"] = c["now"]
        _expect_reader(c)


@compiled
def _expect_reader(c: Row) -> None:
    """The business takes the note over at once, or no later than anybody may act on it."""
    acted_on = max(c["now"], c["reads_from"]) + c["note_delay"]
    if acted_on == c["now"]:
        c["due"] += 1
    else:
        c["notes_by"] = min(c["notes_by"], acted_on)


@compiled
def _basis(sku: Row) -> int:
    """Inventory position, or the level: the same without what is on order."""
    if sku["on_level"] != 0:
        return wide(sku["position"] - sku["on_order"])
    return wide(sku["position"])

"""From the carrier to the customer: when an order is delivered, and whether that is too late.

Shared with the pass over the ledger. What is told (`t`) has the fields `carrier`, `handling`,
`n_cuts`, `cut`, `express`, `margin` and `n_slow`.
"""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.clock import ship_by
from sim.warehouse.flow.spans import span
from sim.warehouse.state import Row, Table, wide
from sim.warehouse.words import NEVER, NONE


@compiled
def stretch_of(t: Row, slow: Table, at: int) -> int:
    """The slow stretch of the carrier that holds at an instant; NONE: none."""
    for row in range(wide(t["n_slow"]) - 1, -1, -1):
        if slow[row]["first"] <= at < slow[row]["last"]:
            return wide(row)
    return wide(NONE)


@compiled
def has_ship_date(t: Row, order: Row) -> bool:
    """Whether an accepted order was promised a ship date: by its quoted wait, or by the carrier."""
    return bool(order["quote"] > 0 or t["carrier"] != 0 or t["handling"] > 0)


@compiled
def promised_ship_date(t: Row, cuts: Table, order: Row) -> int:
    """Until when an accepted order was to leave: the ship date of goods on hand after its quote.

    NEVER if it was promised none.
    """
    if not has_ship_date(t, order):
        return wide(NEVER)
    return wide(min(NEVER, ship_by(t, cuts, wide(order["accepted_at"]) + wide(order["quote"]))))


@compiled
def delivered_at(t: Row, slow: Table, order: Row, book: Row, late: bool) -> int:
    """When an order that was shipped is with the customer; `late`: after the promised ship date."""
    left = wide(order["ended_at"])
    if late and t["express"] != 0:
        return left + span(book["express_transit"])
    transit = span(book["transit"])
    row = stretch_of(t, slow, left)
    if row == NONE:
        return left + transit
    per_mille = wide(slow[row]["per_mille"])
    if transit >= NEVER // max(1, per_mille):  # some centuries, and their product over 64 bits
        return NEVER
    return left + (transit * per_mille + 500) // 1000


@compiled
def comes_too_late(t: Row, book: Row, delivered: int) -> bool:
    """Whether a delivery comes after the date on which the goods were needed."""
    needed_by = span(book["needed_by"])
    return bool(needed_by != NEVER and delivered > needed_by + t["margin"])

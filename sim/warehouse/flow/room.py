"""Room in the growing tables for what may happen next; compiled code checks no bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.warehouse.compiled import compiled

if TYPE_CHECKING:
    from sim.warehouse.state import Row

_SPARE = 8
"""Rows that the growing tables must have left before an event, or a look at an order."""


@compiled
def has_room(c: Row) -> bool:
    """Whether the growing tables have room for any event but a mailing."""
    room = c["heap_n"] + c["n_skus"] + c["n_messages"] + _SPARE <= c["heap_room"]
    room = room and c["space_n"] + _SPARE <= c["space_room"]
    room = room and c["wait_n"] + c["lines_at_most"] <= c["wait_room"]
    room = room and (c["returns"] == 0 or c["dock_n"] + c["lines_at_most"] <= c["dock_room"])
    room = room and c["contact_n"] + _SPARE <= c["contact_room"]
    parcels = min(c["parcel_n"] + c["lines_at_most"], c["n_parcels"])
    return bool(room and parcels <= c["parcel_room"])


@compiled
def has_room_for_mails(c: Row, signups: int) -> bool:
    """Whether the heap has room for this many mails at once."""
    return bool(c["heap_n"] + c["n_skus"] + signups + _SPARE <= c["heap_room"])

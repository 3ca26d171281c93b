"""What a shopper remembers: the fate of the order, and whether it was right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.warehouse.compiled import compiled
from sim.warehouse.counts.lines import has_error
from sim.warehouse.state import wide
from sim.warehouse.words import CANCELLED, LOST, NONE

if TYPE_CHECKING:
    from sim.warehouse.counts.rows import Rows

FATES = ("on_time", "backordered", "alert", "late", "cancelled", "lost")
"""Fates in the order of the rows of `OF_FATE`, under the names of `retention.repeat`.

An order that had not ended when the run did is late."""
ON_TIME, ON_BACKORDER, BY_ALERT, LATE, GAVE_UP, LEFT = map(wide, range(len(FATES)))


@compiled
def count_unshipped(s: Rows, o: int) -> None:
    """A shopper whose order was not shipped."""
    order = s.order[o]
    if order["status"] == LOST:
        _count(s, o, LEFT)
    elif order["status"] == CANCELLED:
        _count(s, o, GAVE_UP)
    else:
        _count(s, o, LATE)


@compiled
def count_shipped(s: Rows, o: int, in_time: bool) -> None:
    """A shopper whose order was shipped; `in_time`: by the promised date, and not refused."""
    order = s.order[o]
    if not in_time:
        _count(s, o, LATE)
    elif order["by_alert"] == 1:
        _count(s, o, BY_ALERT)
    elif order["backordered"] == 1:
        _count(s, o, ON_BACKORDER)
    else:
        _count(s, o, ON_TIME)


@compiled
def _count(s: Rows, o: int, fate: int) -> None:
    row = s.of_fate[fate]
    row["shoppers"] += 1
    s.of_order[o]["fate"] = fate
    if s.order[o]["accepted_at"] != NONE and has_error(s, o):
        row["wrong"] += 1
        s.of_order[o]["wrong"] = 1

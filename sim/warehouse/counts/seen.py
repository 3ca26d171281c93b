"""What the shop sees of demand, by day of the season and product."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.warehouse.compiled import compiled
from sim.warehouse.counts.lines import sku_of
from sim.warehouse.state import DAY_LENGTH, wide
from sim.warehouse.words import DROPPED, NONE, OPENED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.warehouse.counts.rows import Rows
    from sim.warehouse.ledger import Ledger


def day_edges(ledger: Ledger) -> NDArray[np.int64]:
    """Midnights within the season, with its start and its end: where its days begin and end."""
    first, last = ledger.window
    inside = ledger.days.at[(ledger.days.at > first) & (ledger.days.at < last)]
    return np.concatenate([[first], inside, [last]]).astype(np.int64)


@compiled
def see(s: Rows, o: int) -> None:
    """Count the units of order o that were asked for, sold, missing, or signed up for."""
    book, order = s.book[o], s.order[o]
    accepted = order["accepted_at"] != NONE
    came, placed, waits = wide(NONE), wide(NONE), wide(NONE)
    if wide(book["flags"]) & OPENED == 0:
        came = _day(s, wide(book["placed_at"]))
    if accepted:
        placed = _day(s, wide(order["accepted_at"]))
    elif order["waits_from"] != NONE:
        waits = _day(s, wide(order["waits_from"]))
    first, n_skus = wide(book["first_line"]), wide(s.terms[0]["n_skus"])
    for j in range(first, first + wide(book["n_lines"])):
        k, units = wide(s.book_line[j]["sku"]), wide(s.book_line[j]["units"])
        if came != NONE:
            s.seen[came * n_skus + k]["asked"] += units
        if waits != NONE:
            s.seen[waits * n_skus + k]["signed_up"] += units
        if placed != NONE and s.line[j]["wait"] != DROPPED:
            w = wide(s.line[j]["wait"])
            missing = wide(s.wait[w]["backordered"]) if w >= 0 else wide(0)
            row = s.seen[placed * n_skus + sku_of(s, j)]
            row["sold"] += units - missing
            row["backordered"] += missing


@compiled
def _day(s: Rows, at: int) -> int:
    """Number of the season's day on which something happened; NONE outside the season."""
    t = s.terms[0]
    if at < t["first"] or at >= t["last"]:
        return wide(NONE)
    return wide(0) if at < t["midnight"] else 1 + (at - wide(t["midnight"])) // DAY_LENGTH

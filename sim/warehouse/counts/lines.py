"""Order lines: units asked for, missing, dropped and shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.warehouse.compiled import compiled
from sim.warehouse.state import wide
from sim.warehouse.words import DROPPED, NONE, SUBSTITUTED

if TYPE_CHECKING:
    from sim.warehouse.counts.rows import Rows
    from sim.warehouse.state import Row


@compiled
def basket(s: Rows, o: int) -> tuple[int, int, int, int, int]:
    """Units of order o.

    Returns:
        Units asked for; of these dropped; missing at placement; taken back out of staging by a
        cancellation; and the instant at which the last one was reserved, NONE while some are still
        to come.
    """
    first, whole_at = wide(s.book[o]["first_line"]), wide(s.order[o]["accepted_at"])
    asked, dropped, missing, staged, waits = 0, 0, 0, 0, False
    for j in range(first, first + wide(s.book[o]["n_lines"])):
        w, units = wide(s.line[j]["wait"]), wide(s.book_line[j]["units"])
        asked += units
        if w == DROPPED:
            dropped += units
        elif w >= 0:
            wait = s.wait[w]
            staged += wide(wait["staged_at_cancel"])
            if wait["backordered"] != 0:
                missing += wide(wait["backordered"])
                waits = waits or wait["whole_at"] == NONE
                whole_at = max(whole_at, wide(wait["whole_at"]))
    return asked, dropped, missing, staged, wide(NONE) if waits else whole_at


@compiled
def last_sku(s: Rows, o: int, whole_at: int) -> int:
    """SKU of the line of backorder o that was the last to become whole, at `whole_at`."""
    first = wide(s.book[o]["first_line"])
    for j in range(first, first + wide(s.book[o]["n_lines"])):
        w = wide(s.line[j]["wait"])
        if w >= 0 and s.wait[w]["backordered"] != 0 and s.wait[w]["whole_at"] == whole_at:
            return sku_of(s, j)
    return wide(NONE)


@compiled
def at_once(s: Rows, o: int) -> tuple[int, int]:
    """Lines of an order that were wholly on hand, and units on hand, as they were asked for."""
    first, lines, units = wide(s.book[o]["first_line"]), 0, 0
    for j in range(first, first + wide(s.book[o]["n_lines"])):
        w = wide(s.line[j]["wait"])
        if w not in (DROPPED, SUBSTITUTED):
            missing = wide(0) if w == NONE else wide(s.wait[w]["backordered"])
            lines += missing == 0
            units += wide(s.book_line[j]["units"]) - missing
    return lines, units


@compiled
def goods(s: Rows, o: int, by_alert: bool, refused: bool) -> None:
    """Count the units of an order that was shipped, by product."""
    first = wide(s.book[o]["first_line"])
    for j in range(first, first + wide(s.book[o]["n_lines"])):
        units = wide(s.book_line[j]["units"])
        if s.line[j]["wait"] == DROPPED:
            continue
        _went(s.of_sku[sku_of(s, j)], units, by_alert, refused)
    extra = extra_of(s, o)
    if extra != NONE:
        _went(s.of_sku[extra], wide(1), by_alert, refused)


@compiled
def _went(own: Row, units: int, by_alert: bool, refused: bool) -> None:
    """Units of a product were shipped."""
    own["shipped"] += units
    if by_alert:
        own["by_alert"] += units
    if refused:
        own["refused"] += units
        own["refused_by_alert"] += units if by_alert else 0


@compiled
def sent_back(s: Rows, o: int) -> None:
    """Count the units of an order that came back, by product."""
    first, resold = wide(s.book[o]["first_line"]), s.back[o]["resold"] != 0
    by_alert = s.order[o]["by_alert"] == 1
    for j in range(first, first + wide(s.book[o]["n_lines"])):
        if s.line[j]["wait"] != DROPPED:
            units = wide(s.book_line[j]["units"])
            _came_back(s.of_sku[sku_of(s, j)], units, by_alert, resold)
    extra = extra_of(s, o)
    if extra != NONE:
        _came_back(s.of_sku[extra], wide(1), by_alert, resold)


@compiled
def _came_back(own: Row, units: int, by_alert: bool, resold: bool) -> None:
    """Units of a product were returned."""
    own["returned"] += units
    own["returned_by_alert"] += units if by_alert else 0
    own["written_off"] += 0 if resold else units


@compiled
def goods_not_charged(s: Rows, o: int) -> None:
    """Count the units in parcels that were shipped of another order that was placed."""
    first = wide(s.book[o]["first_line"])
    for j in range(first, first + wide(s.book[o]["n_lines"])):
        i = parcel_of(s, o, j)
        if i != NONE and s.parcel[i]["shipped_at"] != NONE:
            s.of_sku[sku_of(s, j)]["not_charged"] += wide(s.book_line[j]["units"])
    extra = extra_of(s, o)
    if extra != NONE and s.parcel[o]["shipped_at"] != NONE:
        s.of_sku[extra]["not_charged"] += 1


@compiled
def extra_of(s: Rows, o: int) -> int:
    """The product of which order o bought a unit on a recommendation; NONE without."""
    return wide(s.extra[o]["sku"]) if s.terms[0]["recommends"] != 0 else wide(NONE)


@compiled
def has_error(s: Rows, o: int) -> bool:
    """Whether an error was made in a parcel of an order that was shipped."""
    first = wide(s.book[o]["first_line"])
    for j in range(first, first + wide(s.book[o]["n_lines"])):
        i = parcel_of(s, o, j)
        if i != NONE and s.parcel[i]["wrong"] == 1:
            return True
    return False


@compiled
def parcel_of(s: Rows, o: int, j: int) -> int:
    """The parcel of line j of an order that was placed; NONE of a line that was dropped."""
    w = wide(s.line[j]["wait"])
    if w == DROPPED:
        return wide(NONE)
    return wide(s.wait[w]["parcel"]) if w >= 0 else wide(o)


@compiled
def sku_of(s: Rows, j: int) -> int:
    """The SKU of line j, after substitution."""
    k, w = wide(s.book_line[j]["sku"]), wide(s.line[j]["wait"])
    if w == SUBSTITUTED or (w >= 0 and s.wait[w]["swapped"] != 0):
        return wide(s.sku[k]["substitute"])
    return k

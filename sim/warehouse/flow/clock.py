"""How long a waiting order lives: its earliest cause of cancellation."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.spans import span
from sim.warehouse.flow.timers import set_timer
from sim.warehouse.flow.waiting import sku_of
from sim.warehouse.state import Flow, Row, Table, wide
from sim.warehouse.words import ELSEWHERE, EXPIRY_TIMER, NEEDED_BY, NEVER, OPENED, PATIENCE, WAITING


@compiled
def first_cause(s: Flow, o: int) -> tuple[int, int]:
    """When order o gives up, and why; NEVER if it does not.

    Ties go to patience, then the needed-by date, then elsewhere, then the other causes.
    """
    order, book = s.order[o], s.book[o]
    accepted_at, placed = order["accepted_at"], placed_at(s, o)
    at, cause = NEVER, 0
    patience_end = s.care[o]["patience_end"] if s.counters[0]["care"] else end_of_patience(s, o)
    if patience_end < NEVER:
        at, cause = patience_end, PATIENCE
    needed_by = span(book["needed_by"])
    if accepted_at <= needed_by < at:
        at, cause = needed_by, NEEDED_BY
    found_after, other_after = span(book["elsewhere_after"]), span(book["other_after"])
    if found_after < NEVER and placed + found_after < at and _sold_elsewhere(s, o):
        at, cause = placed + found_after, ELSEWHERE
    if other_after < NEVER and placed + other_after < at:
        at, cause = placed + other_after, wide(book["other_cause"])
    return wide(at), wide(cause)


@compiled
def placed_at(s: Flow, o: int) -> int:
    """When an accepted order was placed: on the visit that was accepted, or before the run."""
    opened = wide(s.book[o]["flags"]) & OPENED
    return wide(s.book[o]["placed_at"] if opened else s.order[o]["accepted_at"])


@compiled
def end_of_patience(s: Flow, o: int) -> int:
    """When the patience of order o ends, if nobody changes it."""
    patience = span(s.book[o]["patience"])
    if patience >= NEVER:
        return NEVER
    from_promise = s.counters[0]["patience_from_promise"] != 0
    start = promise(s, o) if from_promise else placed_at(s, o)
    return min(NEVER, wide(start + patience))


@compiled
def change_patience(s: Flow, o: int, per_mille: int) -> None:
    """Multiply the patience that order o has left, if it waits and has an end; rounded half up.

    Without rows of `care` there is nobody who could call this.
    """
    c, care = s.counters[0], s.care[o]
    if s.order[o]["status"] != WAITING or care["patience_end"] >= NEVER or per_mille == 1000:
        return
    left = max(0, wide(care["patience_end"] - c["now"]))
    if left >= NEVER // max(1, per_mille):  # some centuries, and their product more than 64 bits
        care["patience_end"] = NEVER
    else:
        care["patience_end"] = c["now"] + (left * per_mille + 500) // 1000
    if per_mille < 1000:
        schedule_expiry(s, o)  # longer: the timer that is set finds that it is early


@compiled
def schedule_expiry(s: Flow, o: int) -> None:
    """Remember when order o gives up, if it does."""
    at, _ = first_cause(s, o)
    set_timer(s, wide(EXPIRY_TIMER), o, at)


@compiled
def promise(s: Flow, o: int) -> int:
    """Until when order o is to be shipped: its quote, else the promised ship date."""
    order = s.order[o]
    if order["quote"] > 0:
        return wide(order["accepted_at"] + order["quote"])
    return ship_by(s.counters[0], s.cuts, wide(order["accepted_at"]))


@compiled
def _sold_elsewhere(s: Flow, o: int) -> bool:
    """Whether a line that was short at placement can be had from a competitor, and still is it."""
    book = s.book[o]
    first = wide(book["first_line"])
    for j in range(first, first + wide(book["n_lines"])):
        w = wide(s.line[j]["wait"])
        if w < 0 or s.wait[w]["backordered"] == 0 or s.wait[w]["swapped"] != 0:
            continue
        if s.sku[sku_of(s, j)]["elsewhere"] != 0:
            return True
    return False


@compiled
def ship_by(c: Row, cuts: Table, at: int) -> int:
    """Promised ship date of what is on hand at `at`; NEVER if it lies beyond the cut-offs.

    Args:
        c: Tells whether parcels wait for pickups (`carrier`), `handling`, and `n_cuts`; keeps
            where the last search ended (`cut`).
        cuts: Cut-offs by time, rows of `CUT`.
        at: Instant in ms of the run.
    """
    if c["carrier"] == 0:
        return wide(at + c["handling"])
    if not _is_first(c, cuts, at):
        c["cut"] = _first_cut(c, cuts, at)
    if c["cut"] == c["n_cuts"]:
        return NEVER
    return wide(cuts[c["cut"]]["ships_at"])


@compiled
def _is_first(c: Row, cuts: Table, at: int) -> bool:
    """Whether the search for `at` ends where the last one did, as most do."""
    n = wide(c["cut"])
    after = n == c["n_cuts"] or cuts[n]["order_by"] >= at
    return bool(after and (n == 0 or cuts[n - 1]["order_by"] < at))


@compiled
def _first_cut(c: Row, cuts: Table, at: int) -> int:
    """The first cut-off at `at` or later; `n_cuts` if there is none."""
    low, high = wide(0), wide(c["n_cuts"])
    while low < high:
        middle = (low + high) // 2
        if cuts[middle]["order_by"] < at:
            low = middle + 1
        else:
            high = middle
    return low

"""An order is accepted: reservation, parcels, the clock of its patience, the reorder check."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.area import note_space, stage
from sim.warehouse.flow.care import begin_care
from sim.warehouse.flow.clock import schedule_expiry
from sim.warehouse.flow.extras import recommend
from sim.warehouse.flow.first_look import begin_concern
from sim.warehouse.flow.integrals import settle_counts, settle_sku
from sim.warehouse.flow.laws import (
    FREE_BESIDE_LINE,
    NEGATIVE_UNITS,
    become,
    require,
)
from sim.warehouse.flow.parcels import blank_parcel, form_parcel, ready
from sim.warehouse.flow.quote import lacks
from sim.warehouse.flow.splitting import goes_split
from sim.warehouse.flow.trigger import check_trigger
from sim.warehouse.flow.waiting import expect, join_queue, sku_of
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import DROPPED, EXPIRY, NONE, WAITING


@compiled
def accept(s: Flow, o: int, quote: int, short: bool) -> None:
    """Order o is accepted with this quoted wait; short: some line cannot be whole at once."""
    c = s.counters[0]
    order, book = s.order[o], s.book[o]
    settle_counts(c)
    c["accepted"] += 1
    c["in_system"] += 1
    become(s, o, wide(WAITING))
    order["accepted_at"] = c["now"]
    order["quote"] = quote
    order["backordered"] = short
    first = wide(book["first_line"])
    last = first + wide(book["n_lines"])
    if short and goes_split(s, o):
        order["split"] = 1
        _form_split_parcels(s, o, first, last)
    else:
        _form_parcel(s, o, first, last, short)
    for j in range(first, last):
        if s.line[j]["wait"] != DROPPED:
            _reserve(s, o, j)
    if c["recommends"] != 0 and order["by_alert"] != 0:
        recommend(s, o)
    if short:
        c["backorders_open"] += 1
        note_space(s)
    if c["care"] != 0:
        begin_care(s, o)
    if c["desk"] != 0:
        begin_concern(s, o)
    if short or c["highest_rank"] >= EXPIRY:
        schedule_expiry(s, o)
    else:
        _remember(s, o)
    if s.parcel[o]["backorder"] == 0:
        ready(s, o)
    _check_triggers(s, first, last)


@compiled
def _remember(s: Flow, o: int) -> None:
    """Most orders that are complete at once start within the instant and never need an expiry.

    So the heap gets it only after the dispatch, for the order that still waits. Once others cancel
    at this instant, the next dispatch comes after the expiry, and this is not for it.
    """
    c = s.counters[0]
    if c["fresh"] != NONE:
        schedule_expiry(s, wide(c["fresh"]))
    c["fresh"] = o


@compiled
def _form_parcel(s: Flow, o: int, first: int, last: int, short: bool) -> None:
    """All lines travel together, and wait for each other."""
    lines = 0
    for j in range(first, last):
        if s.line[j]["wait"] != DROPPED:
            lines += 1
            if short:
                expect(s, j, o)
    form_parcel(s, o, o, wide(short), wide(lines))


@compiled
def _form_split_parcels(s: Flow, o: int, first: int, last: int) -> None:
    """What is on hand forms the first parcel; every other line has a parcel of its own."""
    c = s.counters[0]
    whole = 0
    for j in range(first, last):
        if s.line[j]["wait"] != DROPPED:
            whole += not lacks(s, j)
    if whole > 0:
        form_parcel(s, o, o, wide(0), wide(whole))
    for j in range(first, last):
        if s.line[j]["wait"] == DROPPED or not lacks(s, j):
            continue
        i = o
        if s.parcel[o]["order"] != NONE:
            i = wide(c["parcel_n"])
            c["parcel_n"] += 1
            blank_parcel(s.parcel[i])
        expect(s, j, i)
        form_parcel(s, i, o, wide(1), wide(1))


@compiled
def _reserve(s: Flow, o: int, j: int) -> None:
    """The line takes what is on the shelf; what is missing joins the SKU's queue.

    Units of a parcel that is not complete at once are staged.
    """
    c = s.counters[0]
    k, w = sku_of(s, j), wide(s.line[j]["wait"])
    sku = s.sku[k]
    settle_sku(c, sku)
    units = wide(s.book_line[j]["units"])
    taken = min(wide(sku["free"]), units)
    sku["free"] -= taken
    sku["position"] -= units
    sku["sold"] += units
    if w < 0:
        sku["reserved"] += taken
        require(c, taken == units, NEGATIVE_UNITS, k)
        return
    wait = s.wait[w]
    wait["reserved"] = taken
    if taken > 0:
        stage(c, wait, sku, taken)
    missing = units - taken
    if missing == 0:
        wait["whole_at"] = c["now"]
    else:
        wait["backordered"] = missing
        sku["backorders"] += missing
        c["committed"] += missing * sku["volume"]
        s.order[o]["missing_lines"] += 1
        join_queue(s, o, w)
        require(c, sku["free"] == 0, FREE_BESIDE_LINE, k)


@compiled
def _check_triggers(s: Flow, first: int, last: int) -> None:
    """SKUs that fell to their reorder point are handed back to the business."""
    for j in range(first, last):
        if s.line[j]["wait"] != DROPPED:
            check_trigger(s, sku_of(s, j))

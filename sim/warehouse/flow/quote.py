"""What the shop shows a shopper whose basket is short, and how the basket may be changed."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.splitting import goes_split
from sim.warehouse.flow.waiting import sku_of
from sim.warehouse.state import PIPELINE_SLOTS, Flow, wide
from sim.warehouse.words import ALERTS, BACKORDER, DROPPED, HYBRID, NONE, SUBSTITUTED


@compiled
def look(s: Flow, o: int) -> tuple[int, bool, int, bool]:
    """What is on offer for a short basket.

    Returns:
        The longest quoted wait in ms; whether a backorder is offered; the SKU whose alert is
        offered, NONE without; whether a short SKU can be had from a competitor.
    """
    c = s.counters[0]
    book = s.book[o]
    quote, offered, alert_sku, elsewhere = 0, True, NONE, False
    alert_wait, space = NONE, 0
    split = c["check_area"] != 0 and goes_split(s, o)
    first = wide(book["first_line"])
    for j in range(first, first + wide(book["n_lines"])):
        k, units = sku_of(s, j), wide(s.book_line[j]["units"])
        sku = s.sku[k]
        missing = max(0, units - shown(s, k))
        space += (missing if split else units) * wide(sku["volume"])
        if missing == 0:
            continue
        wait = quoted_wait(s, k, missing)
        quote = max(quote, wait)
        offered = offered and wait <= c["cap_quote"] and _sells_backorder(s, k, missing)
        elsewhere = elsewhere or sku["elsewhere"] != 0
        if (sku["mode"] == ALERTS or sku["mode"] == HYBRID) and wait > alert_wait:
            alert_sku, alert_wait = k, wait
    if c["check_area"] != 0 and c["committed"] + space > c["capacity"]:
        offered = False
    return quote, offered, alert_sku, elsewhere


@compiled
def quoted_wait(s: Flow, k: int, missing: int) -> int:
    """When the shop believes that the missing units come, as a wait in ms from now."""
    c = s.counters[0]
    sku = s.sku[k]
    queue = sku["backorders"] if c["live_information"] != 0 else sku["known_backorders"]
    first = k * PIPELINE_SLOTS
    for slot in range(first, first + wide(sku["pipeline_n"])):
        coming = s.pipeline[slot]
        if coming["units"] >= queue + missing:
            return wide(max(0, wide(coming["due"] - c["now"])) + c["padding"])
    to_release = max(0, wide(sku["released"] - c["now"]))
    return wide(to_release + sku["standard_wait"] + c["padding"])


@compiled
def _sells_backorder(s: Flow, k: int, missing: int) -> bool:
    """The SKU is sold on backorder, and its cap leaves room for these units."""
    sku = s.sku[k]
    mode = wide(sku["mode"])
    return bool(mode in (BACKORDER, HYBRID) and sku["backorders"] + missing <= sku["cap_units"])


@compiled
def can_substitute(s: Flow, o: int) -> bool:
    """Every short line names a substitute that is on hand and not in the basket.

    For this the shop looks at the shelf itself: then all that is bought is there.
    """
    book = s.book[o]
    first = wide(book["first_line"])
    last = first + wide(book["n_lines"])
    for j in range(first, last):
        if not looks_short(s, j):
            if lacks(s, j):
                return False
            continue
        other = wide(s.sku[sku_of(s, j)]["substitute"])
        if other == NONE or s.sku[other]["free"] < s.book_line[j]["units"]:
            return False
        for each in range(first, last):
            if sku_of(s, each) == other or (each < j and _substitute_of(s, each) == other):
                return False
    return True


@compiled
def _substitute_of(s: Flow, j: int) -> int:
    """SKU that line j would have after substitution: its own if it is not short."""
    k = sku_of(s, j)
    return wide(s.sku[k]["substitute"]) if looks_short(s, j) else k


@compiled
def substitute(s: Flow, o: int) -> None:
    """Every short line takes its substitute."""
    book = s.book[o]
    s.order[o]["substituted"] = 1
    first = wide(book["first_line"])
    for j in range(first, first + wide(book["n_lines"])):
        if looks_short(s, j):
            s.line[j]["wait"] = SUBSTITUTED


@compiled
def drop_short_lines(s: Flow, o: int) -> bool:
    """Drop the short lines, if there is a rest. Returns whether there is."""
    book = s.book[o]
    first = wide(book["first_line"])
    last = first + wide(book["n_lines"])
    rest = False
    for j in range(first, last):
        rest = rest or not looks_short(s, j)
    if rest:
        for j in range(first, last):
            if looks_short(s, j):
                s.line[j]["wait"] = DROPPED
    return rest


@compiled
def shown(s: Flow, k: int) -> int:
    """Units of a SKU that shoppers see as free."""
    sku = s.sku[k]
    return wide(sku["free"] if s.counters[0]["live_stock"] != 0 else sku["shown"])


@compiled
def looks_short(s: Flow, j: int) -> bool:
    """Whether line j is not on the shelf in full, as the shopper sees it."""
    return bool(shown(s, sku_of(s, j)) < s.book_line[j]["units"])


@compiled
def lacks(s: Flow, j: int) -> bool:
    """Whether line j is not on the shelf in full."""
    return bool(s.sku[sku_of(s, j)]["free"] < s.book_line[j]["units"])

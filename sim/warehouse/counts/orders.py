"""Shoppers and orders: what became of them, and when."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.counts.care import count_care
from sim.warehouse.counts.fates import count_shipped, count_unshipped
from sim.warehouse.counts.lines import (
    at_once,
    basket,
    extra_of,
    goods,
    goods_not_charged,
    has_error,
    last_sku,
    sent_back,
)
from sim.warehouse.counts.rows import Rows, in_season
from sim.warehouse.counts.wrapping import is_wrapped
from sim.warehouse.flow.spans import span
from sim.warehouse.flow.transit import (
    comes_too_late,
    delivered_at,
    has_ship_date,
    promised_ship_date,
)
from sim.warehouse.state import wide
from sim.warehouse.words import (
    BLOCKED,
    CANCELLED,
    CHANGED_MIND,
    LOST,
    NEVER,
    NONE,
    OPENED,
    PICKING,
    SHIPPED,
)


@compiled
def is_charged(s: Rows, o: int) -> bool:
    """Whether the profit and loss covers the order: placed in the season, or open at its start."""
    book = s.book[o]
    return bool(book["flags"] & OPENED != 0 or in_season(s, wide(book["placed_at"])))


@compiled
def count_order(s: Rows, o: int) -> None:
    """Count order o, if it was placed in the season or open at its start."""
    charged, status = is_charged(s, o), s.order[o]["status"]
    if status == PICKING or (status == SHIPPED and not charged):
        goods_not_charged(s, o)
    if not charged:
        return
    s.of_order[o]["charged"] = 1
    asked, dropped, missing, staged, whole_at = basket(s, o)
    shopper = s.book[o]["flags"] & OPENED == 0
    lost_units = asked if s.order[o]["status"] == LOST else dropped
    if shopper:
        _shopper(s, o, asked, lost_units)
        if s.order[o]["status"] != SHIPPED:
            count_unshipped(s, o)
        if s.order[o]["accepted_at"] != NONE:
            _accepted(s, o, missing, whole_at)
    if s.order[o]["status"] == SHIPPED:
        _shipped(s, o, dropped, shopper)
    if s.terms[0]["care"] != 0 and s.order[o]["accepted_at"] != NONE:
        count_care(s, o, shopper)
    _charges(s, o, missing, lost_units, staged)


@compiled
def _shopper(s: Rows, o: int, asked: int, lost_units: int) -> None:
    """A shopper who came in the season."""
    c, order = s.counts[0], s.order[o]
    c["orders"] += 1
    c["lines"] += wide(s.book[o]["n_lines"])
    c["units"] += asked
    c["short_at_first"] += order["short_at_first"] == 1
    c["signed_up"] += order["waits_from"] != NONE
    c["open"] += order["status"] < SHIPPED
    c["lost"] += order["status"] == LOST
    c["blocked"] += order["status"] == LOST and order["reason"] == BLOCKED
    c["lost_units"] += lost_units


@compiled
def _accepted(s: Rows, o: int, missing: int, whole_at: int) -> None:
    """An order that was placed by a shopper who came in the season."""
    c, order = s.counts[0], s.order[o]
    backordered = order["backordered"] == 1
    c["accepted"] += 1
    c["wrapped"] += is_wrapped(s, o)
    c["recommended"] += extra_of(s, o) != NONE
    c["ship_promised"] += has_ship_date(s.terms[0], order)
    c["delivery_promised"] += _has_due(s, o)
    c["by_alert"] += order["by_alert"] == 1
    c["backordered"] += backordered
    c["backordered_units"] += missing
    c["oversold"] += backordered and order["quote"] == 0
    if order["attempt"] == 0:
        lines, units = at_once(s, o)
        c["lines_at_once"] += lines
        c["units_at_once"] += units
        c["complete_at_once"] += order["short_at_first"] == 0 and not backordered
    if order["status"] == CANCELLED:
        c["cancelled"] += 1
        c["cancelled_waiting"] += backordered and order["reason"] != CHANGED_MIND
    elif whole_at != NONE:
        wait = whole_at - wide(order["accepted_at"])
        c["filled"] += 1
        c["stock_wait"] += wait
        if backordered:
            s.filled[c["n_filled"]]["ms"] = wait
            c["n_filled"] += 1
            if order["status"] == SHIPPED:
                _released(s, o, whole_at)


@compiled
def _released(s: Rows, o: int, whole_at: int) -> None:
    """Backorder o was shipped; its last unit had been reserved at `whole_at`."""
    c = s.counts[0]
    row = s.released[c["n_released"]]
    row["sku"] = last_sku(s, o, whole_at)
    row["whole_at"] = whole_at
    row["left_at"] = s.order[o]["ended_at"]
    c["n_released"] += 1


@compiled
def _shipped(s: Rows, o: int, dropped: int, shopper: bool) -> None:
    """An order whose last parcel has left; `shopper`: of one who came in the season."""
    t, c, order, book = s.terms[0], s.counts[0], s.order[o], s.book[o]
    left = wide(order["ended_at"])
    promised = promised_ship_date(t, s.cuts, order)
    late = left > promised
    delivered = delivered_at(t, s.slow, order, book, late)
    refused = book["refuses_late"] == 1 and comes_too_late(t, book, delivered)
    returned = t["returns"] != 0 and s.back[o]["arrived"] == 1
    goods(s, o, order["by_alert"] == 1, refused)
    if returned:
        sent_back(s, o)
        c["charged_returned"] += 1
    s.of_order[o]["late"], s.of_order[o]["refused"] = late, refused
    c["charged_shipped"] += 1
    c["charged_wrapped"] += is_wrapped(s, o)
    c["charged_express"] += late and t["express"] != 0
    if not shopper:
        return
    c["shipped"] += 1
    c["returned"] += returned
    dated, in_time = has_ship_date(t, order), delivered <= _due(s, o)
    c["shipped_on_time"] += dated and not late
    count_shipped(s, o, in_time and not refused)
    c["delivered_on_time"] += _has_due(s, o) and in_time and dropped == 0 and not has_error(s, o)
    own, cycle = s.of_class[book["class_"]], left - wide(order["accepted_at"])
    own["shipped"] += 1
    own["cycle_time"] += cycle
    s.cycle[c["n_cycles"]]["ms"] = cycle
    c["n_cycles"] += 1


@compiled
def _has_due(s: Rows, o: int) -> bool:
    """Whether order o was promised a date of delivery."""
    return bool(s.terms[0]["promise"] != NONE or has_ship_date(s.terms[0], s.order[o]))


@compiled
def _due(s: Rows, o: int) -> int:
    """Until when order o was to be delivered; NEVER without a promise."""
    t, order = s.terms[0], s.order[o]
    if not _has_due(s, o):
        return wide(NEVER)
    starts = promised_ship_date(t, s.cuts, order)
    if not has_ship_date(t, order):
        starts = wide(order["accepted_at"])
    way = span(s.book[o]["transit"]) if t["promise"] == NONE else wide(t["promise"])
    return wide(starts + way)


@compiled
def _charges(s: Rows, o: int, missing: int, lost_units: int, staged: int) -> None:
    """What the profit and loss asks of any order that it covers."""
    c, order = s.counts[0], s.order[o]
    c["charged_mails"] += wide(order["mails"])
    c["charged_backordered_units"] += missing
    c["charged_lost_units"] += lost_units
    if order["status"] == CANCELLED:
        c["charged_cancelled"] += 1
        c["charged_staged"] += staged

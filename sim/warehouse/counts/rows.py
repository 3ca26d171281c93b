"""What the pass over a ledger is told, and what it finds. Times in ms."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from sim.demand.order_book import LINE as BOOK_LINE
from sim.demand.order_book import ORDER as BOOK_ORDER
from sim.warehouse.care_rows import CARE
from sim.warehouse.compiled import compiled
from sim.warehouse.goods_rows import BACK, CUT, EXTRA, SLOW, WAIT
from sim.warehouse.state import LINE, ORDER, PARCEL, SKU, Table

i1, i8 = np.int8, np.int64

TERMS = np.dtype(
    [
        ("first", i8),  # the season: its start and end within the run
        ("last", i8),
        ("drained_at", i8),
        ("carrier", i8),  # parcels wait for pickups
        ("handling", i8),  # that a promised ship date adds
        ("express", i8),  # what leaves late goes by express
        ("promise", i8),  # from the promised ship date to the customer; NONE = the transit as drawn
        ("margin", i8),  # by which `needed_by` lies before the date's end
        ("service_target", i8),  # of the picking team; NONE = none
        ("n_orders", i8),
        ("n_parcels", i8),
        ("n_cuts", i8),
        ("cut", i8),  # at which the last search for a promise ended
        ("n_slow", i8),
        ("n_skus", i8),
        ("midnight", i8),  # the first one within the season; its end if there is none
        ("sees", i8),  # fill `seen`
        ("care", i8),  # there are rows of `care` to read
        ("gift_cost", i8),  # of what the backup plan gives, in millionths of the currency
        ("hash_key", i8),
        ("wraps", i8),  # chance, of 2**31, that an order is wrapped
        ("recommends", i8),  # there are rows of `extra` to read
        ("returns", i8),  # there are rows of `back` to read
        ("refunds_returns", i8),  # what comes back is paid back
    ]
)
"""One row: how to read the ledger."""

COUNTS = np.dtype(
    [
        # Shoppers who came in the season, and the orders that they placed.
        ("orders", i8),
        ("lines", i8),
        ("units", i8),
        ("short_at_first", i8),
        ("signed_up", i8),
        ("lost", i8),
        ("blocked", i8),
        ("lost_units", i8),  # of lost orders, and of dropped lines
        ("accepted", i8),
        ("ship_promised", i8),  # placed with a promised ship date
        ("delivery_promised", i8),  # placed with a promised date of delivery
        ("by_alert", i8),
        ("complete_at_once", i8),  # placed at the first attempt with every unit on hand
        ("lines_at_once", i8),  # of orders placed at the first attempt: whole when asked for
        ("units_at_once", i8),
        ("backordered", i8),
        ("backordered_units", i8),
        ("oversold", i8),  # backordered, and no wait was quoted
        ("open", i8),
        ("cancelled", i8),
        ("cancelled_waiting", i8),  # by a cause of waiting, with a backordered line
        ("shipped", i8),
        ("shipped_on_time", i8),
        ("returned", i8),
        ("delivered_on_time", i8),  # and whole, and without an error
        ("filled", i8),  # placed, every unit reserved, and not cancelled
        ("stock_wait", i8),
        ("n_cycles", i8),  # rows of `cycle`
        ("n_filled", i8),  # rows of `filled`
        ("n_released", i8),  # rows of `released`
        # Of the orders placed.
        ("slipped", i8),
        ("messages", i8),  # sent about them
        ("stale", i8),  # of these out of date
        ("consents", i8),
        ("no_consent", i8),
        ("wrapped", i8),
        ("recommended", i8),  # units bought on a recommendation
        ("given", i8),  # customers whom the backup plan gave something
        # The same and orders open at its start: what the profit and loss covers.
        ("charged_shipped", i8),
        ("charged_express", i8),
        ("charged_cancelled", i8),
        ("charged_staged", i8),  # units that cancellations took back out of staging
        ("charged_backordered_units", i8),
        ("charged_lost_units", i8),
        ("charged_mails", i8),
        ("charged_parcels", i8),
        ("charged_slow_parcels", i8),
        ("charged_errors", i8),
        ("charged_wrapped", i8),  # orders
        ("charged_wrapped_parcels", i8),
        ("charged_returned", i8),
        ("charged_spent", i8),  # on messages, in millionths of the currency
        ("charged_given", i8),  # customers whom the backup plan gave something
        ("charged_discount", i8),  # that they did not pay, in millionths of the currency
        # The third party's: parcels, their lines and units, and units x ms until it was done.
        ("charged_third", i8),
        ("charged_third_lines", i8),
        ("charged_third_units", i8),
        ("charged_third_stored", i8),
        # Parcels that were ready in the season.
        ("ready", i8),
        ("third_party", i8),  # handed over to it
        ("queue_time", i8),
        ("waited", i8),
        ("within_target", i8),
        ("started", i8),
        ("pick_wait", i8),
        ("picked", i8),
        ("pick_time", i8),
        ("packed", i8),
        ("pack_time", i8),
        ("lines_shipped", i8),  # in the season, of all parcels
        ("n_stays", i8),  # rows of `ready_at` and `left_at`
    ]
)
"""One row."""

OF_CLASS = np.dtype([("shipped", i8), ("cycle_time", i8), ("started", i8), ("pick_wait", i8)])
"""One row per order class: its part of the counts of these names."""

OF_ORDER = np.dtype([("charged", i1), ("late", i1), ("refused", i1), ("fate", i1), ("wrong", i1)])
"""One row per order: whether the profit and loss covers it; of these, whether it was shipped after
the promised ship date, and refused because it came too late; of shoppers of the season, the row of
their fate in OF_FATE, and whether they got an order with an error."""

OF_FATE = np.dtype([("shoppers", i8), ("wrong", i8)])
"""One row per fate, see `fates`: shoppers of the season; of these with an error."""

OF_SKU = np.dtype(
    [
        ("shipped", i8),  # units of orders that are charged and were shipped
        ("by_alert", i8),  # of these bought from an alert
        ("refused", i8),  # of these refused because they came too late
        ("refused_by_alert", i8),  # both
        ("returned", i8),  # of these came back
        ("returned_by_alert", i8),
        ("written_off", i8),  # of those that came back
        ("not_charged", i8),  # units in other parcels that were shipped
    ]
)
"""One row per product."""

SEEN = np.dtype([("asked", i8), ("sold", i8), ("backordered", i8), ("signed_up", i8)])
"""Units of one day and product: row day * n_skus + sku; a single row if nobody wants to know."""

SPAN = np.dtype([("ms", i8)])
"""An instant, or a span of time."""

RELEASED = np.dtype([("sku", i8), ("whole_at", i8), ("left_at", i8)])
"""One row per backorder that was shipped: the product whose unit was the last to be reserved, when
that was, and when the last parcel left."""

TABLES = {
    "terms": TERMS,
    "cuts": CUT,
    "slow": SLOW,
    "book": BOOK_ORDER,
    "book_line": BOOK_LINE,
    "order": ORDER,
    "line": LINE,
    "wait": WAIT,
    "parcel": PARCEL,
    "back": BACK,
    "extra": EXTRA,
    "care": CARE,
    "sku": SKU,
    "counts": COUNTS,
    "of_order": OF_ORDER,
    "of_class": OF_CLASS,
    "of_fate": OF_FATE,
    "of_sku": OF_SKU,
    "seen": SEEN,
    "cycle": SPAN,
    "filled": SPAN,
    "released": RELEASED,
    "ready_at": SPAN,
    "left_at": SPAN,
}


class Rows(Protocol):
    """What a function of the pass sees."""

    terms: Table
    cuts: Table
    slow: Table
    book: Table
    book_line: Table
    order: Table
    line: Table
    wait: Table
    parcel: Table
    back: Table
    extra: Table
    care: Table
    sku: Table
    counts: Table
    of_order: Table
    of_class: Table
    of_fate: Table
    of_sku: Table
    seen: Table
    cycle: Table
    filled: Table
    released: Table
    ready_at: Table
    left_at: Table


@compiled
def in_season(s: Rows, at: int) -> bool:
    """Whether an instant lies in the season."""
    t = s.terms[0]
    return bool(t["first"] <= at < t["last"])

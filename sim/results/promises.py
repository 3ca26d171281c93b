"""What was promised and what was kept: ship dates, transit and delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.scenario.calendar import season_calendar
from sim.warehouse import state as s
from sim.warehouse.carrier import promised_ship_at

if TYPE_CHECKING:
    from sim.warehouse.ledger import Ledger

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


def ship_promises(ledger: Ledger) -> Integers:
    """Promised ship date of each order; `NONE` where nothing was placed.

    It is the pickup that the cut-off allows, counted from the placement plus the quoted wait.
    Without a carrier it is the placement plus the quote.
    """
    orders = ledger.orders
    placed = orders["accepted_at"] != s.NONE
    asked = np.where(placed, orders["accepted_at"] + orders["quote"], 0)
    promised = promised_ship_at(ledger.scenario, asked)
    return np.where(placed, promised, s.NONE)


def shipped_on_time(ledger: Ledger) -> Flags:
    """Orders whose last parcel left by the promised ship date."""
    orders = ledger.orders
    on_time: Flags = (orders["status"] == s.SHIPPED) & (orders["ended_at"] <= ship_promises(ledger))
    return on_time


def went_express(ledger: Ledger) -> Flags:
    """Orders upgraded to express because they left late."""
    carrier = ledger.scenario.carrier
    if carrier is None or carrier.express is None:
        return np.zeros(len(ledger.orders), dtype=bool)
    late: Flags = (ledger.orders["status"] == s.SHIPPED) & ~shipped_on_time(ledger)
    return late


def slow_factor(ledger: Ledger, at: Integers) -> tuple[NDArray[np.float64], Flags]:
    """Factor on transit for parcels handed over at `at`, and whether a slow stretch holds."""
    factor, slow = np.ones(len(at)), np.zeros(len(at), dtype=bool)
    if ledger.scenario.carrier is None:
        return factor, slow
    calendar = season_calendar(ledger.scenario.season)
    warm_up = ledger.window[0]
    for stretch in ledger.scenario.carrier.slow:
        first, last = calendar.span_of(stretch.during)
        inside = (at >= first + warm_up) & (at < last + warm_up)
        factor[inside], slow[inside] = stretch.times, True
    return factor, slow


def delivered_at(ledger: Ledger) -> Integers:
    """When the last parcel reached the customer; `NONE` where nothing was shipped."""
    orders, book = ledger.orders, ledger.book.orders
    shipped = orders["status"] == s.SHIPPED
    factor, _ = slow_factor(ledger, orders["ended_at"])
    transit = np.rint(book["transit"] * factor).astype(np.int64)
    transit = np.where(went_express(ledger), book["express_transit"], transit)
    return np.where(shipped, orders["ended_at"] + transit, s.NONE)


def refused(ledger: Ledger) -> Flags:
    """Orders delivered after the date by which they were needed, and refused for a refund."""
    book, customers = ledger.book.orders, ledger.scenario.customers
    arrived = delivered_at(ledger)
    late = (arrived != s.NONE) & (book["needed_by"] != s.NEVER)
    sent_back: Flags = (
        late
        & (book["refuses_late"] == 1)
        & (arrived > book["needed_by"] + customers.needed_by_margin)
    )
    return sent_back


def delivered_on_time(ledger: Ledger) -> Flags:
    """Orders delivered by the promised date, whole and without an error.

    The promised date is the promised ship date plus `carrier.promise`; without it, plus the
    transit as drawn.
    """
    orders, lines, carrier = ledger.orders, ledger.lines, ledger.scenario.carrier
    promise = carrier.promise if carrier is not None and carrier.promise is not None else None
    span = ledger.book.orders["transit"] if promise is None else promise
    on_time = (orders["status"] == s.SHIPPED) & (
        delivered_at(ledger) <= ship_promises(ledger) + span
    )
    whole = (
        np.add.reduceat(lines["dropped"].astype(np.int64), ledger.book.orders["first_line"]) == 0
    )
    wrong = np.zeros(len(orders), dtype=bool)
    wrong[ledger.parcels["order"][ledger.parcels["wrong"] == 1]] = True
    kept: Flags = on_time & whole & ~wrong
    return kept

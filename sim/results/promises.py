"""What was promised and what was kept: ship dates, transit and delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.scenario.calendar import season_calendar
from sim.warehouse import state as s
from sim.warehouse.carrier import promised_ship_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.results.view import Flags, Integers, View


def ship_promises(view: View) -> Integers:
    """Promised ship date of each order; `NONE` where nothing was placed.

    It is the pickup that the cut-off allows, counted from the placement plus the quoted wait.
    Without a carrier it is the placement plus the quote.
    """
    orders = view.orders
    placed = orders["accepted_at"] != s.NONE
    asked = np.where(placed, orders["accepted_at"] + orders["quote"], 0)
    promised = promised_ship_at(view.scenario, asked)
    return np.where(placed, promised, s.NONE)


def shipped_on_time(view: View) -> Flags:
    """Orders whose last parcel left by the promised ship date."""
    orders = view.orders
    on_time: Flags = view.shipped & (orders["ended_at"] <= ship_promises(view))
    return on_time


def went_express(view: View) -> Flags:
    """Orders upgraded to express because they left late."""
    carrier = view.scenario.carrier
    if carrier is None or carrier.express is None:
        return np.zeros(len(view.orders), dtype=bool)
    late: Flags = view.shipped & ~shipped_on_time(view)
    return late


def slow_factor(view: View, at: Integers) -> tuple[NDArray[np.float64], Flags]:
    """Factor on transit for parcels handed over at `at`, and whether a slow stretch holds."""
    factor, slow = np.ones(len(at)), np.zeros(len(at), dtype=bool)
    if view.scenario.carrier is None:
        return factor, slow
    calendar = season_calendar(view.scenario.season)
    warm_up = view.window[0]
    for stretch in view.scenario.carrier.slow:
        first, last = calendar.span_of(stretch.during)
        inside = (at >= first + warm_up) & (at < last + warm_up)
        factor[inside], slow[inside] = stretch.times, True
    return factor, slow


def delivered_at(view: View) -> Integers:
    """When the last parcel reached the customer; `NONE` where nothing was shipped."""
    orders, book = view.orders, view.shoppers
    shipped = view.shipped
    factor, _ = slow_factor(view, orders["ended_at"])
    transit = np.rint(book["transit"] * factor).astype(np.int64)
    transit = np.where(went_express(view), book["express_transit"], transit)
    return np.where(shipped, orders["ended_at"] + transit, s.NONE)


def refused(view: View) -> Flags:
    """Orders delivered after the date by which they were needed, and refused for a refund."""
    book, customers = view.shoppers, view.scenario.customers
    arrived = delivered_at(view)
    late = (arrived != s.NONE) & (book["needed_by"] != s.NEVER)
    sent_back: Flags = (
        late
        & (book["refuses_late"] == 1)
        & (arrived > book["needed_by"] + customers.needed_by_margin)
    )
    return sent_back


def delivered_on_time(view: View) -> Flags:
    """Orders delivered by the promised date, whole and without an error.

    The promised date is the promised ship date plus `carrier.promise`; without it, plus the
    transit as drawn.
    """
    orders, lines, carrier = view.orders, view.lines, view.scenario.carrier
    promise = carrier.promise if carrier is not None and carrier.promise is not None else None
    span = view.shoppers["transit"] if promise is None else promise
    on_time = view.shipped & (delivered_at(view) <= ship_promises(view) + span)
    whole = view.per_order(lines["dropped"].astype(np.int64)) == 0
    wrong = np.zeros(len(orders), dtype=bool)
    wrong[view.parcels["order"][view.parcels["wrong"] == 1]] = True
    kept: Flags = on_time & whole & ~wrong
    return kept

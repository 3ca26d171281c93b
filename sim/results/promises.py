"""What was promised and what was kept: ship dates, transit and delivery."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sim.demand.spans import unpack
from sim.scenario.calendar import season_calendar
from sim.warehouse import state as s
from sim.warehouse.carrier import promised_ship_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.results.view import Flags, Integers, View


class Promises:
    """The promises of one run, order by order, and how they were kept."""

    def __init__(self, view: View) -> None:
        self._view = view

    @cached_property
    def ship_by(self) -> Integers:
        """Promised ship date of each order that was placed.

        It is the pickup that the cut-off allows, counted from the placement plus the quoted wait.
        Without a carrier it is the placement plus the quote.
        """
        orders = self._view.orders
        return promised_ship_at(self._view.scenario, orders["accepted_at"] + orders["quote"])

    @cached_property
    def shipped_on_time(self) -> Flags:
        """Orders whose last parcel left by the promised ship date."""
        on_time: Flags = self._view.shipped & (self._view.orders["ended_at"] <= self.ship_by)
        return on_time

    @cached_property
    def express(self) -> Flags:
        """Orders upgraded to express because they left late."""
        carrier = self._view.scenario.carrier
        if carrier is None or carrier.express is None:
            return np.zeros(len(self._view.orders), dtype=bool)
        return self._view.shipped & ~self.shipped_on_time

    @cached_property
    def delivered_at(self) -> Integers:
        """When the last parcel reached the customer, of each order that was shipped."""
        left, book = self._view.orders["ended_at"], self._view.book.orders
        usual = unpack(book["transit"])
        transit = usual.copy()
        for slow, times in slow_stretches(self._view, left):
            transit[slow] = np.rint(usual[slow] * times)
        transit[self.express] = unpack(book["express_transit"][self.express])
        transit += left
        return transit

    @cached_property
    def refused(self) -> Flags:
        """Orders delivered after the date by which they were needed, and refused for a refund."""
        book, customers = self._view.book.orders, self._view.scenario.customers
        needed_by = unpack(book["needed_by"])
        at_risk = self._view.shipped & (needed_by != s.NEVER) & (book["refuses_late"] == 1)
        sent_back: Flags = at_risk & (self.delivered_at > needed_by + customers.needed_by_margin)
        return sent_back

    @cached_property
    def delivered_on_time(self) -> Flags:
        """Orders delivered by the promised date, whole and without an error.

        The promised date is the promised ship date plus `carrier.promise`; without it, plus the
        transit as drawn.
        """
        view, carrier = self._view, self._view.scenario.carrier
        promise = carrier.promise if carrier is not None else None
        span = unpack(view.book.orders["transit"]) if promise is None else promise
        kept: Flags = view.shipped & (self.delivered_at <= self.ship_by + span)
        kept[view.book.owner[np.flatnonzero(view.lines["wait"] == s.DROPPED)]] = False
        kept[view.parcels["order"][view.parcels["wrong"] == 1]] = False
        return kept


def slow_stretches(view: View, at: Integers) -> Iterator[tuple[Integers, float]]:
    """Slow stretches of the carrier: what was handed over in it, and its factor on transit.

    Where stretches overlap, the last one holds.
    """
    if view.scenario.carrier is None:
        return
    calendar = season_calendar(view.scenario.season)
    warm_up = view.window[0]
    for stretch in view.scenario.carrier.slow:
        first, last = calendar.span_of(stretch.during)
        yield np.flatnonzero((at >= first + warm_up) & (at < last + warm_up)), stretch.times

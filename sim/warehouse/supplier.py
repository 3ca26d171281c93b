"""A supplier: takes purchase orders, confirms a date, and delivers when it really can."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from sim.randomness import uniforms
from sim.scenario.units import DAY
from sim.warehouse.run import drawn_ms
from sim.warehouse.state import NEVER, NONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.scenario.distributions import Distribution
    from sim.scenario.suppliers import Disruption
    from sim.warehouse.run import Run

Span = tuple[int, int]

_ORDERS_AHEAD = 8
"""Lead times of a product are drawn for so many orders at once."""

_LOOK_AHEAD = 400 * DAY
"""No random disruption begins later than this after the end of the run."""


@dataclass(slots=True)
class Delivery:
    """One arrival at the dock."""

    units: int
    due_at: int
    """When it really arrives."""
    believed_at: int
    """When the shop believes that it arrives."""
    received_at: int = NONE


@dataclass(slots=True, eq=False)
class PurchaseOrder:
    """An order for one product."""

    id: int
    sku: int
    supplier: int
    nth: int
    """n-th order of this supplier and product; NONE = placed before the run."""
    units: int
    placed_at: int
    made_at: int
    confirmed_at: int
    deliveries: list[Delivery] = field(default_factory=list)
    expedited: bool = False
    withdrawn: int = 0

    @property
    def received_at(self) -> int:
        """Arrival of the last delivery; NONE while something is still to come."""
        coming = [part for part in self.deliveries if part.received_at == NONE and part.units]
        return NONE if coming else max(part.received_at for part in self.deliveries)


class Supplier:
    """One supplier and the orders it has taken."""

    def __init__(self, run: Run, name: str) -> None:
        self.run, self.name = run, name
        self.number = list(run.scenario.suppliers).index(name)
        self.terms = run.scenario.suppliers[name]
        self.closed = [run.times.span(stretch) for stretch in self.terms.closed]
        self.known_stops = [
            run.times.span(each.during) for each in self.terms.disruptions if each.during
        ]
        self._horizon = run.times.cap + _LOOK_AHEAD
        self._free_at = 0
        self._taken: dict[int, int] = {}
        self._leads: defaultdict[int, list[list[int]]] = defaultdict(list)
        self._latest: dict[int, int] = {}
        self._outages = [
            _Outages(run, name, number, each)
            for number, each in enumerate(self.terms.disruptions)
            if each.daily_chance and each.lasts is not None
        ]

    def take(self, number: int, sku: int, units: int, backorders: int) -> PurchaseOrder:
        """Take an order now: raise it to what is sold, confirm a date, and fix the real one."""
        now = self.run.clock.time
        nth = self._taken.get(sku, 0)
        self._taken[sku] = nth + 1
        units = self._sold_as(units)
        terms, key = self.terms, (self.name, self.run.scenario.products[sku].sku, nth)
        lead = self._lead_time(sku, nth)
        expedited = terms.expedite is not None and backorders > terms.expedite.when_backorders_over
        if expedited and terms.expedite is not None:
            lead = int(lead * terms.expedite.lead_time_factor + 0.5)
        start = self._make(units, now)
        confirmed = after(start, lead, self.closed)
        actual = self._shipped(start, lead) + self._slip(key)
        if terms.lead_times == "in_order":
            actual = max(actual, self._latest.get(sku, 0))
        self._latest[sku] = max(actual, self._latest.get(sku, 0))
        return PurchaseOrder(
            id=number,
            sku=sku,
            supplier=self.number,
            nth=nth,
            units=units,
            placed_at=now,
            made_at=start,
            confirmed_at=confirmed,
            deliveries=self._deliveries(key, units, actual, confirmed),
            expedited=expedited,
        )

    def _lead_time(self, sku: int, nth: int) -> int:
        """Lead time of the n-th order of a product."""
        block, place = divmod(nth, _ORDERS_AHEAD)
        drawn = self._leads[sku]
        if block == len(drawn):
            run, item = self.run, self.run.scenario.products[sku].sku
            key = (run.seed, run.replication, "lead_time", self.name, item)
            drawn.append(_lead_times(self.terms.lead_time, key, nth))
        return drawn[block][place]

    def _sold_as(self, units: int) -> int:
        """Units raised to the minimum order and to whole packs."""
        pack = max(1, self.terms.pack_size)
        return -(-max(units, self.terms.minimum_order) // pack) * pack

    def _make(self, units: int, now: int) -> int:
        """When the order is taken up; capacity serves orders first come, first served."""
        rate = self.terms.capacity
        if rate is None or rate.per_ms is None:
            return now
        start = max(now, self._free_at)
        made = math.ceil(units * rate.per_ms / Fraction(rate.amount))
        self._free_at = min(NEVER, start + made)
        return start

    def _slip(self, key: tuple[str, str, int]) -> int:
        slips = self.terms.slips
        if slips is None:
            return 0
        draws = self.run.draws("slip", *key)
        return drawn_ms(slips.by, next(draws))[0] if next(draws) < slips.share else 0

    def _deliveries(
        self, key: tuple[str, str, int], units: int, actual: int, confirmed: int
    ) -> list[Delivery]:
        """One delivery, or two when the order comes in parts."""
        partial = self.terms.partial
        if partial is not None:
            draws = self.run.draws("partial", *key)
            first = max(1, int(units * partial.first))
            if next(draws) < partial.share and first < units:
                rest_at = actual + drawn_ms(partial.rest_after, next(draws))[0]
                return [
                    Delivery(first, actual, confirmed),
                    Delivery(units - first, rest_at, confirmed),
                ]
        return [Delivery(units, actual, confirmed)]

    def _shipped(self, start: int, lead: int) -> int:
        """When an order taken up at `start` is ready, with every stop that it meets on the way."""
        known = [*self.closed, *self.known_stops]
        at = after(start, lead, known)
        drawn = 0
        while drawn < min(at + 1, self._horizon):  # one that begins at this very instant counts
            drawn = min(at + 1, self._horizon)
            random = [span for outages in self._outages for span in outages.until(drawn)]
            at = after(start, lead, [*known, *random])
        return at


@lru_cache(maxsize=4096)
def _lead_times(
    lead_time: Distribution | int, key: tuple[int, int, str, str, str], first: int
) -> list[int]:
    """Lead times of some orders of a product; policies that share the supplier share them."""
    ahead = range(first, first + _ORDERS_AHEAD)
    return drawn_ms(lead_time, *(next(uniforms(*key, nth)) for nth in ahead))


class _Outages:
    """Random disruptions, drawn day by day as far as anybody asks."""

    def __init__(self, run: Run, supplier: str, number: int, terms: Disruption) -> None:
        self.run, self.supplier, self.number, self.terms = run, supplier, number, terms
        self.spans: list[Span] = []
        self._day = run.times.day(0)

    def until(self, time: int) -> list[Span]:
        """Every outage that begins before `time`, and perhaps later ones."""
        times, lasts = self.run.times, self.terms.lasts
        while lasts is not None and (midnight := times.midnight(self._day)) < time:
            draws = self.run.draws("disruption", self.supplier, self.number, self._day)
            days = 1
            if next(draws) < self.terms.daily_chance:
                days = max(1, -(-drawn_ms(lasts, next(draws))[0] // DAY))
                self.spans.append((midnight, midnight + days * DAY))
            self._day += days
        return self.spans


def after(start: int, span: int, stopped: Iterable[Span]) -> int:
    """When `span` ms have passed since `start` on a clock that stands still while stopped.

    >>> after(0, 10, [(4, 6), (5, 9)])
    15
    """
    now, left = start, span
    for begin, end in sorted(stopped):
        if end <= now:
            continue
        if begin > now:
            if left <= begin - now:
                break
            left -= begin - now
        now = end
    return now + left

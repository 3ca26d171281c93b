"""A supplier: takes purchase orders, confirms a date, and delivers when it really can."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from sim.scenario.units import DAY
from sim.warehouse.fate import Fates, Outages
from sim.warehouse.words import NEVER, NONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.scenario.products import Product
    from sim.scenario.scenario import Scenario
    from sim.warehouse.fate import Fate, Span
    from sim.warehouse.run import Run

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
    hurried: bool = False
    """An agent had it hurried for a customer."""


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
        self.closed = sorted(run.times.span(stretch) for stretch in self.terms.closed)
        stops = [run.times.span(each.during) for each in self.terms.disruptions if each.during]
        self.known_stops = sorted([*self.closed, *stops])
        rate = self.terms.capacity
        self._ms_per_unit = None
        if rate is not None and rate.per_ms is not None:
            self._ms_per_unit = (rate.per_ms / Fraction(rate.amount)).as_integer_ratio()
        self._horizon = run.times.cap + _LOOK_AHEAD
        self._free_at = 0
        self._taken: dict[int, int] = {}
        self._fates: dict[int, Fates] = {}
        self._latest: dict[int, int] = {}
        self._outages = [
            Outages(run, name, number, each)
            for number, each in enumerate(self.terms.disruptions)
            if each.daily_chance and each.lasts is not None
        ]

    def take(self, number: int, sku: int, units: int, backorders: int) -> PurchaseOrder:
        """Take an order now: raise it to what is sold, confirm a date, and fix the real one."""
        now = self.run.clock.time
        nth = self._taken.get(sku, 0)
        self._taken[sku] = nth + 1
        if not nth:
            self._fates[sku] = Fates(self.run, self.name, sku)
        units, fate, terms = self._sold_as(units), self._fates[sku][nth], self.terms
        lead = fate.lead_time
        expedited = terms.expedite is not None and backorders > terms.expedite.when_backorders_over
        if expedited and terms.expedite is not None:
            lead = int(lead * terms.expedite.lead_time_factor + 0.5)
        start = self._make(units, now)
        confirmed = after(start, lead, self.closed)
        actual = self._shipped(start, lead) + fate.slip
        if terms.lead_times == "in_order":
            actual = self._latest[sku] = max(actual, self._latest.get(sku, 0))
        return PurchaseOrder(
            id=number,
            sku=sku,
            supplier=self.number,
            nth=nth,
            units=units,
            placed_at=now,
            made_at=start,
            confirmed_at=confirmed,
            deliveries=self._deliveries(fate, units, actual, confirmed),
            expedited=expedited,
        )

    def _sold_as(self, units: int) -> int:
        """Units raised to the minimum order and to whole packs."""
        pack = max(1, self.terms.pack_size)
        return -(-max(units, self.terms.minimum_order) // pack) * pack

    def _make(self, units: int, now: int) -> int:
        """When the order is taken up; capacity serves orders first come, first served."""
        if self._ms_per_unit is None:
            return now
        start, (ms, per_units) = max(now, self._free_at), self._ms_per_unit
        self._free_at = min(NEVER, start - (-units * ms // per_units))
        return start

    def _deliveries(self, fate: Fate, units: int, actual: int, confirmed: int) -> list[Delivery]:
        """One delivery, or two when the order comes in parts."""
        partial = self.terms.partial
        if partial is not None and fate.rest_after != NONE:
            first = max(1, int(units * partial.first))
            if first < units:
                rest_at = actual + fate.rest_after
                return [
                    Delivery(first, actual, confirmed),
                    Delivery(units - first, rest_at, confirmed),
                ]
        return [Delivery(units, actual, confirmed)]

    def _shipped(self, start: int, lead: int) -> int:
        """When an order taken up at `start` is ready, with every stop that it meets on the way."""
        at = after(start, lead, self.known_stops)
        drawn = 0 if self._outages else self._horizon
        while drawn < min(at + 1, self._horizon):  # one that begins at this very instant counts
            drawn = min(at + 1, self._horizon)
            random = [span for outages in self._outages for span in outages.until(drawn)]
            at = after(start, lead, sorted([*self.known_stops, *random]))
        return at


def after(start: int, span: int, stopped: Iterable[Span]) -> int:
    """When `span` ms have passed since `start` on a clock that stands still while stopped.

    Args:
        start: Where the clock starts, in ms.
        span: How long it runs, in ms.
        stopped: Begin and end of each stop, by begin; they may overlap.

    >>> after(0, 10, [(4, 6), (5, 9)])
    15
    """
    now, left = start, span
    for begin, end in stopped:
        if end <= now:
            continue
        if begin > now:
            if left <= begin - now:
                break
            left -= begin - now
        now = end
    return now + left


def supplier_of(scenario: Scenario, product: Product) -> str | None:
    """Name of a product's supplier: its own, or the only one."""
    if product.supplier is None and len(scenario.suppliers) == 1:
        return next(iter(scenario.suppliers))
    return product.supplier

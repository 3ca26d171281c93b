"""Suppliers: when a purchase order arrives, and what they say about it."""

from __future__ import annotations

from tests.oracle.facts import DAY, Facts, ms_of_quantile
from tests.oracle.things import Delivery, Item, PurchaseOrder

Span = tuple[int, int]


class Supplier:
    """One supplier."""

    def __init__(self, facts: Facts, name: str) -> None:
        self.facts, self.name = facts, name
        self.terms = facts.scenario.suppliers[name]
        self.closed = [facts.span(stretch) for stretch in self.terms.closed]
        self.free_at = 0
        self.latest: dict[Item, int] = {}
        self.placed: dict[Item, int] = {}
        self.down = self._disruptions()

    def place(self, number: int, item: Item, units: int, now: int) -> PurchaseOrder:
        """Take an order: the units it is raised to, its confirmed date and its real ones."""
        terms = self.terms
        pack = max(1, terms.pack_size)
        units = -(-max(units, terms.minimum_order) // pack) * pack
        nth = self.placed.get(item, 0)
        self.placed[item] = nth + 1
        lead = ms_of_quantile(terms.lead_time, next(self._uniforms("lead_time", item, nth)))
        if terms.expedite and item.backorders > terms.expedite.when_backorders_over:
            lead = int(lead * terms.expedite.lead_time_factor + 0.5)
        start = now
        if terms.capacity is not None:
            start = max(now, self.free_at)
            rate = terms.capacity
            self.free_at = start + -(-units * rate.per_ms // int(rate.amount))
        due = _after(start, lead, self.closed)
        actual = _after(start, lead, self.closed + self.down)
        actual += self._slip(item, nth)
        if terms.lead_times == "in_order":
            actual = max(actual, self.latest.get(item, 0))
        self.latest[item] = max(actual, self.latest.get(item, 0))
        parts = self._parts(item, nth, units, actual, due)
        return PurchaseOrder(number, item, units, now, due, parts)

    def _uniforms(self, kind: str, item: Item, nth: int):
        return self.facts.uniforms(kind, self.name, item.sku, nth)

    def _slip(self, item: Item, nth: int) -> int:
        slips = self.terms.slips
        if slips is None:
            return 0
        draws = self._uniforms("slip", item, nth)
        if next(draws) >= slips.share:
            return 0
        return ms_of_quantile(slips.by, next(draws))

    def _parts(self, item: Item, nth: int, units: int, actual: int, due: int) -> list[Delivery]:
        partial = self.terms.partial
        if partial is not None and units > 1:
            draws = self._uniforms("partial", item, nth)
            first = max(1, int(units * partial.first))
            if next(draws) < partial.share and first < units:
                rest_at = actual + ms_of_quantile(partial.rest_after, next(draws))
                return [Delivery(first, actual, due), Delivery(units - first, rest_at, due)]
        return [Delivery(units, actual, due)]

    def _disruptions(self) -> list[Span]:
        """Every stretch without shipping, until long after the run."""
        spans = []
        for number, disruption in enumerate(self.terms.disruptions):
            if disruption.during is not None:
                spans.append(self.facts.span(disruption.during))
            elif disruption.daily_chance and disruption.lasts is not None:
                spans += self._random(number, disruption)
        return spans

    def _random(self, number: int, disruption) -> list[Span]:
        calendar, shift = self.facts.calendar, self.facts.warm_up
        day = calendar.day_number(-shift)
        spans = []
        until = self.facts.end + 400 * DAY
        while (midnight := calendar.midnight_of_day(day) + shift) < until:
            draws = self.facts.uniforms("disruption", self.name, number, day)
            lasts = 1
            if next(draws) < disruption.daily_chance:
                lasts = max(1, -(-ms_of_quantile(disruption.lasts, next(draws)) // DAY))
                spans.append((midnight, midnight + lasts * DAY))
            day += lasts
        return spans


def _after(start: int, span: int, stopped: list[Span]) -> int:
    """When `span` ms have passed since `start` on a clock that stands still while stopped."""
    now, left = start, span
    for begin, end in sorted(stopped):
        if end <= now:
            continue
        if begin > now:
            if left <= begin - now:
                return now + left
            left -= begin - now
        now = max(now, end)
    return now + left

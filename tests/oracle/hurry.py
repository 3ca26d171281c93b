"""Deliveries that are hurried because an agent asked."""

from __future__ import annotations

from collections import Counter

from tests.oracle.clock import Clock
from tests.oracle.facts import Facts
from tests.oracle.things import Delivery, Item, PurchaseOrder


class Hurry:
    """What each supplier did on request, by calendar week."""

    def __init__(self, clock: Clock, facts: Facts) -> None:
        self.clock, self.facts = clock, facts
        self.done: Counter[tuple[str, int]] = Counter()

    def allowed(self, item: Item) -> bool:
        """Whether the supplier of an item would hurry one more delivery in this week."""
        name = self._supplier(item)
        terms = self.facts.scenario.suppliers[name].expedite_on_request if name else None
        return bool(name and terms and self.done[name, self._week()] < terms.per_week)

    def bring_nearer(self, order: PurchaseOrder, part: Delivery) -> None:
        """The time until a delivery shrinks, in truth and as the shop believes."""
        name, now = self._supplier(order.item), int(self.clock.now)
        assert name
        terms = self.facts.scenario.suppliers[name].expedite_on_request
        assert terms
        self.done[name, self._week()] += 1
        thousandths = round(terms.lead_time_factor * 1000)
        part.hurried = True
        part.actual = now + ((part.actual - now) * thousandths + 500) // 1000
        part.believed = now + (max(0, part.believed - now) * thousandths + 500) // 1000
        order.item.news_at = now

    def _supplier(self, item: Item) -> str | None:
        return self.facts.supplier_of(self.facts.scenario.products[item.id])

    def _week(self) -> int:
        """Number of the day on which this week began."""
        calendar = self.facts.calendar
        day = calendar.day_number(int(self.clock.now) - self.facts.warm_up)
        while calendar.weekday_of(calendar.midnight_of_day(day)) != 0:
            day -= 1
        return day

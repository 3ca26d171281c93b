"""The business: reorder notes, purchase orders, suppliers, the dock, and what the shop believes."""

from __future__ import annotations

from typing import Any

from tests.oracle.clock import CHANGE, RECEIPT, REVIEW, Clock
from tests.oracle.facts import Facts
from tests.oracle.hurry import Hurry
from tests.oracle.launches import first_deliveries
from tests.oracle.numbers import Numbers, Planner
from tests.oracle.stock import Stock
from tests.oracle.supplier import Supplier
from tests.oracle.things import Delivery, DockTask, Item, PurchaseOrder
from tests.oracle.work import Floor, Task

MOST_BELIEVED = 24
"""Deliveries per SKU that a quote looks at, the next ones first."""


class Buying:
    """Replenishment, receiving, and the shop's picture of the pipeline."""

    def __init__(self, clock: Clock, facts: Facts, stock: Stock, floor: Floor) -> None:
        self.clock, self.facts, self.stock, self.floor = clock, facts, stock, floor
        self.rule = facts.scenario.replenishment
        self.suppliers = {name: Supplier(facts, name) for name in facts.scenario.suppliers}
        self.orders: list[PurchaseOrder] = []
        self.deliveries: list[tuple[PurchaseOrder, int, int]] = []
        self.due: set[Item] = set()
        self.docks: list[DockTask] = []
        self.numbers: list[Numbers] = []
        self.hurries = Hurry(clock, facts)
        self.stop_at = (
            facts.season_end if self.rule.stop_at is None else facts.ms(self.rule.stop_at)
        )
        self._open_orders()
        for item in stock.items:
            item.position = item.free + sum(o.units for o in self.orders if o.item is item)
        self.planner = Planner(facts)
        if self.rule.rule != "none":
            self._renew(0)
            clock.process(self._renewals())
        clock.process(self._snapshots())
        clock.process(self._shelf_snapshots())
        for number, change in enumerate(facts.scenario.storefront.changes):
            clock.process(self._change(number, change))
        for item in stock.items:
            clock.process(self._first_look(item))
            clock.process(self._release(item))
            clock.process(self._last_look(item))
            if self.rule.rule == "periodic":
                clock.process(self._reviews(item))

    # ------------------------------------------------------------------ what the shop believes

    def believed(self, item: Item) -> list[tuple[int, int]]:
        """(due, units) of what is on its way, the earliest first."""
        coming = [(part.believed, part.units) for _, _, part in self._coming(item)]
        return coming[:MOST_BELIEVED]

    def _coming(self, item: Item) -> list[tuple[PurchaseOrder, int, Delivery]]:
        """What is on its way of an item, in the order in which the shop expects it."""
        parts = [
            (order, number, part)
            for order in self.orders
            if order.item is item
            for number, part in enumerate(order.parts)
            if part.received_at < 0 and part.units
        ]
        return sorted(parts, key=lambda each: (each[2].believed, each[0].id, each[1]))

    def on_order(self, item: Item) -> int:
        """Units on their way."""
        parts = [part for order in self.orders if order.item is item for part in order.parts]
        return sum(part.units for part in parts if part.received_at < 0)

    def _snapshots(self):
        age, time = self.facts.information_age, 0
        while age:
            yield self.clock.at(time, CHANGE, 2)
            for item in self.stock.items:
                item.known_backorders = item.backorders
                item.known_pipeline = self.believed(item)
            time += age

    def _shelf_snapshots(self):
        age, time = self.facts.stock_age, 0
        while age:
            yield self.clock.at(time, CHANGE, 2)
            for item in self.stock.items:
                item.known_free = item.free
            time += age

    def _change(self, number: int, change: Any):
        yield self.clock.at(max(0, self.facts.ms(change.at)), CHANGE, 0, number)
        for item in self.stock.items:
            if change.skus and item.sku not in change.skus:
                continue
            item.mode = change.when_short or item.mode
            if change.cap_units is not None:
                item.cap = None if change.cap_units == "none" else change.cap_units

    # ------------------------------------------------------------------ when to buy

    def _renewals(self):
        """Computed numbers follow the forecast; a raised reorder point may call for a note."""
        time = self.rule.update
        while self.planner.computes and time < self.stop_at:
            yield self.clock.at(time, CHANGE, 3)
            self._renew(time)
            for item in self.stock.items:
                self.watch(item)
            time += self.rule.update

    def _renew(self, now: int) -> None:
        self.numbers = [self.planner.numbers(item.id, now) for item in self.stock.items]

    def _basis(self, item: Item) -> int:
        if self.rule.basis == "level" and self.rule.rule != "base_stock":
            return item.free + item.at_dock - item.backorders
        return item.position

    def _is_due(self, item: Item) -> bool:
        """Whether the rule calls for a purchase."""
        if self.rule.rule == "none":
            return False
        if self.clock.now >= self.stop_at:
            return item.position < 0
        numbers = self.numbers[item.id]
        if self.rule.rule == "base_stock":
            return item.position < numbers.high
        return self._basis(item) <= self._trigger(numbers)

    def _wants(self, item: Item) -> int:
        """Units to buy now by the rule, 0 if it does not call for any."""
        if not self._is_due(item):
            return 0
        if self.clock.now >= self.stop_at:
            return -item.position
        numbers = self.numbers[item.id]
        if self.rule.rule == "base_stock":
            return numbers.high - item.position
        if self.rule.rule != "reorder_point":
            return max(0, numbers.high - self._basis(item))
        batches, batch = 1, numbers.batch
        while self.rule.multiples and item.position + batches * batch <= self._trigger(numbers):
            batches += 1
        return batches * batch

    def _trigger(self, numbers: Numbers) -> int:
        """The rule buys when the basis is at or below this."""
        return numbers.low - (self.rule.trigger == "below")

    def watch(self, item: Item) -> None:
        """Demand took units: look whether a note is due, right after this event."""
        if self.rule.rule == "periodic" or not item.armed or not self._is_due(item):
            return
        if not self.due:
            self.clock.process(self._notes())
        self.due.add(item)

    def _first_look(self, item: Item):
        yield self.clock.at(0, REVIEW, 1, item.id)
        self.watch(item)

    def _release(self, item: Item):
        """Nothing is bought of a launched product before its release."""
        if item.released:
            item.armed = False
            yield self.clock.at(item.released, REVIEW, 1, item.id)
            item.armed = True
            self.watch(item)

    def _last_look(self, item: Item):
        """When buying stops, units that are owed and not on their way are bought."""
        yield self.clock.at(max(0, self.stop_at), REVIEW, 2, item.id)
        self.watch(item)

    def _notes(self):
        for item in sorted(self.due, key=lambda item: item.id):
            item.armed = False
            self.clock.process(self._note(item))
        self.due.clear()
        yield from ()

    def _note(self, item: Item):
        """A person reads the reorder note, and buys what is needed by then."""
        now, notification = int(self.clock.now), self.rule.notification
        read_at = now
        if notification.read is not None:
            calendar, shift = self.facts.calendar, self.facts.warm_up
            hours = notification.read
            read_at = calendar.next_open(now - shift, hours, self.facts.closed) + shift
        if read_at + notification.delay > now:
            yield self.clock.at(read_at + notification.delay, REVIEW, 1, item.id)
        item.armed = True
        self._buy(item, self._wants(item))

    def _reviews(self, item: Item):
        time, period = self.rule.first_review, self.rule.review_period
        assert period
        while True:
            yield self.clock.at(time, REVIEW, 0, item.id)
            if time >= item.released:
                self._buy(item, self._wants(item))
            time += period

    # ------------------------------------------------------------------ purchase orders

    def _buy(self, item: Item, units: int) -> None:
        supplier = self.facts.supplier_of(self.facts.scenario.products[item.id])
        if units <= 0 or supplier is None:
            return
        order = self.suppliers[supplier].place(len(self.orders), item, units, int(self.clock.now))
        self.orders.append(order)
        item.position += order.units
        self._follow(order)

    def _follow(self, order: PurchaseOrder) -> None:
        for number, part in enumerate(order.parts):
            self.clock.process(self._delivery(order, number, part))
        self.clock.process(self._belief(order))

    def can_hurry(self, item: Item) -> bool:
        """Whether the next delivery of an item can be hurried on request."""
        coming = self._coming(item)
        if not coming or coming[0][0].launches or coming[0][2].hurried:
            return False
        return self.hurries.allowed(item)

    def hurry(self, item: Item) -> None:
        """Have the next delivery of an item hurried."""
        order, number, part = self._coming(item)[0]
        self.hurries.bring_nearer(order, part)
        self.clock.process(self._delivery(order, number, part))
        self.clock.process(self._belief_of(order, part))

    def _belief_of(self, order: PurchaseOrder, part: Delivery):
        """When the new date of a hurried delivery passes, the shop learns the real one."""
        if part.actual > part.believed:
            yield self.clock.at(part.believed, CHANGE, 1, order.id)
            self._learn(order, part)

    def _open_orders(self) -> None:
        """Purchase orders placed before the run; they come on their date."""
        items = {item.sku: item for item in self.stock.items}
        for row in self.facts.scenario.opening.open_purchase_orders:
            due = max(0, self.facts.ms(row.due))
            part = Delivery(row.units, due, due)
            order = PurchaseOrder(len(self.orders), items[row.sku], row.units, -1, due, [part])
            self.orders.append(order)
            self._follow(order)
        for order in first_deliveries(self.facts, self.stock.items, len(self.orders)):
            self.orders.append(order)
            self._follow(order)

    def _belief(self, order: PurchaseOrder):
        """When the confirmed date passes undelivered, the shop learns the real one."""
        if order.due >= self.clock.now:
            yield self.clock.at(order.due, CHANGE, 1, order.id)
            for part in order.parts:
                if not part.hurried:
                    self._learn(order, part)

    def _learn(self, order: PurchaseOrder, part: Delivery) -> None:
        part.believed = part.actual
        if part.actual > self.clock.now and part.units:
            order.item.news_at = int(self.clock.now)

    def _delivery(self, order: PurchaseOrder, number: int, part: Delivery):
        yield self.clock.at(part.actual, RECEIPT, 0, order.id, number)
        if part.received_at >= 0 or part.actual != self.clock.now:
            return
        if order.launches:
            order.item.ahead = False
        if not part.units:
            return
        part.received_at = int(self.clock.now)
        self.deliveries.append((order, part.units, part.received_at))
        if any(team.name == "receiving" for team in self.floor.teams):
            self._to_dock(order.item, part.units)
        else:
            self.stock.put_away(order.item, part.units)
            self.clock.want_dispatch()

    def take_back(self, item: Item, units: int, work: int) -> None:
        """Units come back from a customer."""
        if any(team.name == "receiving" for team in self.floor.teams):
            item.at_dock += units
            self._dock("receive", item, units, work)
        elif units:
            self.stock.put_away(item, units)
            self.clock.want_dispatch()

    def cancelled(self, waited: list[tuple[Item, int]]) -> None:
        """Take units that nobody waits for any more off the newest purchase orders."""
        if self.rule.on_cancel != "withdraw":
            return
        for item, units in waited:
            left = units
            for order in reversed(self.orders):
                for part in reversed(order.parts):
                    if order.item is item and part.received_at < 0:
                        taken = min(left, part.units)
                        part.units -= taken
                        left -= taken
                        order.withdrawn += taken
                        if taken:
                            item.news_at = int(self.clock.now)
                        item.position -= taken

    # ------------------------------------------------------------------ the dock

    def _to_dock(self, item: Item, units: int) -> None:
        item.at_dock += units
        receiving = self.facts.scenario.receiving
        work = receiving.work
        promised = 0
        if receiving.cross_dock:
            promised = min(units, max(0, item.backorders - item.cross_docking))
        direct = work.per_unit if work.per_unit_cross_dock is None else work.per_unit_cross_dock
        per_delivery = work.per_delivery
        if promised:
            item.cross_docking += promised
            self._dock("cross_dock", item, promised, per_delivery + direct * promised)
            per_delivery = 0
        if units > promised:
            left = units - promised
            self._dock("receive", item, left, per_delivery + work.per_unit * left)

    def _dock(self, kind: str, item: Item, units: int, work: int) -> None:
        task = DockTask(item, kind, units, int(self.clock.now))

        def start() -> None:
            if task.started_at < 0:
                task.started_at = int(self.clock.now)

        def done(_: int) -> None:
            if kind == "cross_dock":
                item.cross_docking -= units
            item.at_dock -= units
            task.put_away_at = int(self.clock.now)
            if units:
                self.stock.put_away(item, units)

        self.docks.append(task)
        self.floor.add(Task((2, len(self.docks)), (kind, 0), work, start, done))

"""The business: reorder notes, purchase orders, suppliers, the dock, and what the shop believes."""

from __future__ import annotations

from typing import Any

from tests.oracle.clock import CHANGE, RECEIPT, REVIEW, Clock
from tests.oracle.facts import Facts
from tests.oracle.stock import Stock
from tests.oracle.supplier import Supplier
from tests.oracle.things import Delivery, Item, PurchaseOrder
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
        self.docks = 0
        self.stop_at = (
            facts.season_end if self.rule.stop_at is None else facts.ms(self.rule.stop_at)
        )
        self._open_orders()
        for item in stock.items:
            item.position = item.free + sum(o.units for o in self.orders if o.item is item)
        clock.process(self._snapshots())
        for number, change in enumerate(facts.scenario.storefront.changes):
            clock.process(self._change(number, change))
        for item in stock.items:
            clock.process(self._first_look(item))
            clock.process(self._last_look(item))
            if self.rule.rule == "periodic":
                clock.process(self._reviews(item))

    # ------------------------------------------------------------------ what the shop believes

    def believed(self, item: Item) -> list[tuple[int, int]]:
        """(due, units) of what is on its way, the earliest first."""
        coming = [
            (part.believed, order.id, number, part.units)
            for order in self.orders
            if order.item is item
            for number, part in enumerate(order.parts)
            if part.received_at < 0 and part.units
        ]
        return [(due, units) for due, _, _, units in sorted(coming)][:MOST_BELIEVED]

    def _snapshots(self):
        age, time = self.facts.information_age, 0
        while age:
            yield self.clock.at(time, CHANGE, 2)
            for item in self.stock.items:
                item.known_backorders = item.backorders
                item.known_pipeline = self.believed(item)
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

    def _numbers(self, item: Item) -> tuple[int | None, int | None, int | None]:
        """Reorder point, order quantity and order-up-to level of a product."""
        product = self.facts.scenario.products[item.id]
        return (
            self.rule.reorder_point if product.reorder_point is None else product.reorder_point,
            self.rule.order_quantity if product.order_quantity is None else product.order_quantity,
            self.rule.order_up_to if product.order_up_to is None else product.order_up_to,
        )

    def _basis(self, item: Item) -> int:
        if self.rule.basis == "level" and self.rule.rule != "base_stock":
            return item.free + item.at_dock - item.backorders
        return item.position

    def _wants(self, item: Item) -> int:
        """Units to buy now by the rule, 0 if it does not call for any."""
        if self.rule.rule == "none":
            return 0
        if self.clock.now >= self.stop_at:
            return max(0, -item.position)
        low, batch, high = self._numbers(item)
        if self.rule.rule == "base_stock":
            return max(0, (high or 0) - item.position)
        trigger = self._trigger(low, high)
        if self._basis(item) > trigger:
            return 0
        if self.rule.rule == "reorder_point":
            assert batch
            batches = 1
            while self.rule.multiples and item.position + batches * batch <= trigger:
                batches += 1
            return batches * batch
        return max(0, (high or 0) - self._basis(item))

    def _trigger(self, low: int | None, high: int | None) -> int:
        """The rule buys when the basis is at or below this."""
        if low is None:
            low = (high or 0) - 1 + (self.rule.trigger == "below")
        return low - (self.rule.trigger == "below")

    def watch(self, item: Item) -> None:
        """Demand took units: look whether a note is due, right after this event."""
        if self.rule.rule in ("none", "periodic") or not item.armed or not self._wants(item):
            return
        if not self.due:
            self.clock.process(self._notes())
        self.due.add(item)

    def _first_look(self, item: Item):
        yield self.clock.at(0, REVIEW, 1, item.id)
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

    def _open_orders(self) -> None:
        """Purchase orders placed before the run; they come on their date."""
        items = {item.sku: item for item in self.stock.items}
        for row in self.facts.scenario.opening.open_purchase_orders:
            due = max(0, self.facts.ms(row.due))
            part = Delivery(row.units, due, due)
            order = PurchaseOrder(len(self.orders), items[row.sku], row.units, -1, due, [part])
            self.orders.append(order)
            self._follow(order)

    def _belief(self, order: PurchaseOrder):
        """When the confirmed date passes undelivered, the shop learns the real one."""
        if order.due >= self.clock.now:
            yield self.clock.at(order.due, CHANGE, 1, order.id)
            for part in order.parts:
                part.believed = part.actual

    def _delivery(self, order: PurchaseOrder, number: int, part: Delivery):
        yield self.clock.at(part.actual, RECEIPT, 0, order.id, number)
        if not part.units:
            return
        part.received_at = int(self.clock.now)
        self.deliveries.append((order, part.units, part.received_at))
        if any(team.name == "receiving" for team in self.floor.teams):
            self._to_dock(order.item, part.units)
        else:
            self.stock.put_away(order.item, part.units)
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
        def done(_: int) -> None:
            if kind == "cross_dock":
                item.cross_docking -= units
            item.at_dock -= units
            self.stock.put_away(item, units)

        self.docks += 1
        self.floor.add(Task((2, self.docks), (kind, 0), work, lambda: None, done))

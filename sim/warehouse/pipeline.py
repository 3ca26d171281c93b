"""What is on its way from suppliers, and what the shop believes about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.warehouse.hurry import Requests
from sim.warehouse.launches import FIRST_DELIVERY, release_of, slip_of
from sim.warehouse.ledger import DELIVERY, PURCHASE_ORDER
from sim.warehouse.state import PIPELINE_SLOTS
from sim.warehouse.supplier import Delivery, PurchaseOrder, Supplier, supplier_of
from sim.warehouse.words import CHANGE, NONE, RECEIPT

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sim.warehouse.receiving import Dock
    from sim.warehouse.run import Run

BELIEF = 1
"""Kind of the event at which a confirmed date has passed, among simultaneous changes."""


class Pipeline:
    """Purchase orders from placement to the dock."""

    def __init__(self, run: Run, dock: Dock) -> None:
        self.run, self.dock = run, dock
        self.suppliers = {name: Supplier(run, name) for name in run.scenario.suppliers}
        self.orders: list[PurchaseOrder] = []
        self.arrived: list[tuple[int, int, int, int]] = []
        self.live = run.scenario.storefront.quote.information_age == 0
        believed: Any = run.state.pipeline
        self._due, self._units = memoryview(believed["due"]), memoryview(believed["units"])
        self._untold: set[int] = set()
        self._coming: list[list[tuple[PurchaseOrder, int, Delivery]]] = [
            [] for _ in run.scenario.products
        ]
        """What is still to arrive of each product: order, n-th delivery of it, delivery."""
        self._supplier_of = [supplier_of(run.scenario, each) for each in run.scenario.products]
        self.when_launched: Callable[[int], None] = lambda _sku: None
        """Called with a launched product when its first delivery arrives."""
        self._requests = Requests(run)
        self._open_orders()
        self._launches()

    def buy(self, sku: int, units: int) -> None:
        """Place a purchase order now. A product without a supplier cannot be bought."""
        supplier = self._supplier_of[sku]
        if units <= 0 or supplier is None:
            return
        backorders = self.run.stock.backorders[sku]
        self._add(self.suppliers[supplier].take(len(self.orders), sku, units, backorders))

    def withdraw(self) -> None:
        """Take units that nobody waits for any more off the newest purchase orders."""
        stock = self.run.stock
        for sku in self.run.state.sku["withdraw"].nonzero()[0].tolist():
            taken = self._take_back(sku, stock.withdraw[sku])
            stock.withdraw[sku] = 0
            stock.on_order[sku] -= taken
            stock.position[sku] -= taken
            if taken:
                stock.news_at[sku] = self.run.clock.time
            self._tell(sku)

    def hurry(self) -> None:
        """Have the next delivery hurried of the product that an agent asked for."""
        state, now = self.run.state, self.run.clock.time
        sku = int(state.c["hurry"]) - 1
        state.c["hurry"] = 0
        order, nth, part = self._next(sku)
        due_at = part.due_at
        self._requests.hurry(sku, part)
        self.run.stock.news_at[sku] = now
        if part.due_at != due_at:
            self._expect(order, nth, part)
        if part.due_at > part.believed_at:
            admit = partial(self._admit, order, part)
            self.run.clock.call_at(part.believed_at, admit, CHANGE, BELIEF, order.id)
        self._tell(sku)
        for other in self._requests.put_off(sku):
            self._offer(other)

    def _offer(self, sku: int) -> None:
        """Let agents know from when on the next delivery can be hurried."""
        units = [part.units for _, _, part in self._coming[sku]]
        order, _, part = self._next(sku) if any(units) else (None, 0, None)
        if order is not None and order.nth == FIRST_DELIVERY:
            part = None  # what is launched is released on its date
        self.run.stock.hurry_from[sku] = self._requests.possible_from(sku, part)

    def _next(self, sku: int) -> tuple[PurchaseOrder, int, Delivery]:
        """The next delivery that the shop expects."""
        coming = (each for each in self._coming[sku] if each[2].units)
        return min(coming, key=lambda each: (each[2].believed_at, each[0].id, each[1]))

    def _take_back(self, sku: int, units: int) -> int:
        """Take up to so many units off the newest purchase orders. Returns how many they were."""
        left = units
        for order, _, part in reversed(self._coming[sku]):
            taken = min(left, part.units)
            part.units -= taken
            order.withdrawn += taken
            left -= taken
            if not left:
                break
        return units - left

    def tell_shop(self) -> None:
        """Let the shop know what changed since it last looked."""
        for sku in self._untold:
            self._write(sku)
        self._untold.clear()

    def _write(self, sku: int) -> None:
        """Write what is believed to be on its way: due dates and cumulated units."""
        coming = [
            (part.believed_at, order.id, nth, part.units)
            for order, nth, part in self._coming[sku]
            if part.units
        ]
        coming.sort()
        del coming[PIPELINE_SLOTS:]
        total, first = 0, sku * PIPELINE_SLOTS
        for slot, (due, _, _, units) in enumerate(coming, first):
            total += units
            self._due[slot], self._units[slot] = due, total
        self.run.stock.pipeline_n[sku] = len(coming)

    def tables(self) -> tuple[NDArray[np.void], NDArray[np.void]]:
        """Purchase orders and deliveries as tables of the ledger."""
        orders = [
            (
                order.sku,
                order.supplier,
                order.nth,
                order.expedited,
                order.units,
                order.withdrawn,
                order.placed_at,
                order.made_at,
                order.confirmed_at,
                max(part.due_at for part in order.deliveries),
                order.received_at,
            )
            for order in self.orders
        ]
        return np.array(orders, PURCHASE_ORDER), np.array(self.arrived, DELIVERY)

    def _add(self, order: PurchaseOrder) -> None:
        self.orders.append(order)
        stock, clock = self.run.stock, self.run.clock
        stock.on_order[order.sku] += order.units
        stock.position[order.sku] += order.units
        for nth, part in enumerate(order.deliveries):
            self._coming[order.sku].append((order, nth, part))
            self._expect(order, nth, part)
        if any(part.due_at > order.confirmed_at for part in order.deliveries):
            admit = partial(self._admit, order, None)
            clock.call_at(order.confirmed_at, admit, CHANGE, BELIEF, order.id)
        self._tell(order.sku)

    def _expect(self, order: PurchaseOrder, nth: int, part: Delivery) -> None:
        deliver = partial(self._deliver, order, nth, part)
        self.run.clock.call_at(part.due_at, deliver, RECEIPT, 0, order.id, nth)

    def _deliver(self, order: PurchaseOrder, nth: int, part: Delivery) -> None:
        """The goods arrive at the dock, unless they were hurried and came before."""
        now = self.run.clock.time
        if now != part.due_at:
            return
        if part.units:
            part.received_at = now
            self.run.stock.on_order[order.sku] -= part.units
            self.arrived.append((order.id, order.sku, part.units, now))
            self.dock.arrive(order.sku, part.units)
        if order.nth == FIRST_DELIVERY:
            self.when_launched(order.sku)
        self._coming[order.sku].remove((order, nth, part))
        self._tell(order.sku)

    def _admit(self, order: PurchaseOrder, hurried: Delivery | None) -> None:
        """The confirmed date passes undelivered: the shop learns the real one.

        Args:
            order: The purchase order.
            hurried: The delivery that had got a date of its own; None: all others.
        """
        now = self.run.clock.time
        others = [part for part in order.deliveries if not part.hurried]
        for part in others if hurried is None else [hurried]:
            part.believed_at = part.due_at
            if part.due_at > now and part.units:
                self.run.stock.news_at[order.sku] = now
        self._tell(order.sku)

    def _tell(self, sku: int) -> None:
        if self._requests.possible[sku]:
            self._offer(sku)
        if self.live:
            self._write(sku)
        else:
            self._untold.add(sku)

    def _open_orders(self) -> None:
        """Purchase orders placed before the run; they come on their date."""
        numbers = {each.sku: sku for sku, each in enumerate(self.run.scenario.products)}
        for row in self.run.scenario.opening.open_purchase_orders:
            due = max(0, self.run.times.ms(row.due))
            self._add_arranged(NONE, numbers[row.sku], Delivery(row.units, due, due))

    def _launches(self) -> None:
        """First deliveries of products that are launched; they come on their date, or slip."""
        for sku, product in enumerate(self.run.scenario.products):
            if product.launch is not None:
                name, due = self._supplier_of[sku], release_of(product, self.run.times)
                comes = due + slip_of(self.run, product.launch, name, product.sku)
                self._add_arranged(FIRST_DELIVERY, sku, Delivery(product.launch.units, comes, due))

    def _add_arranged(self, nth: int, sku: int, part: Delivery) -> None:
        """A purchase order that was placed before the run."""
        name = self._supplier_of[sku]
        self._add(
            PurchaseOrder(
                id=len(self.orders),
                sku=sku,
                supplier=NONE if name is None else self.suppliers[name].number,
                nth=nth,
                units=part.units,
                placed_at=NONE,
                made_at=NONE,
                confirmed_at=part.believed_at,
                deliveries=[part],
            )
        )

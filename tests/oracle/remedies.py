"""What an agent can really do for a customer who waits for goods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.oracle.clock import Clock
from tests.oracle.facts import Facts
from tests.oracle.things import WAITING, Item, Line, Order

if TYPE_CHECKING:
    from tests.oracle.desk import Contact
    from tests.oracle.shop import Shop

REFUNDED = 10
PURPOSES = {"expedite": 14, "partial_shipment": 15, "substitute": 16, "refund": 17}


class Remedies:
    """The ladder of solutions."""

    def __init__(self, shop: Shop, clock: Clock, facts: Facts) -> None:
        self.shop, self.clock, self.facts = shop, clock, facts

    def find(self, contact: Contact, ladder: Any) -> None:
        """Offer one after the other, until one is taken."""
        order = contact.order
        for step in ladder:
            if order.status != WAITING or not self._missing(order):
                return
            if not self._is_there(order, step.offer):
                continue
            contact.offered.append(step.offer)
            purpose = PURPOSES[step.offer]
            if self.facts.happens(order.id, purpose, contact.nth, step.accepted):
                contact.solution = step.offer
                self._do(contact, step.offer)
                return

    def _missing(self, order: Order) -> list[Line]:
        return [line for line in order.kept if line.missing]

    def _is_there(self, order: Order, offer: str) -> bool:
        if offer == "expedite":
            return self._hurriable(order) is not None
        if offer == "partial_shipment":
            return self.shop.parcels.divisible(order)
        if offer == "substitute":
            return self._substitutes(order) is not None
        return True

    def _do(self, contact: Contact, offer: str) -> None:
        order, shop = contact.order, self.shop
        if offer == "expedite":
            item = self._hurriable(order)
            assert item
            contact.hurried = item.id
            shop.buying.hurry(item)
        elif offer == "partial_shipment":
            shop.parcels.divide(order)
        elif offer == "substitute":
            self._exchange(order)
        else:
            order.cancels = REFUNDED
            self.clock.process(shop.desk.leaves(order))

    def _hurriable(self, order: Order) -> Item | None:
        """The first product it misses whose supplier would hurry the next delivery."""
        for line in self._missing(order):
            if self.shop.buying.can_hurry(line.item):
                return line.item
        return None

    def _substitutes(self, order: Order) -> list[Item] | None:
        """Other products for all lines that miss units; None if one has none."""
        taken, found = {line.item.id for line in order.lines}, []
        for line in self._missing(order):
            other = line.item.substitute
            if other is None or other in taken:
                return None
            item = self.shop.stock.items[other]
            if item.free < line.units:
                return None
            taken.add(other)
            found.append(item)
        return found

    def _exchange(self, order: Order) -> None:
        others = self._substitutes(order)
        assert others
        order.substituted = True
        for line, item in zip(self._missing(order), others, strict=True):
            waited = self.shop.stock.exchange(line, item)
            self.shop.buying.cancelled(waited)
            self.shop.buying.watch(item)
        self.clock.process(self.shop.gives_up(order))

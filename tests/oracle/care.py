"""What the shop does about an accepted order while it waits, and the passing of its promise."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.oracle.clock import ARRIVAL, NEVER, Clock
from tests.oracle.facts import CONSENT_PURPOSE, OPENED_FLAG, Facts
from tests.oracle.things import NO_CONSENT, PICKING, WAITING, Order

if TYPE_CHECKING:
    from tests.oracle.shop import Shop

SLIP, MESSAGE, CONSENT = range(3)
"""What is done about one order at one instant, in this order."""
MILLION = 1_000_000


class Care:
    """Looks after accepted orders."""

    def __init__(self, shop: Shop, clock: Clock, facts: Facts) -> None:
        self.shop, self.clock, self.facts = shop, clock, facts
        self.first = len(shop.orders) + len(facts.scenario.products)
        """Care comes after shoppers and e-mails: these many ids of their rank."""
        self.plan = plan = facts.scenario.backup_plan
        limited = plan is not None and plan.budget is not None
        self.left = round(plan.budget * MILLION) if limited else None

        self.when_changed: Callable[[Order], None] = lambda _order: None

    def begin(self, order: Order) -> None:
        """An order was accepted."""
        start = order.accepted_at
        if order.stamp["flags"] & OPENED_FLAG:
            start = order.stamp["placed_at"]
        if self.facts.slips:
            self.clock.process(self._broken_promise(order))
        for number, message in enumerate(self.facts.scenario.messages):
            if message.to != "late":
                self.clock.process(self._messages(order, number, message, start))
        if self.facts.scenario.customers.consent:
            self.clock.process(self._consents(order, start))

    def promise(self, order: Order) -> int:
        """Until when it is to be shipped."""
        if order.quote:
            return order.accepted_at + order.quote
        return self.facts.ship_by(order.accepted_at)

    def _at(self, time: int, order: Order, kind: int, number: int = 0):
        return self.clock.at(min(NEVER, time), ARRIVAL, self.first + order.id, kind, number)

    def _broken_promise(self, order: Order):
        yield self._at(self.promise(order) + 1, order, SLIP)
        if order.status not in (WAITING, PICKING):
            return
        order.slipped_at = int(self.clock.now)
        self.when_changed(order)
        if self.plan and any(line.missing for line in order.kept):
            self._give(order)
        for number, message in enumerate(self.facts.scenario.messages):
            if message.to == "late":
                self.clock.process(self._messages(order, number, message, order.slipped_at))

    # ------------------------------------------------------------------ backup plan

    def _give(self, order: Order) -> None:
        """Something for the customer, if the budget and the shelf have it."""
        plan, products = self.plan, self.facts.scenario.products
        cost, gift = plan.cost, None
        for product, item in zip(products, self.shop.stock.items, strict=True):
            if product.sku == plan.product:
                gift, cost = item, plan.cost + product.cost
        price = round(cost * MILLION) + sum(
            line.units * round(products[line.item.id].price * plan.discount * MILLION)
            for line in order.kept
        )
        if self.left is not None and price > self.left:
            return
        if gift and not gift.free:
            return
        if self.left is not None:
            self.left -= price
        order.given, order.given_for = 1, price
        if gift:
            self.shop.stock.give_away(gift)
            self.shop.buying.watch(gift)
        self.shop.change_patience(order, round(plan.patience * 1000))

    # ------------------------------------------------------------------ messages

    def _messages(self, order: Order, number: int, message: Any, start: int):
        """One kind of message to one customer."""
        for nth in range(message.at_most if message.every else 1):
            time = start + message.first_after + nth * (message.every or 0)
            if time < self.clock.now:
                continue  # before the run began
            yield self._at(time, order, MESSAGE, number)
            if order.status not in (WAITING, PICKING):
                return
            if message.to != "backordered" or any(line.missing for line in order.kept):
                self._send(order, message)

    def _send(self, order: Order, message: Any) -> None:
        nth, age, now = order.messages, message.information_age, int(self.clock.now)
        order.messages += 1
        order.spent += round(message.cost * MILLION)
        heard_at = now - now % age if age else now
        if any(line.missing and line.item.news_at > heard_at for line in order.kept):
            order.stale += 1
            self.shop.desk.misled(order, nth)
        else:
            self.shop.change_patience(order, round(message.patience * 1000))
        order.calm = round(message.contacts * 1000)
        self.when_changed(order)

    # ------------------------------------------------------------------ consent

    def _consents(self, order: Order, start: int):
        """Who has waited for long is asked whether they wait on."""
        rule = self.facts.scenario.customers.consent
        for nth in count():
            time = start + rule.after + nth * (rule.again_after or rule.after)
            if time < self.clock.now:
                continue
            yield self._at(time, order, CONSENT)
            if order.status != WAITING or not any(line.missing for line in order.kept):
                return
            if self.facts.happens(order.id, CONSENT_PURPOSE, nth, rule.consents):
                order.consents += 1
            else:
                self.shop.cancel(order, NO_CONSENT)

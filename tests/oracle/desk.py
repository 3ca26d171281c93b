"""The support desk: who asks, who answers, and what an answer does to the order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.randomness import occasion_hash
from sim.scenario.families import Exponential
from sim.warehouse.chance import quantiles
from tests.oracle.clock import ARRIVAL, EXPIRY, NEVER, Clock
from tests.oracle.facts import DAY, OPENED_FLAG, Facts
from tests.oracle.things import NONE, PICKING, WAITING, Order
from tests.oracle.work import Floor, Person, Task

if TYPE_CHECKING:
    from tests.oracle.remedies import Remedies
    from tests.oracle.shop import Shop

PLACED, PROCESSING, BACKORDERED, LATE, CANCELLATION, WRONG_ITEM, REFUND = range(7)
PLANNED, IN_LINE, IN_HAND, ANSWERED, ABANDONED = range(5)
WRONG_ANSWER, ENDED_BADLY = 8, 9

BY_STATE, BY_EVENT, HANDLING, PATIENCE, AGAIN, AGAIN_AFTER = 3, 4, 5, 6, 7, 8
ENDS_WELL, CANCELS_WRONG, CANCELS_BADLY, CANCELS_TOLD = 9, 10, 11, 13
"""Purposes of hashes."""

ONE_CONTACT = 1_000_000 * DAY
"""Hazard that one contact takes on average: millionths per day, times ms."""


@dataclass(eq=False)
class Contact:
    """One call, chat or letter."""

    id: int
    order: Order
    cause: int
    nth: int
    """How many contacts the order had before."""
    asked_at: int
    first: int
    attempt: int
    state: int = PLANNED
    answered_at: int = NONE
    ended_at: int = NONE
    right: int = NONE
    well: int = NONE
    chance: int = 0
    """That it ends well, of 2**31."""
    offered: list[str] = field(default_factory=list)
    """Solutions that the agent offered."""
    solution: str | None = None
    """The one that was taken."""
    hurried: int = NONE
    """Product whose delivery was hurried for it."""


@dataclass(eq=False)
class Concern:
    """What may make the customer of one order ask."""

    left: int
    since: int
    rate: int = 0
    due_at: int = NEVER
    by_state: int = 0
    contacts: int = 0


class Desk:
    """Contacts of all orders."""

    def __init__(self, clock: Clock, facts: Facts, floor: Floor, first: int) -> None:
        self.clock, self.facts, self.floor = clock, facts, floor
        self.settings = facts.scenario.support
        self.first = first
        """Contacts come after shoppers, e-mails and care: these many ids of their rank."""
        self.contacts: list[Contact] = []
        self.concerns: dict[Order, Concern] = {}
        self.shop: Shop
        self.remedies: Remedies
        self.check_drained: Callable[[], None]

    @property
    def quiet(self) -> bool:
        """Nobody waits, speaks, or will ask."""
        return all(contact.ended_at != NONE for contact in self.contacts)

    # ------------------------------------------------------------------ chance

    def _hash(self, order: Order, purpose: int, occasion: int) -> int:
        return occasion_hash(self.facts.key, order.id, purpose, occasion)

    def _happens(self, order: Order, purpose: int, occasion: int, share: float) -> bool:
        return self._hash(order, purpose, occasion) < round(share * 2**31)

    def _amount(
        self, distribution: Any, order: Order, purpose: int, occasion: int, factor: float = 1.0
    ) -> int:
        nth = self._hash(order, purpose, occasion) >> 17
        return int(quantiles(distribution, factor)[nth])

    def _hazard(self, order: Order, nth: int) -> int:
        return self._amount(Exponential(float(ONE_CONTACT)), order, BY_STATE, nth)

    # ------------------------------------------------------------------ who asks

    def begin(self, order: Order) -> None:
        """An order was accepted."""
        if self.settings is None:
            return
        now = int(self.clock.now)
        self.concerns[order] = Concern(self._hazard(order, 0), now)
        if not order.stamp["flags"] & OPENED_FLAG:
            placed = min(1.0, self.settings.contacts.placed * self._clarity())
            self._asks_perhaps(order, PLACED, placed, now)
        self.changed(order)

    def cancelled(self, order: Order) -> None:
        """An order was cancelled."""
        if self.settings is not None and not order.cancels:
            share = self.settings.contacts.cancelled
            self._asks_perhaps(order, CANCELLATION, share, int(self.clock.now))
        self.changed(order)

    def shipped(self, order: Order) -> None:
        """An order was shipped: what is wrong with it shows on delivery."""
        if self.settings is not None:
            causes, returns = self.settings.contacts, self.shop.parcels.returns
            _, delivered = returns.delivery(order)
            if any(parcel.wrong for parcel in order.parcels) and delivered < NEVER:
                self._asks_perhaps(order, WRONG_ITEM, causes.wrong_item, delivered)
            if order.stamp["refuses_late"] and returns.missed(order, delivered):
                self._asks_perhaps(order, REFUND, causes.refund, delivered)
        self.changed(order)

    def sent_back(self, order: Order) -> None:
        """A returned order is back, and what was paid for it is given back."""
        if self.settings is not None and self.facts.scenario.returns.refund:
            self._asks_perhaps(order, REFUND, self.settings.contacts.refund, int(self.clock.now))

    def misled(self, order: Order, nth: int) -> None:
        """A message, the n-th about the order, was as bad as a wrong answer."""
        if self.settings is None or order.status != WAITING or order.cancels:
            return
        effect = self.settings.wrong_answer
        if self._happens(order, CANCELS_TOLD, nth, effect.cancels):
            order.cancels = WRONG_ANSWER
            self.clock.process(self.leaves(order))
        else:
            self.shop.change_patience(order, round(effect.patience * 1000))

    def changed(self, order: Order) -> None:
        """The state of an order may have changed, and with it how often its customer asks."""
        concern = self.concerns.get(order)
        if concern is None:
            return
        now, rate = int(self.clock.now), self._rate(order)
        if rate != concern.rate:
            concern.left -= concern.rate * (now - concern.since)
            concern.since, concern.rate = now, rate
            self._aim(order, concern)

    def _clarity(self) -> float:
        told = self.settings.information_up_front
        return float(told.quote_quality.contacts * told.faq.contacts * told.prepared_team.contacts)

    def _state(self, order: Order) -> int:
        if order.status not in (WAITING, PICKING):
            return NONE
        if order.slipped_at != NONE:
            return LATE
        return BACKORDERED if any(line.missing for line in order.kept) else PROCESSING

    def _rate(self, order: Order) -> int:
        """Millionths per day."""
        causes, state = self.settings.contacts, self._state(order)
        rates = {LATE: causes.late, BACKORDERED: causes.backordered, PROCESSING: causes.processing}
        rate = rates.get(state)
        if not rate:
            return 0
        usual = round(rate.per_ms_rate * DAY * self._clarity() * 1_000_000)
        return (usual * order.calm + 500) // 1000

    def _aim(self, order: Order, concern: Concern) -> None:
        concern.due_at = NEVER
        if concern.rate:
            left = max(0, concern.left)
            concern.due_at = concern.since + -(-left // concern.rate)
            self.clock.process(self._due(order, concern, concern.due_at))

    def _due(self, order: Order, concern: Concern, time: int):
        """The hazard adds up to a contact, unless it changed meanwhile."""
        yield self.clock.at(time, ARRIVAL, self.first + order.id)
        if concern.due_at != time or self._state(order) == NONE:
            return
        concern.by_state += 1
        concern.left, concern.since = self._hazard(order, concern.by_state), time
        self._aim(order, concern)
        self._plan(order, self._state(order), time, None)

    def _asks_perhaps(self, order: Order, cause: int, share: float, at: int) -> None:
        if self._happens(order, BY_EVENT, cause, share):
            self._plan(order, cause, at, None)

    # ------------------------------------------------------------------ contacts

    def _plan(self, order: Order, cause: int, at: int, before: Contact | None) -> None:
        concern, number = self.concerns[order], len(self.contacts)
        first, attempt = (before.first, before.attempt + 1) if before else (number, 0)
        contact = Contact(number, order, cause, concern.contacts, at, first, attempt)
        concern.contacts += 1
        self.contacts.append(contact)
        self.clock.process(self._contact(contact))

    def _contact(self, contact: Contact):
        """From asking to the answer, or to hanging up."""
        orders = len(self.shop.orders)
        identity = self.first + orders + contact.id
        yield self.clock.at(contact.asked_at, ARRIVAL, identity)
        contact.state = IN_LINE
        settings, order = self.settings, contact.order
        factor = settings.at_once_factor if settings.at_once > 1 else 1.0
        work = self._amount(settings.handling, order, HANDLING, contact.nth, factor)
        task = Task(
            (3, contact.id),
            ("contact", 0),
            work,
            lambda: self._answered(contact, task.by),
            lambda _: self._finished(contact),
        )
        self.floor.add(task)
        if settings.patience is None:
            return
        patience = self._amount(settings.patience, order, PATIENCE, contact.nth)
        if patience < NEVER:
            yield self.clock.at(contact.asked_at + patience, EXPIRY, orders + contact.id)
            if contact.state == IN_LINE:
                self.floor.withdraw(task)
                contact.state, contact.ended_at = ABANDONED, int(self.clock.now)
                self._again_perhaps(contact, settings.calls_again)
                self.check_drained()

    def _answered(self, contact: Contact, agent: Person | None) -> None:
        contact.state, contact.answered_at = IN_HAND, int(self.clock.now)
        training, share = self.settings.training, self.settings.ends_well
        trained = training and (
            not training.cohorts or (agent and agent.cohort in training.cohorts)
        )
        if training and trained and training.ends_well is not None:
            share = training.ends_well
        errors = agent.error_rate if agent else 0
        contact.chance = round(share * 2**31) * (1_000_000 - errors) // 1_000_000

    def _finished(self, contact: Contact) -> None:
        """The customer judges the answer."""
        settings, order, nth = self.settings, contact.order, contact.nth
        contact.state, contact.ended_at = ANSWERED, int(self.clock.now)
        contact.right = self._is_right(order)
        contact.well = self._hash(order, ENDS_WELL, nth) < contact.chance
        faults = [
            (contact.right, settings.wrong_answer, CANCELS_WRONG, WRONG_ANSWER),
            (contact.well, settings.ends_badly, CANCELS_BADLY, ENDED_BADLY),
        ]
        effects = [rest for good, *rest in faults if not good]
        for effect, purpose, cause in effects:
            undecided = order.status == WAITING and not order.cancels
            if undecided and self._happens(order, purpose, nth, effect.cancels):
                order.cancels = cause
        if order.cancels and order.status == WAITING:
            self.clock.process(self.leaves(order))
        else:
            for effect, _, _ in effects:
                self.shop.change_patience(order, round(effect.patience * 1000))
            self.remedies.find(contact, settings.solutions)
            if effects and contact.solution is None:
                self._again_perhaps(contact, settings.calls_again_unresolved)
        self.check_drained()

    def leaves(self, order: Order):
        """The customer cancels at this instant, unless somebody starts on the order."""
        yield self.clock.at(int(self.clock.now), EXPIRY, order.id)
        self.shop.leaves(order)

    def _is_right(self, order: Order) -> bool:
        """Whether agents have heard the latest of all that the order misses."""
        age, now = self.settings.information_age, int(self.clock.now)
        if not age or order.status not in (WAITING, PICKING):
            return True
        informed = now - now % age
        return not any(line.missing and line.item.news_at > informed for line in order.kept)

    def _again_perhaps(self, contact: Contact, share: float) -> None:
        settings, order, nth = self.settings, contact.order, contact.nth
        if contact.attempt < settings.at_most and self._happens(order, AGAIN, nth, share):
            delay = self._amount(settings.calls_again_after, order, AGAIN_AFTER, nth)
            self._plan(order, contact.cause, int(self.clock.now) + delay, contact)

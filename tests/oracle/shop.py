"""The shop: one SimPy process per order, from the first visit to the last parcel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.oracle.care import Care
from tests.oracle.clock import ARRIVAL, EXPIRY, NEVER, Clock
from tests.oracle.desk import Desk
from tests.oracle.facts import (
    COME_BACK_FLAG,
    DROP_FLAG,
    LEAVES_ELSEWHERE_FLAG,
    OPENED_FLAG,
    SIGN_UP_FLAG,
    SUBSTITUTE_FLAG,
    Facts,
)
from tests.oracle.parcels import Parcels
from tests.oracle.remedies import Remedies
from tests.oracle.stock import Stock
from tests.oracle.things import (
    AWAY,
    BLOCKED,
    CANCELLED,
    ELSEWHERE,
    LEFT,
    LOST,
    MAILED,
    NEEDED_BY,
    NOT_CONVERTED,
    PATIENCE,
    SEASON_OVER,
    SIGNED_UP,
    WAITING,
    Item,
    Line,
    Order,
)

if TYPE_CHECKING:
    from tests.oracle.buying import Buying


@dataclass
class Offer:
    """What the shop shows a shopper who finds lines short."""

    short: list[Line]
    quote: int
    backorder: bool
    alert: Item | None


class Shop:
    """Storefront, customers' decisions, cancellations and alerts."""

    def __init__(self, clock: Clock, facts: Facts, stock: Stock, parcels: Parcels) -> None:
        self.clock, self.facts, self.stock, self.parcels = clock, facts, stock, parcels
        self.orders = facts.orders(stock.items)
        self.buying: Buying
        listed = len(self.orders) + len(stock.items)
        self.care = Care(self, clock, facts)
        self.desk = Desk(clock, facts, parcels.floor, listed + len(self.orders))
        self.desk.shop, self.desk.check_drained = self, parcels.check_drained
        self.desk.remedies = Remedies(self, clock, facts)
        self.care.when_changed = self.desk.changed
        stock.when_on_shelf = self._restocked
        for order in self.orders:
            clock.process(self._life(order))

    # ------------------------------------------------------------------ the life of an order

    def _life(self, order: Order):
        time = max(0, int(order.stamp["placed_at"]))
        yield self.clock.at(time, ARRIVAL, order.id)
        while self._visit(order):
            # The shopper is away: either until an alert, or until they come back by themselves.
            if order.status == SIGNED_UP:
                yield order.mailed
                if order.status == LOST:
                    return
                again = int(self.clock.now) + int(order.stamp["alert_opened_after"])
            else:
                again = int(self.clock.now) + int(order.stamp["comeback_after"])
            mailed = order.status == MAILED
            yield self.clock.at(again, ARRIVAL, order.id)
            if order.status == LOST:
                return
            order.attempt, order.by_alert = order.attempt + 1, mailed
        if order.status == WAITING:
            self.care.begin(order)
            self.desk.begin(order)
            yield from self.gives_up(order)

    def gives_up(self, order: Order):
        """The customer cancels, unless work has started or their patience was changed by then."""
        time = self._ends(order)
        yield self.clock.at(time, EXPIRY, order.id)
        if order.status == WAITING and not order.started and time == self._ends(order):
            self.cancel(order, order.cancels or order.cause)

    def leaves(self, order: Order) -> None:
        """The customer cancels in a contact, unless work has started."""
        if order.status == WAITING and not order.started:
            self.cancel(order, order.cancels or order.cause)

    def change_patience(self, order: Order, per_mille: int) -> None:
        """A waiting customer's patience that is left is multiplied; by one, nothing is touched."""
        if order.status != WAITING or order.patience_end >= NEVER or per_mille == 1000:
            return
        now = int(self.clock.now)
        left = max(0, order.patience_end - now)
        order.patience_end = min(NEVER, now + (left * per_mille + 500) // 1000)
        self.clock.process(self.gives_up(order))

    def _visit(self, order: Order) -> bool:
        """One attempt to buy; True when the shopper goes away and may return."""
        now = int(self.clock.now)
        if now >= self.facts.season_end:
            self._lose(order, SEASON_OVER)
        elif order.stamp["flags"] & OPENED_FLAG:
            self._accept(order, 0)
        elif self.parcels.floor.room_is_full():
            self._lose(order, BLOCKED)
        else:
            short = [line for line in order.lines if line.item.visible < line.units]
            if order.attempt == 0:
                order.short_at_first = bool(short)
            if short:
                self._ladder(order, self._offer(order, short))
            else:
                self._accept(order, 0)
        return order.status in (SIGNED_UP, AWAY)

    # ------------------------------------------------------------------ checkout

    def _offer(self, order: Order, short: list[Line]) -> Offer:
        quotes = {line.item.id: self._quote(line) for line in short}
        quote = max(quotes.values())
        backorder = quote <= self.facts.cap_quote and self._space_is_free(order, short)
        for line in short:
            item, missing = line.item, line.units - line.item.visible
            backorder &= item.shown in ("backorder", "hybrid")
            backorder &= item.cap is None or item.backorders + missing <= item.cap
        alerts = [line.item for line in short if line.item.shown in ("alerts", "hybrid")]
        alert = max(alerts, key=lambda item: quotes[item.id]) if alerts else None
        return Offer(short, quote, backorder, alert)

    def _quote(self, line: Line) -> int:
        """The wait that the shop believes, from what it knows of the pipeline."""
        item = line.item
        ahead = item.backorders if item.known_backorders is None else item.known_backorders
        pipeline = item.known_pipeline
        if pipeline is None:
            pipeline = self.buying.believed(item)
        needed, coming = ahead + line.units - item.visible, 0
        for due, units in pipeline:
            coming += units
            if coming >= needed:
                return max(0, due - int(self.clock.now)) + self.facts.padding
        # What the first delivery does not bring is bought when it is released.
        first = max(0, item.released - int(self.clock.now))
        return first + item.standard_wait + self.facts.padding

    def _space_is_free(self, order: Order, short: list[Line]) -> bool:
        area = self.stock.area
        if area.capacity is None:
            return True
        if not (self.facts.stop_when_area_full or area.when_full == "stop_offering"):
            return True
        volume = sum((line.units - line.item.visible) * line.item.volume for line in short)
        if not self.facts.splits(order):
            volume += sum(min(x.item.visible, x.units) * x.item.volume for x in order.lines)
        return self.stock.committed + volume <= area.capacity

    def _ladder(self, order: Order, offer: Offer) -> None:
        """The steps of a shopper who finds lines short; the first one taken decides."""
        flags, now = int(order.stamp["flags"]), int(self.clock.now)
        leaves = flags & LEAVES_ELSEWHERE_FLAG
        if leaves and any(line.item.elsewhere for line in offer.short):
            self._lose(order, LEFT)
            return
        for step in self.facts.steps:
            if step == "accept" and offer.backorder and self._takes(order, offer.quote):
                self._accept(order, offer.quote)
                return
            if step == "substitute" and flags & SUBSTITUTE_FLAG and self._substitutes(order, offer):
                self._accept(order, 0)
                return
            some_whole = len(offer.short) < len(order.lines)
            if step == "drop_line" and flags & DROP_FLAG and some_whole:
                for line in offer.short:
                    line.dropped = True
                self._accept(order, 0)
                return
            if step == "sign_up" and offer.alert and self._signs_up(order):
                order.status, order.signed_up_at = SIGNED_UP, now
                order.mailed = self.clock.event()
                offer.alert.signups.append(order)
                return
            if step == "come_back" and self._comes_back(order):
                order.status = AWAY
                order.comebacks += 1
                return
        self._lose(order, LEFT)

    def _takes(self, order: Order, quote: int) -> bool:
        needed_by = int(order.stamp["needed_by"])
        in_time = needed_by >= NEVER or int(self.clock.now) + quote <= needed_by
        return quote <= int(order.stamp["max_quote"]) and in_time

    def _substitutes(self, order: Order, offer: Offer) -> bool:
        """Put the substitutes in place of the short lines, if every one is on hand."""
        taken = {line.item.id for line in order.lines}
        choice = {}
        if any(line.item.free < line.units for line in order.lines if line not in offer.short):
            return False
        for line in offer.short:
            other = line.item.substitute
            if other is None or other in taken or self.stock.items[other].free < line.units:
                return False
            choice[line.item.id] = self.stock.items[other]
            taken.add(other)
        order.substituted = True
        for line in offer.short:
            line.item = choice[line.item.id]
        return True

    def _signs_up(self, order: Order) -> bool:
        if order.attempt == 0:
            return bool(order.stamp["flags"] & SIGN_UP_FLAG)
        return self.facts.sign_up_again and self.facts.hashed_sign_up(order.id, order.attempt)

    def _comes_back(self, order: Order) -> bool:
        if order.comebacks >= self.facts.comebacks_at_most:
            return False
        if order.comebacks == 0:
            return bool(order.stamp["flags"] & COME_BACK_FLAG)
        return self.facts.hashed_come_back(order.id, order.attempt)

    # ------------------------------------------------------------------ accepted, lost, cancelled

    def _accept(self, order: Order, quote: int) -> None:
        now = int(self.clock.now)
        order.status, order.accepted_at, order.quote = WAITING, now, quote
        order.patience_end = self._patience_ends(order)
        order.complete_at_once = all(line.item.free >= line.units for line in order.kept)
        for line in order.kept:
            self.stock.reserve(line)
        more = self.facts.takes_recommended(order, self.stock.items)
        if more:
            order.extra = Line(order, more, 1)
            self.stock.reserve(order.extra)
        self.parcels.form(order)
        for line in order.goods:
            self.buying.watch(line.item)

    def _patience_ends(self, order: Order) -> int:
        """When patience ends, if nobody changes it."""
        stamp, base = order.stamp, order.accepted_at
        if stamp["patience"] >= NEVER:
            return NEVER
        if stamp["flags"] & OPENED_FLAG:
            base = int(stamp["placed_at"])
        if self.facts.patience_from_promise:
            base = self.care.promise(order)
        return base + int(stamp["patience"])

    def _ends(self, order: Order) -> int:
        """When the earliest cause strikes; leaves the cause on the order."""
        stamp, placed = order.stamp, order.accepted_at
        if stamp["flags"] & OPENED_FLAG:
            placed = int(stamp["placed_at"])
        lacks = [line for line in order.kept if line.backordered and not line.exchanged]
        elsewhere = any(line.item.elsewhere for line in lacks)
        causes = [
            (order.patience_end, PATIENCE),
            (int(stamp["needed_by"]), NEEDED_BY),
            (placed + int(stamp["elsewhere_after"]) if elsewhere else NEVER, ELSEWHERE),
            (placed + int(stamp["other_after"]), int(stamp["other_cause"])),
        ]
        reachable = [cause for cause in causes if cause[1] != NEEDED_BY or cause[0] >= placed]
        # `min` keeps the first of equals: that is the order of precedence.
        time, order.cause = min(reachable, key=lambda cause: cause[0])
        return max(order.accepted_at, min(time, NEVER))

    def _lose(self, order: Order, reason: int) -> None:
        order.status, order.reason, order.ended_at = LOST, reason, int(self.clock.now)
        self.parcels.note_end(order)

    def cancel(self, order: Order, cause: int) -> None:
        """An order that nobody works on yet is cancelled."""
        self.parcels.withdraw(order)
        waited = self.stock.release(order)
        order.status, order.reason, order.ended_at = CANCELLED, cause, int(self.clock.now)
        self.desk.cancelled(order)
        self.parcels.note_end(order)
        self.buying.cancelled(waited)
        self.clock.want_dispatch()

    # ------------------------------------------------------------------ alerts

    def _restocked(self, item: Item) -> None:
        if item.signups and not item.mailing:
            item.mailing = True
            self.clock.process(self._mailing(item))

    def _mailing(self, item: Item):
        """E-mails about one SKU, from a restock until the list or the stock is used up."""
        facts = self.facts
        identity = len(self.orders) + item.id
        yield self.clock.at(int(self.clock.now), ARRIVAL, identity)
        if facts.all_at_once:
            listed = list(item.signups)
            item.signups.clear()
            for order in listed:
                self._mail(order)
        while item.signups and not (facts.recheck and item.free <= 0):
            if self._just_back(item.signups[0]):
                break  # they just saw that it is gone again
            for _ in range(facts.batch):
                if item.signups and not self._just_back(item.signups[0]):
                    self._mail(item.signups.popleft())
            if item.signups:
                yield self.clock.at(int(self.clock.now) + facts.mail_interval, ARRIVAL, identity)
        item.mailing = False

    def _just_back(self, order: Order) -> bool:
        return order.attempt > 0 and order.signed_up_at == self.clock.now

    def _mail(self, order: Order) -> None:
        now, stamp = int(self.clock.now), order.stamp
        order.mails += 1
        wait = now + int(stamp["alert_opened_after"]) - order.signed_up_at
        if int(stamp["alert_intent"]) >= wait:
            order.status = MAILED
        else:
            self._lose(order, NOT_CONVERTED)
        order.mailed.succeed()

    def end_season(self) -> None:
        """Nobody returns after the end: pending alerts and planned come-backs are lost."""
        for item in self.stock.items:
            item.signups.clear()
        for order in self.orders:
            if order.status in (SIGNED_UP, MAILED, AWAY):
                self._lose(order, SEASON_OVER)
        self.parcels.check_drained()

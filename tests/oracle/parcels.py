"""From reserved units to parcels with the carrier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.oracle.clock import COMPLETION, SHIFT_END, Clock
from tests.oracle.facts import Facts
from tests.oracle.returns import Returns
from tests.oracle.stock import Stock
from tests.oracle.things import EXPECTED, MAILED, PICKING, SHIPPED, WAITING, Line, Order, Parcel
from tests.oracle.work import BACKORDERS, Floor, Task

if TYPE_CHECKING:
    from tests.oracle.desk import Desk


class Parcels:
    """Forms parcels, has them picked and packed, and hands them to the carrier."""

    def __init__(self, clock: Clock, facts: Facts, stock: Stock, floor: Floor) -> None:
        self.clock, self.facts, self.stock, self.floor = clock, facts, stock, floor
        self.parcels: list[Parcel] = []
        self.tasks: dict[Parcel, Task] = {}
        self.at_carrier: list[Parcel] = []
        self.orders: list[Order] = []
        self.desk: Desk
        self.further = 0
        self.outside, self.done_outside = 0, 0
        self.drained = clock.event()
        self.returns: Returns
        stock.when_whole = self._whole
        stock.now = lambda: int(clock.now)
        clock.process(self._pickups())

    def form(self, order: Order) -> None:
        """Make the parcels of an order that was just accepted; start those that are whole."""
        whole = [line for line in order.kept if not line.missing]
        short = [line for line in order.kept if line.missing]
        for line in short:
            line.backordered, order.backordered = line.missing, True
        if short and self.facts.splits(order):
            groups = [whole] * bool(whole) + [[line] for line in short]
            staged = short
        else:
            groups, staged = [order.kept], order.kept * bool(short)
        for line in staged:
            if line.reserved:
                self.stock.area.stage(line, line.reserved)
        for lines in groups:
            self._new_parcel(order, lines, backorder=lines[0] in staged)
        first = order.parcels[0]
        if order.extra:
            first.lines = [*first.lines, order.extra]
            order.extra.parcel = first
        if not any(line.missing for line in first.lines):
            self._ready(first)

    def _new_parcel(self, order: Order, lines: list[Line], *, backorder: bool) -> None:
        # The first parcel has the order's number; further ones count on from the last order.
        number = order.id
        if order.parcels:
            number = len(self.orders) + self.further
            self.further += 1
        parcel = Parcel(number, order, lines, backorder)
        for line in lines:
            line.parcel = parcel
        order.parcels.append(parcel)
        self.parcels.append(parcel)

    def divide(self, order: Order) -> bool:
        """Whole lines that wait for others leave without them. Returns whether there were any."""
        for parcel in order.parcels:
            whole = [line for line in parcel.lines if not line.missing]
            short = [line for line in parcel.lines if line.missing]
            if whole and short:
                parcel.lines = whole
                self._new_parcel(order, short, backorder=True)
                self._ready(parcel)
                return True
        return False

    def divisible(self, order: Order) -> bool:
        """Whether whole lines wait for others."""
        own = ([x for x in each.lines if x is not order.extra] for each in order.parcels)
        return any(len({bool(x.missing) for x in lines}) > 1 for lines in own)

    def _whole(self, line: Line) -> None:
        """The last missing unit of a line came in."""
        parcel = line.parcel
        if parcel and not any(each.missing for each in parcel.lines):
            self._ready(parcel)
        self.desk.changed(line.order)

    def _ready(self, parcel: Parcel) -> None:
        parcel.ready_at = int(self.clock.now)
        own = any(("pick", BACKORDERS) in team.serves for team in self.floor.teams)
        key = BACKORDERS if parcel.backorder and own else parcel.order.class_
        third = self.facts.scenario.third_party
        if third is not None and self._backlog() >= third.above:
            self.clock.process(self._outside(parcel, third))
            return
        work = self.facts.pick_work(parcel)
        task = Task(
            (1, parcel.id),
            ("pick", key),
            work,
            lambda: self._started(parcel),
            lambda error_rate: self._picked(parcel, error_rate),
        )
        self.tasks[parcel] = task
        self.floor.add(task)

    def _backlog(self) -> int:
        """Parcels that wait for our own pickers."""
        return sum(len(tasks) for key, tasks in self.floor.queues.items() if key[0] == "pick")

    def _outside(self, parcel: Parcel, third: Any):
        """The third party does it after all that it was given before."""
        now = int(self.clock.now)
        each = 0 if third.per_day is None else 86_400_000 // third.per_day
        self.done_outside = max(max(now, self.done_outside) + each, now + third.delay)
        self.outside += 1
        self._started(parcel)
        yield self.clock.at(self.done_outside, COMPLETION, 4, self.outside)
        for line in parcel.lines:
            self.stock.area.clear(line)
        parcel.picked_at = int(self.clock.now)
        self._packed(parcel)

    def withdraw(self, order: Order) -> None:
        """The parcels of a cancelled order leave their queues."""
        for parcel in order.parcels:
            if parcel in self.tasks:
                self.floor.withdraw(self.tasks.pop(parcel))

    def _started(self, parcel: Parcel) -> None:
        if parcel.started_at < 0:
            parcel.started_at = int(self.clock.now)
        parcel.order.started, parcel.order.status = True, PICKING

    def _picked(self, parcel: Parcel, error_rate: int) -> None:
        parcel.picked_at = int(self.clock.now)
        parcel.wrong = int(parcel.order.stamp["error_u"]) < error_rate
        for line in parcel.lines:
            self.stock.area.clear(line)
        if not self.facts.two_stage:
            self._packed(parcel)
            return
        own = any(("pack", BACKORDERS) in team.serves for team in self.floor.teams)
        key = BACKORDERS if parcel.backorder and own else parcel.order.class_
        done = lambda _: self._packed(parcel)  # noqa: E731
        work = self.facts.pack_work(parcel)
        self.floor.add(Task((1, parcel.id), ("pack", key), work, lambda: None, done))

    def _packed(self, parcel: Parcel) -> None:
        parcel.packed_at = int(self.clock.now)
        if self.facts.pickups is None:
            self._shipped(parcel)
        else:
            self.at_carrier.append(parcel)

    def _pickups(self):
        """The carrier calls; it takes the parcels packed first, up to its capacity."""
        for time, capacity in self.facts.pickups or ():
            yield self.clock.at(time, SHIFT_END, 1)
            self.at_carrier.sort(key=lambda parcel: (parcel.packed_at, parcel.id))
            room = len(self.at_carrier) if capacity is None else capacity
            taken, self.at_carrier = self.at_carrier[:room], self.at_carrier[room:]
            for parcel in taken:
                self._shipped(parcel)

    def _shipped(self, parcel: Parcel) -> None:
        parcel.shipped_at = int(self.clock.now)
        order = parcel.order
        if all(each.shipped_at >= 0 for each in order.parcels):
            order.status, order.ended_at = SHIPPED, int(self.clock.now)
            self.returns.shipped(order)
            self.desk.shipped(order)
            self.note_end(order)

    def note_end(self, order: Order) -> None:
        """An order ended: perhaps it was the last."""
        assert order.ended_at >= 0
        self.check_drained()

    def check_drained(self) -> None:
        """After the season's end, the run is over when nobody waits for anything."""
        if self.clock.now < self.facts.season_end or self.drained.triggered:
            return
        if self.returns.under_way or not self.desk.quiet:
            return
        if not any(order.status in (EXPECTED, MAILED, WAITING, PICKING) for order in self.orders):
            self.drained.succeed()

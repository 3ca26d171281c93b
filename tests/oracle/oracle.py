"""The season once more: `oracle(scenario, book, seed, replication) -> Records`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import simpy

from tests.oracle.buying import Buying
from tests.oracle.clock import CHARGE, Clock
from tests.oracle.facts import Facts
from tests.oracle.levels import Integrals, Levels
from tests.oracle.parcels import Parcels
from tests.oracle.returns import Returns
from tests.oracle.rota import rota
from tests.oracle.shop import Shop
from tests.oracle.stock import Area, Stock
from tests.oracle.work import BACKORDERS, Floor, Person, Queue, Team

if TYPE_CHECKING:
    from sim.demand.order_book import OrderBook
    from sim.scenario.scenario import Scenario

Row = dict[str, int]


@dataclass
class Records:
    """What happened, by kind of record; the names are those of the ledger."""

    orders: list[Row]
    care: list[Row]
    """What was done about each order while it waited."""
    parcels: dict[int, Row]
    purchase_orders: list[Row]
    deliveries: list[Row]
    space: list[Row]
    lines: list[Row]
    marks: list[Integrals]
    """Integrals of levels at the window's start, its end, and the end of the run."""
    ended_at: int
    returns: list[Row]
    contacts: list[Row]
    docks: list[Row]
    days: list[Row]
    """Levels of every product at every midnight."""
    charges: list[Row]
    """Levels at the ends of charging periods, added up by part of the run and product."""
    outside: int
    """Parcels that the third party was given."""
    ties: set[tuple[int, int]]
    """Pairs of ranks that happened at one instant."""


class Season:
    """One run of one season."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.clock = Clock(self._dispatch, self._leave)
        teams = _teams(facts)
        stage = "pack" if facts.two_stage else "pick"
        self.stock = Stock(facts.items(), _area(facts), facts.by_class)
        self.floor = Floor(self.clock, teams, facts.scenario.people.pack_stations, stage)
        self.parcels = Parcels(self.clock, facts, self.stock, self.floor)
        self.shop = Shop(self.clock, facts, self.stock, self.parcels)
        self.shop.buying = Buying(self.clock, facts, self.stock, self.floor)
        self.parcels.orders = self.shop.orders
        self.parcels.returns = Returns(self.clock, facts, self.shop.buying)
        self.parcels.returns.when_back = self._back
        self.parcels.desk = self.shop.desk
        self.space: list[Row] = []
        self.levels = Levels(self.stock, self.shop, self.floor)
        self.marks: list[Integrals] = []
        self.days: list[Row] = []
        self.charges: list[Row] = [
            {"part": part, "sku": item.id, "periods": 0, "held": 0, "backorders": 0}
            for part in (0, 1)
            for item in self.stock.items
        ]
        self.clock.process(self._end())
        self.clock.process(self._midnights())
        self.clock.process(self._periods())
        for time in (facts.warm_up, facts.season_end):
            self.clock.process(self._mark(time))

    def run(self) -> Records:
        """Run until everything has ended, at the latest until the cap on draining."""
        limit = self.clock.at(self.facts.end, CHARGE, 9)
        self.clock.run(until=simpy.AnyOf(self.clock, [self.parcels.drained, limit]))
        self.marks.append(dict(self.levels.total))
        self._note_space()
        return Records(
            ended_at=int(self.clock.now),
            marks=self.marks,
            lines=[_line_row(line) for order in self.shop.orders for line in order.lines],
            orders=[_order_row(order) for order in self.shop.orders],
            care=[_care_row(order) for order in self.shop.orders],
            parcels={parcel.id: _parcel_row(parcel) for parcel in self.parcels.parcels},
            contacts=[_contact_row(contact) for contact in self.shop.desk.contacts],
            docks=[_dock_row(task) for task in self.shop.buying.docks],
            returns=[_back_row(order) for order in self.shop.orders if order.back_at >= 0],
            days=self.days,
            charges=self.charges,
            outside=self.parcels.outside,
            ties=self.clock.ties,
            purchase_orders=[_purchase_row(order) for order in self.shop.buying.orders],
            deliveries=[
                {"purchase_order": order.id, "units": units, "received_at": time}
                for order, units, time in self.shop.buying.deliveries
            ],
            space=_changes(self.space),
        )

    def _back(self, order: Any) -> None:
        """An order has come back."""
        self.shop.desk.sent_back(order)
        self.parcels.check_drained()

    def _end(self):
        yield self.clock.at(self.facts.season_end, CHARGE, 2)
        self.shop.end_season()

    def _mark(self, time: int):
        yield self.clock.at(time, CHARGE, 1)
        self.marks.append(dict(self.levels.total))

    def _midnights(self):
        calendar, shift = self.facts.calendar, self.facts.warm_up
        day = calendar.day_number(-shift)
        while True:
            midnight, day = calendar.midnight_of_day(day) + shift, day + 1
            if midnight >= 0:
                yield self.clock.at(midnight, CHARGE, 1)
                for item in self.stock.items:
                    row = {"at": midnight, "sku": item.id, "free": item.free}
                    on_order = self.shop.buying.on_order(item)
                    self.days.append(row | {"backorders": item.backorders, "on_order": on_order})

    def _periods(self):
        """Charges on the levels at the end of each period, before anything else."""
        costs, time = self.facts.scenario.costs.inventory, self.facts.warm_up
        while costs.charged == "end_of_period":
            time += costs.period
            yield self.clock.at(time, CHARGE, 0)
            held = self.levels.held()
            if costs.held == "on_shelf":
                held = [item.free for item in self.stock.items]
            for row in self.charges:
                if row["part"] == (time > self.facts.season_end):
                    item = self.stock.items[row["sku"]]
                    row["periods"] += 1
                    row["held"] += held[item.id]
                    row["backorders"] += item.backorders

    def _leave(self, now: int) -> None:
        """Time moves on to `now`: everything at this instant has happened."""
        self.levels.leave(now)
        self._note_space()

    def _dispatch(self) -> None:
        self.floor.dispatch()

    def _note_space(self) -> None:
        """Note how much space this instant leaves in use."""
        waiting = {id(x.order) for item in self.stock.items for q in item.queues for x in q}
        self.space.append(
            {
                "at": int(self.clock.now),
                "used": self.stock.area.used,
                "committed": self.stock.committed,
                "backorders": len(waiting),
            }
        )


def oracle(scenario: Scenario, book: OrderBook, seed: int, replication: int) -> Records:
    """Simulate the season as a textbook SimPy model, one process per order."""
    return Season(Facts(scenario, book, seed, replication)).run()


# ---------------------------------------------------------------------- parts of the season


def _area(facts: Facts) -> Area:
    block = facts.scenario.backorder_area
    if block is None:
        return Area(None, "general_storage")
    capacity = int(block.positions.count * (block.positions.volume_ml or 0) * block.fill + 1e-6)
    return Area(capacity, block.when_full)


def _teams(facts: Facts) -> list[Team]:
    people = facts.scenario.people
    named = {
        "pick_pack": people.pick_pack,
        "pick": people.pick,
        "pack": people.pack,
        "backorder_team": people.backorder_team,
        "receiving": people.receiving,
        "support": people.support,
    }
    teams = []
    number = 0
    rostered = rota(facts)
    if named["pick_pack"] is None and named["pick"] is None:
        teams.append(Team("pick_pack", True, False, _serves(facts, "pick_pack", None)))
    for name, settings in named.items():
        if settings is None:
            continue
        team = Team(
            name,
            settings.unlimited,
            settings.at_shift_end == "pause",
            _serves(facts, name, settings),
            settings.waiting_room,
            settings.overtime.when_backlog_over if settings.overtime else None,
        )
        desk = facts.scenario.support
        places = desk.at_once if desk and name == "support" else 1
        for each in rostered:
            for _ in range(places if each.team == name else 0):
                team.people.append(Person(number, team, each.duties, each.cohort.name))
                number += 1
        teams.append(team)
    return teams


def _serves(facts: Facts, name: str, settings: Any) -> list[Queue]:
    """The queues of a team in the order in which it serves them."""
    if name == "receiving":
        return [("cross_dock", 0), ("receive", 0)]
    if name == "support":
        return [("contact", 0)]
    words = getattr(settings, "serves", None)
    if words is None:
        first = getattr(settings, "priority", None)
        if first is not None:
            words = ("backorders", "orders") if first == "backorders" else ("orders", "backorders")
        else:
            words = ("backorders",) if name == "backorder_team" else ("orders", "backorders")
    kind = "pack" if name == "pack" else "pick"
    queues: list[Queue] = []
    for word in words:
        if word == "backorders":
            if facts.backorder_queue:
                queues.append((kind, BACKORDERS))
        elif word == "orders":
            queues += [(kind, number) for number in range(len(facts.classes))]
        else:
            queues.append((kind, facts.classes.index(word)))
    return list(dict.fromkeys(queues))


# ---------------------------------------------------------------------- records


def _order_row(order: Any) -> Row:
    names = ("status", "reason", "accepted_at", "quote", "ended_at", "attempt", "comebacks")
    row = {name: int(getattr(order, name)) for name in names}
    row["recommended"] = order.extra.item.id if order.extra else -1
    flags = ("by_alert", "short_at_first", "backordered", "substituted", "mails")
    return row | {name: int(getattr(order, name)) for name in flags}


def _back_row(order: Any) -> Row:
    arrived, resold = int(order.arrived_back), int(order.resold)
    return {"order": order.id, "at": order.back_at, "arrived": arrived, "resold": resold}


def _care_row(order: Any) -> Row:
    names = ("slipped_at", "messages", "stale", "consents", "spent", "given", "given_for")
    return {name: int(getattr(order, name)) for name in names}


def _line_row(line: Any) -> Row:
    return {
        "sku": line.item.id,
        "backordered": line.backordered,
        "dropped": int(line.dropped),
        "whole_at": line.whole_at,
    }


def _parcel_row(parcel: Any) -> Row:
    names = ("ready_at", "started_at", "picked_at", "packed_at", "shipped_at", "backorder", "wrong")
    return {"order": parcel.order.id} | {name: int(getattr(parcel, name)) for name in names}


def _contact_row(contact: Any) -> Row:
    names = ("cause", "nth", "first", "attempt", "state", "asked_at", "answered_at", "ended_at")
    row = {"order": contact.order.id} | {name: int(getattr(contact, name)) for name in names}
    steps = ("expedite", "partial_shipment", "substitute", "refund")
    taken = -1 if contact.solution is None else steps.index(contact.solution)
    row |= {"solution": taken, "offered": sum(2 ** steps.index(each) for each in contact.offered)}
    row["sku"] = contact.hurried
    return row | {name: int(getattr(contact, name)) for name in ("right", "well")}


def _dock_row(task: Any) -> Row:
    queue = ("cross_dock", "receive").index(task.kind)
    row = {"sku": task.item.id, "queue": queue, "units": task.units, "arrived_at": task.arrived_at}
    return row | {"started_at": task.started_at, "put_away_at": task.put_away_at}


def _purchase_row(order: Any) -> Row:
    received = [part.received_at for part in order.parts]
    units = [part.units for part in order.parts]
    complete = all(time >= 0 or not left for time, left in zip(received, units, strict=True))
    return {
        "sku": order.item.id,
        "units": order.units,
        "withdrawn": order.withdrawn,
        "placed_at": order.placed_at,
        "confirmed_at": order.due,
        "received_at": max(received) if complete else -1,
    }


def _changes(rows: list[Row]) -> list[Row]:
    """Only the rows that differ from the one before, from an empty building on."""
    kept: list[Row] = []
    levels = (0, 0, 0)
    for row in rows:
        present = (row["used"], row["committed"], row["backorders"])
        if present != levels:
            kept.append(row)
            levels = present
    return kept

"""A scenario and its order book as plain numbers: everything that is known before the run."""

from __future__ import annotations

import bisect
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.demand.ladder import repeat_threshold
from sim.randomness import occasion_hash, seed_key, uniforms
from sim.scenario.calendar import season_calendar
from tests.oracle.clock import NEVER
from tests.oracle.numbers import Planner
from tests.oracle.things import Item, Line, Order, Parcel

if TYPE_CHECKING:
    from sim.demand.order_book import OrderBook
    from sim.scenario.scenario import Scenario

DAY, HOUR = 86_400_000, 3_600_000
OPENED_FLAG, SUBSTITUTE_FLAG, DROP_FLAG, SIGN_UP_FLAG = 1, 2, 4, 8
COME_BACK_FLAG, LEAVES_ELSEWHERE_FLAG = 16, 32
BOOK_SPANS = (
    *("max_quote", "patience", "other_after", "elsewhere_after", "needed_by"),
    *("alert_opened_after", "alert_intent", "comeback_after", "transit", "express_transit"),
)
SIGN_UP_PURPOSE, COME_BACK_PURPOSE, CONSENT_PURPOSE = 1, 2, 12
SPLIT_PURPOSE, WRAP_PURPOSE, RECOMMEND_PURPOSE = 31, 32, 33


class Facts:
    """Numbers of one season. Times are ms since the start of the run (season less warm-up)."""

    def __init__(self, scenario: Scenario, book: OrderBook, seed: int, replication: int) -> None:
        self.scenario, self.book, self.seed, self.replication = scenario, book, seed, replication
        self.calendar = season_calendar(scenario.season)
        self.warm_up = scenario.season.warm_up
        self.season_end = self.warm_up + self.calendar.length_ms
        self.end = self.season_end + scenario.season.drain
        self.closed = self.calendar.closed_days(scenario.season.closed)
        self.classes = [each.name for each in scenario.demand.classes] or ["orders"]
        self._storefront()
        self._customers()
        self._carrier()
        late = any(message.to == "late" for message in scenario.messages)
        self.slips = bool(late or scenario.backup_plan or scenario.support)
        self.two_stage = scenario.people.pick is not None
        self.backorder_queue = _has_backorder_queue(scenario.people)
        self.key = seed_key(seed, "season", replication)

    # ------------------------------------------------------------------ time

    def ms(self, moment: Any) -> int:
        """Instant of a moment in ms of the run."""
        return self.calendar.ms_of(moment) + self.warm_up

    def span(self, stretch: Any) -> tuple[int, int]:
        """Beginning and end of a stretch of days in ms of the run."""
        begin, end = self.calendar.span_of(stretch)
        return begin + self.warm_up, end + self.warm_up

    def days(self, first: int = 0) -> Iterator[tuple[int, int, int]]:
        """(number from the season's first day, midnight, weekday) of every day of the run.

        They begin with the day before the run, or before the instant `first` if that is earlier.
        """
        number = self.calendar.day_number(min(0, first) - self.warm_up) - 1
        while (midnight := self.calendar.midnight_of_day(number) + self.warm_up) < self.end:
            yield number, midnight, self.calendar.weekday_of(midnight - self.warm_up)
            number += 1

    # ------------------------------------------------------------------ storefront and customers

    def _storefront(self) -> None:
        front, alerts = self.scenario.storefront, self.scenario.alerts
        self.padding = front.quote.padding
        self.information_age = front.quote.information_age
        self.stock_age = front.stock_information_age
        self.cap_quote = NEVER if front.caps.quoted_wait is None else front.caps.quoted_wait
        self.stop_when_area_full = front.caps.stop_when_area_full
        self.by_class = front.allocate == "class"
        self.all_at_once, self.recheck = alerts.mail == "all at once", alerts.recheck_stock
        self.batch = alerts.batch
        self.mail_interval = int(HOUR * self.batch // alerts.per_hour) if alerts.per_hour else 0
        self.sign_up_again = alerts.sign_up_again

    def _customers(self) -> None:
        customers = self.scenario.customers
        self.steps = customers.steps
        back = customers.come_back_later
        self.comebacks_at_most = 1 if isinstance(back, float) else back.at_most
        patience = customers.patience
        self.patience_from_promise = getattr(patience, "start", "order") == "promise"

    def hashed_sign_up(self, order: int, attempt: int) -> bool:
        """Whether a shopper who was mailed and finds it short again signs up again."""
        threshold = repeat_threshold(self.scenario, "sign_up")
        return occasion_hash(self.key, order, SIGN_UP_PURPOSE, attempt) < threshold

    def hashed_come_back(self, order: int, attempt: int) -> bool:
        """Whether a shopper who came back and finds it short again comes back once more."""
        threshold = repeat_threshold(self.scenario, "come_back")
        return occasion_hash(self.key, order, COME_BACK_PURPOSE, attempt) < threshold

    def splits(self, order: Order) -> bool:
        """Whether an order with a short line ships what is there first."""
        ship = self.scenario.storefront.ship
        if ship != "choice" or len(order.lines) == 1:
            return ship == "split"
        return self.happens(order.id, SPLIT_PURPOSE, 0, self.scenario.customers.wants_split)

    def takes_recommended(self, order: Order, items: list[Item]) -> Item | None:
        """What an order placed from an alert takes of what was recommended, if it is there."""
        terms = self.scenario.alerts.recommend
        if terms is None or not order.by_alert:
            return None
        if not self.happens(order.id, RECOMMEND_PURPOSE, order.attempt, terms.share):
            return None
        named = [item for item in items if terms.product in (None, item.sku)]
        held = {line.item for line in order.kept}
        return next((item for item in named if item.free and item not in held), None)

    def happens(self, order: int, purpose: int, occasion: int, share: float) -> bool:
        """Whether something of this chance happens to a customer on this occasion."""
        return occasion_hash(self.key, order, purpose, occasion) < round(share * 2**31)

    # ------------------------------------------------------------------ goods and orders

    def items(self) -> list[Item]:
        """The SKUs with their opening stock."""
        names = [product.sku for product in self.scenario.products]
        front, rows = self.scenario.storefront, self.scenario.opening.stock
        counted = {row.sku: row.units for row in rows}
        more = self.scenario.replenishment.pre_season_buy
        items, planner = [], Planner(self)
        for number, product in enumerate(self.scenario.products):
            stock, launch = 0, product.launch
            if launch is None:
                stock = planner.opening_stock(number, counted.get(product.sku, product.stock))
            bought = product.pre_season_buy or 0
            items.append(
                Item(
                    id=number,
                    sku=product.sku,
                    mode=product.when_short or front.when_short,
                    volume=product.volume,
                    weight=round(product.weight * 1000),
                    cap=front.caps.units_per_sku
                    if product.cap_units is None
                    else product.cap_units,
                    substitute=names.index(product.substitute) if product.substitute else None,
                    elsewhere=product.available_elsewhere,
                    standard_wait=self._standard_wait(product),
                    free=round(stock * (1 + more)) + bought,
                    queues=[deque() for _ in self.classes],
                    released=self.ms(launch.released) if launch else 0,
                    ahead=launch is not None and launch.pre_order,
                )
            )
        return items

    def supplier_of(self, product: Any) -> str | None:
        """Name of the product's supplier."""
        named = product.supplier
        if named is None and len(self.scenario.suppliers) == 1:
            return next(iter(self.scenario.suppliers))
        return named

    def _standard_wait(self, product: Any) -> int:
        stated = self.scenario.storefront.quote.standard_wait
        if stated is not None:
            return int(stated)
        supplier = self.supplier_of(product)
        return round(self.scenario.suppliers[supplier].lead_time.mean) if supplier else 0

    def orders(self, items: list[Item]) -> list[Order]:
        """The would-be buyers of the book."""
        orders = []
        for number, row in enumerate(self.book.orders):
            first, count = int(row["first_line"]), int(row["n_lines"])
            stamp = {name: _value(name, int(row[name])) for name in row.dtype.names}
            order = Order(number, stamp, int(row["class_"]), [])
            for line in self.book.lines[first : first + count]:
                order.lines.append(Line(order, items[int(line["sku"])], int(line["units"])))
            orders.append(order)
        return orders

    # ------------------------------------------------------------------ work

    def pick_work(self, parcel: Parcel) -> int:
        """Work of the first stage in ms at speed 1."""
        people = self.scenario.people
        team = people.pick or people.pick_pack
        work = self._work(parcel, team, "work_ppm", packs=people.pick is None)
        area = self.scenario.backorder_area
        if area is not None and any(line.in_general for line in parcel.lines):
            work = (work * round(area.slow_retrieval * 1000) + 500) // 1000
        return work

    def pack_work(self, parcel: Parcel) -> int:
        """Work of packing as a stage of its own."""
        return self._work(parcel, self.scenario.people.pack, "pack_ppm", packs=True)

    def _wrapping(self, parcel: Parcel) -> int:
        """More work for a customer who wants it wrapped."""
        terms = self.scenario.wrapping
        if terms is None or not self.happens(parcel.order.id, WRAP_PURPOSE, 0, terms.share):
            return 0
        return terms.per_parcel + terms.per_unit * sum(line.units for line in parcel.lines)

    def _work(self, parcel: Parcel, team: Any, factor: str, *, packs: bool) -> int:
        if team is None:
            return 0
        work = team.work
        units = sum(line.units * line.item.weight for line in parcel.lines)
        content = work.per_order + work.per_line * len(parcel.lines)
        content += (work.per_unit * units + 500) // 1000
        content += self._wrapping(parcel) if packs else 0
        return (content * int(parcel.order.stamp[factor]) + 500_000) // 1_000_000

    # ------------------------------------------------------------------ carrier

    def _carrier(self) -> None:
        carrier = self.scenario.carrier
        self.pickups: list[tuple[int, int | None]] | None = None
        self.cut_offs: list[int] = []
        if carrier is None or (carrier.cut_off is None and carrier.pickup is None):
            return
        self.pickups = []
        names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        by_weekday = carrier.capacity_by_weekday or {}
        for number, midnight, weekday in self.days():
            if number in self.closed:
                continue
            cut_off = carrier.cut_off[weekday] if carrier.cut_off else None
            call = carrier.pickup[weekday] if carrier.pickup else None
            if carrier.pickup is None and cut_off is not None:
                call = cut_off + 2 * HOUR
            if cut_off is not None:
                self.cut_offs.append(midnight + cut_off)
            if call is not None and midnight + call >= 0:
                capacity = by_weekday.get(names[weekday], carrier.capacity)
                self.pickups.append((midnight + call, capacity))
        self.pickups.sort(key=lambda pickup: pickup[0])

    def ship_by(self, placed: int) -> int:
        """Promised ship date of an order that is whole when it is placed."""
        carrier = self.scenario.carrier
        if carrier is None:
            return placed
        if self.pickups is None:
            return placed + carrier.handling
        ready_by = placed
        if carrier.cut_off is not None:
            nth = bisect.bisect_left(self.cut_offs, placed)
            ready_by = self.cut_offs[nth] if nth < len(self.cut_offs) else NEVER
        times = [time for time, _ in self.pickups]
        nth = bisect.bisect_left(times, ready_by)
        return times[nth] + carrier.handling if nth < len(times) else NEVER

    # ------------------------------------------------------------------ chance

    def uniforms(self, *key: str | int) -> Iterator[float]:
        """The uniform numbers of a stream of the business."""
        return uniforms(self.seed, self.replication, *key)


def _value(field: str, stored: int) -> int:
    """What a field of the order book stands for; spans are whole minutes beyond 23 days."""
    if field not in BOOK_SPANS or abs(stored) <= 23 * DAY:
        return stored
    if stored == 2**31 - 1:
        return NEVER
    minutes = abs(stored) - 23 * DAY
    return (23 * DAY + minutes * 60_000) * (1 if stored > 0 else -1)


def _has_backorder_queue(people: Any) -> bool:
    """Whether backorders wait in a queue of their own: somebody is told to serve them."""
    teams = [people.pick_pack, people.pick, people.pack]
    told = [team for team in teams if team is not None]
    return people.backorder_team is not None or any(
        team.priority is not None or "backorders" in (team.serves or ()) for team in told
    )


def ms_of_quantile(distribution: Any, uniform: float) -> int:
    """A span of time drawn from a distribution by its quantile, in whole ms."""
    value = distribution if isinstance(distribution, int) else distribution.quantile(uniform)
    return min(NEVER, round(float(value)))

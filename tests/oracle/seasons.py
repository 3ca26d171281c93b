"""Random seasons over every setting of the model, as scenario files hold them.

Half of them are ticked: every duration is a multiple of one hour, and every time in the order book
is rounded to it, so that simultaneous events are the rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.oracle.staff import people

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.demand.order_book import OrderBook


HOUR = 3_600_000

MONDAY = "2026-11-23"
MODES = ["backorder", "hybrid", "backorder", "hybrid", "backorder", "alerts", "out_of_stock"]


@dataclass(frozen=True)
class RandomSeason:
    """A scenario as a mapping, and what else a run needs."""

    scenario: dict[str, Any]
    ticked: bool
    seed: int


class Spans:
    """Draws spans of time and distributions of them, on the tick or off it."""

    def __init__(self, rng: Random, *, ticked: bool) -> None:
        self.rng, self.ticked = rng, ticked

    def span(self, low: int, high: int) -> str:
        """A span between two numbers of hours; on the tick often a quarter of a day or two."""
        if not self.ticked:
            return f"{self.rng.randint(low * 3600, high * 3600)} s"
        round_ones = [hours for hours in range(low, high + 1) if hours % 6 == 0]
        if round_ones and self.rng.random() < 0.6:
            return f"{self.rng.choice(round_ones)} hours"
        return f"{self.rng.randint(low, high)} hours"

    def short(self) -> str:
        """Some minutes of work; whole hours on the tick."""
        if self.ticked:
            return f"{self.rng.choice([0, 0, 1, 1, 2])} hours"
        return f"{self.rng.randint(0, 5000)} s"

    def chance(self, low: int, high: int) -> Any:
        """A distribution of spans."""
        if self.rng.random() < 0.3:
            return self.span(low, high)
        if self.ticked or self.rng.random() < 0.5:
            values = {self.span(low, high): "50%", self.span(low, high + 1): "50%"}
            return values if len(values) == 2 else self.span(low, high)
        mean = f"{self.rng.randint(max(1, low), max(1, high))} hours"
        family = self.rng.choice(["exponential", "gamma", "lognormal"])
        return {family: mean if family == "exponential" else {"mean": mean, "cv": 0.7}}


def seasons() -> st.SearchStrategy[RandomSeason]:
    """Random seasons. Hypothesis only draws the seed: it would make every season in seven versions
    that hardly differ, and here each is to be a new one. `reduce` makes them small again."""
    return st.integers(0, 2**63 - 1).map(lambda seed: random_season(Random(seed)))  # noqa: S311 - no secrets here


def random_season(rng: Random) -> RandomSeason:
    """A random season."""
    ticked = rng.random() < 0.5
    spans = Spans(rng, ticked=ticked)
    days, skus = rng.randint(2, 10), rng.randint(1, 5)
    classes = rng.choice([(), ("fast", "slow"), ("fast", "slow")])
    scenario: dict[str, Any] = {
        "season": _season(rng, spans, days),
        "demand": _demand(rng, days, skus, classes),
        "products": [_product(rng, n, skus) for n in range(skus)],
        "suppliers": {"one": _supplier(rng, spans, days), "two": _supplier(rng, spans, days)},
        "replenishment": _replenishment(rng, spans),
        "storefront": _storefront(rng, spans, skus),
        "alerts": _alerts(rng, spans),
        "customers": _customers(rng, spans),
        "opening": _opening(rng, spans, skus, classes),
        "people": people(rng, spans, classes, days),
        "receiving": _receiving(rng, spans),
    }
    if rng.random() < 0.5:
        scenario["backorder_area"] = _area(rng)
        caps = scenario["storefront"]["caps"]
        _perhaps(rng, caps, "stop_when_area_full", lambda: True)
    if rng.random() < 0.5:
        scenario["carrier"] = _carrier(rng, spans)
    scenario = {name: block for name, block in scenario.items() if block}
    return RandomSeason(scenario, ticked, rng.randint(0, 10_000))


def _perhaps(rng: Random, block: dict[str, Any], name: str, value: Callable[[], Any]) -> None:
    """Give a setting in half of the seasons."""
    if rng.random() < 0.5:
        block[name] = value()


def _season(rng: Random, spans: Spans, days: int) -> dict[str, Any]:
    start = rng.choice([MONDAY, MONDAY, f"{MONDAY} 09:00"])
    season: dict[str, Any] = {"start": start, "length": f"{days} days"}
    _perhaps(rng, season, "warm_up", lambda: spans.span(0, 48))
    _perhaps(rng, season, "drain", lambda: f"{rng.randint(0, 20)} days")
    _perhaps(rng, season, "closed", lambda: ["thanksgiving"])
    if rng.randint(0, 5) == 0:
        del season["start"]
        season.pop("closed", None)
    return season


def _demand(rng: Random, days: int, skus: int, classes: tuple[str, ...]) -> dict[str, Any]:
    demand: dict[str, Any] = {
        "orders_per_day": rng.randint(20, 150) / (days + 2),
        "forecast_error": False,
        "basket": {
            "lines": {1: 0.5} | dict.fromkeys(range(2, min(skus, 4) + 1), 0.3),
            "units_per_line": {1: 0.7, 2: 0.2, 4: 0.1},
        },
    }
    if rng.randint(0, 4) == 0:
        demand["arrivals"] = "fixed"
    if classes:
        demand["classes"] = [
            {"name": name, "share": share}
            for name, share in zip(classes, ("30%", "70%"), strict=True)
        ]
    _perhaps(rng, demand, "hours", lambda: "office")
    return demand


def _product(rng: Random, number: int, skus: int) -> dict[str, Any]:
    product: dict[str, Any] = {
        "sku": f"SKU-{number}",
        "stock": f"{rng.choice([0, 3, 10, 30, 60])} units",
        "supplier": rng.choice(["one", "two"]),
        "volume": f"{rng.randint(1, 9)} liters",
        "weight": rng.choice([1.0, 0.5, 2.3]),
    }
    _perhaps(rng, product, "when_short", lambda: rng.choice(MODES))
    _perhaps(rng, product, "cap_units", lambda: f"{rng.randint(0, 12)} units")
    _perhaps(rng, product, "available_elsewhere", lambda: True)
    _perhaps(rng, product, "pre_season_buy", lambda: f"{rng.randint(0, 5)} units")
    _perhaps(rng, product, "reorder_point", lambda: f"{rng.randint(0, 8)} units")
    _perhaps(rng, product, "order_up_to", lambda: f"{rng.randint(8, 20)} units")
    other = rng.randint(0, skus - 1)
    if other != number and rng.random() < 0.5:
        product["substitute"] = f"SKU-{other}"
    return product


def _supplier(rng: Random, spans: Spans, days: int) -> dict[str, Any]:
    low = rng.choice([0, 5, 20])
    supplier: dict[str, Any] = {"lead_time": spans.chance(low, low + 40)}
    _perhaps(rng, supplier, "lead_times", lambda: "in_order")
    _perhaps(rng, supplier, "capacity", lambda: f"{rng.choice([24, 48])} units per day")
    _perhaps(rng, supplier, "minimum_order", lambda: f"{rng.randint(0, 6)} units")
    _perhaps(rng, supplier, "pack_size", lambda: f"{rng.randint(1, 4)} units")
    _perhaps(rng, supplier, "closed", lambda: [_stretch(rng, days)])
    slips = {"share": "40%", "by": spans.chance(1, 30)}
    partial = {"share": "50%", "first": "60%", "rest_after": spans.chance(0, 30)}
    random = {"daily_chance": "20%", "lasts": spans.chance(5, 50)}
    hurry = {"when_backorders_over": f"{rng.randint(0, 4)} units", "lead_time_factor": "50%"}
    _perhaps(rng, supplier, "slips", lambda: slips)
    _perhaps(rng, supplier, "partial", lambda: partial)
    _perhaps(rng, supplier, "disruptions", lambda: [random, {"during": _stretch(rng, days)}])
    _perhaps(rng, supplier, "expedite", lambda: hurry)
    return supplier


def _stretch(rng: Random, days: int) -> str:
    first = rng.randint(0, days)
    return f"{first} days..{first + rng.randint(1, 2)} days"


def _replenishment(rng: Random, spans: Spans) -> dict[str, Any]:
    rules = ["none", "reorder_point", "min_max", "base_stock", "periodic"]
    rule: dict[str, Any] = {
        "rule": rng.choice(rules),
        "reorder_point": f"{rng.randint(0, 8)} units",
        "order_quantity": f"{rng.randint(1, 12)} units",
        "order_up_to": f"{rng.randint(8, 20)} units",
    }
    if rule["rule"] == "periodic":
        rule["review_period"] = spans.span(1, 40)
        _perhaps(rng, rule, "first_review", lambda: spans.span(0, 30))
    _perhaps(rng, rule, "trigger", lambda: "below")
    _perhaps(rng, rule, "basis", lambda: "level")
    _perhaps(rng, rule, "multiples", lambda: False)
    _perhaps(rng, rule, "on_cancel", lambda: "withdraw")
    _perhaps(rng, rule, "stop_at", lambda: spans.span(24, 200))
    note: dict[str, Any] = {}
    _perhaps(rng, note, "read", lambda: "mon-fri 09:00-17:00")
    _perhaps(rng, note, "delay", lambda: spans.span(0, 9))
    _perhaps(rng, rule, "notification", lambda: note)
    return rule


def _storefront(rng: Random, spans: Spans, skus: int) -> dict[str, Any]:
    front: dict[str, Any] = {"when_short": rng.choice(MODES)}
    caps: dict[str, Any] = {}
    _perhaps(rng, caps, "units_per_sku", lambda: f"{rng.randint(0, 20)} units")
    _perhaps(rng, caps, "quoted_wait", lambda: spans.span(5, 100))
    quote: dict[str, Any] = {}
    _perhaps(rng, quote, "padding", lambda: spans.span(0, 30))
    _perhaps(rng, quote, "information_age", lambda: spans.span(1, 30))
    _perhaps(rng, quote, "standard_wait", lambda: spans.span(1, 80))
    front |= {"caps": caps, "quote": quote}
    _perhaps(rng, front, "ship", lambda: "split")
    _perhaps(rng, front, "allocate", lambda: "class")
    change = {"at": spans.span(1, 100), "when_short": rng.choice(MODES)}
    other = {"at": change["at"], "when_short": rng.choice(MODES)}
    _perhaps(rng, change, "cap_units", lambda: rng.choice(["none", "3 units"]))
    _perhaps(rng, change, "skus", lambda: [f"SKU-{rng.randint(0, skus - 1)}"])
    if rng.randint(0, 3) == 0:
        front["changes"] = rng.choice([[change], [change, other]])
    return front


def _alerts(rng: Random, spans: Spans) -> dict[str, Any]:
    alerts: dict[str, Any] = {}
    _perhaps(rng, alerts, "mail", lambda: "all at once")
    _perhaps(rng, alerts, "per_hour", lambda: rng.choice([1, 0.5, 2, 7]))
    _perhaps(rng, alerts, "recheck_stock", lambda: False)
    _perhaps(rng, alerts, "opened_after", lambda: spans.chance(0, 12))
    _perhaps(rng, alerts, "convert", lambda: "70%")
    _perhaps(rng, alerts, "half_life", lambda: spans.span(5, 60))
    _perhaps(rng, alerts, "sign_up_again", lambda: True)
    return alerts


def _customers(rng: Random, spans: Spans) -> dict[str, Any]:
    steps = ["accept", "substitute", "drop_line", "sign_up", "come_back"]
    accept: dict[str, Any] = {"at_no_wait": rng.choice([60, 60, 20])}
    _perhaps(rng, accept, "half_life", lambda: spans.span(10, 90))
    _perhaps(rng, accept, "longest", lambda: spans.span(10, 90))
    back = {"share": 10, "after": spans.chance(1, 60), "at_most": rng.randint(0, 3)}
    customers: dict[str, Any] = {
        "steps": rng.sample(steps, len(steps)),
        "accept_backorder": accept,
        "substitute": 10,
        "drop_line": 5,
        "sign_up_for_alert": 15,
        "come_back_later": back,
    }
    if rng.randint(0, 2) == 0:
        customers = {"accept_backorder": customers["accept_backorder"] | {"at_no_wait": 100}}
    patience: dict[str, Any] = {"from": rng.choice(["order", "promise"])}
    patience["lasts"] = spans.chance(0, 90)
    words = {"still_waiting": {"20 hours": "60%", "50 hours": "30%"}}
    ways = [patience, patience, patience["lasts"], words]
    _perhaps(rng, customers, "patience", lambda: rng.choice(ways))
    _perhaps(rng, customers, "forgets_after", lambda: spans.chance(5, 150))
    _perhaps(rng, customers, "changes_mind_after", lambda: spans.chance(5, 150))
    elsewhere = {"leaves": "20%", "found_after": spans.chance(1, 90)}
    _perhaps(rng, customers, "elsewhere", lambda: elsewhere)
    if rng.random() < 0.5:
        customers["needed_by"] = {spans.span(24, 200): "40%"}
        _perhaps(rng, customers, "needed_by_margin", lambda: spans.span(0, 20))
    return customers


def _opening(rng: Random, spans: Spans, skus: int, classes: tuple[str, ...]) -> dict[str, Any]:
    opening: dict[str, Any] = {"stock": [{"sku": "SKU-0", "units": rng.randint(0, 40)}]}
    if rng.random() < 0.5:
        del opening["stock"]
    coming = [
        {
            "sku": f"SKU-{rng.randrange(skus)}",
            "units": rng.randint(1, 15),
            "due": spans.span(50, 150),
        }
        for _ in range(rng.randint(0, 3))
    ]
    opening["open_purchase_orders"] = coming
    rows = []
    for number in range(rng.randint(0, 3)):
        row: dict[str, Any] = {
            "order": f"OLD-{number}",
            "sku": f"SKU-{rng.randrange(skus)}",
            "units": rng.randint(1, 4),
            "placed": f"{rng.randint(49, 90)} hours before start",
        }
        if classes:
            row["order_class"] = rng.choice(classes)
        rows.append(row)
    opening["open_orders"] = rows
    return {name: table for name, table in opening.items() if table}


def _receiving(rng: Random, spans: Spans) -> dict[str, Any]:
    work: dict[str, Any] = {"per_delivery": spans.short()}
    _perhaps(rng, work, "per_unit", spans.short)
    _perhaps(rng, work, "per_unit_cross_dock", spans.short)
    return {"cross_dock": rng.random() < 0.5, "work": work}


def _area(rng: Random) -> dict[str, Any]:
    area: dict[str, Any] = {"positions": f"{rng.randint(0, 12)} shelves of 4 liters"}
    area["when_full"] = rng.choice(["stop_offering", "rent_overflow", "general_storage"])
    _perhaps(rng, area, "fill", lambda: "80%")
    _perhaps(rng, area, "slow_retrieval", lambda: 2.0)
    return area


def _carrier(rng: Random, spans: Spans) -> dict[str, Any]:
    carrier: dict[str, Any] = {}
    cut_offs = {"mon-fri": "16:00", "sat": "12:00"}
    _perhaps(rng, carrier, "cut_off", lambda: cut_offs)
    _perhaps(rng, carrier, "pickup", lambda: {"mon-sat": "18:00", "sun": "13:00"})
    _perhaps(rng, carrier, "capacity", lambda: rng.randint(1, 15))
    _perhaps(rng, carrier, "capacity_by_weekday", lambda: {"sat": 2, "tue": 5})
    _perhaps(rng, carrier, "handling", lambda: spans.span(0, 20))
    return carrier


def on_the_tick(book: OrderBook) -> OrderBook:
    """The same customers with every time rounded down to whole hours."""
    orders = book.orders.copy()
    for name in (
        "placed_at",
        "max_quote",
        "patience",
        "other_after",
        "elsewhere_after",
        "needed_by",
        "alert_opened_after",
        "alert_intent",
        "comeback_after",
    ):
        small = (orders[name] >= 0) & (orders[name] < 1 << 59)
        orders[name][small] -= orders[name][small] % HOUR
    orders["work_ppm"] = orders["pack_ppm"] = 1_000_000
    return replace(book, orders=orders)

"""Random seasons over every setting of the model, as scenario files hold them.

Half of them are ticked: every duration is a multiple of one hour, and every time in the order book
is rounded to it, so that simultaneous events are the rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.oracle.staff import people

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.demand.order_book import OrderBook


HOUR = 3_600_000

MONDAY = "2026-11-23"
MODES = st.sampled_from(
    ["backorder", "hybrid", "backorder", "hybrid", "backorder", "alerts", "out_of_stock"]
)



@dataclass(frozen=True)
class RandomSeason:
    """A scenario as a mapping, and what else a run needs."""

    scenario: dict[str, Any]
    ticked: bool
    seed: int


class Spans:
    """Draws spans of time and distributions of them, on the tick or off it."""

    def __init__(self, draw: Callable[[Any], Any], *, ticked: bool) -> None:
        self.draw, self.ticked = draw, ticked

    def span(self, low: int, high: int) -> str:
        """A span between two numbers of hours."""
        if self.ticked:
            return f"{self.draw(st.integers(low, high))} hours"
        return f"{self.draw(st.integers(low * 3600, high * 3600))} s"

    def short(self) -> str:
        """Some minutes of work; whole hours on the tick."""
        if self.ticked:
            return f"{self.draw(st.integers(0, 2))} hours"
        return f"{self.draw(st.integers(0, 5000))} s"

    def chance(self, low: int, high: int) -> Any:
        """A distribution of spans."""
        if self.ticked or self.draw(st.booleans()):
            values = {self.span(low, high): "50%", self.span(low, high + 1): "50%"}
            return values if len(values) == 2 else self.span(low, high)
        mean = f"{self.draw(st.integers(max(1, low), max(1, high)))} hours"
        family = self.draw(st.sampled_from(["exponential", "gamma", "lognormal"]))
        return {family: mean if family == "exponential" else {"mean": mean, "cv": 0.7}}


@st.composite
def seasons(draw: Callable[[Any], Any]) -> RandomSeason:
    """A random season."""
    ticked = draw(st.booleans())
    spans = Spans(draw, ticked=ticked)
    days, skus = draw(st.integers(2, 10)), draw(st.integers(1, 5))
    classes = draw(st.sampled_from([(), ("fast", "slow")]))
    scenario: dict[str, Any] = {
        "season": _season(draw, spans, days),
        "demand": _demand(draw, days, skus, classes),
        "products": [_product(draw, spans, n, skus) for n in range(skus)],
        "suppliers": {"one": _supplier(draw, spans, days), "two": _supplier(draw, spans, days)},
        "replenishment": _replenishment(draw, spans),
        "storefront": _storefront(draw, spans, skus),
        "alerts": _alerts(draw, spans),
        "customers": _customers(draw, spans),
        "opening": _opening(draw, spans, skus, classes),
        "people": draw(people(spans, classes, days)),
        "receiving": _receiving(draw, spans),
    }
    if draw(st.booleans()):
        scenario["backorder_area"] = _area(draw)
        caps = scenario["storefront"]["caps"]
        _perhaps(draw, caps, "stop_when_area_full", lambda: True)
    if draw(st.booleans()):
        scenario["carrier"] = _carrier(draw, spans)
    scenario = {name: block for name, block in scenario.items() if block}
    return RandomSeason(scenario, ticked, draw(st.integers(0, 10_000)))


def _perhaps(draw: Any, block: dict[str, Any], name: str, value: Callable[[], Any]) -> None:
    """Give a setting in half of the seasons."""
    if draw(st.booleans()):
        block[name] = value()


def _season(draw: Any, spans: Spans, days: int) -> dict[str, Any]:
    season: dict[str, Any] = {"start": MONDAY, "length": f"{days} days"}
    _perhaps(draw, season, "warm_up", lambda: spans.span(0, 48))
    _perhaps(draw, season, "drain", lambda: f"{draw(st.integers(1, 20))} days")
    _perhaps(draw, season, "closed", lambda: ["thanksgiving"])
    if draw(st.integers(0, 5)) == 0:
        del season["start"]
        season.pop("closed", None)
    return season


def _demand(draw: Any, days: int, skus: int, classes: tuple[str, ...]) -> dict[str, Any]:
    demand: dict[str, Any] = {
        "orders_per_day": draw(st.integers(20, 150)) / (days + 2),
        "forecast_error": False,
        "basket": {
            "lines": {1: 0.5} | {n: 0.3 for n in range(2, min(skus, 4) + 1)},
            "units_per_line": {1: 0.7, 2: 0.2, 4: 0.1},
        },
    }
    if classes:
        demand["classes"] = [
            {"name": name, "share": share}
            for name, share in zip(classes, ("30%", "70%"), strict=True)
        ]
    _perhaps(draw, demand, "hours", lambda: "office")
    return demand


def _product(draw: Any, spans: Spans, number: int, skus: int) -> dict[str, Any]:
    product: dict[str, Any] = {
        "sku": f"SKU-{number}",
        "stock": f"{draw(st.sampled_from([0, 3, 10, 30, 60]))} units",
        "supplier": draw(st.sampled_from(["one", "two"])),
        "volume": f"{draw(st.integers(1, 9))} liters",
        "weight": draw(st.sampled_from([1.0, 0.5, 2.3])),
    }
    _perhaps(draw, product, "when_short", lambda: draw(MODES))
    _perhaps(draw, product, "cap_units", lambda: f"{draw(st.integers(0, 12))} units")
    _perhaps(draw, product, "available_elsewhere", lambda: True)
    _perhaps(draw, product, "pre_season_buy", lambda: f"{draw(st.integers(0, 5))} units")
    _perhaps(draw, product, "reorder_point", lambda: f"{draw(st.integers(0, 8))} units")
    _perhaps(draw, product, "order_up_to", lambda: f"{draw(st.integers(8, 20))} units")
    other = draw(st.integers(0, skus - 1))
    if other != number and draw(st.booleans()):
        product["substitute"] = f"SKU-{other}"
    return product


def _supplier(draw: Any, spans: Spans, days: int) -> dict[str, Any]:
    low = draw(st.sampled_from([0, 5, 20]))
    supplier: dict[str, Any] = {"lead_time": spans.chance(low, low + 40)}
    _perhaps(draw, supplier, "lead_times", lambda: "in_order")
    _perhaps(draw, supplier, "capacity", lambda: f"{draw(st.sampled_from([24, 48]))} units per day")
    _perhaps(draw, supplier, "minimum_order", lambda: f"{draw(st.integers(0, 6))} units")
    _perhaps(draw, supplier, "pack_size", lambda: f"{draw(st.integers(1, 4))} units")
    _perhaps(draw, supplier, "closed", lambda: [_stretch(draw, days)])
    slips = {"share": "40%", "by": spans.chance(1, 30)}
    partial = {"share": "50%", "first": "60%", "rest_after": spans.chance(0, 30)}
    random = {"daily_chance": "20%", "lasts": spans.chance(5, 50)}
    hurry = {"when_backorders_over": f"{draw(st.integers(0, 4))} units", "lead_time_factor": "50%"}
    _perhaps(draw, supplier, "slips", lambda: slips)
    _perhaps(draw, supplier, "partial", lambda: partial)
    _perhaps(draw, supplier, "disruptions", lambda: [random, {"during": _stretch(draw, days)}])
    _perhaps(draw, supplier, "expedite", lambda: hurry)
    return supplier


def _stretch(draw: Any, days: int) -> str:
    first = draw(st.integers(0, days))
    return f"{first} days..{first + draw(st.integers(1, 2))} days"


def _replenishment(draw: Any, spans: Spans) -> dict[str, Any]:
    rules = ["none", "reorder_point", "min_max", "base_stock", "periodic"]
    rule: dict[str, Any] = {
        "rule": draw(st.sampled_from(rules)),
        "reorder_point": f"{draw(st.integers(0, 8))} units",
        "order_quantity": f"{draw(st.integers(1, 12))} units",
        "order_up_to": f"{draw(st.integers(8, 20))} units",
    }
    if rule["rule"] == "periodic":
        rule["review_period"] = spans.span(1, 40)
        _perhaps(draw, rule, "first_review", lambda: spans.span(0, 30))
    _perhaps(draw, rule, "trigger", lambda: "below")
    _perhaps(draw, rule, "basis", lambda: "level")
    _perhaps(draw, rule, "multiples", lambda: False)
    _perhaps(draw, rule, "on_cancel", lambda: "withdraw")
    _perhaps(draw, rule, "stop_at", lambda: spans.span(24, 200))
    note: dict[str, Any] = {}
    _perhaps(draw, note, "read", lambda: "mon-fri 09:00-17:00")
    _perhaps(draw, note, "delay", lambda: spans.span(0, 9))
    _perhaps(draw, rule, "notification", lambda: note)
    return rule


def _storefront(draw: Any, spans: Spans, skus: int) -> dict[str, Any]:
    front: dict[str, Any] = {"when_short": draw(MODES)}
    caps: dict[str, Any] = {}
    _perhaps(draw, caps, "units_per_sku", lambda: f"{draw(st.integers(0, 20))} units")
    _perhaps(draw, caps, "quoted_wait", lambda: spans.span(5, 100))
    quote: dict[str, Any] = {}
    _perhaps(draw, quote, "padding", lambda: spans.span(0, 30))
    _perhaps(draw, quote, "information_age", lambda: spans.span(1, 30))
    _perhaps(draw, quote, "standard_wait", lambda: spans.span(1, 80))
    front |= {"caps": caps, "quote": quote}
    _perhaps(draw, front, "ship", lambda: "split")
    _perhaps(draw, front, "allocate", lambda: "class")
    change = {"at": spans.span(1, 100), "when_short": draw(MODES)}
    _perhaps(draw, change, "cap_units", lambda: draw(st.sampled_from(["none", "3 units"])))
    _perhaps(draw, change, "skus", lambda: [f"SKU-{draw(st.integers(0, skus - 1))}"])
    if draw(st.integers(0, 3)) == 0:
        front["changes"] = [change]
    return front


def _alerts(draw: Any, spans: Spans) -> dict[str, Any]:
    alerts: dict[str, Any] = {}
    _perhaps(draw, alerts, "mail", lambda: "all at once")
    _perhaps(draw, alerts, "per_hour", lambda: draw(st.sampled_from([1, 0.5, 2, 7])))
    _perhaps(draw, alerts, "recheck_stock", lambda: False)
    _perhaps(draw, alerts, "opened_after", lambda: spans.chance(0, 12))
    _perhaps(draw, alerts, "convert", lambda: "70%")
    _perhaps(draw, alerts, "half_life", lambda: spans.span(5, 60))
    _perhaps(draw, alerts, "sign_up_again", lambda: True)
    return alerts


def _customers(draw: Any, spans: Spans) -> dict[str, Any]:
    steps = ["accept", "substitute", "drop_line", "sign_up", "come_back"]
    accept: dict[str, Any] = {"at_no_wait": draw(st.sampled_from([60, 60, 20]))}
    _perhaps(draw, accept, "half_life", lambda: spans.span(10, 90))
    _perhaps(draw, accept, "longest", lambda: spans.span(10, 90))
    back = {"share": 10, "after": spans.chance(1, 60), "at_most": draw(st.integers(0, 3))}
    customers: dict[str, Any] = {
        "steps": draw(st.permutations(steps)),
        "accept_backorder": accept,
        "substitute": 10,
        "drop_line": 5,
        "sign_up_for_alert": 15,
        "come_back_later": back,
    }
    if draw(st.integers(0, 2)) == 0:
        customers = {"accept_backorder": customers["accept_backorder"] | {"at_no_wait": 100}}
    patience: dict[str, Any] = {"from": draw(st.sampled_from(["order", "promise"]))}
    patience["lasts"] = spans.chance(0, 90)
    _perhaps(draw, customers, "patience", lambda: patience)
    _perhaps(draw, customers, "forgets_after", lambda: spans.chance(5, 150))
    _perhaps(draw, customers, "changes_mind_after", lambda: spans.chance(5, 150))
    elsewhere = {"leaves": "20%", "found_after": spans.chance(1, 90)}
    _perhaps(draw, customers, "elsewhere", lambda: elsewhere)
    if draw(st.booleans()):
        customers["needed_by"] = {spans.span(24, 200): "40%"}
        _perhaps(draw, customers, "needed_by_margin", lambda: spans.span(0, 20))
    return customers


def _opening(draw: Any, spans: Spans, skus: int, classes: tuple[str, ...]) -> dict[str, Any]:
    opening: dict[str, Any] = {}
    skus_drawn = st.integers(0, skus - 1)
    coming = [
        {
            "sku": f"SKU-{draw(skus_drawn)}",
            "units": draw(st.integers(1, 15)),
            "due": spans.span(50, 150),
        }
        for _ in range(draw(st.integers(0, 3)))
    ]
    opening["open_purchase_orders"] = coming
    rows = []
    for number in range(draw(st.integers(0, 3))):
        row: dict[str, Any] = {
            "order": f"OLD-{number}",
            "sku": f"SKU-{draw(skus_drawn)}",
            "units": draw(st.integers(1, 4)),
            "placed": f"{draw(st.integers(49, 90))} hours before start",
        }
        if classes:
            row["order_class"] = draw(st.sampled_from(classes))
        rows.append(row)
    opening["open_orders"] = rows
    return {name: table for name, table in opening.items() if table}


def _receiving(draw: Any, spans: Spans) -> dict[str, Any]:
    work: dict[str, Any] = {"per_delivery": spans.short()}
    _perhaps(draw, work, "per_unit", spans.short)
    _perhaps(draw, work, "per_unit_cross_dock", spans.short)
    return {"cross_dock": draw(st.booleans()), "work": work}


def _area(draw: Any) -> dict[str, Any]:
    area: dict[str, Any] = {"positions": f"{draw(st.integers(0, 12))} shelves of 4 liters"}
    when_full = st.sampled_from(["stop_offering", "rent_overflow", "general_storage"])
    area["when_full"] = draw(when_full)
    _perhaps(draw, area, "fill", lambda: "80%")
    _perhaps(draw, area, "slow_retrieval", lambda: 2.0)
    return area


def _carrier(draw: Any, spans: Spans) -> dict[str, Any]:
    carrier: dict[str, Any] = {}
    cut_offs = {"mon-fri": "16:00", "sat": "12:00"}
    _perhaps(draw, carrier, "cut_off", lambda: cut_offs)
    _perhaps(draw, carrier, "pickup", lambda: {"mon-sat": "18:00", "sun": "13:00"})
    _perhaps(draw, carrier, "capacity", lambda: draw(st.integers(1, 15)))
    _perhaps(draw, carrier, "capacity_by_weekday", lambda: {"sat": 2, "tue": 5})
    _perhaps(draw, carrier, "handling", lambda: spans.span(0, 20))
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

"""Random seasons over every setting of the model, as scenario files hold them.

Half of them are ticked: every duration is a multiple of one hour, and every time in the order book
is rounded to it, so that simultaneous events are the rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from sim.demand.order_book import OrderBook
from sim.demand.spans import NEVER, pack, unpack
from sim.scenario.units import parse_duration
from tests.oracle.facts import BOOK_SPANS
from tests.oracle.front import (
    alerts,
    area,
    carrier,
    customers,
    hurry,
    recommend,
    returns,
    storefront,
    third_party,
    transit,
    wrapping,
)
from tests.oracle.goods import launch, products, receiving, replenishment, stretch, supplier
from tests.oracle.kindness import backup_plan, consent, informed, messages
from tests.oracle.service import solutions, support
from tests.oracle.spans import Spans, perhaps
from tests.oracle.staff import people

HOUR = 3_600_000

MONDAY = "2026-11-23"
HOURS = ["office", "evening", "retail", "flat"]


@dataclass(frozen=True)
class RandomSeason:
    """A scenario as a mapping, and what else a run needs."""

    scenario: dict[str, Any]
    seed: int
    """Of the order book and of the business."""
    ticked: bool
    """Every time in the order book is rounded to whole hours."""
    cramped: bool
    """The flow's buffers begin with hardly any rows, and have to be enlarged on the way."""


def random_season(number: int, seed: int = 0) -> RandomSeason:
    """The n-th random season of a seed; it is the same in every process."""
    rng = Random(f"{seed}/{number}")  # noqa: S311 - no secrets here
    ticked = rng.random() < 0.5
    spans = Spans(rng, ticked=ticked)
    days, skus = rng.randint(2, 10), rng.randint(1, 5)
    classes = rng.choice([(), ("fast", "slow"), ("fast", "slow")])
    suppliers = ["one", "two"][: rng.choice([2, 2, 2, 2, 1, 1, 1, 0])]
    rule = replenishment(rng, spans, supplied=bool(suppliers))
    season = _season(rng, spans, days)
    scenario: dict[str, Any] = {
        "season": season,
        "demand": _demand(rng, spans, days, skus, classes),
        "products": products(rng, skus, suppliers, computes=rng.random() < 0.5),
        "suppliers": {name: supplier(rng, spans, days) for name in suppliers},
        "replenishment": rule,
        "storefront": storefront(rng, spans, skus),
        "alerts": alerts(rng, spans),
        "customers": customers(rng, spans) if rng.random() < 0.9 else {},
        "opening": _opening(rng, spans, season, skus, classes),
        "people": people(rng, spans, classes, days),
        "receiving": receiving(rng, spans),
    }
    if rng.random() < 0.5:
        scenario["backorder_area"] = area(rng)
        caps = scenario["storefront"]["caps"]
        perhaps(rng, caps, "stop_when_area_full", lambda: rng.random() < 0.9)
    perhaps(rng, scenario, "carrier", lambda: carrier(rng, spans))
    if rng.random() < 0.15:
        hurry(rng, scenario)
    perhaps(rng, scenario["customers"], "consent", lambda: consent(rng, spans), 0.3)
    perhaps(rng, scenario, "messages", lambda: messages(rng, spans), 0.4)
    perhaps(rng, scenario, "backup_plan", lambda: backup_plan(rng, skus), 0.4)
    charged = {"charged": rng.choice(["end_of_period", "end_of_period", "continuously"])}
    perhaps(rng, charged, "held", lambda: rng.choice(["in_building", "on_shelf"]))
    perhaps(rng, charged, "period", lambda: rng.choice(["1 hours", "6 hours", "7 hours"]))
    perhaps(rng, scenario, "costs", lambda: {"inventory": charged}, 0.3)
    own = Random(f"{seed}/{number}/returns")  # noqa: S311 - no secrets here
    if own.random() < 0.3:
        _returns(own, Spans(own, ticked=ticked), scenario, days)
    own = Random(f"{seed}/{number}/third_party")  # noqa: S311 - no secrets here
    if own.random() < 0.2:
        scenario["third_party"] = third_party(own, Spans(own, ticked=ticked))
    _choices(f"{seed}/{number}", scenario, skus, ticked=ticked)
    own = Random(f"{seed}/{number}/launches")  # noqa: S311 - no secrets here
    if own.random() < 0.25:
        _launch(own, Spans(own, ticked=ticked), scenario, days)
    scenario = {name: block for name, block in scenario.items() if block}
    # What came later to the model has draws of its own, and leaves the older seasons as they were.
    more = Random(f"{seed}/{number}/support")  # noqa: S311
    if more.random() < 0.5:
        support(more, Spans(more, ticked=ticked), scenario, days)
    more = Random(f"{seed}/{number}/solutions")  # noqa: S311
    if more.random() < 0.8:
        solutions(more, scenario)
        informed(more, Spans(more, ticked=ticked), scenario.get("messages", []))
    return RandomSeason(scenario, rng.randint(0, 10_000), ticked, rng.random() < 0.2)


def _returns(rng: Random, spans: Spans, scenario: dict[str, Any], days: int) -> None:
    """Orders come back, some because of the way to the customer."""
    scenario["returns"] = returns(rng, spans, receiving="receiving" in scenario["people"])
    if "carrier" in scenario:
        scenario["carrier"] |= transit(rng, spans, days)
    perhaps(rng, scenario["customers"], "refuses_late", lambda: "50%")


def _choices(name: str, scenario: dict[str, Any], skus: int, *, ticked: bool) -> None:
    """Customers choose whether an order is split, wrapped, and enriched by what is recommended."""
    own = Random(f"{name}/choice")  # noqa: S311 - no secrets here
    if own.random() < 0.2:
        scenario["storefront"]["ship"] = "choice"
        scenario["customers"]["wants_split"] = own.choice([50, 50, 100, 0])
    own = Random(f"{name}/wrapping")  # noqa: S311 - no secrets here
    if {"pick_pack", "pack"} & set(scenario["people"]) and own.random() < 0.15:
        scenario["wrapping"] = wrapping(own, Spans(own, ticked=ticked))
    own = Random(f"{name}/shelf")  # noqa: S311 - no secrets here
    if own.random() < 0.15:
        shelf = Spans(own, ticked=ticked).span(1, 60)
        scenario["storefront"]["stock_information_age"] = shelf
    own = Random(f"{name}/recommended")  # noqa: S311 - no secrets here
    if own.random() < 0.25:
        recommend(own, scenario["alerts"], skus)


def _launch(rng: Random, spans: Spans, scenario: dict[str, Any], days: int) -> None:
    """The first product is launched, if others are sold all the time."""
    products = scenario["products"]
    if "basket_types" in scenario["demand"] or not sum(
        x.get("share", 1) != 0 for x in products[1:]
    ):
        return
    product = products[0]
    launch(rng, spans, product, scenario["opening"])
    season = scenario["season"]
    lasts = days + int(season.get("drain", "60 days").split()[0])
    if parse_duration(product["launch"]["released"]) >= (lasts - 1) * 24 * HOUR:
        product["launch"] |= {"released": "20 hours", "on_sale": "1 hours"}
    suppliers = scenario["suppliers"]
    mine = suppliers.get(product.get("supplier", next(iter(suppliers), None)))
    if mine and "slips" in mine and rng.random() < 0.7:
        product["launch"]["slips"] = True


def _season(rng: Random, spans: Spans, days: int) -> dict[str, Any]:
    season: dict[str, Any] = {"start": rng.choice([MONDAY, MONDAY, f"{MONDAY} 09:00"])}
    if rng.random() < 0.8:
        season["length"] = f"{days} days"
    else:
        season["end"] = f"2026-11-{23 + days}" if days < 8 else f"2026-12-{days - 7:02d}"
    perhaps(rng, season, "warm_up", lambda: spans.span(0, 48).replace("4000 days", "3 days"))
    perhaps(rng, season, "drain", lambda: f"{rng.randint(0, 20)} days")
    perhaps(rng, season, "closed", lambda: [rng.choice(["thanksgiving", stretch(rng, days)])])
    if "length" in season and rng.randint(0, 5) == 0:
        del season["start"]
        season.pop("closed", None)
    return season


def _demand(
    rng: Random, spans: Spans, days: int, skus: int, classes: tuple[str, ...]
) -> dict[str, Any]:
    per_day = rng.randint(20, 150) / (days + 2)
    demand: dict[str, Any] = {"orders_per_day": per_day}
    if classes:
        shares = zip(classes, ("30%", "70%"), strict=True)
        demand["classes"] = [{"name": name, "share": share} for name, share in shares]
    kind = rng.randint(0, 9)
    if kind == 0:
        demand = {"rate": f"{per_day} per day"} | demand
        del demand["orders_per_day"]
    elif kind == 1:
        demand["orders_per_day"] = rng.choice([0, 0.01, per_day])
    _contents(rng, demand, skus, classes)
    if rng.randint(0, 4) == 0:
        demand["arrivals"] = "fixed"
        perhaps(rng, demand, "first_arrival", lambda: spans.span(1, 24))
        return demand | {"forecast_error": False}
    perhaps(rng, demand, "arrivals", lambda: "poisson", 0.3)
    _shape(rng, demand, days)
    return demand


def _contents(rng: Random, demand: dict[str, Any], skus: int, classes: tuple[str, ...]) -> None:
    """What is in an order."""
    if rng.random() < 0.85:
        lines = {1: 0.5} | dict.fromkeys(range(2, min(skus, 4) + 1), 0.3)
        usual, many = {1: 0.7, 2: 0.2, 4: 0.1}, {"geometric": {"mean": 3}}
        units: Any = rng.choice([*[usual] * 15, many, many, 100])
        demand["basket"] = {"lines": lines, "units_per_line": units}
        return
    kinds: list[dict[str, Any]] = [
        {"name": "small", "items": {"SKU-0": 1}, "share": "60%"},
        {"name": "large", "items": {f"SKU-{sku}": 2 for sku in range(skus)}, "share": "40%"},
    ]
    if classes:
        perhaps(rng, kinds[0], "order_class", lambda: classes[0])
    if "orders_per_day" in demand and rng.random() < 0.5:
        per_day = demand.pop("orders_per_day")
        for kind in kinds:
            kind["rate"] = f"{per_day / 2} per day"
            del kind["share"]
    demand["basket_types"] = kinds


def _shape(rng: Random, demand: dict[str, Any], days: int) -> None:
    """How the rate of orders changes over time."""
    error = {"total": "20%", "peak": "30%", "sku_share": "50%"}
    demand["forecast_error"] = rng.choice([False, False, False, error])
    perhaps(rng, demand, "hours", lambda: rng.choice([*HOURS, [1] * 8 + [5] * 16]))
    perhaps(rng, demand, "weekdays", lambda: {"mon": 2, "sat": 0.5, "sun": 0}, 0.2)
    perhaps(rng, demand, "day_noise", lambda: 0.5, 0.2)
    perhaps(rng, demand, "trend", lambda: rng.choice([0.02, -0.05]), 0.2)
    perhaps(rng, demand, "scale", lambda: rng.choice([0.8, 1.2]), 0.2)
    wave = {"amplitude": "50%", "period": "1 days"}
    perhaps(rng, demand, "wave", lambda: rng.choice([wave, wave | {"phase": "6 hours"}]), 0.1)
    first = rng.randint(0, days - 2)
    alone = {"name": "peak", "on": f"{first} days", "times": rng.choice([3, 0])}
    long = {"name": "peak", "from": f"{first} days", "to": f"{first + 1} days", "times": 2.5}
    perhaps(rng, demand, "peaks", lambda: [rng.choice([alone, long])], 0.2)


def _opening(
    rng: Random, spans: Spans, season: dict[str, Any], skus: int, classes: tuple[str, ...]
) -> dict[str, Any]:
    opening: dict[str, Any] = {"stock": [{"sku": "SKU-0", "units": rng.randint(0, 40)}]}
    if rng.random() < 0.5:
        del opening["stock"]
    if "start" in season:
        perhaps(rng, opening, "as_of", lambda: season["start"], 0.1)
    coming = [
        {
            "sku": f"SKU-{rng.randrange(skus)}",
            "units": rng.randint(1, 15),
            "due": rng.choice([spans.span(50, 150), spans.span(1, 40), "1 days before start"]),
        }
        for _ in range(rng.randint(0, 3))
    ]
    opening["open_purchase_orders"] = coming
    rows = []
    for number in range(rng.randint(0, 3)):
        row: dict[str, Any] = {
            "order": f"OLD-{number}",
            "sku": f"SKU-{rng.randrange(skus)}",
            "placed": f"{rng.randint(73, 99)} hours before start",
        }
        perhaps(rng, row, "units", lambda: rng.randint(1, 4), 0.9)
        if classes:
            perhaps(rng, row, "order_class", lambda: rng.choice(classes), 0.9)
        rows.append(row)
    opening["open_orders"] = rows
    return {name: table for name, table in opening.items() if table}


def on_the_tick(book: OrderBook) -> OrderBook:
    """The same customers with every time rounded down to whole hours."""
    orders = book.orders.copy()
    late = orders["placed_at"] >= 0
    orders["placed_at"][late] -= orders["placed_at"][late] % HOUR
    for name in BOOK_SPANS:
        spans = unpack(orders[name])
        ends = (spans >= 0) & (spans < NEVER)
        orders[name][ends] = pack(spans[ends] - spans[ends] % HOUR)
    orders["work_ppm"] = orders["pack_ppm"] = 1_000_000
    return replace(book, orders=orders)

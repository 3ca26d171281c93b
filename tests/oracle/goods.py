"""Random goods: products, suppliers, replenishment and the dock."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.oracle.spans import AGES, Spans, perhaps, units

MODES = [*["backorder"] * 5, *["hybrid"] * 4, "alerts", "alerts", "out_of_stock"]
RULES = ["none", "reorder_point", "reorder_point", "min_max", "base_stock", "periodic", "periodic"]


def products(
    rng: Random, skus: int, suppliers: list[str], *, computes: bool
) -> list[dict[str, Any]]:
    """One to five products; computes: stock may be left to the forecast."""
    rows = [_product(rng, number, skus, suppliers) for number in range(skus)]
    for row in rows:
        if computes and rng.random() < 0.3:
            row["stock"] = rng.choice(["computed", "2 days", None])
            if row["stock"] is None:
                del row["stock"]
    if skus > 1 and rng.random() < 0.2:
        rows[-1]["share"] = 0
    if rng.random() < 0.2:  # one product stands in for all others
        rows[0]["stock"] = units(100)
        for row in rows[1:]:
            row["substitute"] = rows[0]["sku"]
    return rows


def _product(rng: Random, number: int, skus: int, suppliers: list[str]) -> dict[str, Any]:
    product: dict[str, Any] = {
        "sku": f"SKU-{number}",
        "stock": units(rng.choice([0, 3, 10, 30, 60])),
        "volume": rng.choice([f"{rng.randint(1, 9)} liters"] * 9 + ["0 liters", "500 m3"]),
        "weight": rng.choice([1.0, 0.5, 2.3, 0.0]),
        "price": rng.choice([9.99, 20]),
        "cost": rng.choice([3.33, 5]),
    }
    if len(suppliers) > 1 or (suppliers and rng.random() < 0.5):
        product["supplier"] = rng.choice(suppliers)
    perhaps(rng, product, "share", lambda: rng.choice([1, 2.5, "40%"]))
    perhaps(rng, product, "when_short", lambda: rng.choice(MODES))
    perhaps(rng, product, "cap_units", lambda: units(rng.randint(0, 30)), 0.3)
    perhaps(rng, product, "available_elsewhere", lambda: rng.random() < 0.9)
    perhaps(rng, product, "pre_season_buy", lambda: units(rng.randint(0, 5)))
    perhaps(rng, product, "reorder_point", lambda: units(rng.randint(0, 8)))
    perhaps(rng, product, "order_quantity", lambda: units(rng.choice([1, 2, 3, 5, 10, 1000])), 0.3)
    perhaps(rng, product, "order_up_to", lambda: units(rng.randint(8, 20)))
    other = rng.randint(0, skus - 1)
    if other != number and rng.random() < 0.5:
        product["substitute"] = f"SKU-{other}"
    return product


def launch(rng: Random, spans: Spans, product: dict[str, Any], opening: dict[str, Any]) -> None:
    """The product is launched: it has no stock, and nothing comes before its release."""
    terms: dict[str, Any] = {"released": spans.span(2, 200), "units": units(rng.randint(1, 40))}
    if terms["released"] == AGES:
        terms["released"] = "2 days"
    surge = {"times": rng.choice([3, 8, 0.5, 0]), "half_life": spans.span(6, 60)}
    perhaps(rng, terms, "on_sale", lambda: rng.choice(["0 hours", "1 hours", terms["released"]]))
    perhaps(rng, surge, "begins", lambda: rng.choice(["on_sale", "released"]))
    perhaps(rng, terms, "surge", lambda: surge)
    perhaps(rng, terms, "pre_order", lambda: rng.random() < 0.4)
    product |= {"stock": units(0), "launch": terms}
    product.pop("pre_season_buy", None)
    for table in ("stock", "open_purchase_orders"):
        rows = opening.get(table, [])
        opening[table] = [row for row in rows if row["sku"] != product["sku"]]
        if not opening[table]:
            del opening[table]


def supplier(rng: Random, spans: Spans, days: int) -> dict[str, Any]:
    """Terms of a supplier."""
    low = rng.choice([0, 5, 20])
    terms: dict[str, Any] = {"lead_time": spans.chance(low, low + 40)}
    perhaps(rng, terms, "lead_times", lambda: rng.choice(["in_order", "in_order", "cross"]))
    perhaps(rng, terms, "capacity", lambda: f"{rng.choice([24, 48, 1])} units per day")
    perhaps(rng, terms, "minimum_order", lambda: units(rng.randint(0, 6)))
    perhaps(rng, terms, "pack_size", lambda: units(rng.randint(1, 4)))
    perhaps(rng, terms, "closed", lambda: [stretch(rng, days)])
    slips = {"share": rng.choice(["40%", "100%"]), "by": spans.chance(1, 30)}
    partial = {"share": "50%", "rest_after": spans.chance(0, 30)}
    perhaps(rng, partial, "first", lambda: rng.choice(["60%", "0%", "100%", "10%"]))
    disruptions: list[dict[str, Any]] = [
        {"daily_chance": rng.choice(["20%", "20%", "100%"]), "lasts": spans.chance(5, 50)},
        {"during": stretch(rng, days)},
    ]
    hurry = {"when_backorders_over": units(rng.randint(0, 4)), "lead_time_factor": "50%"}
    if rng.random() < 0.3:
        hurry["lead_time_factor"] = "0%"
    perhaps(rng, terms, "slips", lambda: slips)
    perhaps(rng, terms, "partial", lambda: partial)
    perhaps(rng, terms, "disruptions", lambda: disruptions[: rng.randint(1, 2)])
    perhaps(rng, terms, "expedite", lambda: hurry)
    return terms


def stretch(rng: Random, days: int) -> str:
    """One to three whole days of the season."""
    first = rng.randint(0, days)
    return f"{first} days..{first + rng.randint(1, 2)} days"


def replenishment(rng: Random, spans: Spans, *, supplied: bool) -> dict[str, Any]:
    """A rule with its numbers; what is left out is computed from the forecast."""
    rule: dict[str, Any] = {"rule": rng.choice(RULES) if supplied else "none"}
    perhaps(rng, rule, "reorder_point", lambda: units(rng.randint(0, 8)), 0.7)
    perhaps(rng, rule, "order_quantity", lambda: units(rng.randint(1, 12)), 0.7)
    perhaps(rng, rule, "order_up_to", lambda: units(rng.randint(8, 20)), 0.7)
    if rule["rule"] == "periodic":
        rule["review_period"] = spans.span(1, 40)
        perhaps(rng, rule, "first_review", lambda: spans.span(0, 30))
    perhaps(rng, rule, "service", lambda: rng.choice(["50%", "99%", "100%", "0%"]))
    perhaps(rng, rule, "cover", lambda: spans.span(5, 90))
    perhaps(rng, rule, "update", lambda: spans.span(6, 60))
    perhaps(rng, rule, "trigger", lambda: rng.choice(["below", "below", "at_or_below"]))
    perhaps(rng, rule, "basis", lambda: rng.choice(["level", "level", "position"]))
    perhaps(rng, rule, "multiples", lambda: rng.random() < 0.2)
    perhaps(rng, rule, "on_cancel", lambda: rng.choice(["withdraw", "withdraw", "keep"]))
    perhaps(rng, rule, "stop_at", lambda: spans.span(24, 200))
    perhaps(rng, rule, "pre_season_buy", lambda: rng.choice(["+20%", "-50%"]), 0.3)
    note: dict[str, Any] = {}
    perhaps(rng, note, "read", lambda: "mon-fri 09:00-17:00")
    perhaps(rng, note, "delay", lambda: spans.span(0, 9))
    perhaps(rng, rule, "notification", lambda: note)
    return rule


def receiving(rng: Random, spans: Spans) -> dict[str, Any]:
    """Work at the dock."""
    work: dict[str, Any] = {"per_delivery": spans.short()}
    perhaps(rng, work, "per_unit", spans.short)
    perhaps(rng, work, "per_unit_cross_dock", spans.short)
    return {"cross_dock": rng.random() < 0.5, "work": work}

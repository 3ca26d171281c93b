"""Random shops: storefront, alerts, customers, backorder area and carrier."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.oracle.goods import MODES, stretch
from tests.oracle.spans import Spans, perhaps, units

STEPS = ["accept", "substitute", "drop_line", "sign_up", "come_back"]


def storefront(rng: Random, spans: Spans, skus: int) -> dict[str, Any]:
    """Policies, caps and quotes."""
    front: dict[str, Any] = {"when_short": rng.choice(MODES)}
    caps: dict[str, Any] = {}
    perhaps(rng, caps, "units_per_sku", lambda: units(rng.randint(0, 40)), 0.3)
    perhaps(rng, caps, "quoted_wait", lambda: spans.span(5, 200), 0.3)
    quote: dict[str, Any] = {}
    perhaps(rng, quote, "padding", lambda: spans.span(0, 30))
    perhaps(rng, quote, "information_age", lambda: spans.span(1, 30))
    perhaps(rng, quote, "standard_wait", lambda: spans.span(1, 80))
    front |= {"caps": caps, "quote": quote}
    perhaps(rng, front, "ship", lambda: rng.choice(["split", "split", "complete"]))
    perhaps(rng, front, "allocate", lambda: rng.choice(["class", "class", "fifo"]))
    change = {"at": spans.span(1, 100), "when_short": rng.choice(MODES)}
    other = {"at": change["at"], "when_short": rng.choice(MODES)}
    perhaps(rng, change, "cap_units", lambda: rng.choice(["none", "3 units"]))
    perhaps(rng, change, "skus", lambda: [f"SKU-{rng.randint(0, skus - 1)}"])
    if rng.randint(0, 3) == 0:
        front["changes"] = rng.choice([[change], [change, other]])
    return front


def alerts(rng: Random, spans: Spans) -> dict[str, Any]:
    """Back-in-stock e-mails."""
    block: dict[str, Any] = {}
    perhaps(rng, block, "mail", lambda: rng.choice(["all at once", "all at once", "in order"]))
    perhaps(rng, block, "per_hour", lambda: rng.choice([1, 0.5, 2, 7]))
    perhaps(rng, block, "recheck_stock", lambda: rng.random() < 0.2)
    perhaps(rng, block, "opened_after", lambda: spans.chance(0, 12))
    perhaps(rng, block, "convert", lambda: rng.choice(["70%", "70%", "0%"]))
    perhaps(rng, block, "half_life", lambda: spans.span(5, 60))
    perhaps(rng, block, "sign_up_again", lambda: rng.random() < 0.9)
    return block


def customers(rng: Random, spans: Spans) -> dict[str, Any]:
    """What shoppers do who find lines short, and how long those who wait do so."""
    block = _steps(rng, spans)
    patience: dict[str, Any] = {"from": rng.choice(["order", "promise"])}
    patience["lasts"] = spans.chance(0, 90)
    words = {"still_waiting": {"20 hours": "60%", "50 hours": "30%"}}
    ways = [patience, patience, patience["lasts"], words]
    perhaps(rng, block, "patience", lambda: rng.choice(ways))
    perhaps(rng, block, "forgets_after", lambda: spans.chance(5, 150))
    perhaps(rng, block, "changes_mind_after", lambda: spans.chance(5, 150))
    elsewhere = {"leaves": "20%", "found_after": spans.chance(1, 90)}
    perhaps(rng, block, "elsewhere", lambda: elsewhere)
    if rng.random() < 0.5:
        block["needed_by"] = {spans.span(24, 200): "40%"}
        perhaps(rng, block, "needed_by_margin", lambda: spans.span(0, 20))
    return block


def _steps(rng: Random, spans: Spans) -> dict[str, Any]:
    accept: dict[str, Any] = {"at_no_wait": rng.choice([60, 60, 60, 20])}
    perhaps(rng, accept, "half_life", lambda: spans.span(10, 90))
    perhaps(rng, accept, "longest", lambda: spans.span(10, 90))
    kind = rng.randint(0, 4)
    if kind < 2:
        return {"accept_backorder": accept | {"at_no_wait": 100}}
    if kind == 2:
        return {"accept_backorder": 10, "sign_up_for_alert": 80, "come_back_later": 10}
    back: dict[str, Any] = {"share": 10}
    perhaps(rng, back, "after", lambda: spans.chance(1, 60), 0.8)
    perhaps(rng, back, "at_most", lambda: rng.randint(0, 3), 0.8)
    some = rng.choice([5, 5, 5, 3])
    substitute = rng.choice([10, 10, 60])
    if substitute > 10:
        accept["at_no_wait"] = 10
    return {
        "steps": rng.sample(STEPS, len(STEPS))[:some],
        "accept_backorder": accept,
        "substitute": substitute,
        "drop_line": 5,
        "sign_up_for_alert": 15,
        "come_back_later": back,
    }


def area(rng: Random) -> dict[str, Any]:
    """A backorder area, sometimes of nothing at all."""
    positions = f"{rng.randint(0, 12)} shelves of 4 liters"
    block: dict[str, Any] = {"positions": rng.choice([positions] * 5 + ["1000 pallets of 1 m3"])}
    rules = ["stop_offering", "rent_overflow", "rent_overflow", "general_storage"]
    block["when_full"] = rng.choice(rules)
    perhaps(rng, block, "fill", lambda: rng.choice(["80%", "80%", "1%"]))
    perhaps(rng, block, "slow_retrieval", lambda: rng.choice([2.0, 0]))
    return block


def carrier(rng: Random, spans: Spans) -> dict[str, Any]:
    """Cut-offs and pickups."""
    block: dict[str, Any] = {}
    cut_offs = {"mon-fri": "16:00", "sat": "12:00"}
    calls = [{"mon-sat": "18:00", "sun": "13:00"}, {"mon-sun": "16:00"}, {"sun": "00:00"}]
    perhaps(rng, block, "cut_off", lambda: cut_offs)
    perhaps(rng, block, "pickup", lambda: rng.choice(calls))
    perhaps(rng, block, "capacity", lambda: rng.randint(0, 15))
    perhaps(rng, block, "capacity_by_weekday", lambda: {"sat": 2, "tue": 5})
    perhaps(rng, block, "handling", lambda: spans.span(0, 20))
    return block


def returns(rng: Random, spans: Spans, *, receiving: bool) -> dict[str, Any]:
    """Orders that come back."""
    block: dict[str, Any] = {"after": spans.chance(0, 60)}
    perhaps(rng, block, "share", lambda: rng.choice(["30%", "30%", "100%", "0%"]), 0.8)
    perhaps(rng, block, "late", lambda: rng.choice(["80%", "0%"]))
    perhaps(rng, block, "resale", lambda: rng.choice(["60%", "60%", "0%"]), 0.6)
    if receiving:
        perhaps(rng, block, "work", spans.short)
    return block


def transit(rng: Random, spans: Spans, days: int) -> dict[str, Any]:
    """The way to the customer; it matters to the run if orders come back."""
    block: dict[str, Any] = {}
    perhaps(rng, block, "transit", lambda: spans.chance(0, 50))
    slow = {"during": stretch(rng, days), "times": rng.choice([2, 0, 3])}
    perhaps(rng, block, "slow", lambda: [slow, slow | {"during": stretch(rng, days)}])
    express = {"transit": spans.chance(0, 20), "cost": 1}
    perhaps(rng, block, "express", lambda: express, 0.3)
    return block


def hurry(rng: Random, scenario: dict[str, Any]) -> None:
    """Who is mailed is back at the same instant, and many cancel at a few dates."""
    front = {"when_short": "hybrid", "quote": {"standard_wait": "6 hours"}}
    scenario["storefront"] |= front | {"caps": {}}
    scenario["alerts"] = {"recheck_stock": rng.random() < 0.5, "sign_up_again": True}
    scenario["customers"] = {
        "accept_backorder": 50,
        "sign_up_for_alert": 50,
        "patience": rng.choice([{"6 hours": "50%", "0 hours": "50%"}, "24 hours", "4000 days"]),
        "needed_by": {f"{rng.randint(1, 3)} days": "50%", f"{rng.randint(4, 6)} days": "50%"},
    }
    scenario["people"] = {}
    for product in scenario["products"]:
        for name in ("when_short", "cap_units"):
            product.pop(name, None)


def third_party(rng: Random, spans: Spans) -> dict[str, Any]:
    """Somebody else takes parcels, above a backlog."""
    block: dict[str, Any] = {"above": rng.choice([0, 1, 2, 5])}
    perhaps(rng, block, "delay", lambda: spans.span(0, 30))
    perhaps(rng, block, "per_day", lambda: rng.choice([4, 24, 48]))
    return block


def wrapping(rng: Random, spans: Spans) -> dict[str, Any]:
    """Some orders are wrapped."""
    block: dict[str, Any] = {"share": rng.choice(["50%", "50%", "100%", "0%"])}
    perhaps(rng, block, "per_parcel", spans.short, 0.8)
    perhaps(rng, block, "per_unit", spans.short)
    return block


def recommend(rng: Random, block: dict[str, Any], skus: int) -> None:
    """E-mails recommend something, and may go out in batches."""
    perhaps(rng, block, "batch", lambda: rng.choice([2, 3, 50]))
    if "batch" in block:
        block |= {"mail": "in order", "per_hour": block.get("per_hour", 1), "recheck_stock": False}
    block["recommend"] = {"share": rng.choice(["50%", "100%", "100%", "0%"])}
    perhaps(rng, block["recommend"], "product", lambda: f"SKU-{rng.randrange(skus)}")

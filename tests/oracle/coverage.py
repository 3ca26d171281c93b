"""What random seasons cover: settings, fates, reasons to hand back, and ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations_with_replacement
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from sim.scenario.scenario import Scenario
from tests.oracle.check import Outcome
from tests.oracle.seasons import RandomSeason
from tests.oracle.spans import AGES

Item = tuple[str, str]
"""Kind of what is covered, and its name."""

SETTING, FATE, HAND_BACK, TIE = "setting", "fate", "hand-back", "tie of ranks"

STATUS = ["expected", "away", "signed up", "mailed", "waiting", "picking", "shipped"]
CANCELLED, LOST = 7, 8
CAUSES = {
    **dict(enumerate(("patience", "needed by", "elsewhere", "forgot", "changed mind"), 1)),
    6: "no consent",
    8: "wrong answer",
    9: "contact ended badly",
    10: "refunded by support",
}
LOSSES = {11: "left", 12: "blocked", 13: "not converted", 14: "season over"}
HAND_BACKS = {
    0: "next event of the business",
    1: "reorder point crossed",
    2: "units to withdraw",
    3: "buffer full",
    5: "drained",
    6: "delivery to hurry",
    7: "note may be acted on",
}
RANKS = 11
IMPOSSIBLE_TIES: dict[tuple[int, int], str] = {}
"""Pairs of ranks that cannot happen at one instant, and why."""

OUTSIDE = (
    # Words, money and dates that the run never sees: they act on its ledger.
    *(
        "name",
        "channel",
        "give",
        "question",
        "currency",
        "policies",
        "source",
        "assumption",
        "note",
    ),
    *("price", "cost", "recovery", "cost_per_order", "freight_per_unit", "cost_per_unit"),
    *("discount", "area_per_position", "rent", "backorder_area.steps"),
    *("minimum_term", "overflow_factor", "pay", "paid_absence", "wage", "on_costs", "agency"),
    *("training_cost", "notice", "carrier.promise", "christmas_last_ship"),
    *("shipping_income", "postage", "peak_surcharge", "packaging", "payment_fee"),
    *("payment_fee_per_order", "message", "error", "leftover_recovery", "cancellation", "fixed"),
    *("holding", "holding_share", "backorder", "backorder_per_unit", "lost_sale"),
    *("purchase_order", "service_target", "validation", "retention"),
    *("forecast_value", "plan"),
    *("refund", "extra_postage"),
    *("third_party.fees", "third_party.setup"),
    # A replayed history is one more way to an order book, which both models are given.
    *("history", "history_start"),
    *("support.training.hours", "cost_per_agent"),
)
"""Settings that cannot change a run, by name or by the end of their path."""
TEAMS = ("pick_pack", "pick", "pack", "backorder_team", "receiving", "support")


def possible() -> list[Item]:
    """Everything that random seasons have to cover, in the order of the table."""
    settings = sorted(set(_settings(Scenario, "")))
    fates = [
        *(f"open at the end: {status}" for status in ("waiting", "picking")),
        "shipped",
        *(f"cancelled: {cause}" for cause in CAUSES.values()),
        *(f"lost: {loss}" for loss in LOSSES.values()),
        *EXTRA_FATES,
    ]
    pairs = combinations_with_replacement(range(RANKS), 2)
    return [
        *((SETTING, name) for name in (*settings, *EXTREMES)),
        *((FATE, fate) for fate in fates),
        *((HAND_BACK, name) for name in (*HAND_BACKS.values(), "cap on draining")),
        *((TIE, f"{a} and {b}") for a, b in pairs if (a, b) not in IMPOSSIBLE_TIES),
    ]


def covered(season: RandomSeason, outcome: Outcome) -> set[Item]:
    """What one season covers."""
    items = {(SETTING, name) for name in _given(season.scenario, "")}
    items |= {(SETTING, name) for name in _extremes(season)}
    items |= {(FATE, fate) for row in outcome.records.orders for fate in _fates(row)}
    items |= {(FATE, fate) for fate in _parcel_fates(outcome)}
    items |= {(FATE, fate) for row in outcome.records.contacts for fate in _contact_fates(row)}
    items |= {(FATE, fate) for fate in _care_fates(outcome)}
    items |= {(HAND_BACK, HAND_BACKS[reason]) for reason in outcome.handbacks}
    if 5 not in outcome.handbacks:
        items.add((HAND_BACK, "cap on draining"))
    return items | {(TIE, f"{a} and {b}") for a, b in outcome.records.ties}


def table(counts: Counter[Item], seasons: int) -> str:
    """The coverage as a Markdown table, with what is rarest first within each kind."""
    lines = ["| kind | what | share of seasons |", "| --- | --- | ---: |"]
    kinds = [SETTING, FATE, HAND_BACK, TIE]
    everything = sorted(possible(), key=lambda item: (kinds.index(item[0]), counts[item], item))
    for kind, name in everything:
        lines.append(f"| {kind} | {name} | {100 * counts[kind, name] / seasons:.1f} % |")
    return "\n".join(lines) + "\n"


def rare(counts: Counter[Item], seasons: int, share: float = 0.01) -> list[Item]:
    """What fewer seasons cover than they should."""
    return [item for item in possible() if counts[item] < share * seasons]


# ---------------------------------------------------------------------- settings


def _settings(model: type[BaseModel], path: str) -> Iterator[str]:
    """Every setting of the schema that can change a run, and every word that it may be."""
    for name, field in model.model_fields.items():
        place = f"{path}{field.alias or name}"
        if _is_outside(place):
            continue
        place = _shared(place)
        yield place
        yield from _values(field.annotation, place)


def _values(annotation: Any, place: str) -> Iterator[str]:
    """What may be written at a place: words, or the settings of a group."""
    origin = get_origin(annotation)
    if origin is Literal:
        yield from (f"{place}: {word}" for word in get_args(annotation) if isinstance(word, str))
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _settings(annotation, f"{place}.")
    elif origin is tuple:
        yield from _values(get_args(annotation)[0], f"{place}[]")
    elif origin is dict:
        yield from _values(get_args(annotation)[1], f"{place}.NAME")
    else:
        for part in get_args(annotation):
            if origin is Union or not isinstance(part, type) or issubclass(part, BaseModel):
                yield from _values(part, place)


def _given(value: Any, path: str) -> Iterator[str]:
    """Every setting of a scenario mapping, by the names of `_settings`."""
    if isinstance(value, list):
        for each in value:
            yield from _given(each, f"{path}[]")
    if isinstance(value, str) and path:
        yield f"{path}: {value}"
    if not isinstance(value, dict):
        return
    for key, each in value.items():
        place = f"{path}.{key}" if path else str(key)
        if path == "suppliers":
            place = "suppliers.NAME"
        place = _shared(place)
        if path.endswith(".shift") and key != "breaks":
            place = f"{path}.hours"
        yield place
        yield from _given(each, place)


def _shared(place: str) -> str:
    """The five teams are described once; the short form of a shift is its hours."""
    words = place.split(".")
    if len(words) > 2 and words[0] == "people" and words[1] in TEAMS:
        place = ".".join(["people.TEAM", *words[2:]])
    return place


def _is_outside(place: str) -> bool:
    return any(place == name or place.endswith(f".{name}") for name in OUTSIDE)


EXTREMES = ["extreme: nothing", "extreme: ages", "extreme: nobody", "extreme: no orders"]


def _extremes(season: RandomSeason) -> Iterator[str]:
    text = str(season.scenario)
    if "'0 " in text or ": 0," in text or "'0%" in text:
        yield "extreme: nothing"
    if AGES in text:
        yield "extreme: ages"
    if "'people': 0" in text:
        yield "extreme: nobody"
    if "'orders_per_day': 0," in text:
        yield "extreme: no orders"


# ---------------------------------------------------------------------- fates

CONTACT_CAUSES = [
    *("placed", "processing", "backordered", "late", "cancelled", "wrong item", "refund"),
]
OFFERS = ["expedite", "partial shipment", "substitute", "refund"]
CONTACT_STATES = ["planned", "in line", "in hand", "answered", "abandoned"]
EXTRA_FATES = [
    "came back by alert",
    "came back unprompted",
    "came back twice",
    "mailed twice",
    "took what was recommended",
    "slipped",
    "slipped and cancelled",
    "given something",
    "not given anything",
    "told twice",
    "consented twice",
    "took a substitute",
    "dropped a line",
    "shipped in parcels",
    "wrong item",
    "complete at once",
    "backordered and shipped",
    "received in part",
    "purchase withdrawn",
    "returned to the shelf",
    "returned and written off",
    "still on its way back",
    *(f"asked: {cause}" for cause in CONTACT_CAUSES),
    *(f"contact {state}" for state in CONTACT_STATES),
    "asked again",
    "wrong answer",
    "ended badly",
    "told something out of date",
    *(f"{what}: {offer}" for what in ("offered", "took") for offer in OFFERS),
    "done by the third party",
]


def _fates(row: dict[str, int]) -> Iterator[str]:
    status = row["status"]
    if status == CANCELLED:
        yield f"cancelled: {CAUSES[row['reason']]}"
    elif status == LOST:
        yield f"lost: {LOSSES[row['reason']]}"
    elif STATUS[status] in ("waiting", "picking"):
        yield f"open at the end: {STATUS[status]}"
    else:
        yield "shipped"
        yield "backordered and shipped" if row["backordered"] else "complete at once"
    extras = {
        "came back by alert": row["by_alert"],
        "came back unprompted": row["comebacks"],
        "came back twice": row["comebacks"] > 1,
        "mailed twice": row["mails"] > 1,
        "took what was recommended": row["recommended"] >= 0,
        "took a substitute": row["substituted"],
    }
    yield from (name for name, happened in extras.items() if happened)


def _care_fates(outcome: Outcome) -> Iterator[str]:
    for care, order in zip(outcome.records.care, outcome.records.orders, strict=True):
        extras = {
            "slipped": care["slipped_at"] >= 0,
            "slipped and cancelled": care["slipped_at"] >= 0 and order["status"] == CANCELLED,
            "given something": care["given"],
            "not given anything": care["slipped_at"] >= 0 and not care["given"],
            "told twice": care["messages"] > 1,
            "told something out of date": care["stale"] > 0,
            "consented twice": care["consents"] > 1,
        }
        yield from (name for name, happened in extras.items() if happened)


def _parcel_fates(outcome: Outcome) -> Iterator[str]:
    records = outcome.records
    if any(line["dropped"] for line in records.lines):
        yield "dropped a line"
    if any(number >= len(records.orders) for number in records.parcels):
        yield "shipped in parcels"
    if any(parcel["wrong"] for parcel in records.parcels.values()):
        yield "wrong item"
    received = [row["purchase_order"] for row in records.deliveries]
    if len(set(received)) < len(received):
        yield "received in part"
    if records.outside:
        yield "done by the third party"
    for row in records.returns:
        kinds = ("returned and written off", "returned to the shelf")
        yield kinds[row["resold"]] if row["arrived"] else "still on its way back"
    if any(order["withdrawn"] for order in records.purchase_orders):
        yield "purchase withdrawn"


def _contact_fates(row: dict[str, int]) -> Iterator[str]:
    state = CONTACT_STATES[row["state"]]
    yield f"contact {state}"
    yield f"asked: {CONTACT_CAUSES[row['cause']]}"
    if row["attempt"]:
        yield "asked again"
    if row["right"] == 0:
        yield "wrong answer"
    if row["well"] == 0:
        yield "ended badly"
    if row["solution"] >= 0:
        yield f"took: {OFFERS[row['solution']]}"
    yield from (f"offered: {offer}" for n, offer in enumerate(OFFERS) if row["offered"] >> n & 1)

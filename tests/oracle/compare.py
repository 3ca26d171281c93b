"""The first difference between what the oracle and the engine say of one season."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.warehouse.ledger import line_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sim.warehouse.ledger import Ledger
    from tests.oracle.oracle import Records

ORDER_FIELDS = (
    "status",
    "reason",
    "accepted_at",
    "quote",
    "ended_at",
    "attempt",
    "comebacks",
    "by_alert",
    "short_at_first",
    "backordered",
    "substituted",
    "mails",
)
CARE_FIELDS = ("slipped_at", "messages", "stale", "consents", "spent", "given", "given_for")
LINE_FIELDS = ("sku", "backordered", "dropped", "whole_at")
PARCEL_TIMES = ("ready_at", "started_at", "picked_at", "packed_at", "shipped_at")
PARCEL_FIELDS = ("order", *PARCEL_TIMES, "backorder", "wrong")
PURCHASE_FIELDS = ("sku", "units", "withdrawn", "placed_at", "confirmed_at", "received_at")
DELIVERY_FIELDS = ("purchase_order", "units", "received_at")
CONTACT_TIMES = ("asked_at", "answered_at", "ended_at")
CONTACT_FIELDS = (
    *("order", "cause", "nth", "first", "attempt", "state", *CONTACT_TIMES, "right", "well"),
    *("offered", "solution", "sku"),
)
DOCK_FIELDS = ("sku", "queue", "units", "arrived_at", "started_at", "put_away_at")
RETURN_FIELDS = ("order", "at", "arrived", "resold")
DAY_FIELDS = ("at", "sku", "free", "backorders", "on_order")
CHARGE_FIELDS = ("part", "sku", "periods", "held", "backorders")
SPACE_FIELDS = ("used", "committed", "backorders")


def first_difference(oracle: Records, engine: Ledger) -> str | None:
    """Say of every kind of record which one differs first, and how; None if all are equal."""
    kinds: list[tuple[str, Iterable[Any], Iterable[Any], tuple[str, ...]]] = [
        ("order", oracle.orders, engine.orders, ORDER_FIELDS),
        ("recommendation to order", oracle.orders, _recommended(engine), ("recommended",)),
        ("care of order", *_care(oracle, engine), CARE_FIELDS),
        ("parcel", *_parcels(oracle, engine), PARCEL_FIELDS),
        ("purchase order", oracle.purchase_orders, engine.purchase_orders, PURCHASE_FIELDS),
        ("delivery", oracle.deliveries, engine.deliveries, DELIVERY_FIELDS),
        ("return", oracle.returns, _returns(engine), RETURN_FIELDS),
        ("contact", oracle.contacts, engine.contacts, CONTACT_FIELDS),
        ("dock task", oracle.docks, engine.docks, DOCK_FIELDS),
        ("day", oracle.days, _days(engine), DAY_FIELDS),
        ("charge", oracle.charges, _charges(engine), CHARGE_FIELDS),
        ("line", oracle.lines, line_table(engine), LINE_FIELDS),
        ("space change", oracle.space, _space(engine.space), ("at", *SPACE_FIELDS)),
    ]
    told = [difference for kind in kinds if (difference := _first(*kind))]
    if not told and oracle.ended_at != engine.drained_at:
        told.append(f"end of the run: oracle {oracle.ended_at}, engine {engine.drained_at}")
    return "\n".join(told or _integrals(oracle, engine)) or None


def _integrals(oracle: Records, engine: Ledger) -> list[str]:
    """The integrals of levels over time that differ at the marks of the run."""
    told = []
    for number, mark in enumerate(oracle.marks):
        rows = {
            "sku": engine.marks.skus[number],
            "team": engine.marks.teams[number],
            "counter": {0: engine.marks.counters[number]},
        }
        for key, value in mark.items():
            kind, *which, name = key.split()
            row = rows[kind][int(which[0]) if which else 0]
            if int(row[name]) != value:
                told.append(f"{key} at mark {number}: oracle {value}, engine {int(row[name])}")
    return told[:3]


def _first(
    kind: str, expected: Iterable[Any], found: Iterable[Any], fields: tuple[str, ...]
) -> str | None:
    ours, theirs = list(expected), list(found)
    for number, (mine, its) in enumerate(zip(ours, theirs, strict=False)):
        for name in fields:
            if int(mine[name]) != int(its[name]):
                return (
                    f"{kind} {number}, {name}: oracle {int(mine[name])}, engine {int(its[name])}\n"
                    f"    oracle: {_shown(mine, fields)}\n    engine: {_shown(its, fields)}"
                )
    if len(ours) != len(theirs):
        return f"{kind}s: oracle has {len(ours)}, engine has {len(theirs)}"
    return None


def _shown(row: Mapping[str, Any], fields: tuple[str, ...]) -> str:
    return ", ".join(f"{name}={int(row[name])}" for name in fields)


def _recommended(engine: Ledger) -> list[dict[str, int]]:
    """What orders took on a recommendation."""
    nothing = engine.scenario.alerts.recommend is None
    rows = [-1] * len(engine.orders) if nothing else engine.extra["sku"].tolist()
    return [{"recommended": sku} for sku in rows]


def _care(oracle: Records, engine: Ledger) -> tuple[list[Any], list[Any]]:
    """What was done about the orders that were accepted; nothing, where the engine has no rows."""
    nothing = dict.fromkeys(CARE_FIELDS, 0) | {"slipped_at": -1}
    rows = engine.care if len(engine.care) else [nothing] * len(oracle.care)
    placed = [n for n, order in enumerate(oracle.orders) if order["accepted_at"] >= 0]
    return [oracle.care[n] for n in placed], [rows[n] for n in placed]


def _parcels(oracle: Records, engine: Ledger) -> tuple[list[Any], list[Any]]:
    """The parcels of both that exist, by number; the engine also holds rows for those to come."""
    unmade = {"order": -1} | dict.fromkeys(PARCEL_FIELDS[1:], -1)
    ours, theirs = [], []
    for number, row in enumerate(engine.parcels):
        mine = oracle.parcels.get(number)
        made = mine is not None or any(int(row[name]) >= 0 for name in PARCEL_TIMES)
        if made:
            ours.append(mine or unmade)
            theirs.append(row)
    return ours, theirs


def _returns(engine: Ledger) -> list[dict[str, int]]:
    """Orders that come back, or would have if the run had gone on."""
    return [
        {"order": order} | {name: int(row[name]) for name in RETURN_FIELDS[1:]}
        for order, row in enumerate(engine.back)
        if row["at"] >= 0
    ]


def _days(engine: Ledger) -> list[dict[str, int]]:
    """Levels of every product at every midnight, one row each."""
    return [
        {"at": at, "sku": sku}
        | {name: int(getattr(engine.days, name)[day, sku]) for name in DAY_FIELDS[2:]}
        for day, at in enumerate(engine.days.at.tolist())
        for sku in range(engine.days.free.shape[1])
    ]


def _charges(engine: Ledger) -> list[dict[str, int]]:
    """Sums of end-of-period levels, one row by part of the run and product."""
    charges = engine.charges
    return [
        {
            "part": part,
            "sku": sku,
            "periods": int(charges.periods[part]),
            "held": int(charges.held[part, sku]),
            "backorders": int(charges.backorders[part, sku]),
        }
        for part in (0, 1)
        for sku in range(charges.held.shape[1])
    ]


def _space(rows: Any) -> list[dict[str, int]]:
    """Only the rows that differ from the one before, from an empty building on."""
    kept: list[dict[str, int]] = []
    levels = (0, 0, 0)
    for row in rows:
        present = tuple(int(row[name]) for name in SPACE_FIELDS)
        if present != levels:
            kept.append({"at": int(row["at"])} | dict(zip(SPACE_FIELDS, present, strict=True)))
            levels = present
    return kept

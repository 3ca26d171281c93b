"""Laws of the end state: true after random seasons, caught when a ledger is tampered with."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.demand import sample_orders
from sim.errors import LawBroken
from sim.warehouse.laws import check_laws
from sim.warehouse.simulation import simulate
from sim.warehouse.words import CANCELLED, LOST, PICKING, SHIPPED, SUBSTITUTED
from tests.warehouse.small import scenario

POLICIES = ("backorder", "out_of_stock", "alerts", "hybrid")


def _season(when_short, **blocks):
    shift = {"daily": "08:00-18:00", "breaks": "30 min"}
    core = {"name": "core", "people": 2, "absence": "10%"}
    return scenario(
        demand={
            "orders_per_day": 40,
            "basket": {"lines": {1: 0.6, 2: 0.4}, "units_per_line": {1: 0.7, 2: 0.3}},
        },
        products=[
            {"sku": "A", "stock": "60 units", "volume": "2 liters"},
            {"sku": "B", "stock": "40 units", "substitute": "A"},
            {"sku": "C", "share": 0.5, "stock": "20 units"},
        ],
        suppliers={"maker": {"lead_time": {"gamma": {"mean": "2 days", "cv": 0.6}}}},
        replenishment={"rule": "reorder_point", "reorder_point": 10, "order_quantity": 40},
        storefront={"when_short": when_short},
        customers={
            "accept_backorder": {"at_no_wait": 60},
            "substitute": 10,
            "sign_up_for_alert": 20,
            "patience": {"exponential": "3 days"},
        },
        backorder_area={"positions": "4 shelves of 20 liters"},
        carrier={"cut_off": {"mon-sat": "15:00"}, "capacity": 60},
        people={
            "pick_pack": {"shift": shift, "work": {"per_order": "20 min"}, "cohorts": [core]},
            "receiving": {"shift": shift, "cohorts": [{"name": "dock", "people": 1}]},
        },
        **blocks,
    )


@cache
def _ledger(when_short="backorder"):
    season = _season(when_short)
    return simulate(season, sample_orders(season, 3), 3, check=False)


@pytest.mark.parametrize("when_short", POLICIES)
def test_every_policy_ends_drained_and_lawful_with_the_same_demand(when_short):
    ledger = _ledger(when_short)
    check_laws(ledger)
    assert ledger.drained
    assert ledger.book.orders.tobytes() == _ledger().book.orders.tobytes()
    backordered = int(ledger.orders["backordered"].sum())
    assert (backordered > 10) == (when_short in {"backorder", "hybrid"})
    assert (ledger.orders["by_alert"].sum() > 0) == (when_short in {"alerts", "hybrid"})


@settings(max_examples=12)
@given(st.sampled_from(POLICIES), st.integers(0, 10**6))
def test_laws_hold_in_seasons_drawn_at_random(when_short, seed):
    season = _season(when_short)
    assert simulate(season, sample_orders(season, seed), seed).drained


def test_orders_opened_before_the_run_are_lawful():
    waiting = [{"order": "OLD", "sku": "C", "units": 30, "placed": "2 days before start"}]
    season = _season("backorder", opening={"open_orders": waiting})
    ledger = simulate(season, sample_orders(season, 3), 3)
    assert ledger.book.orders["placed_at"][0] < 0
    assert ledger.orders["accepted_at"][0] == 0
    assert ledger.orders["backordered"][0] == 1


def test_the_same_arguments_give_the_same_bytes():
    season = _season("hybrid")
    book = sample_orders(season, 5)
    one, two = (simulate(season, book, 5) for _ in range(2))
    for name in ("orders", "lines", "parcels", "purchase_orders", "shifts", "space"):
        assert getattr(one, name).tobytes() == getattr(two, name).tobytes()


def _first(table, **values):
    chosen = True
    for name, value in values.items():
        chosen = chosen & (table[name] == value)
    return int(chosen.nonzero()[0][0])


def _order(status, field, value):
    def tamper(ledger):
        ledger.orders[field][_first(ledger.orders, status=status)] = value

    return tamper


def _sku(field, change=1):
    def tamper(ledger):
        ledger.marks.skus[field][-1, 1] += change

    return tamper


def _counter(field):
    def tamper(ledger):
        ledger.marks.counters[field][-1] += 1

    return tamper


def _picked_before_started(ledger):
    ledger.parcels["picked_at"][7] = ledger.parcels["started_at"][7] - 1


def _early_receipt(ledger):
    order = ledger.deliveries["purchase_order"][0]
    ledger.purchase_orders["placed_at"][order] = ledger.deliveries["received_at"][0] + 1


def _held_by_cancelled(ledger):
    order = _first(ledger.orders, status=CANCELLED, backordered=1)
    line = ledger.book.orders["first_line"][order]
    ledger.waits["reserved"][ledger.waits["line"] == line] = 1


def _other_sku(ledger):
    line = ledger.book.orders["first_line"][_first(ledger.orders, status=SHIPPED)]
    ledger.lines["wait"][line] = SUBSTITUTED


def _negative_space(ledger):
    ledger.space["used"][3] = -1


def _busy_off_duty(ledger):
    ledger.marks.teams["busy_time"][-1, 0] = ledger.marks.teams["duty_time"][-1, 0] + 1


def _unrostered(ledger):
    ledger.shifts["paid_ms"][:] = 1


@pytest.mark.parametrize(
    ("tamper", "law"),
    [
        (_order(SHIPPED, "status", PICKING), "exactly one fate"),
        (_order(SHIPPED, "ended_at", -1), "exactly one fate"),
        (_order(CANCELLED, "reason", 0), "a cancelled order has a cause"),
        (_order(LOST, "reason", 0), "a lost order has a reason"),
        (_order(SHIPPED, "accepted_at", -1), "only accepted orders"),
        (_order(SHIPPED, "accepted_at", 0), "timestamps"),
        (_order(SHIPPED, "ended_at", 1 << 50), "timestamps"),
        (_picked_before_started, "timestamps never run backwards"),
        (_held_by_cancelled, "holds nothing"),
        (_other_sku, "demand is that of the order book"),
        (_sku("sold"), "sold units are those of the lines"),
        (_sku("free"), "units are conserved"),
        (_sku("received"), "units are conserved"),
        (_sku("staged", -1), "drained means empty"),
        (_sku("backorders"), "drained means empty"),
        (_sku("position"), "the inventory position is as recomputed"),
        (_sku("on_order"), "the inventory position is as recomputed"),
        (_early_receipt, "no receipt before its order"),
        (_negative_space, "space used is at least 0"),
        (_counter("used"), "drained means empty"),
        (_counter("committed"), "drained means empty"),
        (_counter("in_system_time"), "L = lambda W"),
        (_counter("shipped"), "counts add up: shipped"),
        (_counter("backlog"), "drained means empty"),
        (_busy_off_duty, "busy at most as long as on duty"),
        (_unrostered, "on duty at most as rostered"),
    ],
)
def test_a_tampered_ledger_breaks_the_law_by_name(tamper, law):
    ledger = _copy(_ledger())
    tamper(ledger)
    with pytest.raises(LawBroken, match=law):
        check_laws(ledger)


def _copy(ledger):
    tables = (
        "orders",
        "lines",
        "waits",
        "parcels",
        "purchase_orders",
        "deliveries",
        "shifts",
        "space",
    )
    marks = {name: getattr(ledger.marks, name).copy() for name in ("skus", "teams", "counters")}
    changes = {name: getattr(ledger, name).copy() for name in tables}
    return replace(ledger, marks=replace(ledger.marks, **marks), **changes)

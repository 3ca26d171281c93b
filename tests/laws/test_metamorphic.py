"""What must not matter does not, and what must help helps: two runs of one season compared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sim.demand import OrderBook, sample_orders
from sim.results import kpis
from sim.scenario.scenario import Scenario
from sim.warehouse import simulate
from sim.warehouse.ledger import Ledger
from sim.warehouse.words import CANCELLED, NEVER, NONE, SHIPPED
from tests.laws.seasons import busy
from tests.warehouse.small import scenario

TABLES = ("orders", "lines", "parcels", "purchase_orders", "deliveries", "docks", "shifts", "space")
SEEDS = st.integers(0, 10**6)
few = settings(max_examples=8, phases=[Phase.generate])


def _run(season: Scenario, seed: int, book: OrderBook | None = None) -> Ledger:
    return simulate(season, book or sample_orders(season, seed), seed)


def _same(one: Ledger, two: Ledger, *, but: tuple[str, ...] = ()) -> None:
    for name in TABLES:
        if name not in but:
            assert getattr(one, name).tobytes() == getattr(two, name).tobytes(), name


@few
@given(SEEDS)
def test_a_policy_given_twice_gives_the_same_bytes_twice(seed: int) -> None:
    season = busy()
    first = sample_orders(season, seed)
    again = sample_orders(busy(), seed, like=first)
    _same(_run(season, seed, first), _run(busy(), seed, again))


@few
@given(SEEDS)
def test_demand_is_the_same_under_every_policy(seed: int) -> None:
    first, book = busy(), None
    for change in ({}, {"when_short": "alerts"}, {"caps": {"units_per_sku": "2 units"}}):
        policy = busy(storefront={"when_short": "hybrid"} | change)
        book = sample_orders(policy, seed, like=book)
        before = (book.orders.tobytes(), book.lines.tobytes())
        ledger = _run(policy, seed, book)
        assert before == (book.orders.tobytes(), book.lines.tobytes())
        assert before == tuple(t.tobytes() for t in _book(first, seed))
        assert len(ledger.lines) == len(book.lines)


def _book(season: Scenario, seed: int) -> tuple[Any, Any]:
    """Orders and lines of a season's book, drawn anew."""
    book = sample_orders(season, seed)
    return book.orders, book.lines


@few
@given(SEEDS)
def test_names_do_not_matter(seed: int) -> None:
    """Streams are keyed by name: said of a season whose lead times are not drawn."""
    lead = {"maker": {"lead_time": "2 days"}}
    products = [
        {"sku": name, "stock": "30 units", "volume": "2 liters", "share": share}
        for name, share in (("A", 0.5), ("B", 0.3), ("C", 0.2))
    ]
    renamed = [each | {"sku": f"MUG-{each['sku']}-RED"} for each in products]
    plain = busy(products=products, suppliers=lead)
    other = busy(products=renamed, suppliers=lead)
    book = sample_orders(plain, seed)
    same_book = replace(book, sku_names=tuple(each["sku"] for each in renamed))
    _same(_run(plain, seed, book), _run(other, seed, same_book))


@few
@given(SEEDS)
def test_a_product_without_demand_changes_nothing_of_the_others(seed: int) -> None:
    extra = {"sku": "ZERO", "share": 0, "stock": "50 units"}
    first, second = _run(busy(), seed), _run(busy(products=_products(extra)), seed)
    _same(first, second)
    assert second.final_skus[3]["free"] == 50


def _products(*more: dict[str, Any]) -> list[dict[str, Any]]:
    """The products of the busy season, and others."""
    return [
        {"sku": "A", "stock": "60 units", "volume": "2 liters"},
        {"sku": "B", "stock": "40 units", "substitute": "A"},
        {"sku": "C", "share": 0.5, "stock": "20 units"},
        *more,
    ]


@few
@given(SEEDS)
def test_units_of_measure_do_not_matter(seed: int) -> None:
    small: dict[str, Any] = {
        "suppliers": {"maker": {"lead_time": {"gamma": {"mean": "48 hours", "cv": 0.6}}}},
        "products": [_products()[0] | {"volume": "2000 ml"}, *_products()[1:]],
        "backorder_area": {"positions": "2 shelves of 20000 ml", "when_full": "rent_overflow"},
        "season": {"length": "14400 min"},
    }
    _same(_run(busy(), seed), _run(busy(**small), seed))


@few
@given(SEEDS, st.sampled_from(["backorder", "out_of_stock", "alerts", "hybrid"]))
def test_with_endless_stock_nothing_is_short_however_endless_and_under_any_policy(
    seed: int, when_short: str
) -> None:
    def season(units: int, policy: str) -> Scenario:
        endless = [each | {"stock": f"{units} units"} for each in _products()]
        return busy(
            products=endless,
            storefront={"when_short": policy},
            replenishment={"rule": "none"},
        )

    huge = _run(season(10**6, when_short), seed)
    assert not huge.orders["backordered"].any()
    assert not huge.waits["backordered"].any()
    assert not huge.orders["short_at_first"].any()
    figures = kpis(huge)
    assert figures["fill_rate"] == 1
    _same(huge, _run(season(10**9, when_short), seed))
    _same(huge, _run(season(10**6, "backorder"), seed))


def _queue(people: int, slots: int) -> Scenario:
    """One class of patient customers, one team, first in, first out; `slots` pack stations."""
    return scenario(
        demand={"orders_per_day": 60, "forecast_error": False},
        products=[{"sku": "A", "stock": "100000 units"}],
        people={
            "pick_pack": {
                "shift": {"daily": "08:00-18:00"},
                "work": {"per_order": "25 min", "distribution": {"exponential": 1}},
                "cohorts": [{"name": "core", "people": people}],
            },
            "pack_stations": slots,
        },
    )


@few
@given(SEEDS, st.integers(1, 4), st.integers(1, 4))
@pytest.mark.parametrize("more", ["person", "slot"])
def test_one_more_person_or_slot_never_makes_an_order_later(
    more: str, seed: int, people: int, slots: int
) -> None:
    """True of a queue without priorities, cancellations and overtaking (Kiefer, Wolfowitz 1955)."""
    fewer = _queue(people, slots)
    larger = _queue(people + 1, slots) if more == "person" else _queue(people, slots + 1)
    book = sample_orders(fewer, seed)
    one, two = _run(fewer, seed, book), _run(larger, seed, book)
    ended = [
        np.where(each.orders["ended_at"] == NONE, NEVER, each.orders["ended_at"])
        for each in (one, two)
    ]
    assert (ended[1] <= ended[0]).all()


@few
@given(SEEDS, st.integers(1, 9))
def test_a_shorter_season_is_the_beginning_of_a_longer_one(seed: int, days: int) -> None:
    """Split horizon: what happens before an instant does not know how long the season will be."""
    long, short = busy(), busy(season={"length": f"{days} days", "drain": "0 days"})
    book, cut = sample_orders(long, seed), days * 86_400_000
    n = int(np.searchsorted(book.orders["placed_at"], cut))
    lines = int(book.orders["n_lines"][:n].sum())
    part = replace(book, orders=book.orders[:n].copy(), lines=book.lines[:lines].copy())
    whole, first = _run(long, seed, book), _run(short, seed, part)
    for name in ("accepted_at", "ended_at"):
        known = whole.orders[name][:n].copy()
        known[known >= cut] = NONE
        mine = first.orders[name].copy()
        mine[mine >= cut] = NONE
        assert (known == mine).all(), name
    ended = first.orders["ended_at"]
    final = (ended != NONE) & (ended < cut)
    assert (first.orders["status"] == whole.orders["status"][:n])[final].all()
    assert np.isin(first.orders["status"][final], (SHIPPED, CANCELLED, 8)).all()

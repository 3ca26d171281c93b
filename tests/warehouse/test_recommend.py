"""Recommendations in back-in-stock e-mails, and e-mails in batches, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from sim.results import kpis
from sim.results.tables import tables
from tests.warehouse.small import DAY, HOUR, MINUTE, Buyer, run, scenario

SIGNS_UP = 8
ARRIVES = {"open_purchase_orders": [{"sku": "GONE", "units": 100, "due": "1 days"}]}
GOODS = [
    {"sku": "GONE", "stock": "0 units", "price": 20, "cost": 8},
    {"sku": "PEN", "share": 0, "stock": "3 units", "price": 5, "cost": 1, "weight": 2},
    {"sku": "CARD", "share": 0, "stock": "50 units", "price": 2, "cost": 1},
]


def _season(terms: Any = None, goods: Any = None, **blocks: Any) -> Any:
    alerts = {"recommend": {"share": "100%", "product": "PEN"}} | (terms or {})
    front = {"when_short": "alerts"}
    return scenario(
        products=goods or GOODS, opening=ARRIVES, alerts=alerts, storefront=front, **blocks
    )


def _ask(n: int, **more: Any) -> list[Buyer]:
    return [Buyer(nth * HOUR, flags=SIGNS_UP, **more) for nth in range(n)]


def test_who_returns_takes_a_unit_more_while_there_is_one() -> None:
    ledger = run(_season({"discount": "10%"}), *_ask(5))
    assert tables(ledger)["orders"]["recommended"].tolist()[:3] == ["PEN"] * 3
    assert ledger.extra["sku"].tolist() == [1, 1, 1, -1, -1]
    assert ledger.final_skus["shipped"].tolist() == [5, 3, 0]
    found, without = kpis(ledger), kpis(run(_season({"recommend": None}), *_ask(5)))
    assert (found["recommended_units"], found["recommended_rate"]) == (3, 0.6)
    # Revenue, discount and cost of goods are real; nobody asked for them, so fill rates stay.
    assert found["gross_sales"] == 5 * 20 + 3 * 5
    assert found["discounts"] == pytest.approx(-0.1 * (5 * 20 + 3 * 5))
    assert found["cost_of_goods"] == -(5 * 8 + 3 * 1)
    assert (found["fill_rate"], found["orders"]) == (without["fill_rate"], without["orders"])
    margins = tables(ledger)["orders"]["margin"].sum()
    assert margins == pytest.approx(0.9 * 115 - 43)


def test_without_a_name_it_is_the_first_that_is_there_and_not_in_the_order() -> None:
    assert run(_season({"recommend": {"share": "100%"}}), *_ask(5)).extra["sku"].tolist() == [
        *[1, 1, 1],
        *[2, 2],
    ]


def test_only_those_who_return_by_an_alert_take_it() -> None:
    ledger = run(_season(), *_ask(1), Buyer(2 * DAY))
    assert ledger.extra["sku"].tolist() == [1, -1]


def test_it_is_work_of_those_who_pick() -> None:
    work = {"per_order": "10 min", "per_line": "3 min", "per_unit": "1 min"}
    shift = {"daily": "00:00-24:00"}
    team = {"shift": shift, "work": work, "cohorts": [{"name": "core", "people": 1}]}
    ledger = run(_season(people={"pick_pack": team}), *_ask(1))
    minutes = 10 + 2 * 3 + (1 + 2) * 1
    assert ledger.parcels["shipped_at"].tolist() == [DAY + minutes * MINUTE]


def test_a_customer_who_cancels_gives_it_back() -> None:
    absent = {"name": "absent", "people": 1, "absence": "100%"}
    team = {"shift": {"daily": "08:00-18:00"}, "cohorts": [absent]}
    ledger = run(_season(people={"pick_pack": team}), *_ask(1, patience=DAY))
    assert ledger.final_skus["free"].tolist() == [100, 3, 50]
    assert ledger.final_skus["sold"].tolist() == [1, 1, 0]


def test_it_returns_with_the_order() -> None:
    returns = {"share": "100%", "after": "1 day", "resale": "0%"}
    ledger = run(_season(returns=returns), *_ask(1))
    assert ledger.final_skus["written_off"].tolist() == [1, 1, 0]
    found = kpis(ledger)
    assert found["refunds"] == -25
    assert found["write_offs"] == -9


def test_it_may_call_for_a_purchase_order() -> None:
    rule = {"rule": "reorder_point", "order_quantity": 7, "reorder_point": 2}
    ledger = run(_season(replenishment=rule), *_ask(1))
    bought = ledger.purchase_orders
    assert bought["placed_at"][bought["sku"] == 1].tolist() == [DAY]


def test_e_mails_go_out_in_batches() -> None:
    throttled = {"recommend": None, "per_hour": 2}
    one_by_one = run(_season(throttled), *_ask(5)).orders["accepted_at"]
    batches = run(_season(throttled | {"batch": 3}), *_ask(5)).orders["accepted_at"]
    assert (one_by_one - DAY).tolist() == [nth * 30 * MINUTE for nth in range(5)]
    assert (batches - DAY).tolist() == [0, 0, 0, 90 * MINUTE, 90 * MINUTE]


def test_what_is_recommended_has_to_be_sold() -> None:
    (problem,) = _season({"recommend": {"share": 1, "product": "PAN"}}).semantic_problems()
    assert problem.path == "alerts.recommend.product"
    assert problem.message == "no product has this name"

"""Figures and money of solutions, requests and memories; links cut one by one."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.results.test_season import season

COMING = {"open_purchase_orders": [{"sku": "MUG", "units": 9, "due": "12 days"}]}
"""The last four of ten orders, placed at noon of the days 7 to 10, wait for it."""
MAKER = {"maker": {"lead_time": "9 days", "expedite_on_request": {"per_week": 5, "cost": 7}}}


def _season(*solutions: dict[str, Any], **blocks: Any) -> dict[str, float]:
    """Everybody asks as they order, and is answered within ten minutes."""
    desk = {"contacts": {"placed": "100%"}, "handling": "10 min", "solutions": list(solutions)}
    people = {"support": {"unlimited": True}}
    both = {"opening": COMING, "suppliers": MAKER, "support": desk, "people": people}
    return season(**both | blocks)


REFUND = {"offer": "refund", "accepted": "100%", "cost": 3}
EXPEDITE = {"offer": "expedite", "accepted": "100%", "cost": 2}


def test_nothing_is_known_where_nothing_is_offered() -> None:
    figures = _season()
    assert math.isnan(figures["solutions_offered"])
    assert math.isnan(figures["solutions_taken"])
    assert figures["solutions"] == 0


def test_refunds_are_counted_paid_for_and_due_to_waiting() -> None:
    figures = _season(REFUND)
    assert figures["solutions_taken"] == figures["solutions_taken:refund"] == 4
    assert figures["cancelled_orders"] == 4
    assert figures["cancelled_due_to_backorder_share"] == 1
    assert figures["solutions"] == -4 * 3
    assert figures["season_profit"] == pytest.approx(6 * (10 - 4) - 4 * 3)


def test_a_request_is_paid_to_the_supplier_and_shortens_the_wait() -> None:
    usual, figures = _season(), _season(EXPEDITE)
    assert (figures["solutions_offered:expedite"], figures["solutions_taken:expedite"]) == (1, 1)
    assert figures["solutions"] == -2
    assert figures["purchase_order_cost"] == usual["purchase_order_cost"] - 7
    assert figures["backorder_wait_mean"] < usual["backorder_wait_mean"]


def test_what_nobody_takes_is_not_paid() -> None:
    figures = _season(EXPEDITE | {"accepted": "0%"})
    assert (figures["solutions_offered"], figures["solutions_taken"]) == (4, 0)
    assert figures["purchase_order_cost"] == _season()["purchase_order_cost"]


def test_a_parcel_more_costs_its_postage() -> None:
    """Each order is for a mug and a bowl; there are bowls for all."""
    goods = [
        {"sku": "MUG", "price": 10, "cost": 4, "stock": "6 units"},
        {"sku": "BOWL", "price": 10, "cost": 4, "stock": "20 units"},
    ]
    both = [{"name": "set", "items": {"MUG": 1, "BOWL": 1}, "share": "100%"}]
    demand = {"rate": "1 per day", "arrivals": "fixed", "first_arrival": "12 hours"}
    blocks: dict[str, Any] = {
        "products": goods,
        "demand": demand | {"basket_types": both},
        "costs": {"postage": 5},
    }
    ahead = {"offer": "partial_shipment", "accepted": "100%"}
    usual, figures = _season(**blocks), _season(ahead, **blocks)
    assert (usual["postage"], figures["postage"]) == (-10 * 5, -14 * 5)
    assert figures["solutions_taken:partial_shipment"] == 4


REPEAT = {"repeat": {"on_time": 0.5}, "future_margin": 20}


def test_a_bad_contact_costs_customers_and_no_season_profit() -> None:
    unkind = {"contacts": {"placed": "100%"}, "handling": "10 min", "ends_well": "0%"}
    figures = _season(support=unkind, retention=REPEAT | {"bad_contact": 0.8})
    plain = _season(support=unkind, retention=REPEAT)
    assert plain["customers_lost"] == 0
    assert figures["customers_lost"] == pytest.approx(10 * 0.5 * 0.2)
    assert figures["customer_value"] == pytest.approx(-20)
    assert figures["season_profit"] == plain["season_profit"]
    assert figures["satisfaction"] == plain["satisfaction"]


def test_a_message_that_is_out_of_date_is_remembered_as_well() -> None:
    """The seventh to tenth orders wait for a delivery that is late; nobody heard of it."""
    maker = {"lead_time": "1 day", "slips": {"share": "100%", "by": "20 days"}}
    update = {"name": "update", "first_after": "4 days", "information_age": "40 days"}
    blocks: dict[str, Any] = {
        "opening": {},
        "suppliers": {"maker": maker},
        "replenishment": {"rule": "reorder_point", "reorder_point": 0, "order_quantity": 9},
        "messages": [update],
        "support": None,
        "people": {},
        "retention": REPEAT | {"bad_contact": 0.8},
    }
    figures = _season(**blocks)
    assert figures["stale_messages"] == figures["messages_sent"] == 4
    assert figures["customers_lost"] == pytest.approx(4 * 0.1)
    blocks["messages"] = [update | {"information_age": "0 days"}]
    assert _season(**blocks)["customers_lost"] == 0


def test_gifts_bring_customers_back_and_extra_purchases_beside_season_profit() -> None:
    quote = {"quote": {"standard_wait": "1 day"}}
    blocks: dict[str, Any] = {
        "opening": {},
        "storefront": quote,
        "backup_plan": {"cost": 1},
        "support": None,
        "people": {},
    }
    memory = REPEAT | {"gift": 1.2, "extra_purchases": 3}
    figures, plain = _season(**blocks, retention=memory), _season(**blocks, retention=REPEAT)
    assert plain["customer_value"] == 0
    assert figures["customers_lost"] == pytest.approx(-4 * 0.5 * 0.2)
    assert figures["customer_value"] == pytest.approx(4 * 0.1 * 20 + 4 * 3)
    assert figures["season_profit"] == plain["season_profit"] == pytest.approx(36 - 4)

"""Figures of what was done for customers who waited, and what it cost; links cut one by one."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.results.test_season import season

COMING = {"open_purchase_orders": [{"sku": "MUG", "units": 9, "due": "12 days"}]}
"""The last four of ten orders, placed at noon of the days 7 to 10, wait for it."""
UPDATE = {"name": "update", "first_after": "1 day", "every": "1 day", "cost": 0.0005}
PATIENT = {"patience": "3 days"}


def _season(**blocks: Any) -> dict[str, float]:
    return season(opening=COMING, **blocks)


def test_nothing_is_known_of_what_nobody_does() -> None:
    figures = _season()
    for name in ("slipped_orders", "messages_sent", "consents", "no_consent_orders"):
        assert math.isnan(figures[name])
    assert figures["updates"] == 0


def test_messages_are_counted_and_paid_to_the_fraction_of_a_cent() -> None:
    figures = _season(messages=[UPDATE])
    assert figures["messages_sent"] == 5 + 4 + 3 + 2
    assert figures["updates"] == pytest.approx(-14 * 0.0005)
    assert figures["season_profit"] == pytest.approx(_season()["season_profit"] - 0.007)


def test_a_message_that_gives_patience_saves_orders_and_one_without_effect_saves_none() -> None:
    lost = _season(customers=PATIENT)["cancelled_orders"]
    assert lost == 3
    assert _season(customers=PATIENT, messages=[UPDATE])["cancelled_orders"] == lost
    keeps = [UPDATE | {"patience": 3, "at_most": 1}]
    assert _season(customers=PATIENT, messages=keeps)["cancelled_orders"] == 0


def test_slipped_orders_are_counted_where_a_message_depends_on_them() -> None:
    sorry = [UPDATE | {"to": "late"}]
    assert _season(messages=sorry)["slipped_orders"] == 0, "quoted until the delivery"
    quote = {"quote": {"standard_wait": "1 day"}}
    figures = season(storefront=quote, messages=sorry)
    assert figures["slipped_orders"] == 4


def test_who_does_not_consent_is_refunded() -> None:
    rule = {"after": "3 days", "consents": "0%"}
    costs = {"cancellation": {"per_order": 2}}
    figures = _season(customers={"consent": rule}, costs=costs)
    assert figures["no_consent_orders"] == figures["cancelled_orders"] == 3
    assert figures["consents"] == 0
    assert figures["cancellations"] == -6
    assert figures["cancelled_due_to_backorder_share"] == 1
    agreed = _season(customers={"consent": rule | {"consents": "100%"}})
    assert (agreed["no_consent_orders"], agreed["consents"]) == (0, 3)


LATE = {"quote": {"standard_wait": "1 day"}}


def test_gifts_cost_their_goods_and_end_with_the_budget() -> None:
    products = [
        {"sku": "MUG", "price": 10, "cost": 4, "stock": "6 units"},
        {"sku": "PEN", "share": 0, "cost": 1.5, "stock": "3 units"},
    ]
    plan = {"product": "PEN", "cost": 0.5}
    figures = season(products=products, storefront=LATE, backup_plan=plan)
    assert figures["slipped_orders"] == 4
    assert figures["gifts_given"] == 3, "there is no fourth pen"
    assert figures["gifts"] == -6
    poor = season(products=products, storefront=LATE, backup_plan=plan | {"budget": 4.5})
    assert (poor["gifts_given"], poor["backup_budget_used"]) == (2, 4)
    assert poor["leftover_units"] == figures["leftover_units"] + 1


SLIPS = {"lead_time": "2 days", "slips": {"share": "100%", "by": "3 days"}}
BUYS = {"rule": "reorder_point", "reorder_point": 0, "order_quantity": 4}


def test_a_discount_is_paid_for_what_ships_and_taken_from_the_budget_all_the_same() -> None:
    """The delivery that was bought on day 6 slips; who ordered on day 7 had been quoted a day."""
    blocks = {"suppliers": {"maker": SLIPS}, "replenishment": BUYS}
    plan = {"give": "discount", "discount": "20%"}
    figures = season(**blocks, backup_plan=plan)
    assert (figures["slipped_orders"], figures["gifts_given"]) == (1, 1)
    assert figures["backup_budget_used"] == 2
    assert (figures["shipped_orders"], figures["discounts"]) == (10, -2)
    assert figures["revenue"] == 98
    hasty = {"patience": {"from": "promise", "lasts": "12 hours"}}
    cancelled = season(**blocks, backup_plan=plan, customers=hasty)
    assert (cancelled["shipped_orders"], cancelled["discounts"]) == (9, 0)
    assert cancelled["backup_budget_used"] == 2


def test_a_gift_that_gives_patience_saves_orders_and_one_without_effect_saves_none() -> None:
    hasty = {"patience": {"from": "promise", "lasts": "12 hours"}}
    short = {"length": "10 days", "drain": "3 days"}
    blocks = {"season": short, "storefront": LATE, "customers": hasty}
    lost = season(**blocks)["cancelled_orders"]
    assert lost == 4
    kept = season(**blocks, backup_plan={"cost": 1, "patience": 100})
    assert (kept["cancelled_orders"], kept["gifts_given"]) == (0, 4)
    assert season(**blocks, backup_plan={"cost": 1})["cancelled_orders"] == lost

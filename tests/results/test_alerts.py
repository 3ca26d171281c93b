"""Back-in-stock e-mails: intent that fades, what a discount costs, and who is mailed in vain."""

from __future__ import annotations

from typing import Any

import pytest

from tests.results.test_season import season

COMING = {"open_purchase_orders": [{"sku": "MUG", "units": 9, "due": "230 hours"}]}
ALL = {"accept_backorder": 0, "sign_up_for_alert": 100}


def _mailed(**alerts: Any) -> dict[str, float]:
    """The last four of ten shoppers sign up; the mugs are there on the tenth day."""
    front = {"when_short": "alerts"}
    return season(opening=COMING, storefront=front, customers=ALL, alerts=alerts)


def test_intent_that_fades_loses_shoppers_who_signed_up() -> None:
    assert _mailed()["alerts_converted"] == 4
    faded = _mailed(half_life="1 min")
    assert (faded["alerts_signed_up"], faded["alerts_converted"]) == (4, 0)
    assert faded["lost_orders"] == 4


def test_a_discount_is_paid_for_orders_from_alerts_only() -> None:
    figures = _mailed(discount="10%")
    assert figures["discounts"] == pytest.approx(-0.1 * 10 * 4)
    assert figures["gross_sales"] == 100


def test_e_mails_that_are_throttled_come_too_late_for_some() -> None:
    assert _mailed(per_hour=0.5)["alerts_converted"] == 4
    assert _mailed(per_hour=0.25)["alerts_converted"] == 3, "the fourth is due after the end"


def test_an_e_mail_without_a_last_look_brings_shoppers_to_an_empty_shelf() -> None:
    few = {"open_purchase_orders": [{"sku": "MUG", "units": 1, "due": "230 hours"}]}
    front, cost = {"when_short": "alerts"}, {"message": 1}
    blocks = {"opening": few, "storefront": front, "customers": ALL, "costs": cost}
    looked = season(**blocks, alerts={"recheck_stock": True})
    blind = season(**blocks, alerts={"recheck_stock": False})
    assert looked["alerts_converted"] == blind["alerts_converted"] == 1
    assert (looked["messages"], blind["messages"]) == (-1, -4)

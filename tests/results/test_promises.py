"""Which orders were promised a date, and how many of those kept it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim import sample_orders, simulate
from sim.results import kpis
from sim.scenario import Scenario


def kept(stock: int = 4, **blocks: Any) -> tuple[float, float, float]:
    """Shipped on time, OTIF and satisfaction of five orders, one a day at noon, an hour of work.

    What is not on hand comes at 13:00 on the last day, an hour after the last order: as quoted.
    """
    opening = {"open_purchase_orders": [{"sku": "MUG", "units": 9, "due": "109 hours"}]}
    work = {"unlimited": True, "work": {"per_order": "60 min"}}
    tree: dict[str, Any] = {
        "season": {"length": "5 days"},
        "demand": {"rate": "1 per day", "arrivals": "fixed", "first_arrival": "12 hours"},
        "products": [{"sku": "MUG", "price": 10, "stock": f"{stock} units"}],
        "opening": opening,
        "people": {"pick_pack": work},
    }
    scenario = Scenario.model_validate({**tree, **blocks})
    figures = kpis(simulate(scenario, sample_orders(scenario, 1, 1), 1, 1))
    assert figures["shipped_orders"] == figures["accepted_orders"] == 5
    assert figures["backorders"] == max(0, 5 - stock)
    return figures["on_time_ship_rate"], figures["otif"], figures["satisfaction"]


def test_without_a_carrier_nothing_is_promised_for_goods_on_hand_and_nobody_is_late() -> None:
    shipped, delivered, satisfaction = kept(stock=5)
    assert np.isnan([shipped, delivered]).all()
    assert satisfaction == 100


def test_without_a_carrier_a_quoted_wait_is_the_only_promise() -> None:
    # The goods come when quoted, and are packed an hour later.
    assert kept() == (0, 0, (4 * 100 + 50) / 5)
    assert kept(storefront={"quote": {"padding": "60 min"}}) == (1, 1, (4 * 100 + 75) / 5)
    assert kept(stock=3, storefront={"quote": {"padding": "59 min"}})[:2] == (0, 0)


def test_handling_without_pickups_is_a_promised_ship_date_for_goods_on_hand_too() -> None:
    assert kept(carrier={"handling": "60 min"}) == (1, 1, (4 * 100 + 75) / 5)
    assert kept(carrier={"handling": "59 min"}) == (0, 0, 50)


def test_pickups_promise_a_ship_date_to_every_order() -> None:
    # What is on hand misses the call by half an hour; what comes later leaves in time.
    carrier = {"cut_off": "12:00", "pickup": "12:30"}
    assert kept(carrier=carrier) == pytest.approx((0.2, 0.2, (4 * 50 + 75) / 5))


def test_a_promised_time_to_the_customer_alone_promises_a_delivery_and_no_ship_date() -> None:
    def shipped_delivered(promise: str) -> tuple[float, float]:
        return kept(stock=5, carrier={"transit": "2 days", "promise": promise})[:2]

    for promise, delivered in (("49 hours", 1), ("2 days", 0)):
        assert np.isnan(shipped_delivered(promise)[0])
        assert shipped_delivered(promise)[1] == delivered


def test_parcels_go_express_only_after_a_date_that_was_promised() -> None:
    express = {"transit": "2 days", "express": {"transit": "1 day", "cost": 5}, "promise": "2 days"}
    assert kept(stock=5, carrier=express)[1] == 0
    assert kept(stock=5, carrier={**express, "handling": "1 min"})[:2] == (0, 1)

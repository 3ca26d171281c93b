"""Satisfaction and customer value, worked out by hand: six of ten served at once, four not."""

import math

import pytest

from sim.results.themes.retention import SCORES
from sim.warehouse.counts.fates import FATES
from tests.results.test_season import season

REPEAT = {"on_time": 0.5, "cancelled": 0.2, "lost": 0.3, "late": 0.4, "backordered": 0.45}


def test_lost_shoppers_are_lost_customers_only_in_part() -> None:
    figures = season(
        storefront={"when_short": "out_of_stock"},
        retention={"repeat": REPEAT, "future_margin": 20},
    )
    assert figures["satisfaction"] == pytest.approx(60)
    assert figures["repeat_rate"] == pytest.approx((6 * 0.5 + 4 * 0.3) / 10)
    assert figures["customers_lost"] == pytest.approx(4 * 0.2)
    assert figures["customer_value"] == pytest.approx(-4 * 0.2 * 20)
    assert figures["profit_with_customer_value"] == pytest.approx(36 - 16)


def test_replacement_counts_instead_of_the_margin_never_both() -> None:
    figures = season(
        storefront={"when_short": "out_of_stock"},
        retention={
            "repeat": REPEAT,
            "counted": "replacement",
            "future_margin": 20,
            "keeping": 2,
            "acquiring_times": 6.5,
        },
    )
    assert figures["customer_value"] == pytest.approx(-4 * 0.2 * 13)


def test_a_backorder_that_comes_on_its_date_and_one_that_never_comes() -> None:
    """Three backorders come on the ninth day, as quoted; the tenth shopper's does not come."""
    figures = season(
        opening={"open_purchase_orders": [{"sku": "MUG", "units": 3, "due": "9 days"}]},
        retention={"repeat": REPEAT, "future_margin": 1},
    )
    assert figures["satisfaction"] == pytest.approx((6 + 3 * SCORES["backordered"] + 0.5) * 10)
    assert figures["customers_lost"] == pytest.approx(3 * 0.05 + 0.1)


def test_cancelled_customers() -> None:
    figures = season(
        customers={"patience": "1 hour"}, retention={"repeat": REPEAT, "future_margin": 1}
    )
    assert figures["cancelled_orders"] == 4
    assert figures["customers_lost"] == pytest.approx(4 * 0.3)
    assert figures["satisfaction"] == pytest.approx(60)


def test_a_fate_without_a_figure_costs_no_customers() -> None:
    figures = season(
        storefront={"when_short": "out_of_stock"},
        retention={"repeat": {"on_time": 0.5}, "future_margin": 20},
    )
    assert figures["customers_lost"] == 0
    assert figures["profit_with_customer_value"] == figures["season_profit"]


def test_without_the_block_customer_value_is_unknown() -> None:
    figures = season()
    assert math.isnan(figures["customer_value"])
    assert math.isnan(figures["repeat_rate"])
    assert not math.isnan(figures["satisfaction"])


def test_an_error_costs_customers() -> None:
    figures = season(
        people={
            "pick_pack": {
                "cohorts": [
                    {
                        "name": "new",
                        "people": 3,
                        "learning": {"errors_start": "100%", "errors_full": "100%"},
                    }
                ]
            }
        },
        products=[{"sku": "MUG", "price": 10, "cost": 4, "stock": "60 units"}],
        retention={"repeat": REPEAT, "wrong_item": 0.5, "future_margin": 1},
    )
    assert figures["satisfaction"] == pytest.approx(50)
    assert figures["customers_lost"] == pytest.approx(10 * 0.25)


def test_every_fate_has_a_setting_of_its_name() -> None:
    from sim.scenario.retention import Repeat

    assert set(FATES) == set(Repeat.model_fields) - {"source", "assumption", "note"}

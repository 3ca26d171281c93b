"""What the carrier takes a day, and what it costs at peak."""

from __future__ import annotations

import pytest

from tests.results.test_season import season

PLENTY = [{"sku": "MUG", "price": 10, "cost": 4, "stock": "60 units"}]
DAILY = {"pickup": {"mon-sun": "18:00"}}


def test_a_peak_surcharge_is_paid_for_parcels_that_leave_at_peak() -> None:
    costs = {"postage": 5, "peak_surcharge": 2}
    peak = DAILY | {"slow": [{"during": "0 days..2 days", "times": 1}]}
    usual = season(products=PLENTY, carrier=DAILY, costs=costs)
    figures = season(products=PLENTY, carrier=peak, costs=costs)
    assert usual["postage"] == -50
    assert figures["postage"] == pytest.approx(-50 - 2 * 2)


def test_what_does_not_fit_into_a_pickup_leaves_the_next_day_and_late() -> None:
    demand = {"rate": "4 per day", "arrivals": "fixed", "first_arrival": "1 hours"}
    limited = DAILY | {"capacity": 3}
    blocks = {"products": PLENTY, "demand": demand}
    assert season(carrier=DAILY, **blocks)["on_time_ship_rate"] == 1
    assert season(carrier=limited, **blocks)["on_time_ship_rate"] < 1

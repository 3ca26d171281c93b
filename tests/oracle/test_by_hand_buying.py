"""Purchase orders worked out by hand: the oracle and the engine both have to be right."""

import pytest

from tests.oracle.hand import HOUR, book, season


def test_the_reorder_note_is_read_in_reading_hours(run):
    scenario = season(
        suppliers={"maker": {"lead_time": "6 hours"}},
        replenishment={
            "rule": "reorder_point",
            "reorder_point": 0,
            "order_quantity": 4,
            "notification": {"read": "mon-fri 09:00-17:00", "delay": "1 hours"},
        },
    )
    records = run(scenario, book({"placed_at": 18 * HOUR}))
    assert [order["placed_at"] for order in records.purchase_orders] == [34 * HOUR]
    assert records.deliveries[0]["received_at"] == 40 * HOUR


@pytest.mark.parametrize("quantity", [1, 3])
def test_base_stock_orders_what_was_sold(run, quantity):
    scenario = season(
        products=[{"sku": "A", "stock": "5 units"}],
        suppliers={"maker": {"lead_time": "1 days"}},
        replenishment={"rule": "base_stock", "order_up_to": 5},
    )
    records = run(scenario, book({"placed_at": HOUR, "lines": [(0, quantity)]}))
    assert [order["units"] for order in records.purchase_orders] == [quantity]


def test_a_delivery_meets_disruptions_that_begin_after_the_end_of_the_run(run):
    scenario = season(
        season={"length": "2 days", "drain": "0 days"},
        products=[{"sku": "A", "stock": "0 units"}],
        suppliers={
            "maker": {
                "lead_time": "1 hours",
                "slips": {"share": "100%", "by": "3 days"},
                "disruptions": [{"daily_chance": "100%", "lasts": "1 days"}],
            }
        },
        replenishment={"rule": "base_stock", "order_up_to": 1},
    )
    # The supplier is down on every day up to the 400th after the end of the run.
    records = run(scenario, book({"placed_at": 2 * HOUR}))
    real = (2 + 400 + 3) * 24 + 1
    assert records.orders[0]["quote"] == (real - 2) * HOUR


@pytest.mark.parametrize(
    ("rule", "units"),
    [
        ({"rule": "reorder_point"}, 20),  # r = 10; the fewest batches of 20 that lift 0 above it
        ({"rule": "reorder_point", "order_quantity": 3}, 12),
        ({"rule": "min_max"}, 30),
        ({"rule": "min_max", "reorder_point": 4}, 24),
        ({"rule": "base_stock"}, 11),
        ({"rule": "periodic", "review_period": "1 day"}, 20),
    ],
    ids=["r and Q", "r", "s and S", "S", "base stock", "periodic"],
)
def test_numbers_that_are_left_out_come_from_the_forecast(run, rule, units):
    scenario = season(
        demand={"orders_per_day": 10, "forecast_error": False},
        products=[{"sku": "A", "stock": "0 units"}],
        suppliers={"maker": {"lead_time": "1 days"}},
        replenishment={"service": "50%", "cover": "2 days"} | rule,
    )
    records = run(scenario, book({"placed_at": 20 * HOUR}))
    bought = records.purchase_orders[0]
    assert (bought["placed_at"], bought["units"]) == (0, units)


def test_the_computed_reorder_point_is_renewed_and_looked_at_again(run):
    peak = {"name": "peak", "from": "6 days", "to": "7 days", "times": 5}
    scenario = season(
        demand={"orders_per_day": 10, "forecast_error": False, "peaks": [peak]},
        products=[{"sku": "A", "stock": "40 units"}],
        suppliers={"maker": {"lead_time": "1 days"}},
        replenishment={"rule": "min_max", "service": "50%", "cover": "1 days", "update": "2 days"},
    )
    records = run(scenario, book({"placed_at": 20 * HOUR}))
    # 39 left: above r = 10 on days 0, 2 and 4, below r = 50 on day 6, when S is 50 + 50.
    placed = [(row["placed_at"], row["units"]) for row in records.purchase_orders]
    assert placed == [(6 * 24 * HOUR, 61)]


def test_a_crossing_writes_a_note_even_where_nothing_is_to_be_bought_yet(run):
    scenario = season(
        products=[{"sku": "A", "stock": "3 units"}],
        suppliers={"maker": {"lead_time": "1 days"}},
        replenishment={
            "rule": "min_max",
            "reorder_point": 2,
            "order_up_to": 2,
            "notification": {"delay": "5 hours"},
        },
    )
    records = run(scenario, book({"placed_at": HOUR}, {"placed_at": 3 * HOUR}))
    placed = [(row["placed_at"], row["units"]) for row in records.purchase_orders]
    assert placed == [(6 * HOUR, 1)]


def test_where_no_kind_of_order_has_a_rate_nothing_is_forecast(run):
    kinds = [{"name": "kind", "items": {"A": 2}, "rate": "0 per day"}]
    scenario = season(
        demand={"basket_types": kinds, "forecast_error": False},
        products=[{"sku": "A"}],
        suppliers={"maker": {"lead_time": "1 days"}},
        replenishment={"rule": "base_stock"},
    )
    records = run(scenario, book({"placed_at": HOUR}))
    # S is r + 1 = 1, with which the season opens.
    assert records.orders[0]["quote"] == 0
    assert [row["units"] for row in records.purchase_orders] == [1]

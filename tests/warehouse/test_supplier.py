"""Suppliers: capacity, minimum, closures, slips, partial deliveries, disruptions, expediting."""

from __future__ import annotations

import pytest

from sim.warehouse.supplier import after
from sim.warehouse.words import NONE
from tests.warehouse.small import DAY, HOUR, Buyer, run, scenario


@pytest.mark.parametrize(
    ("start", "span", "stopped", "expected"),
    [
        (0, 10, [], 10),
        (0, 10, [(10, 20)], 10),
        (0, 10, [(9, 20)], 21),
        (12, 10, [(10, 20)], 30),
        (0, 10, [(4, 6), (5, 9)], 15),
        (0, 10, [(2, 3), (20, 30)], 11),
    ],
)
def test_the_lead_time_clock_stands_still_while_the_supplier_is_closed(
    start, span, stopped, expected
):
    assert after(start, span, stopped) == expected


def _bought(supplier, *buyers, **rule):
    season = scenario(
        suppliers={"maker": {"lead_time": "2 days"} | supplier},
        replenishment={"rule": "base_stock", "order_up_to": 0} | rule,
    )
    return run(season, *(buyers or (Buyer(HOUR), Buyer(2 * HOUR))))


def test_an_order_arrives_after_its_lead_time_and_is_never_received_before_it_was_placed():
    ledger = _bought({})
    orders = ledger.purchase_orders
    assert orders["placed_at"].tolist() == [HOUR, 2 * HOUR]
    assert orders["received_at"].tolist() == [HOUR + 2 * DAY, 2 * HOUR + 2 * DAY]
    assert ledger.parcels["shipped_at"].tolist() == orders["received_at"].tolist()


def test_orders_are_raised_to_the_minimum_and_then_to_whole_packs():
    orders = _bought({"minimum_order": "5 units", "pack_size": "4 units"}, Buyer(HOUR))
    assert orders.purchase_orders["units"].tolist() == [8]


def test_capacity_serves_orders_one_after_the_other():
    orders = _bought({"capacity": "1 unit per day"}).purchase_orders
    assert orders["made_at"].tolist() == [HOUR, HOUR + DAY]
    assert orders["received_at"].tolist() == [HOUR + 2 * DAY, HOUR + 3 * DAY]


def test_closures_are_confirmed_and_disruptions_come_as_a_surprise():
    closed = _bought({"closed": ["1 day..2 days"]}, Buyer(HOUR)).purchase_orders[0]
    assert closed["confirmed_at"] == closed["received_at"] == HOUR + 3 * DAY
    down = _bought({"disruptions": [{"during": "1 day..2 days"}]}, Buyer(HOUR)).purchase_orders[0]
    assert (down["confirmed_at"], down["received_at"]) == (HOUR + 2 * DAY, HOUR + 3 * DAY)


def test_a_certain_daily_disruption_lasts_whole_days():
    random = {"daily_chance": "100%", "lasts": "30 hours"}
    order = _bought({"lead_time": "0 days", "disruptions": [random]}, Buyer(HOUR))
    assert order.purchase_orders["received_at"].tolist() == [NONE]  # it is never up again
    assert not order.drained


def test_a_slipped_order_comes_later_than_confirmed_and_the_shop_learns_it_when_the_date_passes():
    ledger = _bought(
        {"slips": {"share": "100%", "by": "1 day"}, "minimum_order": "5 units"},
        Buyer(HOUR),
        Buyer(DAY),
        Buyer(HOUR + 2 * DAY + 1),
    )
    order = ledger.purchase_orders[0]
    assert (order["confirmed_at"], order["received_at"]) == (HOUR + 2 * DAY, HOUR + 3 * DAY)
    quotes = ledger.orders["quote"].tolist()
    assert quotes[1] == HOUR + DAY  # still believes the confirmed date
    assert quotes[2] == DAY - 1  # knows the real one


def test_partial_deliveries_come_in_two_parts():
    partial = {"share": "100%", "first": "60%", "rest_after": "12 hours"}
    ledger = _bought({"partial": partial, "minimum_order": "5 units"}, Buyer(HOUR))
    assert ledger.deliveries["units"].tolist() == [3, 2]
    first, rest = ledger.deliveries["received_at"].tolist()
    assert (first, rest) == (HOUR + 2 * DAY, HOUR + 2 * DAY + 12 * HOUR)
    assert ledger.purchase_orders["received_at"].tolist() == [rest]


def test_later_orders_may_overtake_unless_they_have_to_stay_in_order():
    lead = {"uniform": {"min": "1 hour", "max": "9 days"}}
    buyers = [Buyer(HOUR * hour) for hour in range(1, 20)]
    crossing = _bought({"lead_time": lead}, *buyers).purchase_orders["received_at"]
    ordered = _bought({"lead_time": lead, "lead_times": "in_order"}, *buyers).purchase_orders
    assert (crossing[1:] < crossing[:-1]).any()
    assert (ordered["received_at"][1:] >= ordered["received_at"][:-1]).all()


def test_an_order_is_expedited_when_backorders_are_over_the_limit():
    hurry = {"when_backorders_over": "1 unit", "lead_time_factor": "25%"}
    orders = _bought({"expedite": hurry}).purchase_orders
    assert orders["expedited"].tolist() == [0, 1]
    assert orders["received_at"].tolist() == [HOUR + 2 * DAY, 2 * HOUR + DAY // 2]


def test_the_nth_order_of_a_product_draws_the_same_lead_time_under_every_policy():
    lead = {"lead_time": {"gamma": {"mean": "2 days", "cv": 0.5}}}
    early = _bought(lead, Buyer(HOUR), Buyer(DAY)).purchase_orders
    late = _bought(lead, Buyer(3 * HOUR), Buyer(2 * DAY)).purchase_orders
    spans = [(each["received_at"] - each["placed_at"]).tolist() for each in (early, late)]
    assert spans[0] == spans[1]


def test_open_purchase_orders_come_on_their_date():
    season = scenario(opening={"open_purchase_orders": [{"sku": "A", "units": 3, "due": "1 day"}]})
    ledger = run(season, Buyer(HOUR))
    assert ledger.purchase_orders["placed_at"].tolist() == [NONE]
    assert ledger.deliveries["received_at"].tolist() == [DAY]
    assert ledger.orders["quote"].tolist() == [DAY - HOUR]

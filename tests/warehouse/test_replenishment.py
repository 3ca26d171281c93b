"""When a purchase order is placed, and for how many units."""

from __future__ import annotations

import math

import pytest

from sim.warehouse.words import NONE
from tests.warehouse.small import DAY, HOUR, Buyer, run, scenario

FRIDAY_EVENING = 4 * DAY + 17 * HOUR


def _bought(stock, buyers, **rule):
    season = scenario(products=[{"sku": "A", "stock": stock}], replenishment=rule)
    return run(season, *buyers)


def _placed(ledger):
    orders = ledger.purchase_orders
    return list(zip(orders["placed_at"].tolist(), orders["units"].tolist(), strict=True))


def _hourly(n):
    return [Buyer(HOUR * hour) for hour in range(1, n + 1)]


@pytest.mark.parametrize(("trigger", "at"), [("at_or_below", 3 * HOUR), ("below", 4 * HOUR)])
def test_r_q_orders_a_batch_when_the_position_falls_to_the_reorder_point(trigger, at):
    rule = {"rule": "reorder_point", "reorder_point": 2, "order_quantity": 4, "trigger": trigger}
    assert _placed(_bought(5, _hourly(4), **rule)) == [(at, 4)]


@pytest.mark.parametrize(("multiples", "units"), [(True, 9), (False, 3)])
def test_r_nq_orders_as_many_batches_as_lift_the_position_above_the_reorder_point(multiples, units):
    rule = {"rule": "reorder_point", "reorder_point": 2, "order_quantity": 3}
    ledger = _bought(3, [Buyer(HOUR, units=7)], **rule, multiples=multiples, stop_at="5 days")
    assert _placed(ledger)[0] == (HOUR, units)


def test_min_max_orders_up_to_the_level():
    rule = {"rule": "min_max", "reorder_point": 2, "order_up_to": 10}
    assert _placed(_bought(5, [Buyer(HOUR, units=4)], **rule)) == [(HOUR, 9)]


def test_base_stock_orders_what_was_bought():
    rule = {"rule": "base_stock", "order_up_to": 5}
    expected = [(HOUR, 1), (2 * HOUR, 3)]
    assert _placed(_bought(5, [Buyer(HOUR), Buyer(2 * HOUR, units=3)], **rule)) == expected


def test_an_opening_position_below_the_reorder_point_is_noticed_at_once():
    rule = {"rule": "reorder_point", "reorder_point": 2, "order_quantity": 4}
    assert _placed(_bought(1, [], **rule)) == [(0, 4)]


def test_the_periodic_rule_looks_only_at_reviews():
    rule = {"rule": "periodic", "order_up_to": 5, "review_period": "2 days"}
    ledger = _bought(5, _hourly(3), **rule, first_review="1 day")
    assert _placed(ledger) == [(DAY, 3)]


def test_the_periodic_rule_with_a_reorder_point_waits_until_it_is_reached():
    rule = {"rule": "periodic", "order_up_to": 5, "reorder_point": 2, "review_period": "2 days"}
    buyers = [Buyer(HOUR), Buyer(3 * DAY), Buyer(3 * DAY + 1)]
    assert _placed(_bought(5, buyers, **rule)) == [(4 * DAY, 3)]


def test_a_note_sent_on_friday_evening_is_read_on_monday_and_orders_what_is_missing_then():
    rule = {"rule": "reorder_point", "reorder_point": 2, "order_quantity": 3}
    note = {"read": "weekdays 09:00-17:00", "delay": "30 min"}
    buyers = [Buyer(FRIDAY_EVENING), Buyer(5 * DAY, units=3)]
    ledger = _bought(3, buyers, **rule, notification=note)
    # Position -1 on Monday: two batches of three lift it above 2.
    assert _placed(ledger) == [(7 * DAY + 9 * HOUR + HOUR // 2, 6)]


def test_the_level_as_basis_does_not_see_what_is_on_order():
    rule = {"rule": "reorder_point", "reorder_point": 2, "order_quantity": 4}
    position = _placed(_bought(4, _hourly(3), **rule))
    level = _placed(_bought(4, _hourly(3), **rule, basis="level"))
    assert [units for _, units in position] == [4]
    assert [at for at, _ in level] == [2 * HOUR, 3 * HOUR]


def test_after_the_stop_only_open_backorders_are_bought():
    rule = {"rule": "reorder_point", "reorder_point": 2, "order_quantity": 9, "stop_at": "1 day"}
    ledger = _bought(4, [Buyer(2 * DAY, units=3), Buyer(3 * DAY, units=2)], **rule)
    assert _placed(ledger) == [(3 * DAY, 1)]


def test_backorders_left_over_at_the_stop_are_bought_without_new_demand():
    rule = {"rule": "reorder_point", "reorder_point": 0, "order_quantity": 2, "multiples": False}
    ledger = _bought(0, [Buyer(HOUR, units=7)], **rule, stop_at="1 day")
    assert _placed(ledger) == [(0, 2), (HOUR, 2), (DAY, 3)]
    assert ledger.drained


def test_without_a_rule_nothing_is_bought_and_open_backorders_stay_open():
    ledger = _bought(0, [Buyer(HOUR)], rule="none")
    assert len(ledger.purchase_orders) == 0
    assert not ledger.drained
    assert ledger.drained_at == 70 * DAY
    assert ledger.orders["ended_at"].tolist() == [NONE]


@pytest.mark.parametrize(("on_cancel", "units"), [("keep", 0), ("withdraw", 5)])
def test_a_cancelled_backorder_is_taken_off_the_purchase_order_where_the_scenario_says_so(
    on_cancel, units
):
    rule = {"rule": "base_stock", "order_up_to": 0, "on_cancel": on_cancel}
    ledger = _bought(0, [Buyer(HOUR, units=5, patience=DAY), Buyer(2 * HOUR)], **rule)
    assert ledger.purchase_orders["withdrawn"].sum() == units
    assert ledger.marks.skus["received"][-1].tolist() == [6 - units]
    assert ledger.marks.skus["free"][-1].tolist() == [5 - units]


def test_computed_reorder_points_cover_the_demand_of_a_lead_time_with_the_stated_service():
    season = scenario(
        demand={"rate": "1 per hour", "forecast_error": False},
        products=[{"sku": "A", "stock": "100 units"}],
        replenishment={"rule": "reorder_point", "service": "97.5%", "cover": "3 days"},
    )
    ledger = run(season, Buyer(HOUR))
    # Poisson demand of two days, mean and variance 48: 48 + 1.96 * sqrt(48) = 61.58.
    expected = math.ceil(48 + 1.959964 * math.sqrt(48))
    assert ledger.marks.skus["trigger"][0].tolist() == [expected]


def test_stock_that_is_left_out_is_the_reorder_point_plus_half_an_order():
    rule = {"rule": "reorder_point", "reorder_point": 7, "order_quantity": 5}
    season = scenario(products=[{"sku": "A", "pre_season_buy": 4}], replenishment=rule)
    assert run(season).opening.tolist() == [7 + 2 + 4]


def test_a_pre_season_buy_changes_counted_stock_by_its_share():
    rule = {"rule": "none", "pre_season_buy": "+40%"}
    season = scenario(opening={"stock": [{"sku": "A", "units": 10}]}, replenishment=rule)
    assert run(season).opening.tolist() == [14]

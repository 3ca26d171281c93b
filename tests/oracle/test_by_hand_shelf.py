"""What shoppers are shown as on hand is out of date, by hand: oracle and engine agree."""

from dataclasses import replace

import pytest

from sim.demand.order_book import SUBSTITUTE
from tests.oracle.hand import HOUR, book, season
from tests.oracle.things import CANCELLED, LEFT, LOST, PATIENCE, SHIPPED

DAY = 24 * HOUR
COMING = {"open_purchase_orders": [{"sku": "A", "units": 2, "due": "84 hours"}]}


def _shop(run, *customers, mode="out_of_stock", age="1 day", **blocks):
    front = {"when_short": mode, "stock_information_age": age, "quote": {"standard_wait": "7 days"}}
    return run(season(storefront=front, **{"opening": COMING} | blocks), book(*customers)).orders


def test_what_is_gone_is_sold_until_the_next_refresh(run):
    buyers = [{"placed_at": HOUR}, {"placed_at": 2 * HOUR}, {"placed_at": DAY}]
    first, second, third = _shop(run, *buyers)
    assert (first["status"], first["ended_at"]) == (SHIPPED, HOUR)
    assert (second["quote"], second["backordered"]) == (0, 1), "promised as if it were there"
    assert second["ended_at"] == 84 * HOUR
    assert third["status"] == LOST, "the refresh comes before who arrives at that instant"


def test_who_was_sold_what_is_gone_waits_no_longer_than_their_patience(run):
    hasty = {"placed_at": 2 * HOUR, "patience": DAY}
    _, sold = _shop(run, {"placed_at": HOUR}, hasty)
    assert (sold["status"], sold["reason"]) == (CANCELLED, PATIENCE)
    _, told = _shop(run, {"placed_at": HOUR}, hasty, age="0 days")
    assert told["status"] == LOST, "with the shelf of now nothing is promised"


@pytest.mark.parametrize(("at", "status"), [(95 * HOUR, LOST), (96 * HOUR, SHIPPED)])
def test_what_has_arrived_is_not_shown_before_the_next_refresh(run, at, status):
    assert _shop(run, {"placed_at": HOUR}, {"placed_at": at})[1]["status"] == status


def test_who_takes_a_wait_that_is_none_gets_the_goods_at_once(run):
    order = _shop(run, {"placed_at": HOUR}, {"placed_at": 85 * HOUR}, mode="backorder")[1]
    assert order["quote"] == 7 * DAY, "nothing is believed to come any more"
    assert (order["backordered"], order["ended_at"]) == (0, 85 * HOUR)


@pytest.mark.parametrize(("stock", "reason"), [(2, 0), (1, LEFT)])
def test_a_substitute_is_taken_only_if_then_all_is_there(run, stock, reason):
    goods = [
        {"sku": "A", "stock": "0 units", "substitute": "B"},
        {"sku": "B", "stock": "1 units"},
        {"sku": "C", "stock": f"{stock} units"},
    ]
    scenario = season(
        products=goods,
        storefront={"when_short": "out_of_stock", "stock_information_age": "1 day"},
    )
    both = {"placed_at": 2 * HOUR, "lines": [(0, 1), (2, 1)], "flags": SUBSTITUTE}
    customers = book({"placed_at": HOUR, "lines": [(2, 1)]}, both)
    order = run(scenario, replace(customers, sku_names=("A", "B", "C"))).orders[1]
    assert order["reason"] == reason

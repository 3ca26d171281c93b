"""What the shop sells when an item is short, over time, and what it knows when it quotes."""

from __future__ import annotations

from sim.demand.order_book import SIGN_UP
from sim.warehouse.words import LOST, SEASON_OVER, SHIPPED
from tests.warehouse.small import DAY, HOUR, Buyer, run, scenario

COMING = {"open_purchase_orders": [{"sku": "A", "units": 9, "due": "6 days"}]}


def _visited(front, *buyers, **blocks):
    return run(scenario(opening=COMING, storefront=front, **blocks), *buyers)


def test_backorders_wait_for_the_delivery():
    ledger = _visited({"when_short": "backorder"}, Buyer(DAY))
    assert ledger.orders["status"].tolist() == [SHIPPED]
    assert ledger.orders["ended_at"].tolist() == [6 * DAY]
    assert ledger.orders["quote"].tolist() == [5 * DAY]


def test_out_of_stock_loses_the_shopper():
    ledger = _visited({"when_short": "out_of_stock"}, Buyer(DAY, flags=SIGN_UP))
    assert ledger.orders["status"].tolist() == [LOST]


def test_an_alert_brings_the_shopper_back_when_units_reach_the_shelf():
    ledger = _visited({"when_short": "alerts"}, Buyer(DAY, flags=SIGN_UP), Buyer(2 * DAY))
    assert ledger.orders["status"].tolist() == [SHIPPED, LOST]
    assert ledger.orders["by_alert"].tolist() == [1, 0]
    assert ledger.orders["accepted_at"].tolist()[0] == 6 * DAY


def test_a_pending_alert_ends_with_the_season():
    ledger = run(scenario(storefront={"when_short": "alerts"}), Buyer(DAY, flags=SIGN_UP))
    assert ledger.orders["reason"].tolist() == [SEASON_OVER]
    assert ledger.orders["ended_at"].tolist() == [10 * DAY]


def test_hybrid_sells_backorders_up_to_the_cap_and_then_alerts():
    front = {"when_short": "hybrid", "caps": {"units_per_sku": 1}}
    ledger = _visited(front, *[Buyer(DAY + n, flags=SIGN_UP) for n in range(3)])
    assert ledger.orders["status"].tolist() == [SHIPPED] * 3
    assert ledger.orders["backordered"].tolist() == [1, 0, 0]
    assert ledger.orders["by_alert"].tolist() == [0, 1, 1]


def test_a_change_of_policy_takes_effect_at_its_moment_for_its_products():
    change = {"at": "2 days", "when_short": "backorder", "skus": ["A"]}
    front = {"when_short": "out_of_stock", "changes": [change]}
    ledger = _visited(
        front, Buyer(2 * DAY - 1), Buyer(2 * DAY), Buyer(2 * DAY + 1, sku=1),
        products=[{"sku": "A", "stock": 0}, {"sku": "B", "stock": 0}],
    )  # fmt: skip
    assert ledger.orders["status"].tolist() == [LOST, SHIPPED, LOST]


def test_a_change_can_lift_a_cap():
    changes = [{"at": "2 days", "cap_units": "none"}]
    ledger = _visited(
        {"caps": {"units_per_sku": 0}, "changes": changes}, Buyer(DAY), Buyer(3 * DAY)
    )
    assert ledger.orders["status"].tolist() == [LOST, SHIPPED]


def test_quotes_use_what_the_shop_knew_when_it_last_looked():
    rule = {"rule": "base_stock", "order_up_to": 0}
    front = {"quote": {"information_age": "1 day", "standard_wait": "8 days", "padding": "1 hour"}}
    season = scenario(storefront=front, replenishment=rule)
    ledger = run(season, Buyer(2 * HOUR), Buyer(3 * HOUR), Buyer(DAY))
    # Both of the first day find nothing on order; the third finds two ordered and two waiting.
    assert ledger.orders["quote"].tolist() == [8 * DAY + HOUR] * 3
    ledger = run(season, Buyer(2 * HOUR, units=3), Buyer(DAY - HOUR, patience=1), Buyer(2 * DAY))
    # The second has cancelled since: the third gets its unit, due 71 hours after the start.
    assert ledger.orders["quote"].tolist()[2] == 71 * HOUR - 2 * DAY + HOUR

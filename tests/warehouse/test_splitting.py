"""Orders that are split by the customer's choice, by hand: parcels, space, and who pays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.demand.order_book import LINE, OrderBook, blank_orders
from sim.results import kpis
from sim.warehouse.simulation import simulate
from tests.warehouse.small import DAY, scenario

GOODS = [
    {"sku": "THERE", "stock": "500 units", "volume": "2 liters"},
    {"sku": "SHORT", "stock": "0 units", "volume": "1 liter"},
]
ARRIVES = {"open_purchase_orders": [{"sku": "SHORT", "units": 200, "due": "5 days"}]}
AREA = {"positions": "100 shelves of 10 liters"}
COSTS = {"postage": 5, "packaging": 1}


def _pairs(buyers: int) -> OrderBook:
    """Orders of one unit of each product, all placed at the start."""
    orders = blank_orders(buyers)
    orders["n_lines"] = 2
    orders["first_line"] = 2 * np.arange(buyers)
    lines = np.zeros(2 * buyers, LINE)
    lines["sku"], lines["units"] = np.tile([0, 1], buyers), 1
    return OrderBook(orders, lines, ("THERE", "SHORT"), ("orders",), seed=1, replication=0)


def _run(buyers: int, share: int = 50, **blocks: Any) -> Any:
    front = {"ship": "choice"} | blocks.pop("storefront", {})
    season = scenario(
        products=GOODS,
        opening=ARRIVES,
        backorder_area=AREA,
        costs=COSTS,
        storefront=front,
        customers={"wants_split": share},
        **blocks,
    )
    return simulate(season, _pairs(buyers), 1)


def test_the_share_of_customers_takes_what_is_there_at_once() -> None:
    ledger = _run(200)
    found, split = kpis(ledger), ledger.orders["split"] == 1
    assert 0.4 < found["split_rate"] < 0.6
    assert found["split_orders"] == found["extra_parcels"] == split.sum()
    # The first parcel of those who split leaves at once, that of the others with the delivery.
    first = ledger.parcels["shipped_at"][:200]
    assert (first == np.where(split, 0, 5 * DAY)).all()
    assert (ledger.orders["ended_at"] == 5 * DAY).all()


@pytest.mark.parametrize(("share", "ship"), [(0, "complete"), (100, "split")])
def test_nobody_or_everybody_is_as_the_rule_of_that_name(share: int, ship: str) -> None:
    chosen, ruled = _run(20, share), _run(20, 7, storefront={"ship": ship})
    for table in ("orders", "parcels", "space"):
        assert getattr(chosen, table).tobytes() == getattr(ruled, table).tobytes(), table


def test_further_parcels_cost_postage_and_packaging_that_customers_may_pay() -> None:
    shop, customer = (
        kpis(_run(40, storefront={"extra_postage": payer})) for payer in ("shop", "customer")
    )
    extra = shop["extra_parcels"]
    assert 0 < extra < 40
    assert (shop["split_cost"], customer["split_cost"]) == (6 * extra, extra)
    assert (shop["split_postage"], customer["split_postage"]) == (0, 5 * extra)
    assert customer["season_profit"] - shop["season_profit"] == pytest.approx(5 * extra)
    assert shop["postage"] == -5 * (40 + extra)


def test_lines_of_those_who_wait_for_all_take_space_until_the_rest_is_there() -> None:
    found = kpis(_run(40))
    waits = 40 - found["split_orders"]
    assert found["waiting_lines_space_peak"] == pytest.approx(waits * 2 / 10)
    assert found["waiting_lines_space_mean"] == pytest.approx(waits * 2 / 10 / 2)
    assert kpis(_run(40, 100))["waiting_lines_space_peak"] == 0

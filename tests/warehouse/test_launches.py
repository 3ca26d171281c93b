"""Launches by hand: pre-orders, what they are told, the first delivery, and what is bought."""

from __future__ import annotations

from typing import Any

import pytest

from sim.results import kpis
from sim.warehouse.launches import FIRST_DELIVERY
from sim.warehouse.words import LEFT
from tests.warehouse.small import DAY, HOUR, Buyer, run, scenario

LAUNCH = {"on_sale": "1 days", "released": "4 days", "units": 3}
MAKER = {"lead_time": "2 days", "freight_per_unit": 2, "cost_per_order": 5}
RULE = {"rule": "base_stock", "order_up_to": 2}


def _season(terms: Any = None, **blocks: Any) -> Any:
    new = {"sku": "NEW", "price": 10, "cost": 4, "launch": LAUNCH | (terms or {})}
    basis = {
        "products": [{"sku": "OLD", "stock": "9 units"}, new],
        "suppliers": {"maker": MAKER},
        "storefront": {"when_short": "out_of_stock"},
    }
    return scenario(**basis | blocks)


def _ahead(n: int) -> list[Buyer]:
    return [Buyer(DAY + nth * HOUR, sku=1) for nth in range(n)]


def test_pre_orders_are_taken_whatever_the_policy_and_told_the_release() -> None:
    ledger = run(_season(), *_ahead(3))
    assert (ledger.orders["accepted_at"] + ledger.orders["quote"]).tolist() == [4 * DAY] * 3
    assert ledger.orders["ended_at"].tolist() == [4 * DAY] * 3


def test_what_the_first_delivery_does_not_cover_is_bought_at_the_release() -> None:
    ledger = run(_season(replenishment=RULE), *_ahead(5))
    assert ledger.purchase_orders["nth"].tolist() == [FIRST_DELIVERY, 0]
    assert ledger.purchase_orders["placed_at"].tolist() == [-1, 4 * DAY]
    told = ledger.orders["accepted_at"] + ledger.orders["quote"]
    assert told.tolist() == [4 * DAY] * 3 + [6 * DAY] * 2
    assert ledger.orders["ended_at"].tolist() == told.tolist()


@pytest.mark.parametrize("rule", [RULE, {"rule": "periodic", "order_up_to": 2}])
def test_nothing_else_is_bought_before_the_release(rule: Any) -> None:
    rule = rule | ({"review_period": "12 hours"} if rule["rule"] == "periodic" else {})
    ledger = run(_season({"units": 1}, replenishment=rule), *_ahead(2))
    own = ledger.purchase_orders[ledger.purchase_orders["sku"] == 1]
    assert own["placed_at"].tolist() == [-1, 4 * DAY]


def test_after_the_first_delivery_the_policy_holds() -> None:
    ledger = run(_season(), *_ahead(3), Buyer(4 * DAY, sku=1), Buyer(5 * DAY, sku=1))
    assert ledger.orders["reason"].tolist() == [0, 0, 0, LEFT, LEFT]


def test_a_change_of_policy_waits_for_the_first_delivery() -> None:
    change = {"at": "2 days", "when_short": "alerts"}
    front = {"when_short": "out_of_stock", "changes": [change]}
    ledger = run(_season(storefront=front), *(Buyer(nth * DAY, 2, 1, flags=8) for nth in (3, 4)))
    assert ledger.orders["waits_from"].tolist() == [-1, 4 * DAY]


def test_without_pre_orders_the_policy_holds_from_the_start() -> None:
    ledger = run(_season({"pre_order": False}), *_ahead(2), Buyer(5 * DAY, sku=1))
    assert ledger.orders["reason"].tolist() == [LEFT, LEFT, 0]


def test_a_release_that_slips_makes_pre_orders_late_and_may_lose_them() -> None:
    slips = {"suppliers": {"maker": MAKER | {"slips": {"share": "100%", "by": "3 days"}}}}
    kept = run(_season({"slips": True}, **slips), *_ahead(2))
    assert kept.orders["ended_at"].tolist() == [7 * DAY] * 2
    # On the day announced the shop learns the new one, and tells it to those who come then.
    later = run(_season({"slips": True}, **slips), Buyer(5 * DAY, sku=1))
    assert (later.orders["accepted_at"] + later.orders["quote"]).tolist() == [7 * DAY]
    impatient = [Buyer(DAY, sku=1, patience=4 * DAY)]
    lost = kpis(run(_season({"slips": True}, **slips), *impatient))
    in_time = kpis(run(_season(**slips), *impatient))
    assert (in_time["pre_order_cancel_rate"], lost["pre_order_cancel_rate"]) == (0, 1)
    assert (in_time["launch_fill_rate"], kpis(kept)["launch_fill_rate"]) == (1, 0)


def test_pre_orders_are_counted_and_the_launch_is_charged() -> None:
    found = kpis(run(_season({"cost": 100}), *_ahead(5), Buyer(DAY, sku=0)))
    assert (found["pre_orders"], found["pre_ordered_units"]) == (5, 5)
    assert found["launch_fill_rate"] == 0.6
    assert found["launches"] == -100
    assert (found["freight"], found["purchase_order_cost"]) == (-3 * 2, -5)

"""Launches that make no sense are refused in one line each."""

from __future__ import annotations

from typing import Any

import pytest

from sim.scenario.scenario import Scenario


def _problems(launch: dict[str, Any], **blocks: Any) -> list[str]:
    product = {"sku": "NEW", "stock": "0 units"} | blocks.pop("product", {})
    basis: dict[str, Any] = {
        "season": {"start": "2026-10-05", "length": "28 days", "drain": "7 days"},
        "demand": {"orders_per_day": 10},
        "suppliers": {"maker": {"lead_time": "2 days"}},
    }
    goods = [{"sku": "OLD"}, product | {"launch": {"released": "2026-10-20", "units": 5} | launch}]
    scenario = Scenario.model_validate({"products": goods} | basis | blocks)
    return [f"{each.path}: {each.message}" for each in scenario.semantic_problems()]


def test_a_launch_that_makes_sense_is_taken() -> None:
    surge = {"times": 3, "half_life": "4 days"}
    assert _problems({"on_sale": "2026-10-06", "surge": surge, "cost": 100}) == []


@pytest.mark.parametrize(
    ("launch", "blocks", "told"),
    [
        (
            {"on_sale": "2026-10-21"},
            {},
            "products.1.launch.on_sale: goes on sale after the release",
        ),
        (
            {"released": "2026-10-01"},
            {},
            "products.1.launch.released: the product was there before the run begins",
        ),
        (
            {"released": "2026-11-20"},
            {},
            "products.1.launch.released: the release comes after the season and its drain",
        ),
        ({"units": 0}, {}, "products.1.launch.units: the first delivery has at least one unit"),
        ({"slips": "yes"}, {}, "products.1.launch.slips: needs a supplier with slips"),
        (
            {},
            {"product": {"stock": "5 units"}},
            "products.1.stock: there is no stock before the release",
        ),
        (
            {},
            {"product": {"pre_season_buy": 5}},
            "products.1.pre_season_buy: nothing comes before the release",
        ),
        (
            {},
            {"opening": {"stock": [{"sku": "NEW", "units": 1}]}},
            "opening.stock.0.units: there is no stock before the release",
        ),
        (
            {},
            {
                "opening": {
                    "open_purchase_orders": [{"sku": "NEW", "units": 1, "due": "2026-10-19"}]
                }
            },
            "opening.open_purchase_orders.0.due: nothing comes before the release",
        ),
        (
            {},
            {
                "demand": {
                    "orders_per_day": 1,
                    "basket_types": [{"name": "both", "items": {"OLD": 1, "NEW": 1}, "share": 1}],
                }
            },
            "products.1.launch: fixed kinds of orders know no launch",
        ),
        (
            {},
            {"products": [{"sku": "NEW", "launch": {"released": "2026-10-20", "units": 5}}]},
            "products: there is nothing to ask for before the launch",
        ),
    ],
)
def test_one_line_for_each_problem(
    launch: dict[str, Any], blocks: dict[str, Any], told: str
) -> None:
    assert _problems(launch, **blocks) == [told]


def test_a_history_tells_the_demand_by_itself() -> None:
    surge = {"times": 3, "half_life": "4 days"}
    told = _problems({"surge": surge}, demand={"history": "orders.csv"})
    assert told == ["products.1.launch.surge: a replayed history tells the demand by itself"]

"""What the shop sees of demand: ten shoppers, one a day at noon, six of whom find a unit."""

import math

import pytest

from sim import sample_orders, simulate
from sim.results.forecasts import Forecasts
from sim.results.view import View
from sim.scenario import Scenario
from tests.results.test_season import season

BLOCK = {"uncertainty": "20%"}
OUT = {"when_short": "out_of_stock"}


def test_sales_miss_what_could_not_be_bought_and_the_repair_brings_it_back() -> None:
    figures = season(storefront=OUT, forecast_value=BLOCK)
    assert figures["forecast_bias_raw_sales"] == pytest.approx(-0.4)
    assert figures["forecast_error_raw_sales"] == pytest.approx(0.4)
    # The sixth unit is sold on day 6, which is not open: nothing is free at its end. The plan of
    # one unit a day, scaled to the five open days, gives one for each of the others.
    assert figures["forecast_error_sales"] == pytest.approx(0)
    assert figures["forecast_cost_sales"] == pytest.approx(0, abs=1e-9)
    assert figures["forecast_cost_raw_sales"] > 1


def test_backorders_show_all_of_demand_without_a_repair() -> None:
    tree = {
        "season": {"length": "10 days"},
        "demand": {"rate": "1 per day", "arrivals": "fixed", "first_arrival": "12 hours"},
        "products": [{"sku": "MUG", "price": 10, "cost": 4, "stock": "6 units"}],
        "forecast_value": BLOCK,
    }
    scenario = Scenario.model_validate(tree)
    seen = Forecasts(View(simulate(scenario, sample_orders(scenario, 1, 1), 1, 1))).seen
    assert seen.asked[:, 0].tolist() == [1] * 10
    assert seen.sold[:, 0].tolist() == [1] * 6 + [0] * 4
    assert seen.backordered[:, 0].tolist() == [0] * 6 + [1] * 4
    assert seen.open_[:, 0].tolist() == [True] * 5 + [False] * 5


def test_sign_ups_show_what_an_empty_shelf_hides() -> None:
    """Nothing is ever in stock: sales say nothing, the plan stands, sign-ups are more than it."""
    figures = season(
        products=[{"sku": "MUG", "price": 10, "cost": 4, "stock": "0 units"}],
        demand={
            "rate": "1 per day",
            "arrivals": "fixed",
            "first_arrival": "12 hours",
            "basket": {"units_per_line": 1},
        },
        storefront={"when_short": "alerts"},
        customers={"accept_backorder": 0, "sign_up_for_alert": 100},
        forecast_value=BLOCK,
    )
    assert figures["alerts_signed_up"] == 10
    assert figures["forecast_bias_raw_sales"] == pytest.approx(-1)
    assert figures["forecast_bias_sign_ups"] == pytest.approx(0)


def test_the_cost_of_an_error_is_that_of_the_newsvendor() -> None:
    """True mean 10, c = 0.2, margin 6, nothing lost on a unit left: the plan is capped at z = 3."""
    figures = season(storefront=OUT, forecast_value=BLOCK)

    def cost(quantity: float) -> float:
        k = (quantity - 10) / 2
        density = math.exp(-k * k / 2) / math.sqrt(2 * math.pi)
        return 6 * 2 * (density - k * (1 - math.erf(k / math.sqrt(2))) / 2)

    wanted = cost(6 * 1.6) - cost(10 * 1.6)
    assert figures["forecast_cost_raw_sales"] == pytest.approx(wanted)


def test_without_the_block_nothing_is_worked_out() -> None:
    assert math.isnan(season()["forecast_error_sales"])


def test_the_policy_that_reveals_demand_forecasts_it_better() -> None:
    """The causal link: cut the backorders off from the forecast, and this goes red."""
    tree = {
        "season": {"start": "2026-10-05", "end": "2026-11-29"},
        "demand": {"orders_per_day": 60},
        "products": [
            {"sku": name, "share": 1, "price": 20, "cost": 8, "stock": "700 units"}
            for name in ("A", "B", "C")
        ],
        "costs": {"leftover_recovery": 0.5},
        "forecast_value": {},
    }
    errors = {}
    for policy in ("backorder", "out_of_stock"):
        scenario = Scenario.model_validate({**tree, "storefront": {"when_short": policy}})
        made = Forecasts(View(simulate(scenario, sample_orders(scenario, 3, 0), 3, 0)))
        errors[policy] = made.error("backorders")
    assert errors["backorder"] < 0.01 < errors["out_of_stock"]

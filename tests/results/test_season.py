"""Figures of small seasons, worked out by hand."""

from __future__ import annotations

import gc
import math
import weakref
from dataclasses import replace
from typing import Any

import pytest

from sim import load_policies, sample_orders, simulate
from sim.results import KPIS, LINES, kpis, tables
from sim.scenario import Scenario

DAY = 86_400_000


def season(**blocks: Any) -> dict[str, float]:
    """Figures of ten orders, one every day at noon, of one unit each at 10, bought for 4."""
    tree: dict[str, Any] = {
        "season": {"length": "10 days"},
        "demand": {"rate": "1 per day", "arrivals": "fixed", "first_arrival": "12 hours"},
        "products": [{"sku": "MUG", "price": 10, "cost": 4, "stock": "6 units"}],
    }
    scenario = Scenario.model_validate({**tree, **blocks})
    return kpis(simulate(scenario, sample_orders(scenario, 1, 1), 1, 1))


def test_orders_beyond_the_stock_are_lost_when_out_of_stock() -> None:
    figures = season(storefront={"when_short": "out_of_stock"})
    assert figures["orders"] == 10
    assert figures["shipped_orders"] == 6
    assert figures["lost_orders"] == 4
    assert figures["fill_rate"] == pytest.approx(0.6)
    assert figures["lost_sales_rate"] == pytest.approx(0.4)
    assert figures["season_profit"] == pytest.approx(6 * (10 - 4))
    assert math.isnan(figures["backorder_wait_mean"])


def test_backorders_that_nobody_fills_stay_open_and_earn_nothing() -> None:
    figures = season()
    assert figures["backorders"] == 4
    assert figures["open_orders"] == 4
    assert figures["revenue"] == pytest.approx(60)
    assert figures["backorders_mean"] == pytest.approx((3.5 + 2.5 + 1.5 + 0.5) / 10)
    assert figures["backorders_open_peak"] == 4


def test_backorders_filled_on_a_known_date_wait_until_then() -> None:
    figures = season(
        opening={"open_purchase_orders": [{"sku": "MUG", "units": 9, "due": "9 days"}]}
    )
    assert figures["shipped_orders"] == 10
    assert figures["backorder_wait_mean"] == pytest.approx((2.5 + 1.5 + 0.5) / 3)
    assert figures["leftover_units"] == 5


def dock(**blocks: Any) -> dict[str, float]:
    """Figures of a season in which mugs come at midnight to a dock that opens at 13:00."""
    tree: dict[str, Any] = {
        "opening": {"open_purchase_orders": [{"sku": "MUG", "units": 6, "due": "9 days"}]},
        "receiving": {"work": {"per_delivery": "2 hours"}},
        "people": {"receiving": _one("13:00-17:00")},
    }
    return season(**{**tree, **blocks})


def _one(hours: str) -> dict[str, Any]:
    return {"shift": {"mon-sun": hours}, "cohorts": [{"name": "one", "people": 1}]}


def test_backorders_from_dock_to_carrier_count_from_the_arrival_at_the_dock() -> None:
    # The mugs arrive at midnight and are put away at 15:00; the shipment follows at once.
    assert dock()["receipt_to_ship_mean"] == pytest.approx(15)
    assert dock(people={})["receipt_to_ship_mean"] == pytest.approx(0)
    calls = {"pickup": {"mon-sun": "18:00"}}
    assert dock(carrier=calls)["receipt_to_ship_p90"] == pytest.approx(18)
    assert dock(people={}, carrier=calls)["receipt_to_ship_mean"] == pytest.approx(18)


def test_what_a_cancellation_frees_arrives_at_that_instant() -> None:
    buy = {"open_purchase_orders": [{"sku": "MUG", "units": 1, "due": "9 days"}]}
    people = {"receiving": _one("13:00-17:00"), "pick_pack": _one("20:00-21:00")}
    figures = dock(opening=buy, customers={"patience": "30 hours"}, people=people)
    assert figures["shipped_orders"] == 7
    # The mug goes to the last but one, who leaves at 18:00; the last gets it, and has it at 20:00.
    assert figures["receipt_to_ship_mean"] == pytest.approx(2)


def test_an_order_with_a_line_still_to_come_has_no_wait_yet() -> None:
    figures = season(
        demand={
            "rate": "1 per day",
            "arrivals": "fixed",
            "first_arrival": "12 hours",
            "basket": {"lines": {2: 1}},
        },
        products=[
            {"sku": "MUG", "price": 10, "cost": 4, "stock": "100 units"},
            {"sku": "POT", "price": 10, "cost": 4, "stock": "6 units"},
        ],
    )
    assert figures["open_orders"] == figures["backorders"] == 4
    assert math.isnan(figures["backorder_wait_mean"])
    assert figures["stock_wait_mean"] == 0


def test_a_book_shared_by_policies_gives_each_the_figures_of_its_own() -> None:
    policies = load_policies("holiday", ["demand.scale=0.02"])
    book = sample_orders(next(iter(policies.values())), 1, 1)
    runs = [simulate(scenario, book, 1, 1) for scenario in policies.values()]
    together = [kpis(run) for run in runs]
    alone = [kpis(replace(run, book=replace(run.book))) for run in runs]
    assert together == [pytest.approx(own, rel=0, abs=0, nan_ok=True) for own in alone]
    assert len({own["season_profit"] for own in together}) == len(policies)


def test_nothing_of_a_season_outlives_it() -> None:
    scenario = next(iter(load_policies("holiday", ["demand.scale=0.01"]).values()))
    run = simulate(scenario, sample_orders(scenario, 1, 1), 1, 1)
    gc.collect()
    gc.disable()  # tables of many megabytes must not wait for the collector
    try:
        kpis(run)
        kept = [weakref.ref(table) for table in (run.book.lines, run.orders)]
        del run
        assert all(table() is None for table in kept)
    finally:
        gc.enable()


def test_holding_is_charged_on_the_time_that_units_lie() -> None:
    costs = {"inventory": {"holding": "1 per unit per day"}}
    figures = season(costs=costs, storefront={"when_short": "out_of_stock"})
    assert figures["holding_cost"] == pytest.approx(-sum(day + 0.5 for day in range(6)))


def test_holding_on_period_ends_counts_what_is_left_at_midnight() -> None:
    rules = {"holding": "1 per unit per day", "charged": "end_of_period", "period": "1 day"}
    figures = season(costs={"inventory": rules}, storefront={"when_short": "out_of_stock"})
    assert figures["holding_cost"] == pytest.approx(-(5 + 4 + 3 + 2 + 1))


def test_leftovers_are_marked_down_to_their_recovery() -> None:
    products = [{"sku": "MUG", "price": 10, "cost": 4, "stock": "30 units"}]
    figures = season(products=products, costs={"leftover_recovery": 0.25})
    assert figures["markdown"] == pytest.approx(-20 * 4 * 0.75)


def test_wages_pay_the_roster_with_on_costs() -> None:
    cohort = {"name": "core", "people": 2, "wage": "20 per hour", "on_costs": "10%"}
    team = {"shift": {"daily": "08:00-16:30", "breaks": "30 min"}, "cohorts": [cohort]}
    figures = season(people={"pick_pack": team})
    assert figures["labor_hours"] == pytest.approx(2 * 8 * 10)
    assert figures["wages"] == pytest.approx(-2 * 8 * 10 * 22)


def test_lines_of_the_profit_and_loss_sum_to_the_profit() -> None:
    for scenario in load_policies("holiday").values():
        figures = kpis(simulate(scenario, sample_orders(scenario, 1, 1), 1, 1))
        assert math.fsum(figures[name] for name in LINES) == pytest.approx(figures["season_profit"])
        assert {name.partition(":")[0] for name in figures} - set(LINES) <= set(KPIS)


def test_single_figures_are_those_of_the_whole_list() -> None:
    scenario = next(iter(load_policies("holiday", ["demand.orders_per_day=20"]).values()))
    ledger = simulate(scenario, sample_orders(scenario, 1, 1), 1, 1)
    everything = kpis(ledger)
    for name, value in everything.items():
        (alone,) = (found for each, found in kpis(ledger, [name]).items() if each == name)
        assert alone == value or (math.isnan(alone) and math.isnan(value))
    assert set(kpis(ledger, ["on_time_ship_rate"])) < set(everything)


def test_tables_name_products_and_leave_out_what_did_not_happen() -> None:
    scenario = next(iter(load_policies("holiday", ["demand.orders_per_day=20"]).values()))
    found = tables(simulate(scenario, sample_orders(scenario, 1, 1), 1, 1))
    orders = found["orders"]
    assert set(found) == {
        "orders",
        "lines",
        "parcels",
        "purchase_orders",
        "shifts",
        "space",
        "contacts",
    }
    assert orders.loc[orders["status"] == "lost", "accepted_at"].isna().all()
    assert found["lines"]["sku"].isin([product.sku for product in scenario.products]).all()


def test_tables_are_made_when_asked_for_and_leave_the_ledger_alone() -> None:
    scenario = next(iter(load_policies("holiday", ["demand.orders_per_day=20"]).values()))
    run = simulate(scenario, sample_orders(scenario, 1, 1), 1, 1)
    found = tables(run)
    lines = found["lines"]
    kept = weakref.ref(lines)
    lines["units"] = 0
    lines.loc[:, "backordered"] = -1
    assert (found["lines"]["units"] > 0).all()
    assert (found["lines"]["backordered"] >= 0).all()
    assert (run.waits["backordered"] >= 0).all()
    del lines
    gc.collect()
    assert kept() is None

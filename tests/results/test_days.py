"""A season by day against days counted by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim import load_policies, sample_orders, simulate
from sim.report.day import day_name, why
from sim.results import tables
from sim.results.days import SeasonDays, season_days
from sim.warehouse.words import CANCELLED, NONE
from tests.warehouse.small import DAY, HOUR, Buyer, run, scenario

PICKERS = {
    "pick_pack": {
        "shift": {"mon-fri": "08:00-16:00"},
        "work": {"per_order": "1 hour"},
        "cohorts": [{"name": "crew", "people": 1}],
    }
}


def test_a_queue_a_sold_out_product_and_its_delivery_stand_on_their_days() -> None:
    season = scenario(
        products=[{"sku": "A", "stock": "2 units"}],
        replenishment={"rule": "reorder_point", "reorder_point": 2, "order_quantity": 10},
        people=PICKERS,
        backorder_area={"positions": "1 shelves of 10 liters"},
    )
    buyers = [Buyer(9 * HOUR), Buyer(9 * HOUR + 1), Buyer(DAY + 15 * HOUR), Buyer(DAY + 16 * HOUR)]
    found = season_days(run(season, *buyers))
    assert found.days["placed"].tolist()[:3] == [2, 2, 0]
    assert found.days["backordered"].tolist()[:3] == [0, 2, 0]
    assert found.days["shipped"].sum() == 4
    assert found.days["on_hand"].tolist()[:2] == [2, 0]
    assert found.days["owed"].tolist()[1:3] == [0, 2]
    assert found.days["came"].tolist()[:2] == [1, 1]
    assert found.teams["pick_pack"].tolist()[:2] == [1, 1]
    assert found.days["received"].sum() == found.deliveries["units"].sum()
    (out,) = found.out_of_stock(1).to_dict("records")
    assert (out["sku"], out["owed"], out["sought"]) == ("A", 0, 2)
    assert "A (2 wanted that day, next delivery day 3)" in why(found, 1)[0]


def test_a_day_without_trouble_says_so() -> None:
    found = season_days(run(scenario(products=[{"sku": "A", "stock": "9 units"}]), Buyer(HOUR)))
    (sentence,) = why(found, 0)
    assert sentence.startswith("Nothing was missing")
    assert day_name(found.calendar, 0) == "day 1"
    assert np.isnan(found.positions)


@pytest.fixture(scope="module")
def holiday() -> tuple[Any, SeasonDays]:
    season = load_policies("holiday", ["demand.orders_per_day=60"])["Backorder"]
    ledger = simulate(season, sample_orders(season, 1, 0), 1, 0)
    return ledger, season_days(ledger)


def test_days_add_up_to_the_season(holiday: tuple[Any, SeasonDays]) -> None:
    ledger, found = holiday
    rows = ledger.orders
    assert found.days["placed"].sum() == (rows["accepted_at"] != NONE).sum()
    assert (
        found.days["cancelled"].sum() == (tables(ledger)["orders"]["status"] == "cancelled").sum()
    )
    assert found.days["shipped"].sum() == (ledger.parcels["shipped_at"] != NONE).sum()
    assert found.days["received"].sum() == ledger.deliveries["units"].sum()
    assert found.teams.sum().sum() == found.days["came"].sum()
    stock = found.stock.groupby("day")[["on_hand", "owed", "on_order"]].sum()
    assert (stock == found.days[["on_hand", "owed", "on_order"]]).all().all()


def test_a_morning_is_counted_again_order_by_order(holiday: tuple[Any, SeasonDays]) -> None:
    ledger, found = holiday
    parcels, midnight = ledger.parcels, 60 * DAY
    ready, started = parcels["ready_at"], parcels["started_at"]
    waiting = (ready != NONE) & (ready < midnight) & ((started == NONE) | (started >= midnight))
    orders = ledger.orders[parcels["order"]]
    waiting &= ~((orders["status"] == CANCELLED) & (orders["ended_at"] < midnight))
    assert found.days["waiting"][60] == waiting.sum()


def test_the_fullest_day_of_the_area_is_the_peak_of_the_season(
    holiday: tuple[Any, SeasonDays],
) -> None:
    ledger, found = holiday
    area = ledger.scenario.backorder_area
    volume = area.positions.volume_ml * area.fill
    assert found.days["area"].max() == pytest.approx(ledger.space["used"].max() / volume)


def test_a_late_delivery_is_overdue_from_the_day_after_until_it_came(
    holiday: tuple[Any, SeasonDays],
) -> None:
    _, found = holiday
    late = found.deliveries[found.deliveries["received"] > found.deliveries["confirmed"] + 2]
    one = late.iloc[0]
    confirmed, received = int(one["confirmed"]), int(one["received"])
    key = (one["sku"], one["confirmed"])
    overdue = [
        day
        for day in found.days.index
        if key in set(zip(found.late(day)["sku"], found.late(day)["confirmed"], strict=True))
    ]
    assert overdue == list(range(confirmed + 1, received + 1))
    assert any("overdue" in sentence for sentence in why(found, received))


def test_hours_are_those_of_the_parcels_and_of_the_people() -> None:
    season = scenario(products=[{"sku": "A", "stock": "9 units"}], people=PICKERS)
    found = season_days(run(season, Buyer(HOUR), Buyer(2 * HOUR), Buyer(DAY + HOUR)))
    assert found.days["needed"].tolist()[:2] == [2, 1]
    assert found.days["staffed"].tolist()[:2] == [8, 8]

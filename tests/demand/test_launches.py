"""Demand for products that are launched."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.demand import Forecast, daily_forecast, sample_orders
from sim.scenario.scenario import Scenario
from tests.demand.shop import DAY, season

DEMAND = {
    "orders_per_day": 1000,
    "basket": {"lines": {1: 0.4, 2: 0.3, 3: 0.3}, "units_per_line": {1: 0.7, 2: 0.3}},
}
OLD = [{"sku": "A", "share": 3}, {"sku": "B", "share": 1}]
SURGE = {"times": 5, "half_life": "3 days"}


def _new(sku: str = "NEW", share: float = 2, **terms: Any) -> dict[str, Any]:
    launch = {"on_sale": "2026-10-10", "released": "2026-10-20", "units": 50}
    return {"sku": sku, "share": share, "launch": launch | terms}


def _season(*products: Any, **demand: Any) -> Scenario:
    return season(demand=DEMAND | demand, products=[*OLD, *products])


def _drawn_by_day(scenario: Scenario, seasons: int) -> Any:
    total = np.zeros((28, len(scenario.products)))
    for number in range(seasons):
        book = sample_orders(scenario, 1, number)
        day = np.repeat(book.orders["placed_at"] // DAY, book.orders["n_lines"])
        np.add.at(total, (day, book.lines["sku"]), book.lines["units"])
    return total / seasons


def test_nobody_asks_before_it_is_on_sale_and_then_more_than_later() -> None:
    drawn = _drawn_by_day(_season(_new(surge=SURGE)), 3)
    assert (drawn[:5, 2] == 0).all()
    assert drawn[5, 2] > 1.5 * drawn[20:, 2].mean()


def test_without_on_sale_it_is_sold_from_the_release() -> None:
    launch = {"released": "2026-10-20", "units": 50}
    drawn = _drawn_by_day(_season({"sku": "NEW", "launch": launch}), 1)
    assert not drawn[:15, 2].any()
    assert drawn[15:, 2].all()


def test_a_surge_may_begin_at_the_release() -> None:
    forecast = daily_forecast(_season(_new(surge=SURGE | {"begins": "released"})))[:, 2]
    assert forecast[5] == pytest.approx(forecast[14])
    assert forecast[15] > 1.7 * forecast[14]
    assert (np.diff(forecast[15:]) < 0).all()


def test_the_surge_halves_what_is_above_the_usual_share() -> None:
    one_line = {"lines": {1: 1}, "units_per_line": {1: 1}}
    scenario = _season(_new(surge={"times": 5, "half_life": "2 days"}), basket=one_line)
    forecast = Forecast(scenario)
    begins = 5 * DAY
    for days, factor in ((0, 5.0), (2, 3.0), (4, 2.0)):
        at = begins + days * DAY
        expected = 1000 / 24 / 60 * 2 * factor / (4 + 2 * factor)
        minute = forecast.units(at, at + 60_000)[2]
        assert minute == pytest.approx(expected, rel=0.02), days


def test_the_forecast_adds_up_to_what_is_drawn_on_average() -> None:
    scenario = _season(_new(surge=SURGE), _new("LATER", 1, on_sale="2026-10-15"))
    drawn = _drawn_by_day(scenario, 12)
    expected = daily_forecast(scenario)
    assert drawn.sum(axis=0) == pytest.approx(expected.sum(axis=0), rel=0.01)
    assert drawn[10:].sum(axis=1) == pytest.approx(expected[10:].sum(axis=1), rel=0.05)


def test_a_launch_changes_only_the_lines_that_it_takes() -> None:
    before = sample_orders(_season(), 1)
    after = sample_orders(_season(_new(surge=SURGE)), 1)
    taken = after.lines["sku"] == 2
    assert 0.1 < taken.mean() < 0.5
    assert (after.lines["sku"][~taken] == before.lines["sku"][~taken]).all()
    assert (after.lines["units"] == before.lines["units"]).all()
    assert after.orders.tobytes() == before.orders.tobytes()
    order = np.repeat(np.arange(len(after)), after.orders["n_lines"])
    assert np.bincount(order[taken]).max() == 1, "lines of an order are distinct"


def test_what_is_given_to_launches_alone_draws_the_same_book() -> None:
    scenario = _season(_new())
    later = scenario.products[2].model_copy(update={"stock": 0})
    other = scenario.model_copy(update={"products": (*scenario.products[:2], later)})
    first = sample_orders(scenario, 1)
    assert sample_orders(other, 1, like=first) is first


def test_errors_of_shares_are_those_of_each_product() -> None:
    error = {"total": 0, "peak": 0, "sku_share": 0.5}
    sure, unsure = _season(_new()), _season(_new(), forecast_error=error)
    shares = [
        (sample_orders(each, 1, number).lines["sku"] == 2).mean()
        for each in (sure, unsure)
        for number in range(6)
    ]
    assert np.std(shares[:6]) < 0.01 < np.std(shares[6:])


def test_lead_time_demand_knows_when_it_is_on_sale() -> None:
    forecast = Forecast(_season(_new(), forecast_error={"total": 0.2, "peak": 0, "sku_share": 0}))
    before, _ = forecast.lead_time_demand(0, 5 * DAY, 0.0)
    mean, variance = forecast.lead_time_demand(15 * DAY, 5 * DAY, 0.0)
    assert before[2] == 0 < mean[2]
    square_over_mean = (0.7 + 4 * 0.3) / 1.3
    assert variance[2] == pytest.approx(mean[2] * square_over_mean + (0.2 * mean[2]) ** 2)

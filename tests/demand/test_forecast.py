"""What the planner expects."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.demand import Forecast, daily_forecast, sample_orders
from sim.demand.inclusion import inclusion_chances
from tests.demand.shop import DAY, season


def test_the_forecast_adds_up_to_what_is_drawn_on_average():
    demand = {
        "orders_per_day": 1000,
        "basket": {"lines": {1: 0.4, 2: 0.3, 3: 0.3}, "units_per_line": {1: 0.7, 2: 0.3}},
        "weekdays": {"sun": 0.4},
    }
    shares = {"A": 8, "B": 3, "C": 2, "D": 1}
    products = [{"sku": name, "share": share} for name, share in shares.items()]
    scenario = season(demand=demand, products=products)
    drawn = np.mean([
        list(sample_orders(scenario, 1, n).summary().units_by_sku.values()) for n in range(10)
    ], axis=0)  # fmt: skip
    expected = daily_forecast(scenario)
    assert expected.shape == (28, 4)
    assert expected[6] == pytest.approx(0.4 * expected[0])
    assert drawn == pytest.approx(expected.sum(axis=0), rel=0.01)


def test_lead_time_demand_is_compound_poisson_with_an_uncertain_lead_time():
    basket = {"lines": {1: 1}, "units_per_line": {1: 0.5, 3: 0.5}}
    scenario = season(demand={"orders_per_day": 40, "basket": basket})
    mean, variance = Forecast(scenario).lead_time_demand(2 * DAY, 5 * DAY, (2 * DAY) ** 2)
    assert mean[0] == pytest.approx(5 * 30 * 2)
    assert variance[0] == pytest.approx(5 * 30 * 5 + 4 * 60**2)


NONE = {"total": 0, "peak": 0, "sku_share": 0}


@pytest.mark.parametrize(
    ("demand", "beyond_chance"),
    [
        ({"forecast_error": NONE | {"total": "20%"}}, 0.04 * 150**2),
        # Shares of 3/4 and 1/4: c_k² = 0.09 (1 - 2 * 3/4 + 10/16).
        ({"forecast_error": NONE | {"sku_share": "30%"}}, 0.09 * 0.125 * 150**2),
        # Four days of 30, and half a day at either end.
        ({"forecast_error": NONE, "day_noise": 0.5}, 0.25 * (4 * 30**2 + 2 * 15**2)),
        # The last two and a half of the five days bring three times the orders.
        (
            {
                "forecast_error": NONE | {"peak": "25%"},
                "peaks": [
                    {"name": "Sale", "from": "2026-10-08", "to": "2026-10-20", "times": 3},
                    {"name": "Shut", "on": "2026-10-30", "times": 0},
                ],
            },
            0.0625 * (2.5 * 60) ** 2,
        ),
    ],
    ids=["total", "shares", "noise", "peaks"],
)
def test_lead_time_demand_knows_forecast_error_and_noise(demand, beyond_chance):
    forecast = Forecast(season(demand={"orders_per_day": 40, **demand}))
    begins = DAY // 2
    _, variance = forecast.lead_time_demand(begins, 5 * DAY, 0.0)
    chance = forecast.variance(begins, begins + 5 * DAY)[0]
    assert variance[0] - chance == pytest.approx(beyond_chance)


def test_lead_time_demand_varies_as_drawn_seasons_do():
    scenario = season(
        demand={
            "orders_per_day": 60,
            "day_noise": 0.3,
            "forecast_error": {"total": "15%", "peak": "25%", "sku_share": "30%"},
            "peaks": [{"name": "Sale", "from": "2026-10-12", "to": "2026-10-14", "times": 4}],
        }
    )
    units = [sample_orders(scenario, 5, n).summary().units_by_sku["B"] for n in range(600)]
    mean, variance = Forecast(scenario).lead_time_demand(0, 28 * DAY, 0.0)
    assert np.mean(units) == pytest.approx(mean[1], rel=0.05)
    # 600 seasons know a variance of slightly skewed values to some 8%.
    assert np.var(units) == pytest.approx(variance[1], rel=0.2)


def test_orders_at_fixed_intervals_leave_no_doubt():
    fixed = {"orders_per_day": 10, "arrivals": "fixed", "day_noise": 0.5, "forecast_error": "yes"}
    forecast = Forecast(season(demand=fixed, products=[{"sku": "A"}]))
    assert forecast.lead_time_demand(0, DAY, 0.0)[1] == pytest.approx([0])


def test_the_variance_of_an_interval_is_that_of_drawn_seasons():
    types = [
        {"name": "one", "items": {"A": 1}, "share": 0.5},
        {"name": "six", "items": {"A": 6, "B": 1}, "share": 0.5},
    ]
    scenario = season(demand={"orders_per_day": 50, "basket_types": types})
    units = [sample_orders(scenario, 3, n).summary().units_by_sku["A"] for n in range(300)]
    forecast = Forecast(scenario)
    assert np.mean(units) == pytest.approx(forecast.units(0, 28 * DAY)[0], rel=0.02)
    assert np.var(units) == pytest.approx(forecast.variance(0, 28 * DAY)[0], rel=0.3)


def test_nothing_is_expected_after_the_season_or_before_the_run():
    scenario = season()
    assert Forecast(scenario).lead_time_demand(27 * DAY, 9 * DAY, 0)[0][0] == pytest.approx(150)
    assert Forecast(scenario).units(-DAY, 0).tolist() == [0, 0]


def test_orders_at_fixed_intervals_have_no_variance_of_their_own():
    demand = {"orders_per_day": 10, "arrivals": "fixed", "hours": "evening"}
    forecast = Forecast(season(demand=demand, products=[{"sku": "A"}]))
    assert forecast.units(0, DAY / 4) == pytest.approx([2.5])
    assert forecast.variance(0, DAY) == pytest.approx([0])


def test_the_forecast_knows_neither_noise_nor_error():
    sure = daily_forecast(season())
    unsure = daily_forecast(season(demand={"day_noise": 0.5, "forecast_error": "yes"}))
    assert unsure.tolist() == sure.tolist()


@given(st.lists(st.floats(0.01, 100), min_size=2, max_size=5), st.data())
def test_inclusion_chances_are_those_of_drawing_without_replacement(weights, data):
    lines = data.draw(st.integers(1, len(weights)))
    exact = np.zeros(len(weights))
    for drawn in permutations(range(len(weights)), lines):
        chance, left = 1.0, sum(weights)
        for product in drawn:
            chance *= weights[product] / left
            left -= weights[product]
        exact[list(drawn)] += chance
    assert inclusion_chances(weights, lines)[-1] == pytest.approx(exact, rel=1e-6)


def test_large_assortments_are_approximated_closely():
    weights = 1.0 / (10.0 + np.arange(600))
    chances = inclusion_chances(weights.tolist(), 5)
    # The limit of one product of very many: 1 - (1 - share) ** lines.
    assert chances[4].sum() == pytest.approx(5)
    assert chances[4] == pytest.approx(1 - (1 - weights / weights.sum()) ** 5, rel=0.03)

"""What the planner expects."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.demand import Forecast, daily_forecast, lead_time_demand, sample_orders
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
    mean, variance = lead_time_demand(scenario, "A", 2 * DAY, 5 * DAY, (2 * DAY) ** 2)
    assert mean == pytest.approx(5 * 30 * 2)
    assert variance == pytest.approx(5 * 30 * 5 + 4 * 60**2)


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
    assert lead_time_demand(scenario, "A", 27 * DAY, 9 * DAY, 0)[0] == pytest.approx(150)
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

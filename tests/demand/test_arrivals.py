"""When orders come."""

import numpy as np
import pytest

from sim.demand import sample_orders
from sim.demand.arrivals import MOST_DRAWN, _poisson
from sim.demand.rates import RateCurve, rate_curve
from sim.demand.window import run_window
from sim.errors import SimulationError
from tests.demand.shop import DAY, HOUR, season


def placed(scenario, seed=1, replication=0):
    return sample_orders(scenario, seed, replication).orders["placed_at"]


def per_day(scenario, replications):
    days = [np.bincount(placed(scenario, 1, n) // DAY, minlength=28) for n in range(replications)]
    return np.array(days)


def expected(scenario):
    return rate_curve(scenario.demand, run_window(scenario.season))


def test_the_mean_number_of_orders_is_that_of_the_rate():
    counts = [len(placed(season(), 7, n)) for n in range(40)]
    assert np.mean(counts) == pytest.approx(5600, abs=4 * np.sqrt(5600 / 40))
    assert np.var(counts, ddof=1) == pytest.approx(5600, rel=0.9)


def test_orders_come_in_ascending_order_inside_the_run():
    times = placed(season(season={"start": "2026-10-05", "length": "28 days", "warm_up": "3 days"}))
    assert times[0] >= 0
    assert times[-1] < 31 * DAY
    assert (np.diff(times) >= 0).all()
    assert len(times) == pytest.approx(6200, rel=0.07)


def test_weekdays_and_hours_shape_the_rate():
    shape = [0.0] * 12 + [1.0] * 6 + [3.0] * 6
    scenario = season(demand={"orders_per_day": 2000, "weekdays": {"sat": 0.5}, "hours": shape})
    times = placed(scenario)
    by_day = np.bincount(times // DAY, minlength=28).reshape(4, 7).mean(axis=0)
    by_hour = np.bincount(times % DAY // HOUR, minlength=24)
    assert by_day[5] / by_day[0] == pytest.approx(0.5, rel=0.1)
    assert by_day[6] / by_day[0] == pytest.approx(1.0, rel=0.1)
    assert by_hour[:12].sum() == 0
    assert by_hour[18:].sum() / by_hour[12:18].sum() == pytest.approx(3.0, rel=0.05)


def test_of_overlapping_peaks_the_one_listed_last_holds():
    peaks = [
        {"name": "Week", "from": "2026-10-12", "to": "2026-10-18", "times": 2},
        {"name": "Day", "on": "2026-10-14", "times": 5},
    ]
    curve = expected(season(demand={"peaks": peaks}))
    by_day = np.diff(curve.orders_until(np.arange(29) * DAY))
    assert by_day[6:15] == pytest.approx([200, 400, 400, 1000, 400, 400, 400, 400, 200])


def test_a_peak_may_begin_at_any_time_of_day():
    peaks = [{"name": "Sale", "from": "2026-10-12 09:30", "to": "2026-10-12 10:15", "times": 3}]
    curve = expected(season(demand={"peaks": peaks}))
    assert curve.total == pytest.approx(5600 + 2 * 200 * 0.75 / 24)


def test_trend_scale_and_wave_are_integrated_exactly():
    assert expected(season(demand={"trend": 0.01, "scale": 2})).total == pytest.approx(
        2 * 200 * sum(1 + 0.01 * day for day in range(28))
    )
    curve = expected(season(demand={"wave": {"amplitude": 0.5, "period": "10 days"}}))
    times = np.array([3.25, 5.0, 17.0])
    turn = 2 * np.pi / 10
    exact = 200 * (times + 0.5 / turn * (1 - np.cos(turn * times)))
    assert curve.orders_until(times * DAY) == pytest.approx(exact, rel=1e-9)


def test_day_noise_adds_its_variance_to_that_of_poisson():
    counts = per_day(season(demand={"day_noise": 0.3}), 20)
    assert counts.mean() == pytest.approx(200, rel=0.04)
    assert counts.var() == pytest.approx(200 + (0.3 * 200) ** 2, rel=0.25)


def test_a_day_keeps_its_noise_when_the_warm_up_grows():
    def day_counts(warm_up):
        scenario = season(
            season={"start": "2026-10-05", "length": "28 days", "warm_up": f"{warm_up} days"},
            demand={"orders_per_day": 20_000, "day_noise": 0.3},
        )
        return np.bincount(placed(scenario) // DAY)[warm_up:]

    assert day_counts(5) == pytest.approx(day_counts(0), rel=0.05)


def test_the_forecast_error_moves_whole_seasons_and_peaks_but_not_the_mean():
    peaks = [{"name": "P", "from": "2026-10-12", "to": "2026-10-18", "times": 4}]
    error = {"total": 0.2, "peak": 0.4, "sku_share": 0.0}
    scenario = season(demand={"peaks": peaks, "forecast_error": error})
    counts = per_day(scenario, 200)
    quiet, peak = counts[:, :7].sum(axis=1), counts[:, 7:14].sum(axis=1)
    factor = quiet / 1400
    assert factor.mean() == pytest.approx(1.0, abs=0.06)
    assert factor.std() == pytest.approx(0.2, rel=0.2)
    rise = (peak / quiet - 1) / 3
    assert rise.mean() == pytest.approx(1.0, abs=0.12)
    assert rise.std() == pytest.approx(0.4, rel=0.25)


def test_a_higher_rate_brings_the_same_customers_sooner():
    slow, fast = placed(season()), placed(season(demand={"scale": 2}))
    assert fast[: len(slow)] == pytest.approx(slow / 2, abs=1)


def test_fixed_arrivals_come_at_equal_intervals():
    demand = {"orders_per_day": None, "rate": "every 20 min", "arrivals": "fixed"}
    times = placed(season(demand={**demand, "day_noise": 0.5, "hours": "evening"}))
    assert (np.diff(times) == HOUR // 3).all()
    assert times[0] == HOUR // 3
    assert len(times) == 28 * 24 * 3 - 1
    assert placed(season(demand={**demand, "first_arrival": "5 min"}))[0] == HOUR // 12


def test_no_demand_is_an_empty_book():
    book = sample_orders(season(demand={"orders_per_day": 0}), 1)
    assert (len(book), len(book.lines)) == (0, 0)
    assert book.to_frame().empty


def test_a_season_with_endless_orders_is_given_up_before_they_are_drawn() -> None:
    curve = RateCurve(np.array([0, 1000]), np.array([0.0, 2.0 * MOST_DRAWN]))
    with pytest.raises(SimulationError, match="would have 200,000,000 orders"):
        _poisson(curve, np.random.default_rng(1))

import datetime as dt

import numpy as np
import pytest

from sim.history.baskets import mean_of, support
from sim.history.fitting import FitOptions, fit_season, peak_factors
from sim.history.problems import HistoryError
from tests.history.made import Truth, as_csv, cleaned, made_rows


@pytest.fixture(scope="module")
def fit(tmp_path_factory):
    """A history with known parameters, and what was fitted to it."""
    truth = Truth(closed=(dt.date(2025, 11, 27),))
    path = tmp_path_factory.mktemp("made") / "orders.csv"
    return truth, fit_season(cleaned(path, as_csv(made_rows(truth))))


def test_the_season_is_the_thirteen_weeks_up_to_christmas(fit):
    _, fitted = fit
    assert (fitted.dates.start, fitted.dates.end) == (dt.date(2025, 9, 29), dt.date(2025, 12, 23))


def test_weekdays_are_recovered_within_eight_percent_and_saturday_is_closed(fit):
    truth, fitted = fit
    assert fitted.weekdays[5] == 0.0
    assert fitted.weekdays == pytest.approx(truth.weekdays, rel=0.08)


def test_hours_are_recovered_within_five_percent(fit):
    _, fitted = fit
    assert sum(fitted.hours) == pytest.approx(24.0)
    assert fitted.hours[12] == pytest.approx(24 * 4 / 17, rel=0.05)
    assert fitted.hours[3] == 0.0


def test_the_baseline_and_its_growth_are_recovered(fit):
    truth, fitted = fit
    start = (fitted.dates.start - truth.first).days
    level = truth.orders_per_day * np.exp(truth.growth * start)
    assert fitted.orders_per_day == pytest.approx(level, rel=0.08)
    assert fitted.trend == pytest.approx(truth.growth, abs=0.0006)


def test_the_holiday_stretch_is_recovered_within_its_stated_error(fit):
    _, fitted = fit
    stretch = max((peak for peak in fitted.peaks if peak.days > 7), key=lambda peak: peak.times)
    assert (stretch.first, stretch.last) == (dt.date(2025, 11, 3), dt.date(2025, 12, 14))
    assert abs(stretch.times - 2.0) < 3 * stretch.error + 0.1  # and the baseline's own error


def test_cyber_monday_is_found_by_name(fit):
    truth, fitted = fit
    day = next(peak for peak in fitted.peaks if peak.name == "Cyber Monday")
    assert day.first == day.last == dt.date(2025, 12, 1)
    assert abs(day.times - 6.0) < 2.5 * truth.noise * 6.0  # one day shows no more than its noise


def test_a_closed_day_becomes_a_factor_of_zero(fit):
    _, fitted = fit
    factors = peak_factors(fitted.dates.days, fitted.peaks)
    closed = [day for day, factor in zip(fitted.dates.days, factors, strict=True) if not factor]
    assert closed == [dt.date(2025, 11, 27)]


def test_day_noise_is_recovered(fit):
    truth, fitted = fit
    assert fitted.day_noise == pytest.approx(truth.noise, abs=0.05)


def test_poisson_days_have_no_noise_beyond_it(tmp_path):
    truth = Truth(noise=0.0, peaks=(), growth=0.0)
    fitted = fit_season(cleaned(tmp_path / "orders.csv", as_csv(made_rows(truth))))
    assert fitted.day_noise < 0.05


def test_a_history_without_holiday_peak_gets_none(tmp_path):
    truth = Truth(noise=0.1, peaks=())
    fitted = fit_season(cleaned(tmp_path / "orders.csv", as_csv(made_rows(truth, 3))))
    assert all(abs(peak.times - 1.0) < 0.15 for peak in fitted.peaks)


def test_lines_and_units_are_recovered(fit):
    truth, fitted = fit
    assert fitted.lines_per_order == pytest.approx(truth.lines, abs=0.02)
    assert fitted.units_per_line[1] == pytest.approx(truth.units[1], abs=0.02)
    assert mean_of(dict(fitted.units_per_line)) == pytest.approx(5.3, rel=0.05)


def test_drawing_weights_are_recovered_from_lines_drawn_without_repetition(fit):
    truth, fitted = fit
    wanted = np.array(truth.weights) / sum(truth.weights)
    found = {product.sku: product.weight for product in fitted.mix.products}
    # Half the orders have one line, but the long ones hold the popular back: shares understate.
    by_share = {product.sku: product.line_share for product in fitted.mix.products}
    assert found["00"] == pytest.approx(wanted[0], rel=0.10)
    assert by_share["00"] < 0.85 * wanted[0]


def test_prices_are_medians(fit):
    _, fitted = fit
    prices = {product.sku: product.price for product in fitted.mix.products}
    assert prices["03"] == 5.0


def test_the_rest_is_grouped_without_losing_a_line(fit, tmp_path):
    truth, whole = fit
    history = cleaned(tmp_path / "orders.csv", as_csv(made_rows(truth)))
    fitted = fit_season(history, FitOptions(top=3, stand_ins=3))
    mix = fitted.mix
    assert len(mix.products) <= 6
    assert sum(product.lines for product in mix.products) == sum(
        product.lines for product in whole.mix.products
    )
    assert sum(product.stands_for for product in mix.products) == 10
    assert sum(product.line_share for product in mix.products) == pytest.approx(1.0)
    assert set(mix.product_of.values()) == {product.sku for product in mix.products}


def test_a_year_without_this_autumn_is_asked_for_the_last_one(tmp_path):
    truth = Truth(
        first=dt.date(2024, 9, 1),
        last=dt.date(2025, 8, 31),
        growth=0.0,
        peaks=((dt.date(2024, 11, 29), dt.date(2024, 11, 29), 5.0),),
    )
    history = cleaned(tmp_path / "orders.csv", as_csv(made_rows(truth)))
    options = FitOptions(start=dt.date(2025, 9, 29), end=dt.date(2025, 12, 21))
    fitted = fit_season(history, options)
    friday = next(peak for peak in fitted.peaks if peak.name == "Black Friday")
    assert friday.first == dt.date(2025, 11, 28)


def test_a_day_cut_off_by_the_export_does_not_count(tmp_path):
    truth = Truth(last=dt.date(2025, 6, 5), peaks=())
    rows = [row for row in made_rows(truth) if row[1] < "2025-06-05 11:00:00"]
    fitted = fit_season(cleaned(tmp_path / "orders.csv", as_csv(rows)))
    assert fitted.daily.cut == (dt.date(2025, 6, 5),)


def test_too_short_a_history_is_refused(tmp_path):
    truth = Truth(last=dt.date(2025, 1, 20))
    history = cleaned(tmp_path / "orders.csv", as_csv(made_rows(truth)))
    with pytest.raises(HistoryError, match="covers 20 days; a season needs at least 28"):
        fit_season(history)


@pytest.mark.parametrize("most", [None, 40, 300])
def test_a_long_tail_keeps_its_mean_on_few_points(most):
    values = np.random.default_rng(1).lognormal(2.0, 1.2, 5000).astype(np.int64) + 1
    weights = support(values, most)
    assert len(weights) <= 52
    assert max(weights) <= (most or values.max())
    assert mean_of(weights) == pytest.approx(values.mean(), rel=1e-9)
    assert sum(weights.values()) == pytest.approx(1.0)
    if most != 40:
        assert weights[1] == pytest.approx(np.mean(values == 1), rel=0.02)

"""Standard errors of a fit, beside histories whose truth is known."""

import datetime as dt

import numpy as np
import pytest

from sim.experiment.inputs import assumed_inputs
from sim.history.baseline import Baseline
from sim.history.fitting import fit_season
from sim.history.season import Heading, known_to, write_season
from tests.history.made import Truth, as_csv, cleaned, made_rows

TRUTH = Truth()
HISTORIES = 6


@pytest.fixture(scope="module")
def fits(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    return [
        fit_season(cleaned(folder / f"{seed}.csv", as_csv(made_rows(TRUTH, seed))))
        for seed in range(1, HISTORIES + 1)
    ]


def off(fits, found, error, truth):
    """How far fits are off, in their own standard errors."""
    return np.array([(found(each) - truth(each)) / error(each) for each in fits])


def size(deviations):
    """Root mean square; 1 if the errors are what they say."""
    return np.sqrt(np.mean(np.square(deviations)))


def true_level(fitted):
    return TRUTH.orders_per_day * np.exp(TRUTH.growth * (fitted.dates.start - TRUTH.first).days)


def test_weekdays_are_off_by_what_their_error_says(fits):
    truth = np.array(TRUTH.weekdays)
    open_days = truth > 0
    deviations = [
        ((np.array(each.weekdays) - truth)[open_days] / each.errors.weekdays) for each in fits
    ]
    assert 0.7 < size(deviations) < 1.3


def test_level_trend_and_noise_are_off_by_what_their_errors_say(fits):
    length = (fits[0].dates.end - fits[0].dates.start).days
    trend = np.expm1(TRUTH.growth * length) / length
    deviations = [
        off(fits, lambda f: f.orders_per_day, lambda f: f.errors.orders_per_day, true_level),
        off(fits, lambda f: f.trend, lambda f: f.errors.trend, lambda _: trend),
        off(fits, lambda f: f.day_noise, lambda f: f.errors.day_noise, lambda _: TRUTH.noise),
    ]
    assert all(0.4 < size(each) < 1.6 for each in deviations)


def test_a_line_is_known_worse_the_farther_from_its_middle():
    middle = dt.date(2025, 6, 1)
    line = Baseline(middle, 100.0, 0.001, 30, middle, 0.03, 0.0004)
    assert line.error_on(middle) == 0.03
    assert line.error_on(middle + dt.timedelta(days=100)) == pytest.approx(0.05)


def test_the_written_season_says_what_it_knows_and_sensitivity_reads_it(fits, tmp_path):
    fitted = fits[0]
    (file,) = write_season(fitted, tmp_path / "season.yaml", Heading("Made", "orders.csv, 2025"))
    inputs = {each.path: each for each in assumed_inputs(str(file))[0] if each.fitted}
    peaks = {path for path in inputs if path.startswith("demand.peaks.")}
    shares = {f"products.{product.sku}.share" for product in fitted.mix.products}
    weekdays = {f"demand.weekdays.{day}" for day in ("mon", "tue", "wed", "thu", "fri", "sun")}
    others = {"demand.orders_per_day", "demand.trend", "demand.day_noise"}
    assert set(inputs) == peaks | shares | weekdays | others
    level = inputs["demand.orders_per_day"]
    reach = float(level.high) - float(level.low)
    assert reach == pytest.approx(2 * 1.96 * fitted.errors.orders_per_day, rel=1e-3)


def test_what_a_history_does_not_tell_is_not_claimed(fits, tmp_path):
    assert "trend known to" in known_to(fits[0])
    rows = made_rows(Truth(first=dt.date(2025, 10, 1)))
    short = fit_season(cleaned(tmp_path / "orders.csv", as_csv(rows)))
    assert "trend known to" not in known_to(short)
    assert "orders_per_day known to" in known_to(short)

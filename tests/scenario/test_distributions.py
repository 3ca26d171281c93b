import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.errors import BadValue
from sim.scenario.distributions import (
    Binomial,
    Constant,
    Distribution,
    Empirical,
    Erlang,
    Exponential,
    Gamma,
    Geometric,
    Lognormal,
    NegativeBinomial,
    Normal,
    Poisson,
    RoundedNormal,
    StillWaiting,
    Triangular,
    Uniform,
    UniformNumber,
    Weibull,
)
from sim.scenario.families import log_of_rest
from sim.scenario.spelling import (
    COUNTS,
    DURATIONS,
    FACTORS,
    Dimension,
    format_distribution,
    parse_distribution,
)
from sim.scenario.units import DAY, WEEK
from sim.scenario.waiting import parse_still_waiting

MIDPOINTS = (np.arange(400_000) + 0.5) / 400_000

BESIDE_SCIPY = [
    (Exponential(2.0), stats.expon(scale=2.0)),
    (Gamma(11.1, 0.3), stats.gamma(11.1, scale=0.3)),
    (Gamma(0.25, 4.0), stats.gamma(0.25, scale=4.0)),
    (Erlang(3, 0.5), stats.gamma(3, scale=0.5)),
    (Lognormal(9.0, 0.5), stats.lognorm(0.5, scale=9.0)),
    (Weibull(3.0, 1.5), stats.weibull_min(1.5, scale=3.0)),
    (Uniform(2.0, 5.0), stats.uniform(2.0, 3.0)),
    (Triangular(1.0, 2.0, 5.0), stats.triang(0.25, loc=1.0, scale=4.0)),
    (Normal(5.0, 2.0), stats.norm(5.0, 2.0)),
    (Normal(1.0, 2.0, truncate=True), stats.truncnorm(-0.5, math.inf, 1.0, 2.0)),
    (UniformNumber(2, 5), stats.randint(2, 6)),
    (Poisson(3.3), stats.poisson(3.3)),
    (Poisson(2000.5), stats.poisson(2000.5)),
    (Geometric(0.3), stats.geom(0.3)),
    (NegativeBinomial(2.5, 0.3), stats.nbinom(2.5, 0.3)),
    (Binomial(20, 0.3), stats.binom(20, 0.3)),
]


@pytest.mark.parametrize(("ours", "theirs"), BESIDE_SCIPY, ids=lambda d: type(d).__name__)
def test_quantiles_mean_and_variance_equal_those_of_scipy(
    ours: Distribution, theirs: stats.rv_continuous
) -> None:
    u = np.array([1e-9, 0.001, 0.1, 0.333, 0.5, 0.77, 0.9, 0.999, 1 - 1e-9])
    assert ours.quantile(u) == pytest.approx(theirs.ppf(u), rel=1e-9)
    assert ours.mean == pytest.approx(theirs.mean(), rel=1e-9)
    assert ours.variance == pytest.approx(theirs.var(), rel=1e-9)


@pytest.mark.parametrize(
    "distribution",
    [
        Constant(3.0),
        RoundedNormal(50.0, 8.0),
        Empirical((1.0, 2.0, 3.0), (0.85, 0.12, 0.03)),
        StillWaiting(((WEEK, 0.92), (2 * WEEK, 0.75), (4 * WEEK, 0.35))),
        StillWaiting(((WEEK, 1.0), (2 * WEEK, 0.75), (3 * WEEK, 0.75), (4 * WEEK, 0.1))),
        StillWaiting(((WEEK, 0.6), (4 * WEEK, 0.0))),
    ],
    ids=repr,
)
def test_draws_have_the_stated_mean_and_variance(distribution: Distribution) -> None:
    draws = distribution.quantile(MIDPOINTS)
    assert np.mean(draws) == pytest.approx(distribution.mean, rel=1e-5)
    assert np.var(draws) == pytest.approx(distribution.variance, rel=1e-3, abs=1e-12)


@pytest.mark.parametrize("distribution", [pair[0] for pair in BESIDE_SCIPY], ids=repr)
def test_draws_are_finite_and_rise_with_the_uniform_even_at_its_ends(
    distribution: Distribution,
) -> None:
    draws = distribution.quantile(np.array([0.0, 2.0**-53, 0.5, 1 - 2.0**-53]))
    assert np.all(np.isfinite(draws))
    assert np.all(np.diff(draws) >= 0)


def test_the_logarithm_of_the_rest_is_as_exact_near_0_as_near_1() -> None:
    u = np.concatenate([2.0 ** -np.arange(1, 55), 1 - 2.0 ** -np.arange(1, 54), MIDPOINTS])
    assert log_of_rest(u) == pytest.approx(np.log1p(-u), rel=5e-16, abs=0)


def test_one_uniform_gives_one_draw_whatever_the_shape() -> None:
    u = MIDPOINTS[:12].reshape(3, 4)
    assert Gamma(2.0, 3.0).quantile(u).shape == (3, 4)
    assert Gamma(2.0, 3.0).quantile(u)[1, 2] == Gamma(2.0, 3.0).quantile(u[1, 2])


def test_the_share_still_waiting_passes_through_its_points() -> None:
    curve = parse_still_waiting({"1 week": "92%", "2 weeks": "75%", "4 weeks": "35%"})
    gone = np.array([0.0, 1 - 0.92, 1 - 0.75, 1 - 0.35])
    assert curve.quantile(gone) / WEEK == pytest.approx([0, 1, 2, 4], abs=1e-9)


def test_people_leave_at_a_constant_rate_between_the_points_and_after_the_last() -> None:
    curve = parse_still_waiting({"1 week": "50%", "2 weeks": "20%"})
    halfway = 1 - math.sqrt(0.5 * 0.2)
    assert curve.quantile(halfway) == pytest.approx(1.5 * WEEK)
    after = 1 - 0.2 * (0.2 / 0.5)
    assert curve.quantile(after) == pytest.approx(3 * WEEK)


def test_a_sentence_about_waiting_reads_like_its_table() -> None:
    said = parse_still_waiting("still waiting after 1, 2, 4 weeks: 90%, 70%, 30%")
    table = parse_still_waiting({"1 week": "90%", "2 weeks": "70%", "4 weeks": "30%"})
    assert said == table


@pytest.mark.parametrize(
    ("dimension", "written", "expected"),
    [
        (DURATIONS, "5 days", Constant(5 * DAY)),
        (DURATIONS, "2 to 5 days", Uniform(2 * DAY, 5 * DAY)),
        (DURATIONS, "2-5 days", Uniform(2 * DAY, 5 * DAY)),
        (DURATIONS, {"exponential": "9 days"}, Exponential(9 * DAY)),
        (DURATIONS, {"exponential": {"mean": "9 days"}}, Exponential(9 * DAY)),
        (DURATIONS, {"erlang": {"mean": "1 day", "stages": 2}}, Erlang(2, DAY / 2)),
        (DURATIONS, {"weibull": {"scale": "3 days", "shape": 2}}, Weibull(3 * DAY, 2)),
        (DURATIONS, {"gamma": {"mean": "38 days", "cv": 0}}, Constant(38 * DAY)),
        (
            DURATIONS,
            {"2 days": "30%", "3 days": "70%"},
            Empirical((2 * DAY, 3 * DAY), (0.3, 0.7)),
        ),
        (
            DURATIONS,
            {"empirical": ["3 days", "2 days", "3 days"]},
            Empirical((2 * DAY, 3 * DAY), (1, 2)),
        ),
        (COUNTS, 1, Constant(1)),
        (COUNTS, {1: 85, 2: 15}, Empirical((1, 2), (0.85, 0.15))),
        (COUNTS, {"1": "85%", "2": "15%"}, Empirical((1, 2), (0.85, 0.15))),
        (COUNTS, {"geometric": 1.25}, Geometric(0.8)),
        (COUNTS, "2 to 5", UniformNumber(2, 5)),
        (FACTORS, {"exponential": 1}, Exponential(1)),
    ],
)
def test_a_distribution_is_read_as_planners_write_it(
    dimension: Dimension, written: object, expected: Distribution
) -> None:
    assert parse_distribution(written, dimension) == expected


@pytest.mark.parametrize("family", ["gamma", "lognormal", "weibull"])
@pytest.mark.parametrize("cv", [0.05, 0.3, 1.0, 2.5])
def test_mean_and_coefficient_of_variation_come_out_as_given(family: str, cv: float) -> None:
    made = parse_distribution({family: {"mean": "38 days", "cv": cv}}, DURATIONS)
    assert made.mean == pytest.approx(38 * DAY, rel=1e-9)
    assert math.sqrt(made.variance) / made.mean == pytest.approx(cv, rel=1e-6)


@pytest.mark.parametrize(
    "text", ["usually 38 days, 1 in 10 over 52", "usually 38 days 1 in 10 over 52 days"]
)
def test_a_usual_and_a_rare_value_give_median_and_ninetieth_percentile(text: str) -> None:
    made = parse_distribution(text, DURATIONS)
    assert made.quantile([0.5, 0.9]) / DAY == pytest.approx([38, 52])


amounts = st.integers(1, 500).map(lambda days: f"{days} days")
cvs = st.floats(0.01, 5, allow_nan=False)
spellings = st.one_of(
    amounts,
    st.builds(lambda mean: {"exponential": mean}, amounts),
    st.builds(
        lambda family, mean, cv: {family: {"mean": mean, "cv": cv}},
        st.sampled_from(["gamma", "lognormal", "weibull"]),
        amounts,
        cvs,
    ),
    st.builds(lambda mean, n: {"erlang": {"mean": mean, "stages": n}}, amounts, st.integers(1, 40)),
    st.builds(
        lambda low, width: f"{low} to {low + width} days", st.integers(0, 90), st.integers(0, 9)
    ),
    st.builds(lambda days: {"empirical": days}, st.lists(amounts, min_size=1, max_size=9)),
    st.builds(
        lambda mean, cv: {"normal": {"mean": mean, "cv": cv, "truncate": "yes"}}, amounts, cvs
    ),
)


@given(spellings)
def test_a_distribution_is_written_so_that_it_reads_the_same(spelling: object) -> None:
    made = parse_distribution(spelling, DURATIONS)
    again = parse_distribution(format_distribution(made, DURATIONS), DURATIONS)
    assert again == made
    assert format_distribution(again, DURATIONS) == format_distribution(made, DURATIONS)


@pytest.mark.parametrize(
    ("dimension", "written", "message"),
    [
        (DURATIONS, 5, 'its unit is missing; write e.g. "5 days"'),
        (
            DURATIONS,
            {"gama": {"mean": "3 days"}},
            "'gama' is not a distribution; did you mean 'gamma'?",
        ),
        (DURATIONS, {"gamma": {"mean": "3 days", "c": 2}}, "no parameter 'c'; did you mean 'cv'?"),
        (DURATIONS, {"gamma": {"mean": 3, "cv": 2}}, "mean of gamma: a bare number is not a span"),
        (
            DURATIONS,
            {"gamma": "3 days"},
            "gamma needs mean and cv, or mean and sd, or shape and scale",
        ),
        (DURATIONS, {"gamma": {"mean": "3 days", "cv": -1}}, "cv must not be negative"),
        (DURATIONS, {"gamma": {"mean": "3 days", "sd": "0 days"}}, "sd must be above 0"),
        (
            DURATIONS,
            {"gamma": {"mean": "3 days", "cv": 21}},
            "the coefficient of variation is above 20",
        ),
        (DURATIONS, {"exponential": "0 days"}, "mean must be above 0"),
        (DURATIONS, "5 to 2 days", "min is above max; put the smaller value first"),
        (DURATIONS, {"2 days": "30%", "3 days": "60%"}, "the shares add up to 90%, not to 100%"),
        (
            DURATIONS,
            {"normal": {"mean": "9 days", "sd": "2 days"}},
            "may be negative; add truncate: yes",
        ),
        (DURATIONS, {"poisson": 3}, "poisson does not give a time"),
        (DURATIONS, {"empirical": []}, "is empty"),
        (DURATIONS, {}, "is empty"),
        (DURATIONS, ["3 days"], "is a list; write {empirical: [...]}"),
        (DURATIONS, "usually 5 days, 1 in 10 over 4 days", "must be above the usual one"),
        (DURATIONS, {"erlang": {"mean": "1 day", "stages": 0}}, "stages must be a whole number"),
        (COUNTS, {1: math.nan, 2: 1}, "must be a finite number"),
        (COUNTS, {1.5: 1}, "must be a whole number of units"),
        (COUNTS, {1: 0, 2: 0}, "the shares add up to 0%"),
        (COUNTS, {"geometric": 0.5}, "at least 1"),
        (COUNTS, {"poisson": 1e9}, "too large for a table"),
        (COUNTS, {"negative_binomial": {"mean": 4, "cv": 0.3}}, "varies less than"),
        (FACTORS, {"triangular": {"min": 1, "mode": 3, "max": 2}}, "in rising order"),
    ],
)
def test_an_impossible_distribution_is_refused_in_plain_words(
    dimension: Dimension, written: object, message: str
) -> None:
    with pytest.raises(BadValue) as caught:
        parse_distribution(written, dimension)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ({"1 week": "50%", "2 weeks": "60%"}, "60% after 14 days does not fall below the 50%"),
        ({"1 week": "50%", "2 weeks": "50%"}, "50% after 14 days does not fall below the 50%"),
        ({"0 days": "90%"}, "times must be above 0"),
        ({"1 week": "0%", "2 weeks": "0%"}, "nobody is left before the last point"),
        ({}, "at least one time"),
        ("after 1, 2 weeks: 90%", "2 times but 1 shares"),
        ({"1 week": 50}, 'write "50%" or 0.5'),
    ],
)
def test_an_impossible_waiting_curve_is_refused(points: object, message: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_still_waiting(points)
    assert message in str(caught.value)

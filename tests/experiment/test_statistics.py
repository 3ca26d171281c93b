import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiment.quantiles import fewest_replications, order_statistic_interval, upper_bound
from sim.experiment.statistics import (
    clopper_pearson,
    mean_interval,
    paired_difference,
    skewness,
    t_quantile,
    wilson,
)


def share_of_intervals_that_cover(draw, truth, n, trials, seed):
    numbers = np.random.default_rng(seed)
    hits = 0
    for _ in range(trials):
        known = mean_interval(draw(numbers, n))
        hits += known.low <= truth <= known.high
    return hits / trials


def test_a_t_interval_of_normal_values_covers_95_of_100_times():
    # Binomial 99.9 % band of 4000 trials around 0.95.
    covered = share_of_intervals_that_cover(lambda g, n: g.normal(3, 2, n), 3.0, 10, 4000, 11)
    assert 0.938 <= covered <= 0.962


def change(values):
    """The interval of differences that are these values."""
    return paired_difference(values, np.zeros(len(values))).interval


def test_an_interval_that_misses_too_often_is_flagged_and_decides_nothing():
    def season(numbers, n):
        return numbers.lognormal(0.0, 2.0, n)

    truth = math.exp(2.0)
    numbers = np.random.default_rng(13)
    known = [change(season(numbers, 20)) for _ in range(500)]
    by_t = [abs(k.mean - truth) <= t_quantile(0.975, 19) * k.sd / math.sqrt(20) for k in known]
    assert np.mean(by_t) < 0.75  # the reason for the flag
    assert np.mean([k.flag is not None for k in known]) > 0.95
    wrong = [k.decides and not k.low <= truth <= k.high for k in known]
    assert np.mean(wrong) < 0.16


@pytest.mark.parametrize(("sigma", "covers"), [(0.5, 0.93), (1.0, 0.91)])
def test_the_corrected_interval_of_an_uneven_output_covers_more_than_the_t_interval(sigma, covers):
    truth, numbers = math.exp(sigma**2 / 2), np.random.default_rng(17)
    known = [change(numbers.lognormal(0.0, sigma, 20)) for _ in range(3000)]
    by_t = [abs(k.mean - truth) <= t_quantile(0.975, 19) * k.sd / math.sqrt(20) for k in known]
    share = np.mean([k.low <= truth <= k.high for k in known])
    assert share > covers
    assert share > np.mean(by_t)


def test_each_end_is_the_farther_of_students_and_halls():
    values = [0.0, 1.0, 0.5, 0.2, 0.7, 0.1, 0.9, 0.4, 0.3, 0.6, 6.0, 9.0]
    known, n = change(values), len(values)
    adjusted = skewness(values) * math.sqrt(n * (n - 1)) / (n - 2)
    error, reach = known.sd / math.sqrt(n), t_quantile(0.975, n - 1)

    def cubic(t):
        """Hall's transformation of a studentized mean."""
        s = adjusted / math.sqrt(n)
        return t + s * (t * t / 3 + 1 / 6) + s * s * t**3 / 27

    assert cubic((known.mean - known.high) / error) == pytest.approx(-reach)
    assert known.low == pytest.approx(known.mean - reach * error)
    mirrored = change([-value for value in values])
    assert (mirrored.low, mirrored.high) == pytest.approx((-known.high, -known.low))


def test_chance_skewness_of_a_symmetric_output_draws_no_end_in():
    numbers = np.random.default_rng(23)
    samples = numbers.standard_t(3, (3000, 20))
    known = [change(sample) for sample in samples]
    uneven = [(each, abs(skewness(v)) > 1) for each, v in zip(known, samples, strict=True)]
    held = [each.low <= 0.0 <= each.high for each, skewed in uneven if skewed]
    assert len(held) > 800
    assert np.mean(held) > 0.94  # Hall's interval alone: 0.89


def test_a_share_of_rare_seasons_keeps_its_confidence():
    def season(numbers, n):
        return (numbers.random(n) < 0.1).astype(float)

    numbers, hits, mixed = np.random.default_rng(14), 0, 0
    for _ in range(3000):
        values = season(numbers, 40)
        if values.min() < values.max():
            known = mean_interval(values)
            hits += known.low <= 0.1 <= known.high
            mixed += 1
    assert hits / mixed >= 0.945


def test_most_samples_of_a_normal_output_are_not_flagged():
    numbers = np.random.default_rng(15)
    flagged = [mean_interval(numbers.normal(0, 1, 30)).flag is not None for _ in range(500)]
    assert np.mean(flagged) < 0.03


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([], "not defined"),
        ([math.nan, math.nan], "not defined"),
        ([4.0], "one replication"),
        ([4.0, 5.0, 6.0], "only 3 replications"),
        ([7.0] * 20, "the same in all 20"),
        ([0.0] * 15 + [1.0] * 5, "binomial"),
        ([0.0] * 57 + [3.5, 2.5, 4.0], "only 3 of 60"),
        (np.random.default_rng(3).lognormal(0, 1.5, 30), "very uneven"),
    ],
)
def test_what_weakens_an_interval_is_said(values, words):
    assert words in mean_interval(values).flag


def test_undefined_values_are_left_out_and_n_says_so():
    known = mean_interval([1.0, math.nan, 2.0, 3.0])
    assert (known.mean, known.n) == (2.0, 3)
    assert known.half_width == pytest.approx(t_quantile(0.975, 2) / math.sqrt(3))


def test_an_infinite_value_is_refused():
    with pytest.raises(ValueError, match="finite"):
        mean_interval([1.0, math.inf])


@given(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=30), st.randoms())
def test_no_order_of_completion_moves_a_bit(values, shuffler):
    shuffled = list(values)
    shuffler.shuffle(shuffled)
    assert mean_interval(values) == mean_interval(shuffled)


@given(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=30))
def test_an_interval_holds_its_mean(values):
    known = mean_interval(values)
    assert known.low <= known.mean <= known.high
    assert known.half_width >= 0


def test_bonferroni_keeps_false_wins_below_five_percent():
    # Ten policies that differ in nothing but luck, against a baseline, on shared customers.
    numbers, plain, corrected, trials = np.random.default_rng(16), 0, 0, 1000
    for _ in range(trials):
        customers = numbers.normal(0, 3, 20)
        baseline = customers + numbers.normal(0, 1, 20)
        policies = [customers + numbers.normal(0, 1, 20) for _ in range(10)]
        plain += any(excludes_zero(paired_difference(p, baseline)) for p in policies)
        corrected += any(
            excludes_zero(paired_difference(p, baseline, comparisons=10)) for p in policies
        )
    assert plain / trials > 0.2  # what the correction is for
    assert corrected / trials <= 0.065


def excludes_zero(difference):
    return not difference.interval.low <= 0 <= difference.interval.high


def test_shared_customers_make_a_difference_sharper_than_its_parts():
    customers = np.random.default_rng(17).normal(100, 30, 50)
    a = customers + np.random.default_rng(18).normal(1, 0.5, 50)
    known = paired_difference(a, customers).interval
    assert known.low > 0
    assert mean_interval(a).low < mean_interval(customers).high  # the two ranges overlap


def test_seasons_are_counted_above_below_and_equal():
    difference = paired_difference([1, 2, 3, math.nan], [0, 2, 4, 5])
    assert (difference.above, difference.below, difference.equal, difference.n) == (1, 1, 1, 3)


@pytest.mark.parametrize(("n", "lowest", "highest"), [(19, 1, 19), (39, 2, 38), (100, 5, 96)])
def test_nine_of_ten_differences_are_order_statistics(n, lowest, highest):
    values = np.arange(1.0, n + 1)
    assert paired_difference(values, np.zeros(n)).usual == (lowest, highest)


def test_too_few_seasons_give_no_range():
    assert paired_difference(np.arange(18.0), np.zeros(18)).usual is None


def test_the_next_season_falls_into_the_range_nine_times_in_ten():
    numbers = np.random.default_rng(19)
    inside = 0
    for _ in range(3000):
        seasons = numbers.exponential(1.0, 41)
        low, high = paired_difference(seasons[:40], np.zeros(40)).usual
        inside += low <= seasons[40] <= high
    assert inside / 3000 >= 0.88


@pytest.mark.parametrize(
    ("n", "p", "ranks"),
    [
        (72, 0.95, (64, 72)),
        (100, 0.95, (90, 100)),
        (200, 0.95, (184, 197)),
        (500, 0.99, (490, 500)),
        (368, 0.99, (360, 368)),
    ],
)
def test_quantile_ranks_are_the_published_ones(n, p, ranks):
    known = order_statistic_interval(np.arange(1, n + 1), p)
    assert (known.low, known.high) == ranks
    assert known.coverage >= 0.95


@pytest.mark.parametrize(("n", "p"), [(71, 0.95), (367, 0.99)])
def test_no_upper_end_is_made_up_below_the_minimum(n, p):
    known = order_statistic_interval(np.arange(n), p)
    assert math.isnan(known.high)
    assert f"run at least {n + 1}" in known.flag


def test_one_sided_bounds_start_at_59_and_299_replications():
    assert (fewest_replications(0.95, 0.95), fewest_replications(0.99, 0.95)) == (59, 299)
    assert math.isnan(upper_bound(range(58), 0.95).high)
    assert upper_bound(range(59), 0.95).high == 58
    assert math.isnan(upper_bound([], 0.95).high)
    assert math.isnan(order_statistic_interval([], 0.95).low)


def test_binomial_intervals_agree_with_scipy():
    from scipy.stats import binomtest

    for successes, n in [(0, 5), (1, 20), (10, 20), (59, 60), (60, 60)]:
        test = binomtest(successes, n)
        exact, score = test.proportion_ci(method="exact"), test.proportion_ci(method="wilson")
        assert clopper_pearson(successes, n) == pytest.approx((exact.low, exact.high))
        assert wilson(successes, n) == pytest.approx((score.low, score.high))


def test_skewness_survives_extreme_scales():
    assert skewness([1e200, 1e200, 4e200]) == pytest.approx(1 / math.sqrt(2))


@pytest.mark.parametrize("confidence", [0.0, 1.0, 95])
def test_a_confidence_outside_0_to_1_is_refused(confidence):
    with pytest.raises(ValueError, match="between 0 and 1"):
        mean_interval([1.0, 2.0], confidence)


def test_rounding_is_no_difference_and_no_spread():
    profit = np.random.default_rng(2).normal(20_000, 3_000, 20)
    higher = paired_difference(profit + 76.13, profit)
    assert (higher.interval.sd, higher.interval.decides) == (0, True)
    assert higher.interval.mean == pytest.approx(76.13)
    same = paired_difference((profit + 0.1) - 0.1, profit)
    assert (same.interval.mean, same.above, same.below) == (0, 0, 0)
    assert paired_difference([1e8, 1e8 + 0.01], [1e8, 1e8]).above == 1, "a cent is no rounding"

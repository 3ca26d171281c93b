"""Curves over time against values worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.results.timeline import Curve, covered, peaks, step_curve


def test_step_curve_weights_values_by_the_time_they_hold() -> None:
    curve = step_curve(np.array([2, 5, 9]), np.array([4, 1, 7]), (0, 10))
    assert curve.values.tolist() == [0, 4, 1, 7]
    assert curve.spans.tolist() == [2, 3, 4, 1]
    assert curve.mean == pytest.approx((0 * 2 + 4 * 3 + 1 * 4 + 7 * 1) / 10)
    assert curve.peak == 7


def test_step_curve_starts_from_the_value_before_the_window() -> None:
    curve = step_curve(np.array([2, 5]), np.array([4, 1]), (3, 6))
    assert curve.values.tolist() == [4, 1]
    assert curve.spans.tolist() == [2, 1]


def test_quantile_is_the_value_not_exceeded_for_that_share_of_time() -> None:
    curve = step_curve(np.array([0, 90, 96]), np.array([1, 2, 3]), (0, 100))
    assert curve.quantiles(0.5, 0.9, 0.95, 0.97) == [1, 1, 2, 3]
    assert curve.share_above(1) == pytest.approx(0.10)


def test_a_value_that_held_for_no_time_is_no_peak() -> None:
    curve = step_curve(np.array([5, 5]), np.array([9, 2]), (0, 10))
    assert curve.peak == 2


def test_intervals_are_counted_while_they_cover_an_instant() -> None:
    peak, mean = covered(np.array([0, 1, 4]), np.array([3, 4, 6]), (0, 8))
    assert peak == 2
    assert mean == pytest.approx((3 + 3 + 2) / 8)


def test_intervals_count_only_inside_the_window() -> None:
    peak, mean = covered(np.array([0, 0, 3, 9, 9]), np.array([2, 4, 7, 12, 12]), (3, 9))
    assert peak == 2
    assert mean == pytest.approx((1 + 4) / 6)


def test_an_interval_that_ends_as_another_begins_does_not_count_twice() -> None:
    assert covered(np.array([0, 3]), np.array([3, 5]), (0, 5)) == (1, 1)


def test_an_empty_window_has_no_figures() -> None:
    curve = step_curve(np.array([1]), np.array([1]), (3, 3))
    assert math.isnan(curve.mean)
    assert math.isnan(curve.peak)
    assert all(map(math.isnan, covered(np.array([1]), np.array([5]), (3, 3))))


def test_each_span_has_the_largest_value_that_held_in_it() -> None:
    at, values = np.array([2, 5, 12, 30]), np.array([4, 1, 7, 9])
    assert peaks(at, values, np.array([0, 5, 10, 20, 30])).tolist() == [4, 1, 7, 7]


def test_a_step_function_is_0_before_its_first_row() -> None:
    assert peaks(np.array([2]), np.array([-4]), np.array([0, 1, 3, 4])).tolist() == [0, 0, -4]


@pytest.mark.parametrize("longest", [3, 1000, 10**7, 10**10])
def test_figures_are_exact_however_finely_time_and_values_are_spread(longest: int) -> None:
    rng = np.random.default_rng(longest)
    for n in (1, 5, 300):
        begins = rng.integers(0, longest, n)
        ends = np.minimum(begins + rng.integers(0, longest, n), longest * 3 // 2)
        window = (longest // 10, longest + 1)
        inside = begins[(begins >= window[0]) & (begins < window[1])]
        instants = np.append(inside, window[0])
        covers = (begins <= instants[:, None]) & (ends > instants[:, None])
        assert covered(begins, ends, window)[0] == covers.sum(axis=1).max()

        curve = Curve(rng.integers(-longest, longest, n), rng.integers(0, longest, n))
        held = np.sort(curve.values)
        upto = np.array([curve.spans[curve.values <= value].sum() for value in held])
        for share in (0.0, 0.3, 0.95, 1.0):
            expected = held[upto >= share * curve.spans.sum()].min()
            assert curve.quantiles(share) == [expected] or not curve.spans.sum()

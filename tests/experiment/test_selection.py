import itertools
import math

import numpy as np
import pytest

from sim.experiment.selection import select_best


def correlated(means, sds, correlation, seed):
    """Normal systems on shared luck; counts what was asked for."""
    means, sds = np.asarray(means, float), np.asarray(sds, float)
    asked = []

    def sample(systems, replications):
        asked.append((tuple(systems), replications))
        columns = []
        for n in replications:
            noise = np.random.default_rng([seed, n]).normal(size=len(means) + 1)
            mixed = math.sqrt(correlation) * noise[0] + math.sqrt(1 - correlation) * noise[1:]
            columns.append((means + sds * mixed)[list(systems)])
        return np.array(columns).T

    sample.asked = asked
    return sample


def runs(found):
    return int(found.counts.sum())


def test_the_best_of_five_is_selected_and_the_others_run_no_longer_than_needed():
    found = select_best(correlated([0, 0, -3, -6, 1], [5] * 5, 0.0, 1), 5, 1.0)
    assert (found.selected, found.zone, found.confidence) == (4, 1.0, 0.95)
    assert found.counts[4] == found.counts.max() > 3 * found.counts[3]
    assert found.means[4] == pytest.approx(1.0, abs=1.0)


def test_every_replication_is_asked_for_once_in_order_and_of_fewer_and_fewer_systems():
    sample = correlated([0, 0, 0.5, 1], [1, 4, 2, 3], 0.5, 2)
    found = select_best(sample, 4, 0.5, batch=7)
    everyone = [set(systems) for systems, _ in sample.asked]
    assert all(later <= sooner for sooner, later in itertools.pairwise(everyone))
    asked = [n for _, replications in sample.asked for n in replications]
    assert asked == list(range(found.counts.max()))
    assert runs(found) == sum(len(who) * len(when) for who, when in sample.asked)


def test_common_random_numbers_need_far_fewer_runs():
    alone = select_best(correlated([0, 0, 0, 0, 1], [5] * 5, 0.0, 3), 5, 1.0)
    shared = select_best(correlated([0, 0, 0, 0, 1], [5] * 5, 0.9, 3), 5, 1.0)
    assert (alone.selected, shared.selected) == (4, 4)
    assert runs(shared) < runs(alone) / 4


def test_the_lowest_is_selected_where_lower_is_better_also_below_zero():
    sample = correlated([-50, -51, -49], [3, 1, 2], 0.5, 4)
    assert select_best(sample, 3, 1.0, higher_is_better=False).selected == 1
    assert select_best(sample, 3, 1.0).selected == 2


def test_a_budget_widens_the_zone_and_is_kept():
    free = select_best(correlated([0, 0.3, 0.6], [3] * 3, 0.0, 5), 3, 0.2)
    bound = select_best(correlated([0, 0.3, 0.6], [3] * 3, 0.0, 5), 3, 0.2, most=200)
    assert free.counts.max() > 200
    assert bound.counts.max() <= 200
    assert bound.zone > 0.2 == free.zone
    again = select_best(correlated([0, 0.3, 0.6], [3] * 3, 0.0, 5), 3, bound.zone)
    assert np.array_equal(again.outputs, bound.outputs, equal_nan=True)


def test_equal_systems_end_and_the_first_is_selected():
    def sample(systems, replications):
        return np.array([[float(n % 7) for n in replications]] * len(systems))

    assert select_best(sample, 3, 0.1).selected == 0
    assert select_best(sample, 1, 0.1).counts.tolist() == [20]


def test_differences_that_are_too_rare_or_uneven_for_the_guarantee_are_told():
    def sample(systems, replications):
        rare = np.array([float(n % 30 == 7) for n in replications])
        return np.array([rare if system else 0 * rare for system in systems])

    assert "rare event" in select_best(sample, 2, 0.1).doubt
    assert select_best(correlated([0, 1], [1, 1], 0.5, 6), 2, 1.0).doubt is None


def test_the_variances_are_those_of_each_pair():
    # A noisy system in the middle of two quiet ones is what a flat index of pairs gets wrong.
    hits = sum(
        select_best(correlated([0, 1, 0], [1, 10, 1], 0.0, seed), 3, 1.0, first=10).selected == 1
        for seed in range(15)
    )
    assert hits >= 12  # at 0.95 each, fewer come once in 1,000 times


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"zone": 0.0}, "zone must be above 0 and finite, got 0.0"),
        ({"first": 5}, "first must be at least 10, got 5"),
        ({"most": 19}, "most must be at least 20, got 19"),
        ({"batch": 0}, "batch must be at least 1, got 0"),
        ({"confidence": 0.5}, "confidence must be between 0.5 and 1, got 0.5"),
        ({"systems": 0}, "systems must be at least 1, got 0"),
    ],
)
def test_bad_arguments_are_refused(change, message):
    arguments = {"systems": 2, "zone": 1.0} | change
    with pytest.raises(ValueError, match=message):
        select_best(correlated([0, 1], [1, 1], 0.5, 1), **arguments)


def test_outputs_without_a_value_and_of_another_shape_are_refused():
    with pytest.raises(ValueError, match="must be finite"):
        select_best(lambda _, when: np.full((2, len(when)), np.nan), 2, 1.0)
    with pytest.raises(ValueError, match=r"shape \(2, 20\), got \(20, 2\)"):
        select_best(lambda _, when: np.zeros((len(when), 2)), 2, 1.0)

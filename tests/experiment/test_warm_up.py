import numpy as np

from sim.cli.warm_up import _verdict
from sim.experiment.warm_up import WarmUp, find_warm_up, mser5
from sim.scenario import load_policies


def test_the_average_of_runs_loses_its_beginning():
    # A level that grows towards 10 with a time constant of 40 values, in 30 noisy runs.
    numbers, at = np.random.default_rng(1), np.arange(1000)
    runs = 10 * (1 - np.exp(-at / 40)) + numbers.normal(0, 2, (30, 1000))
    cut = mser5(runs.mean(axis=0))
    assert 80 <= cut <= 300
    kept = runs.mean(axis=0)[cut:].mean()
    assert abs(kept - 10) < abs(runs.mean() - 10) / 4


def test_a_level_from_the_start_needs_nothing():
    assert mser5(np.random.default_rng(2).normal(5, 1, 1000)) < 100
    assert mser5(np.full(100, 3.0)) == 0


def test_a_run_that_never_settles_is_too_short():
    assert mser5([0.0] * 500 + [10.0] * 500) is None
    assert mser5([1.0, 2.0]) is None


def test_a_busy_desk_that_begins_empty_takes_a_while():
    desk = load_policies("scenarios/validation/Q01.yaml")["14 agents"]
    found = find_warm_up(desk, 3, workers=1)
    assert found.written_ms == desk.season.warm_up
    assert found.needed_ms is None or found.needed_ms >= 0


def test_the_verdict_says_what_to_write():
    day = 86_400_000
    assert "opens from the position" in _verdict(None)
    assert "too short to tell" in _verdict(WarmUp(None, 0, 20))
    assert _verdict(WarmUp(6 * day, 7 * day, 20)).endswith("leaves out 7 days: enough.")
    short = _verdict(WarmUp(9 * day, 0, 20))
    assert "leaves out nothing. Set season.warm_up to 9 days or more." in short

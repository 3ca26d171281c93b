import json
import math
from dataclasses import dataclass, replace

import numpy as np
import pytest

from sim.experiment.risk import bounds, chances
from sim.experiment.risk_words import bound_in_words, risk_in_words, risk_json
from tests.experiment.fakes import FakeArea, FakeScenario, study_of


def of(n, **more):
    peaks = np.random.default_rng(1).permutation(np.arange(1.0, n + 1))
    return study_of({"A": {"space_used_peak": peaks, **more}})


def bound(study, kpi, share):
    return next(b for b in bounds(study, "A") if (b.kpi, b.share) == (kpi, share))


@pytest.mark.parametrize(("share", "first"), [(0.90, 29), (0.95, 59), (0.99, 299)])
def test_a_bound_first_exists_with_the_published_number_of_seasons(share, first):
    assert bound(of(first), "space_used_peak", share).at == first
    below = bound(of(first - 1), "space_used_peak", share)
    assert math.isnan(below.at)
    assert below.more == 1


def test_too_few_seasons_say_how_many_more_and_no_number():
    said = risk_in_words(of(20), "A")
    assert "9 more (--replications 29)" in said
    assert "stays" not in said


def test_the_bound_holds_with_its_confidence():
    # Nine of ten skewed seasons stay below 2.30: the bound must reach that in 95 of 100 studies.
    numbers, truth, hits, trials = np.random.default_rng(2), -math.log(0.1), 0, 1000
    for _ in range(trials):
        study = study_of({"A": {"space_used_peak": numbers.exponential(1.0, 50)}})
        hits += bound(study, "space_used_peak", 0.9).at >= truth
    assert hits / trials >= 0.94


def test_profit_is_bounded_from_below():
    profit = np.arange(1.0, 41) * 1000
    low = bound(of(40, season_profit=profit), "season_profit", 0.9)
    high = bound(of(40, season_profit=-profit), "season_profit", 0.9)
    assert not low.upper
    assert low.at == 1000.0 * (41 - bound(of(40), "space_used_peak", 0.9).at)
    assert high.at == -1000.0 * bound(of(40), "space_used_peak", 0.9).at
    assert low.interval[0] <= low.at <= low.interval[1]


def test_looks_are_allowed_for():
    once, often = of(60), replace(of(60), looks=5)
    assert bound(often, "space_used_peak", 0.9).at > bound(once, "space_used_peak", 0.9).at


def test_the_sentence_has_square_meters_rounded_up():
    study = of(100)
    peak = bound(study, "space_used_peak", 0.9)
    assert bound_in_words(study, peak) == f"below {math.ceil(0.75 * peak.at)} m²"
    said = risk_in_words(study, "A")
    area = math.ceil(0.75 * peak.at)
    assert said == (
        f"In 9 of 10 seasons, the backorder area stays below {area} m², with 95% confidence."
    )


def test_without_a_floor_area_the_sentence_has_positions():
    scenario = replace(FakeScenario(), backorder_area=FakeArea(0.0))
    study = study_of({"A": {"space_used_peak": np.arange(50.0)}}, {"A": scenario})
    assert "positions" in risk_in_words(study, "A")


def test_what_is_never_used_asks_for_nothing():
    study = study_of({"A": {"space_used_peak": np.zeros(50), "backlog_max": np.full(50, math.nan)}})
    assert list(bounds(study, "A")) == []
    assert risk_in_words(study, "A") == ""


@dataclass
class Case:
    seasons: int
    n: int


@pytest.mark.parametrize("case", [Case(0, 59), Case(3, 40), Case(12, 12)])
def test_a_chance_has_its_exact_binomial_interval(case):
    from scipy.stats import binomtest

    profit = np.where(np.arange(case.n) < case.seasons, -1.0, 1.0)
    (found,) = chances(study_of({"A": {"season_profit": profit}}), "A")
    exact = binomtest(case.seasons, case.n).proportion_ci(method="exact")
    assert (found.event, found.seasons, found.n) == ("loss", case.seasons, case.n)
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high))


def test_json_has_no_nan():
    answer = risk_json(of(20, season_profit=np.arange(20.0)), "A")
    json.dumps(answer, allow_nan=False)
    assert {each["bound"] for each in answer["bounds"]} == {None}
    assert {each["more_seasons"] for each in answer["bounds"]} == {9, 39, 279}

"""Small versions of docs/reference/guarantees.md, loose enough for chance and no looser."""

from dataclasses import replace

import pytest
from scipy import stats

from benchmarks.guarantees import looks, means, quantiles, selection, shared_books, winners
from benchmarks.guarantees.__main__ import NAMES, PAGE
from benchmarks.guarantees.outputs import textbook
from benchmarks.measure import placed
from sim import load_policies, replicate

OUTPUTS = {output.name: output for output in textbook()}


def least(trials, share=0.95):
    """Successes that a promise which is just kept falls below once in 10,000 times."""
    return float(stats.binom.ppf(1e-4, trials, share))


@pytest.mark.parametrize(
    "name", ["normal", "Student's t, 4 degrees", "service level, beta(20, 0.5)"]
)
def test_the_range_of_a_mean_holds_it_as_often_as_it_says(name):
    known = means.coverage(OUTPUTS[name], 20, 3_000)
    assert 0.93 <= known.covers <= 0.965  # 94 to 96%, give or take 2.5 standard errors


def test_a_hopeless_output_is_starred():
    known = means.coverage(OUTPUTS["lognormal, sigma 1"], 20, 500)
    assert known.starred > 0.75


def test_peeking_finds_no_more_winners_than_promised():
    assert looks.peeking(400) <= 1 - least(400) / 400
    assert looks.peeking(400, allowed_for=False) > 0.09


def test_a_loss_does_not_stop_a_study_early():
    stopped = looks.until_precise(looks.losses()[0], 100)
    assert stopped.seasons > 60
    assert stopped.covers >= least(100) / 100


@pytest.mark.parametrize("peak", quantiles.PEAKS, ids=lambda peak: peak.name)
def test_quantiles_lie_in_their_intervals_and_below_their_bounds(peak):
    inside, below = quantiles.coverage(peak, 0.95, 100, 1_000)
    assert min(inside, below) >= least(1_000) / 1_000


def test_intervals_of_chances_hold_at_every_true_chance():
    assert min(quantiles.worst_chance(59, 500)) >= 0.95


@pytest.mark.parametrize("case", selection.CASES[:6], ids=lambda case: case.name)
def test_the_best_is_selected_as_often_as_promised(case):
    done = selection.selections(case, 200)
    assert done.good >= least(200)


def test_shared_seasons_make_a_selection_cheaper():
    shared = next(case for case in selection.CASES if case.correlation == 0.8)
    alone = replace(shared, correlation=0.0)
    assert selection.selections(shared, 20).runs < selection.selections(alone, 20).runs / 2


@pytest.mark.parametrize("name", [name for name in winners.FATES if name.startswith("10 policies")])
def test_ten_equal_policies_have_no_winner(name):
    found = winners.claims(winners.FATES[name], 20, 80)
    assert max(found.winner, found.ruled_out) <= 1 - least(80) / 80


def test_shared_order_books_take_nine_tenths_out_of_the_variance():
    policies = load_policies("holiday", ["demand.scale=0.1"])
    study = replicate({name: policies[name] for name in shared_books.PAIR}, 20, workers=1)
    found = shared_books.ratio(*(study.series(name, "season_profit") for name in study.policies))
    assert found.value >= 10


def test_every_table_has_its_place_on_the_page():
    page = PAGE.read_text(encoding="utf-8")
    for name in NAMES:
        assert "| " in placed(page, name, "| anew")

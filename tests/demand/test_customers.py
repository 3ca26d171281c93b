"""What is stamped on customers."""

import numpy as np
import pytest

from sim.demand import repeat_threshold, sample_orders
from sim.demand.order_book import CHANGED_MIND, FORGOT
from sim.demand.spans import ENDLESS, unpack
from tests.demand.shop import DAY, HOUR, season

FLAGS = {"substitute": 2, "drop_line": 4, "sign_up": 8, "come_back": 16, "elsewhere": 32}


def book_of(seed=1, **blocks):
    return sample_orders(season(demand={"orders_per_day": 1500}, **blocks), seed)


def share(book, step):
    return ((book.orders["flags"] & FLAGS[step]) != 0).mean()


def test_without_a_word_about_customers_everybody_accepts_and_waits_forever():
    orders = book_of().orders
    for column in ("max_quote", "patience", "other_after", "elsewhere_after", "needed_by"):
        assert (orders[column] == ENDLESS).all()
    assert (orders["flags"] == 0).all()
    assert (orders["work_ppm"] == 1_000_000).all()


def test_acceptance_halves_with_every_half_life():
    accept = {"at_no_wait": 60, "half_life": "12 days", "longest": "36 days"}
    orders = book_of(customers={"accept_backorder": accept}).orders
    quotes = unpack(orders["max_quote"])
    for days, expected in ((0, 0.6), (12, 0.3), (24, 0.15), (36, 0.075)):
        assert (quotes >= days * DAY).mean() == pytest.approx(expected, abs=0.01)
    assert quotes.max() == 36 * DAY


def test_steps_are_shares_of_a_hundred_shoppers_each_asked_of_those_who_refused_before():
    customers = {
        "accept_backorder": 40,
        "substitute": 12,
        "sign_up_for_alert": 24,
        "come_back_later": {"share": 6, "after": "2 days"},
    }
    book = book_of(customers=customers)
    accepts = book.orders["max_quote"] == ENDLESS
    assert accepts.mean() == pytest.approx(0.40, abs=0.01)
    left = ~accepts
    for step, of_all in (("substitute", 0.12), ("sign_up", 0.24), ("come_back", 0.06)):
        takes = (book.orders["flags"] & FLAGS[step]) != 0
        assert (left & takes).mean() == pytest.approx(of_all, abs=0.01)
        left &= ~takes
    assert left.mean() == pytest.approx(0.18, abs=0.01)
    assert (book.orders["comeback_after"] == 2 * DAY).all()


def test_the_order_of_steps_decides_who_is_asked():
    customers = {
        "steps": ["sign_up", "accept"],
        "accept_backorder": 50,
        "sign_up_for_alert": 20,
        "substitute": 10,
    }
    book = book_of(customers=customers)
    assert share(book, "sign_up") == pytest.approx(0.2, abs=0.01)
    assert (book.orders["max_quote"] == ENDLESS).mean() == pytest.approx(0.5 / 0.8, abs=0.012)
    assert share(book, "substitute") == 0


def test_the_threshold_of_a_repeated_step_is_its_chance():
    scenario = season(customers={"accept_backorder": 50, "sign_up_for_alert": 25})
    assert repeat_threshold(scenario, "sign_up") == 1 << 30
    assert repeat_threshold(scenario, "come_back") == 0


def test_waits_follow_their_distributions():
    customers = {
        "accept_backorder": 100,
        "patience": {"exponential": "10 days"},
        "elsewhere": {"leaves": "10%", "found_after": "5 days"},
    }
    book = book_of(customers=customers)
    patience = unpack(book.orders["patience"])
    assert patience.mean() == pytest.approx(10 * DAY, rel=0.02)
    assert (patience > 10 * DAY).mean() == pytest.approx(np.exp(-1), abs=0.01)
    assert (book.orders["elsewhere_after"] == 5 * DAY).all()
    assert share(book, "elsewhere") == pytest.approx(0.1, abs=0.01)


def test_patience_may_be_written_as_the_share_still_waiting():
    waiting = {"still_waiting": {"1 week": "90%", "4 weeks": "30%"}}
    patience = unpack(book_of(customers={"patience": waiting}).orders["patience"])
    assert (patience > 7 * DAY).mean() == pytest.approx(0.9, abs=0.01)
    assert (patience > 28 * DAY).mean() == pytest.approx(0.3, abs=0.01)


def test_the_earlier_of_forgetting_and_changing_one_s_mind_counts():
    customers = {
        "forgets_after": {"exponential": "10 days"},
        "changes_mind_after": {"exponential": "30 days"},
    }
    orders = book_of(customers=customers).orders
    assert unpack(orders["other_after"]).mean() == pytest.approx(7.5 * DAY, rel=0.03)
    assert (orders["other_cause"] == FORGOT).mean() == pytest.approx(0.75, abs=0.01)
    assert set(np.unique(orders["other_cause"])) == {FORGOT, CHANGED_MIND}


def test_a_needed_by_date_ends_with_its_day_less_the_margin_and_lapses():
    customers = {
        "needed_by": {"2026-10-18": "40%"},
        "needed_by_margin": "2 days",
        "refuses_late": "25%",
    }
    orders = book_of(customers=customers).orders
    due = 12 * DAY
    early = orders[orders["placed_at"] <= due]
    assert set(np.unique(early["needed_by"])) == {due, ENDLESS}
    assert (early["needed_by"] == due).mean() == pytest.approx(0.4, abs=0.015)
    assert (orders["needed_by"][orders["placed_at"] > due] == ENDLESS).all()
    carries = orders["needed_by"] < ENDLESS
    assert orders["refuses_late"][carries].mean() == pytest.approx(0.25, abs=0.02)
    assert not orders["refuses_late"][~carries].any()


def test_intent_fades_after_the_sign_up():
    alerts = {"convert": "40%", "half_life": "7 days", "opened_after": {"exponential": "9 hours"}}
    orders = book_of(alerts=alerts).orders
    intent = unpack(orders["alert_intent"])
    for days, expected in ((0, 0.4), (7, 0.2), (14, 0.1)):
        assert (intent >= days * DAY).mean() == pytest.approx(expected, abs=0.01)
    assert orders["alert_opened_after"].mean() == pytest.approx(9 * HOUR, rel=0.02)


def test_work_has_mean_one_and_the_given_spread_by_stage():
    cohorts = [{"name": "core", "people": 1}]
    people = {
        "pick": {"work": {"cv": 0.5}, "cohorts": cohorts},
        "pack": {"work": {"distribution": {"exponential": 1}}, "cohorts": cohorts},
    }
    orders = book_of(people=people).orders
    pick, pack = orders["work_ppm"] / 1e6, orders["pack_ppm"] / 1e6
    assert (pick.mean(), pick.std()) == pytest.approx((1, 0.5), rel=0.03)
    assert (pack.mean(), pack.std()) == pytest.approx((1, 1), rel=0.03)
    assert abs(np.corrcoef(pick, pack)[0, 1]) < 0.02


def test_transit_and_errors_are_drawn_where_they_matter():
    learning = {"start": "50%", "full_after": "20 days", "errors_start": "3%"}
    people = {"pick_pack": {"cohorts": [{"name": "new", "people": 1, "learning": learning}]}}
    carrier = {"transit": "2 to 5 days", "express": {"transit": "1 day", "cost": 9}}
    orders = book_of(people=people, carrier=carrier).orders
    assert (orders["error_u"] < 30_000).mean() == pytest.approx(0.03, abs=0.004)
    assert 2 * DAY <= orders["transit"].min() < orders["transit"].max() <= 5 * DAY
    assert (orders["express_transit"] == DAY).all()

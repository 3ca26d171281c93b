"""The order book as a whole: the same for everybody, whatever the policy."""

import numpy as np
import pytest

from sim.demand import sample_orders
from sim.demand.order_book import LINE, OPENED, ORDER, blank_orders
from sim.demand.spans import ENDLESS, unpack
from tests.demand.shop import DAY, season

CUSTOMERS = {
    "accept_backorder": {"at_no_wait": 60, "half_life": "12 days"},
    "sign_up_for_alert": 20,
    "patience": {"exponential": "10 days"},
    "needed_by": {"2026-10-24": "50%"},
}


def same_bytes(one, other):
    return (one.orders.tobytes(), one.lines.tobytes()) == (
        other.orders.tobytes(),
        other.lines.tobytes(),
    )


def test_the_same_seed_gives_the_same_bytes_and_another_does_not():
    scenario = season(customers=CUSTOMERS)
    assert same_bytes(sample_orders(scenario, 5, 2), sample_orders(scenario, 5, 2))
    assert not same_bytes(sample_orders(scenario, 5, 2), sample_orders(scenario, 5, 3))
    assert not same_bytes(sample_orders(scenario, 5, 2), sample_orders(scenario, 6, 2))


def test_the_layout_has_no_holes_and_is_read_only():
    book = sample_orders(season(), 1)
    assert book.orders.dtype == ORDER
    assert book.lines.dtype == LINE
    assert ORDER.itemsize == sum(ORDER[name].itemsize for name in ORDER.names)
    with pytest.raises(ValueError, match="read-only"):
        book.orders["flags"][0] = 1
    assert blank_orders(3)["patience"].tolist() == [ENDLESS] * 3


def test_a_policy_of_the_shop_faces_the_very_same_book():
    book = sample_orders(season(customers=CUSTOMERS), 1)
    policy = season(
        customers=CUSTOMERS,
        storefront={"when_short": "out_of_stock"},
        products=[{"sku": "A", "share": 3, "stock": "9 units"}, {"sku": "B", "share": 1}],
    )
    assert sample_orders(policy, 1, like=book) is book
    assert same_bytes(sample_orders(policy, 1), book)


@pytest.mark.parametrize(
    "change",
    [
        {"customers": {**CUSTOMERS, "patience": {"exponential": "20 days"}}},
        {"customers": {"accept_backorder": 100}},
        {"customers": {**CUSTOMERS, "elsewhere": {"leaves": "30%"}}},
        {"alerts": {"convert": "20%"}, "customers": CUSTOMERS},
        {"demand": {"scale": 1.5}, "customers": CUSTOMERS},
        {"products": [{"sku": "A"}, {"sku": "B"}], "customers": CUSTOMERS},
    ],
)
def test_reuse_gives_what_drawing_anew_gives(change):
    opened = {"open_orders": [{"order": "W1", "sku": "B", "placed": "2026-10-01"}]}
    book = sample_orders(season(customers=CUSTOMERS, opening=opened), 1)
    policy = season(opening=opened, **change)
    reused = sample_orders(policy, 1, like=book)
    assert same_bytes(reused, sample_orders(policy, 1))
    assert not same_bytes(reused, book)


def test_a_book_of_another_season_is_not_reused():
    book = sample_orders(season(), 1, 0)
    assert same_bytes(sample_orders(season(), 1, 1, like=book), sample_orders(season(), 1, 1))


def test_longer_patience_lengthens_every_customer_s_patience_and_nothing_else():
    short = sample_orders(season(customers=CUSTOMERS), 1)
    longer = {**CUSTOMERS, "patience": {"exponential": "20 days"}}
    long = sample_orders(season(customers=longer), 1)
    before, after = unpack(short.orders["patience"]), unpack(long.orders["patience"])
    by_the_ms = after < 23 * DAY
    assert 0.5 < by_the_ms.mean() < 1
    assert after[by_the_ms] == pytest.approx(2 * before[by_the_ms], abs=2)
    assert after == pytest.approx(2 * before, abs=90_000)
    for column in set(ORDER.names) - {"patience"}:
        assert (long.orders[column] == short.orders[column]).all()


def test_opened_orders_come_first_before_the_run_and_leave_the_others_as_they_are():
    rows = [
        {"order": "W7", "sku": "B", "units": 2, "placed": "2026-10-03"},
        {"order": "W2", "sku": "A", "placed": "2026-10-01 12:00"},
        {"order": "W7", "sku": "A", "placed": "2026-10-03"},
        {"order": "W9", "sku": "A", "placed": "2026-10-05"},
    ]
    plain = sample_orders(season(customers=CUSTOMERS), 1)
    book = sample_orders(season(customers=CUSTOMERS, opening={"open_orders": rows}), 1)
    assert book.numbers == ("W2", "W7", "W9")
    opened = book.orders[:3]
    assert opened["placed_at"].tolist() == [-int(3.5 * DAY), -2 * DAY, -1]
    assert (opened["flags"] & OPENED).all()
    assert not (book.orders["flags"][3:] & OPENED).any()
    assert book.lines[:4].tolist() == [(0, 1), (1, 2), (0, 1), (0, 1)]
    for column in set(ORDER.names) - {"first_line"}:
        assert (book.orders[column][3:] == plain.orders[column]).all()
    assert (book.orders["first_line"][3:] == plain.orders["first_line"] + 4).all()


def test_the_frame_speaks_of_names_dates_and_days():
    classes = [{"name": "high", "share": 0.5}, {"name": "low", "share": 0.5}]
    demand = {"classes": classes, "basket": {"lines": {1: 0.5, 2: 0.5}}}
    book = sample_orders(season(demand=demand, customers=CUSTOMERS), 1)
    frame = book.to_frame()
    assert len(frame) == len(book.lines)
    assert set(frame["sku"]) == {"A", "B"}
    assert set(frame["class"]) == {"high", "low"}
    assert str(frame["placed_at"].min().date()) == "2026-10-05"
    assert frame["needed_by"].isna().any()
    assert str(frame["needed_by"].max()) == "2026-10-25 00:00:00"
    refuses = book.orders["max_quote"] < 0
    assert frame.groupby("order")["longest_quote_days"].first().isna().sum() == refuses.sum()
    assert np.isinf(frame["found_elsewhere_after_days"]).all()


def test_a_season_without_dates_has_times_in_days():
    book = sample_orders(season(season={"start": None, "length": "10 days"}), 1)
    assert book.starts_on is None
    assert 9.5 < book.to_frame()["placed_at"].max() < 10


def test_the_summary_counts_what_the_book_holds():
    summary = sample_orders(season(), 1).summary()
    assert summary.orders == summary.lines == summary.units
    assert sum(summary.units_by_sku.values()) == summary.units
    assert summary.orders_by_class == {"orders": summary.orders}

"""What is done for customers who wait, worked out by hand: the oracle and the engine agree."""

import pytest

from sim.warehouse.words import CHANGED_MIND, OPENED
from tests.oracle.hand import HOUR, book, season
from tests.oracle.things import CANCELLED, NO_CONSENT, PATIENCE, SHIPPED, WAITING

DAY = 24 * HOUR
COMING = {"open_purchase_orders": [{"sku": "A", "units": 2, "due": "5 days"}]}


def _waits(**customer):
    """Somebody takes the only unit; the next one waits for it."""
    return book({"placed_at": 0}, {"placed_at": HOUR} | customer)


def _told(run, *messages, customers=None, **blocks):
    scenario = season(opening=COMING, messages=list(messages), customers=customers or {}, **blocks)
    return run(scenario, _waits(patience=3 * DAY))


UPDATE = {"name": "update", "first_after": "1 day", "every": "1 day", "cost": 0.25}


def test_a_message_a_day_until_the_customer_gives_up(run):
    records = _told(run, UPDATE)
    order, care = records.orders[1], records.care[1]
    assert (order["reason"], order["ended_at"]) == (PATIENCE, 3 * DAY + HOUR)
    assert (care["messages"], care["spent"]) == (3, 750_000), "the third at the very last instant"
    assert records.care[0]["messages"] == 0, "that order shipped at once"


def test_a_message_that_doubles_patience_keeps_the_customer_until_the_delivery(run):
    records = _told(run, UPDATE | {"patience": 2, "at_most": 1})
    assert (records.orders[1]["status"], records.orders[1]["ended_at"]) == (SHIPPED, 5 * DAY)
    assert records.care[1]["messages"] == 1


def test_a_message_that_annoys_ends_patience_sooner(run):
    records = _told(run, UPDATE | {"patience": 0.5})
    # After a day two are left, made one; at its end none is left, and half of nothing is nothing.
    assert records.orders[1]["ended_at"] == DAY + HOUR + DAY
    assert records.care[1]["messages"] == 2


def test_patience_is_rounded_to_the_millisecond(run):
    scenario = season(opening=COMING, messages=[UPDATE | {"patience": 0.333, "at_most": 1}])
    records = run(scenario, _waits(patience=DAY + 5))
    assert records.orders[1]["ended_at"] == DAY + HOUR + 2, "1.665 ms"


def test_late_counts_from_the_broken_promise(run):
    late = {"name": "sorry", "to": "late", "first_after": "2 hours", "every": "6 hours"}
    front = {"quote": {"standard_wait": "1 day", "information_age": "20 days"}}
    records = _told(run, late | {"at_most": 3}, storefront=front)
    assert records.orders[1]["quote"] == 5 * DAY - HOUR, "the delivery is known"
    assert records.care[1]["slipped_at"] == -1
    delayed = season(messages=[late | {"at_most": 3}], storefront=front)
    records = run(delayed, _waits(patience=3 * DAY))
    assert records.care[1]["slipped_at"] == DAY + HOUR + 1
    assert records.care[1]["messages"] == 3


def test_who_is_whole_is_not_told_that_they_wait(run):
    picker = {"work": {"per_order": "30 hours"}, "cohorts": [{"name": "one", "people": 1}]}
    scenario = season(
        products=[{"sku": "A", "stock": "9 units"}],
        messages=[UPDATE, UPDATE | {"name": "all", "to": "all waiting", "cost": 1}],
        people={"pick_pack": picker},
    )
    records = run(scenario, book({"placed_at": 0}, {"placed_at": 0}))
    # The second waits for 30 hours and is picked in 30 more: it is told after 24 and after 48.
    assert [row["messages"] for row in records.care] == [1, 2]
    assert [row["spent"] for row in records.care] == [1_000_000, 2_000_000]


@pytest.mark.parametrize(("consents", "asked"), [("100%", 2), ("0%", 0)])
def test_who_does_not_consent_to_wait_on_is_refunded(run, consents, asked):
    rule = {"after": "2 days", "consents": consents}
    records = run(season(opening=COMING, customers={"consent": rule}), _waits())
    order = records.orders[1]
    if asked:
        assert (order["status"], records.care[1]["consents"]) == (SHIPPED, asked)
    else:
        assert (order["status"], order["reason"]) == (CANCELLED, NO_CONSENT)
        assert order["ended_at"] == 2 * DAY + HOUR


def test_a_refunded_unit_goes_to_the_next_in_line(run):
    rule = {"after": "2 days", "consents": "0%"}
    two = [{"sku": "A", "stock": "1 units"}, {"sku": "B", "stock": "0 units"}]
    scenario = season(products=two, customers={"consent": rule})
    both = {"placed_at": HOUR, "lines": [(0, 1), (1, 1)]}
    records = run(scenario, book(both, {"placed_at": DAY}))
    assert records.orders[0]["reason"] == NO_CONSENT
    assert (records.orders[1]["status"], records.orders[1]["ended_at"]) == (SHIPPED, 2 * DAY + HOUR)


def test_consent_is_asked_for_again(run):
    rule = {"after": "2 days", "again_after": "12 hours", "consents": "100%"}
    short = {"length": "10 days", "drain": "0 days"}
    records = run(season(season=short, customers={"consent": rule}), _waits())
    assert records.orders[1]["status"] == WAITING
    # After 49 hours, and then every 12 until the tenth day ends.
    assert records.care[1]["consents"] == 1 + (240 - 49) // 12


@pytest.mark.parametrize(("factor", "reason"), [(1, PATIENCE), (1.5, CHANGED_MIND)])
def test_a_factor_of_one_leaves_patience_that_ended_before_the_start_alone(run, factor, reason):
    at_once = UPDATE | {"first_after": "3 days", "patience": factor}
    waiting = {"placed_at": -3 * DAY, "flags": OPENED, "patience": DAY}
    changes = {"other_after": 2 * DAY, "other_cause": CHANGED_MIND}
    records = run(season(messages=[at_once]), book({"lines": [(0, 2)]} | waiting | changes))
    order, care = records.orders[0], records.care[0]
    assert care["messages"] == 1
    assert (order["ended_at"], order["reason"]) == (0, reason), (
        "who changed it, moved it to the start"
    )

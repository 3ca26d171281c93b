"""What an agent finds for a customer who waits, worked out by hand: oracle and engine agree."""

import pytest

from tests.oracle.hand import HOUR, book, season
from tests.oracle.things import CANCELLED, SHIPPED, WAITING

DAY, MINUTE = 24 * HOUR, 60_000
REFUNDED = 10
EXPEDITE, PARTIAL, SUBSTITUTE, REFUND = range(4)
COMING = {
    "open_purchase_orders": [
        {"sku": "A", "units": 1, "due": "4 days"},
        {"sku": "A", "units": 5, "due": "6 days"},
    ]
}
MAKER = {"maker": {"lead_time": "3 days", "expedite_on_request": {"per_week": 5, "cost": 7}}}


def _asks(run, customers, *solutions, products=None, suppliers=MAKER, **blocks):
    """Everybody asks as they order, and is answered within ten minutes."""
    steps = [{"accepted": "100%"} | solution for solution in solutions]
    desk = {"contacts": {"placed": "100%"}, "handling": "10 min", "solutions": steps}
    scenario = season(
        products=products or [{"sku": "A", "stock": "1 units"}],
        suppliers=suppliers,
        support=desk,
        people={"support": {"unlimited": True}},
        **{"opening": COMING} | blocks,
    )
    return run(scenario, customers)


def _one_waits(**customer):
    return book({"placed_at": 0}, {"placed_at": HOUR} | customer)


def test_the_rest_of_the_way_is_halved(run):
    records = _asks(run, _one_waits(), {"offer": "expedite"})
    contact = records.contacts[1]
    assert (contact["solution"], contact["sku"], contact["offered"]) == (EXPEDITE, 0, 1)
    asked = HOUR + 10 * MINUTE
    assert records.orders[1]["ended_at"] == asked + (4 * DAY - asked) // 2
    assert records.contacts[0]["offered"] == 0, "that order has all it needs"


def test_a_delivery_is_hurried_once(run):
    customers = book({"placed_at": 0}, {"placed_at": HOUR}, {"placed_at": 2 * HOUR})
    records = _asks(run, customers, {"offer": "expedite"})
    assert [contact["solution"] for contact in records.contacts] == [-1, EXPEDITE, -1]
    # The second customer's unit is in the second delivery, whose turn has not come.
    assert records.orders[2]["ended_at"] == 6 * DAY


@pytest.mark.parametrize(("placed", "taken"), [(6 * DAY + 23 * HOUR, -1), (7 * DAY, EXPEDITE)])
def test_a_new_week_brings_new_requests(run, placed, taken):
    """A season without a date begins on a Monday; the supplier hurries one delivery a week."""
    suppliers = {"maker": {"lead_time": "3 days", "expedite_on_request": {"per_week": 1}}}
    coming = [{"sku": sku, "units": 9, "due": "9 days"} for sku in ("A", "B")]
    records = _asks(
        run,
        book(
            {"placed_at": HOUR, "lines": [(0, 1)]},
            {"placed_at": placed, "lines": [(1, 1)]},
        ),
        {"offer": "expedite"},
        products=[{"sku": sku, "stock": "0 units"} for sku in ("A", "B")],
        suppliers=suppliers,
        opening={"open_purchase_orders": coming},
    )
    assert [contact["solution"] for contact in records.contacts] == [EXPEDITE, taken]


def test_what_is_there_leaves_and_the_rest_follows(run):
    records = _asks(
        run,
        book({"placed_at": 0, "lines": [(0, 1), (1, 2)]}),
        {"offer": "partial_shipment"},
        products=[{"sku": "A", "stock": "0 units"}, {"sku": "B", "stock": "5 units"}],
    )
    parcels = [records.parcels[0], records.parcels[1]]
    assert records.contacts[0]["solution"] == PARTIAL
    assert [parcel["shipped_at"] for parcel in parcels] == [10 * MINUTE, 4 * DAY]
    assert records.orders[0]["ended_at"] == 4 * DAY


def test_nothing_can_be_sent_ahead_of_one_line(run):
    records = _asks(run, _one_waits(), {"offer": "partial_shipment"})
    assert records.contacts[1]["offered"] == 0


def test_a_substitute_goes_out_and_the_unit_serves_the_next(run):
    goods = [{"sku": "A", "stock": "1 units", "substitute": "B"}, {"sku": "B", "stock": "2 units"}]
    customers = book({"placed_at": 0, "lines": [(0, 2)]}, {"placed_at": MINUTE})
    records = _asks(run, customers, {"offer": "substitute"}, products=goods)
    assert [contact["solution"] for contact in records.contacts] == [SUBSTITUTE, -1]
    first, second = records.orders[0], records.orders[1]
    assert (first["status"], first["substituted"]) == (SHIPPED, 1)
    assert first["ended_at"] == 10 * MINUTE
    assert second["ended_at"] == 10 * MINUTE, "with the unit that the first had reserved"


def test_no_substitute_that_is_not_there_in_full(run):
    goods = [{"sku": "A", "stock": "1 units", "substitute": "B"}, {"sku": "B", "stock": "1 units"}]
    customers = book({"placed_at": 0, "lines": [(0, 2)]})
    records = _asks(run, customers, {"offer": "substitute"}, {"offer": "refund"}, products=goods)
    assert (records.contacts[0]["solution"], records.contacts[0]["offered"]) == (
        REFUND,
        1 << REFUND,
    )
    assert records.orders[0]["reason"] == REFUNDED


def test_the_ladder_goes_on_until_something_is_taken(run):
    ladder = [{"offer": "expedite", "accepted": "0%"}, {"offer": "refund"}]
    records = _asks(run, _one_waits(), *ladder)
    contact, order = records.contacts[1], records.orders[1]
    assert (contact["solution"], contact["offered"]) == (REFUND, 1 << EXPEDITE | 1 << REFUND)
    assert (order["status"], order["reason"]) == (CANCELLED, REFUNDED)
    assert order["ended_at"] == HOUR + 10 * MINUTE


def test_hurrying_is_news_to_the_next_agent(run):
    """The second customer is told the old date, which is not true any more, and leaves."""
    customers = book({"placed_at": 0}, {"placed_at": HOUR}, {"placed_at": 2 * HOUR})
    scenario = season(
        opening=COMING,
        suppliers=MAKER,
        support={
            "contacts": {"placed": "100%"},
            "handling": "10 min",
            "information_age": "1 day",
            "wrong_answer": {"cancels": "100%"},
            "solutions": [{"offer": "expedite", "accepted": "100%"}],
        },
        people={"support": {"unlimited": True}},
    )
    records = run(scenario, customers)
    assert [contact["right"] for contact in records.contacts] == [1, 1, 0]
    assert records.orders[2]["ended_at"] == 2 * HOUR + 10 * MINUTE


STALE = {"name": "update", "first_after": "5 days", "information_age": "30 days"}


def _misled(run, message, **desk):
    """A delivery is three days late; nobody who writes messages hears of it."""
    support = {"contacts": {}, "handling": "10 min", "wrong_answer": desk}
    maker = {"lead_time": "4 days", "slips": {"share": "100%", "by": "3 days"}}
    scenario = season(
        products=[{"sku": "A", "stock": "0 units"}],
        suppliers={"maker": maker},
        replenishment={"rule": "reorder_point", "reorder_point": 0, "order_quantity": 5},
        messages=[message],
        support=support,
        people={"support": {"unlimited": True}},
    )
    return run(scenario, book({"placed_at": 0, "patience": 10 * DAY}))


def test_a_message_that_is_out_of_date_loses_the_customer(run):
    records = _misled(run, STALE | {"patience": 2}, cancels="100%")
    assert records.care[0]["stale"] == 1
    assert (records.orders[0]["status"], records.orders[0]["ended_at"]) == (CANCELLED, 5 * DAY)


def test_one_that_is_up_to_date_does_not(run):
    records = _misled(run, STALE | {"information_age": "0 days"}, cancels="100%")
    assert (records.care[0]["stale"], records.orders[0]["status"]) == (0, SHIPPED)


def test_a_stale_message_does_what_a_wrong_answer_does_to_patience(run):
    records = _misled(run, STALE | {"patience": 2}, patience=0.2)
    assert records.orders[0]["ended_at"] == 6 * DAY, "a fifth of five days, not twice as many"


@pytest.mark.parametrize(("factor", "asked"), [(1, True), (0, False)])
def test_from_the_first_message_on_the_customer_asks_less(run, factor, asked):
    scenario = season(
        opening=COMING,
        messages=[{"name": "update", "contacts": factor}],
        support={"contacts": {"backordered": "6 per day"}, "handling": "10 min"},
        people={"support": {"unlimited": True}},
    )
    records = run(scenario, _one_waits())
    assert (len(records.contacts) > 0) == asked
    assert records.orders[1]["status"] != WAITING


CARELESS = {
    "cohorts": [
        {"name": "new", "people": 1, "learning": {"errors_start": "100%", "errors_full": "100%"}}
    ],
    "shift": {"daily": "00:00-24:00"},
}
AGENTS = {"unlimited": True}


@pytest.mark.parametrize(("times", "days"), [(1, 1), (3, 3)])
def test_a_wrong_item_is_found_when_the_slow_carrier_brings_it(run, times, days):
    scenario = season(
        people={"pick_pack": CARELESS, "support": AGENTS},
        carrier={"transit": "1 day", "slow": [{"during": "0 days..9 days", "times": times}]},
        support={"contacts": {"wrong_item": "100%"}, "handling": "10 min"},
    )
    records = run(scenario, book({"placed_at": HOUR, "transit": DAY}))
    contact, order = records.contacts[0], records.orders[0]
    assert contact["asked_at"] == order["ended_at"] + days * DAY


@pytest.mark.parametrize(("refund", "asked"), [("yes", 1), ("no", 0)])
def test_who_gets_money_back_for_a_returned_order_may_ask_about_it(run, refund, asked):
    scenario = season(
        returns={"share": "100%", "after": "2 days", "refund": refund},
        support={"contacts": {"refund": "100%"}, "handling": "10 min"},
        people={"support": AGENTS},
    )
    records = run(scenario, book({"placed_at": HOUR}))
    assert [contact["asked_at"] for contact in records.contacts] == [HOUR + 2 * DAY] * asked

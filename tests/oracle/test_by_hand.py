"""Seasons small enough to work out by hand: the oracle and the engine both have to be right."""

import pytest

from sim.demand.order_book import SIGN_UP
from tests.oracle.hand import HOUR, book, season
from tests.oracle.things import CANCELLED, LEFT, LOST, PATIENCE, SHIPPED, WAITING


def test_the_second_of_two_waits_for_the_delivery(run):
    scenario = season(
        opening={"open_purchase_orders": [{"sku": "A", "units": 2, "due": "3 days"}]},
        storefront={"quote": {"padding": "1 day"}},
    )
    records = run(scenario, book({"placed_at": 1 * HOUR}, {"placed_at": 2 * HOUR}))
    first, second = records.orders
    assert (first["status"], first["ended_at"], first["quote"]) == (SHIPPED, HOUR, 0)
    assert second["quote"] == (3 * 24 - 2 + 24) * HOUR
    assert (second["status"], second["ended_at"]) == (SHIPPED, 72 * HOUR)
    assert records.parcels[1]["ready_at"] == 72 * HOUR


def test_an_impatient_customer_cancels_and_the_unit_reaches_the_shelf(run):
    scenario = season(opening={"open_purchase_orders": [{"sku": "A", "units": 1, "due": "3 days"}]})
    records = run(
        scenario,
        book(
            {"placed_at": HOUR},
            {"placed_at": 2 * HOUR, "patience": 5 * HOUR},
            {"placed_at": 80 * HOUR},
            {"placed_at": 81 * HOUR, "max_quote": -1},
        ),
    )
    waited, served, refused = records.orders[1:]
    assert (waited["status"], waited["reason"], waited["ended_at"]) == (
        CANCELLED,
        PATIENCE,
        7 * HOUR,
    )
    assert (served["status"], served["quote"]) == (SHIPPED, 0)
    assert (refused["status"], refused["reason"]) == (LOST, LEFT)


def test_one_picker_works_first_come_first_served_and_pauses_at_the_shift_end(run):
    scenario = season(
        products=[{"sku": "A", "stock": "9 units"}],
        people={
            "pick_pack": {
                "shift": {"mon-sun": "08:00-10:00"},
                "at_shift_end": "pause",
                "work": {"per_order": "90 min"},
                "cohorts": [{"name": "one", "people": 1}],
            }
        },
    )
    records = run(scenario, book({"placed_at": 7 * HOUR}, {"placed_at": 8 * HOUR}))
    first, second = records.parcels[0], records.parcels[1]
    assert (first["started_at"], first["packed_at"]) == (8 * HOUR, 19 * HOUR // 2)
    assert (second["started_at"], second["packed_at"]) == (19 * HOUR // 2, 33 * HOUR)


def test_a_ship_complete_order_stages_what_it_has_until_the_rest_comes(run):
    scenario = season(
        products=[
            {"sku": "A", "stock": "1 units", "volume": "2 liters"},
            {"sku": "B", "stock": "0 units", "volume": "3 liters"},
        ],
        opening={"open_purchase_orders": [{"sku": "B", "units": 1, "due": "2 days"}]},
        backorder_area={"positions": "1 shelves of 4 liters"},
    )
    records = run(scenario, book({"placed_at": HOUR, "lines": [(0, 1), (1, 1)]}))
    rows = [(row["at"], row["used"], row["committed"], row["backorders"]) for row in records.space]
    assert rows == [(HOUR, 2000, 5000, 1), (48 * HOUR, 0, 0, 0)]
    assert records.orders[0]["ended_at"] == 48 * HOUR


@pytest.mark.parametrize(("late", "status"), [(0, SHIPPED), (1, LOST)])
def test_a_quote_up_to_the_very_date_of_need_is_accepted(run, late, status):
    scenario = season(
        products=[{"sku": "A", "stock": "0 units"}],
        opening={"open_purchase_orders": [{"sku": "A", "units": 1, "due": "3 days"}]},
    )
    records = run(scenario, book({"placed_at": HOUR, "needed_by": 72 * HOUR - late}))
    assert records.orders[0]["status"] == status


@pytest.mark.parametrize(("short", "status"), [(0, SHIPPED), (1, LOST)])
def test_intent_lasts_to_the_very_moment_of_the_return(run, short, status):
    scenario = season(
        products=[{"sku": "A", "stock": "0 units"}],
        opening={"open_purchase_orders": [{"sku": "A", "units": 1, "due": "3 days"}]},
        storefront={"when_short": "alerts"},
    )
    returns = {"alert_opened_after": 5 * HOUR, "alert_intent": 76 * HOUR - short}
    records = run(scenario, book({"placed_at": HOUR, "flags": SIGN_UP} | returns))
    assert records.orders[0]["status"] == status
    assert records.orders[0]["ended_at"] == (77 - 5 * short) * HOUR


def test_who_finds_it_gone_again_is_mailed_at_the_next_restock(run):
    coming = [{"sku": "A", "units": 1, "due": "1 days"}, {"sku": "A", "units": 9, "due": "2 days"}]
    scenario = season(
        products=[{"sku": "A", "stock": "0 units"}],
        opening={"open_purchase_orders": coming},
        storefront={"when_short": "alerts"},
        alerts={"recheck_stock": False, "sign_up_again": True},
        customers={"accept_backorder": 0, "sign_up_for_alert": 100},
    )
    records = run(scenario, book({"placed_at": HOUR, "flags": SIGN_UP, "lines": [(0, 5)]}))
    order = records.orders[0]
    assert (order["status"], order["ended_at"], order["mails"]) == (SHIPPED, 48 * HOUR, 2)


@pytest.mark.parametrize(("units", "quote"), [(24, 24 * 24 - 1), (25, 100)])
def test_a_quote_looks_at_the_next_24_deliveries(run, units, quote):
    coming = [{"sku": "A", "units": 1, "due": f"{day} days"} for day in range(1, 30)]
    scenario = season(
        products=[{"sku": "A", "stock": "0 units"}],
        opening={"open_purchase_orders": coming},
        storefront={"quote": {"standard_wait": "100 hours"}},
    )
    records = run(scenario, book({"placed_at": HOUR, "lines": [(0, units)]}))
    assert records.orders[0]["quote"] == quote * HOUR


def test_a_higher_class_gets_arriving_units_first(run):
    scenario = season(
        demand={
            "orders_per_day": 1,
            "classes": [{"name": "fast", "share": "50%"}, {"name": "slow", "share": "50%"}],
        },
        products=[{"sku": "A", "stock": "0 units"}],
        opening={"open_purchase_orders": [{"sku": "A", "units": 1, "due": "3 days"}]},
        storefront={"allocate": "class", "quote": {"standard_wait": "1 days"}},
    )
    slow, fast = {"placed_at": HOUR, "class_": 1}, {"placed_at": 2 * HOUR, "class_": 0}
    records = run(scenario, book(slow, fast, classes=("fast", "slow")))
    assert [order["status"] == SHIPPED for order in records.orders] == [False, True]


def test_an_order_accepted_amid_cancellations_may_cancel_itself(run):
    scenario = season(
        products=[{"sku": "A", "stock": "1 units"}, {"sku": "B", "stock": "0 units"}],
        storefront={"when_short": "hybrid", "quote": {"standard_wait": "1 hours"}},
    )
    date = {"needed_by": 50 * HOUR}
    waits = date | {"placed_at": HOUR, "lines": [(0, 1), (1, 1)]}
    mailed = date | {"placed_at": 2 * HOUR, "max_quote": -1, "flags": SIGN_UP}
    records = run(scenario, book(waits, mailed))
    # At the date the first cancels, its unit brings the second back, who cancels before dispatch.
    assert [order["status"] for order in records.orders] == [CANCELLED, CANCELLED]
    assert records.orders[1]["accepted_at"] == 50 * HOUR


WAITS_TWO_HOURS = {"patience": 2 * HOUR, "placed_at": HOUR}


@pytest.mark.parametrize(
    ("carrier", "cancelled_at"),
    [
        ({"pickup": {"mon-sun": "06:00"}}, 8 * HOUR),
        ({"cut_off": {"mon-sun": "04:00"}, "handling": "5 hours"}, 13 * HOUR),
        ({"handling": "5 hours"}, 8 * HOUR),
        ({"pickup": {"sun": "06:00"}}, None),
        ({"cut_off": {"mon-fri": "04:00"}, "pickup": {"sun": "06:00"}}, None),
    ],
    ids=["pickup", "cut-off", "no pickup", "after the run", "cut-off, pickup after the run"],
)
def test_patience_from_the_promise_runs_from_the_ship_date_that_the_carrier_promises(
    run, carrier, cancelled_at
):
    scenario = season(
        season={"start": "2026-11-23", "length": "3 days", "drain": "0 days"},
        customers={"patience": {"from": "promise", "lasts": "2 hours"}},
        carrier=carrier,
        people={
            "pick_pack": {
                "shift": {"thu": "08:00-10:00"},
                "cohorts": [{"name": "one", "people": 1}],
            }
        },
    )
    order = run(scenario, book(WAITS_TWO_HOURS)).orders[0]
    assert order["ended_at"] == (-1 if cancelled_at is None else cancelled_at)
    assert order["status"] == (WAITING if cancelled_at is None else CANCELLED)


def test_what_another_team_puts_back_at_the_end_of_a_shift_calls_for_overtime(run):
    shift = {"shift": {"mon-sun": "08:00-16:00"}, "cohorts": [{"name": "one", "people": 1}]}
    overtime = {"when_backlog_over": "2 hours", "until": "21:00"}
    scenario = season(
        products=[{"sku": "A", "stock": "9 units"}],
        people={
            "pick_pack": shift | {"work": {"per_order": "4 hours"}, "overtime": overtime},
            "backorder_team": shift | {"serves": ["orders"], "at_shift_end": "pause"},
        },
    )
    records = run(scenario, book({"placed_at": 15 * HOUR}, {"placed_at": 15 * HOUR}))
    # At 16:00 the backorder team leaves first: three hours wait for one person, who stays.
    assert [records.parcels[each]["picked_at"] for each in (0, 1)] == [19 * HOUR, 22 * HOUR]

"""People, queues and dispatch; docks, packing and the carrier, on hand-computed shops."""

import pytest

from sim.warehouse import flow
from sim.warehouse.words import (
    CROSS_DOCK,
    FIRST_PICK,
    NONE,
    RECEIPT,
    RECEIVE,
    SHIFT_END,
    SHIFT_START,
)
from tests.warehouse.shop import deliver, open_shop, order, run


def test_the_longest_idle_person_starts_then_the_lowest_id() -> None:
    orders = [order(at, (0, 1)) for at in (10, 11, 100, 101)]
    shop = open_shop(orders, stock=(9,), people=2, pick_order=20)
    run(shop)
    assert shop.parcel["person"].tolist() == [0, 1, 0, 1]


def test_people_who_become_idle_at_one_instant_stand_in_the_order_of_their_ids() -> None:
    shop = open_shop([order(0, (0, 1)), order(20, (0, 1))], stock=(2,), people=2, pick_order=20)
    run(shop, 20, SHIFT_START)
    flow.staff_off(shop, 20, [1])
    flow.staff_on(shop, 20, [(1, 1000, 0)])
    run(shop)
    assert shop.parcel["person"].tolist() == [0, 0]


def test_speed_is_that_of_the_start_and_durations_are_rounded_up() -> None:
    shop = open_shop([order(0, (0, 1), work_ppm=500_001)], stock=(1,), people=1, pick_order=101)
    flow.staff_on(shop, 0, [(0, 700, 0)])
    run(shop, 5, 0)
    flow.staff_on(shop, 5, [(0, 100, 0)])
    run(shop)
    work = (101 * 500_001 + 500_000) // 1_000_000
    assert shop.parcel[0]["picked_at"] == -(-work * 1000 // 700)


def test_who_finishes_stays_until_the_task_is_done() -> None:
    shop = open_shop([order(10, (0, 1)), order(11, (0, 1))], stock=(2,), people=1, pick_order=100)
    run(shop, 50, SHIFT_END)
    flow.staff_off(shop, 50, [0])
    run(shop)
    assert shop.parcel["picked_at"].tolist() == [110, NONE]
    person = shop.person[0]
    assert (person["late_ms"], person["on_duty"], person["busy_ms"]) == (60, 0, 100)
    assert shop.team[0]["on_duty"] == 0


def test_who_pauses_has_worked_at_the_speed_of_the_start() -> None:
    shop = open_shop([order(10, (0, 1))], stock=(1,), people=1, pick_order=100)
    shop.team["pauses"] = 1
    shop.person["speed"] = 500
    run(shop, 20, 0)
    flow.staff_on(shop, 20, [(0, 100, 0)])
    run(shop, 50, SHIFT_END)
    flow.staff_off(shop, 50, [0])
    assert shop.parcel[0]["remaining"] == 100 - 20


def test_who_pauses_puts_the_task_at_the_head_of_its_queue_with_the_rest_of_the_work() -> None:
    shop = open_shop([order(10, (0, 1)), order(11, (0, 1))], stock=(2,), people=1, pick_order=100)
    shop.team["pauses"] = 1
    shop.person["speed"] = 500
    run(shop, 50, SHIFT_END)
    flow.staff_off(shop, 50, [0])
    assert shop.parcel[0]["remaining"] == 100 - 20
    assert shop.queue[FIRST_PICK]["work"] == 180
    run(shop, 60, SHIFT_START)
    flow.staff_on(shop, 60, [(0, 1000, 0)])
    run(shop)
    assert shop.parcel["picked_at"].tolist() == [140, 240]
    assert shop.parcel["started_at"].tolist() == [10, 140]
    assert shop.person[0]["busy_ms"] == 40 + 80 + 100


def test_several_paused_tasks_lie_in_the_order_of_persons() -> None:
    shop = open_shop([order(1, (0, 1)), order(2, (0, 1))], stock=(2,), people=2, pick_order=100)
    shop.team["pauses"] = 1
    run(shop, 50, SHIFT_END)
    for person in (1, 0):
        flow.staff_off(shop, 50, [person])
    assert [shop.queue[FIRST_PICK][each] for each in ("head", "tail", "length")] == [0, 1, 2]


def test_who_is_still_busy_when_the_next_shift_starts_stays_on() -> None:
    shop = open_shop([order(10, (0, 1))], stock=(1,), people=1, pick_order=100)
    run(shop, 50, SHIFT_END)
    flow.staff_off(shop, 50, [0])
    run(shop, 70, SHIFT_START)
    flow.staff_on(shop, 70, [(0, 1000, 0)])
    run(shop)
    assert (shop.person[0]["late_ms"], shop.person[0]["on_duty"]) == (20, 1)


def test_a_team_takes_the_first_queue_that_it_serves() -> None:
    orders = [order(1, (0, 1), class_=0), order(2, (0, 1), class_=0), order(3, (0, 1), class_=1)]
    shop = open_shop(orders, stock=(9,), people=1, pick_order=100, sizes={"n_classes": 2})
    shop.serves[0, :2] = [FIRST_PICK + 1, FIRST_PICK]
    run(shop)
    assert shop.parcel["started_at"].tolist() == [1, 201, 101]


def test_backorders_wait_in_a_queue_of_their_own() -> None:
    shop = open_shop([order(1, (0, 1)), order(2, (1, 1))], stock=(0, 1))
    run(shop, 5, RECEIPT)
    deliver(shop, 5, 0, 1)
    assert shop.parcel["home"].tolist() == [FIRST_PICK + 1, FIRST_PICK]


def test_pack_stations_limit_packing_but_not_picking() -> None:
    orders = [order(1, (0, 1)), order(1, (0, 1))]
    shop = open_shop(orders, stock=(2,), people=4, sizes={"n_teams": 2}, two_stage=1, stations=1)
    shop.c["pick_order"], shop.c["pack_order"] = 10, 100
    shop.serves[1, 0] = int(shop.c["first_pack"])
    for person in (2, 3):
        flow.staff_off(shop, 0, [person])
        shop.person[person]["team"] = 1
        flow.staff_on(shop, 0, [(person, 1000, 0)])
    run(shop)
    assert shop.parcel["picked_at"].tolist() == [11, 11]
    assert shop.parcel["packed_at"].tolist() == [111, 211]
    assert shop.c["stations_busy"] == 0


def test_in_one_stage_a_station_limits_picking_and_packing() -> None:
    orders = [order(1, (0, 1)), order(1, (0, 1))]
    shop = open_shop(orders, stock=(2,), people=2, pick_order=10, stations=1)
    run(shop)
    assert shop.parcel["packed_at"].tolist() == [11, 21]


def test_the_carrier_takes_what_was_packed_first_up_to_its_capacity() -> None:
    orders = [order(at, (0, 1)) for at in (1, 2, 3)]
    shop = open_shop(orders, stock=(3,), unlimited=True, carrier=1)
    run(shop, 50, SHIFT_END)
    assert flow.pickup(shop, 50, 2) == 2
    assert shop.sku[0]["picked"] == 1
    assert flow.pickup(shop, 60) == 1
    assert shop.parcel["shipped_at"].tolist() == [50, 50, 60]


def test_parcels_packed_at_one_instant_leave_in_the_order_of_their_numbers() -> None:
    orders = [order(1, (0, 1)), order(1, (0, 2))]
    shop = open_shop(orders, stock=(3,), people=2, carrier=1, pick_unit=10)
    flow.staff_on(shop, 0, [(0, 500, 0)])
    run(shop, 50, SHIFT_END)
    assert shop.parcel["packed_at"].tolist() == [21, 21]
    flow.pickup(shop, 50, 1)
    assert shop.parcel["shipped_at"].tolist() == [50, NONE]


@pytest.mark.parametrize("unlimited", [False, True])
def test_dock_work_comes_before_the_units_serve_anybody(unlimited: bool) -> None:
    shop = open_shop([order(1, (0, 1))], people=0 if unlimited else 1, unlimited=unlimited)
    shop.serves[0, :3] = [CROSS_DOCK, RECEIVE, FIRST_PICK]
    shop.c["backorder_pick"] = 0
    run(shop, 10, RECEIPT)
    row = flow.dock(shop, 10, 0, 5, RECEIVE, 30)
    assert shop.sku[0]["at_dock"] == 5
    run(shop)
    task = shop.dock[row]
    assert [task[each] for each in ("arrived_at", "started_at", "put_away_at")] == [10, 10, 40]
    assert shop.parcel[0]["picked_at"] == 40
    assert (shop.sku[0]["at_dock"], shop.sku[0]["free"], shop.sku[0]["received"]) == (0, 4, 5)


def test_errors_are_made_by_people_below_their_rate() -> None:
    orders = [order(1, (0, 1), error_u=99), order(1, (0, 1), error_u=100)]
    shop = open_shop(orders, stock=(2,), people=1)
    flow.staff_on(shop, 0, [(0, 1000, 100)])
    run(shop)
    assert shop.parcel["wrong"].tolist() == [1, 0]

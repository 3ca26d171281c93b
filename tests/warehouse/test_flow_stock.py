"""Reservation, waiting lines, the backorder area, and cancellation, on hand-computed shops."""

import pytest

from sim.demand.spans import ENDLESS
from sim.errors import LawBroken
from sim.warehouse import flow
from sim.warehouse.words import (
    CANCELLED,
    CHANGED_MIND,
    ELSEWHERE,
    EXPIRY,
    GENERAL_STORAGE,
    NEEDED_BY,
    NONE,
    PATIENCE,
    RECEIPT,
    RENT_OVERFLOW,
    REORDER,
    SHIPPED,
    STOP_OFFERING,
    WAITING,
    WITHDRAW,
)
from tests.warehouse.shop import deliver, open_shop, order, run


def test_an_order_on_hand_ships_after_its_work() -> None:
    shop = open_shop([order(100, (0, 2))], stock=(3,), people=1, pick_order=50, pick_unit=10)
    run(shop)
    parcel = shop.parcel[0]
    assert [parcel[each] for each in ("ready_at", "started_at", "picked_at", "shipped_at")] == [
        100,
        100,
        170,
        170,
    ]
    assert shop.order[0]["status"] == SHIPPED
    assert [shop.sku[0][each] for each in ("free", "reserved", "shipped", "position")] == [
        1,
        0,
        2,
        1,
    ]


def test_units_serve_the_queue_first_in_first_out_before_the_shelf() -> None:
    orders = [order(0, (0, 2)), order(1, (0, 1))]
    shop = open_shop(orders, stock=(1,), unlimited=True)
    run(shop, 10, RECEIPT)
    assert shop.sku[0]["backorders"] == 2
    deliver(shop, 10, 0, 1)
    run(shop, 20, RECEIPT)
    assert shop.order["status"].tolist() == [SHIPPED, WAITING]
    deliver(shop, 20, 0, 5)
    run(shop)
    assert shop.order["ended_at"].tolist() == [10, 20]
    assert shop.wait["whole_at"][:2].tolist() == [10, 20]
    assert shop.sku[0]["free"] == 4


def test_higher_classes_are_served_first_where_the_shop_says_so() -> None:
    orders = [order(0, (0, 1), class_=1), order(1, (0, 1), class_=0)]
    sizes = {"n_classes": 2, "by_class": True}
    shop = open_shop(orders, unlimited=True, sizes=sizes)
    run(shop, 10, RECEIPT)
    deliver(shop, 10, 0, 1)
    run(shop, 11, RECEIPT)
    assert shop.order["status"].tolist() == [WAITING, SHIPPED]


def test_an_order_waits_for_all_its_lines_and_stages_what_is_there() -> None:
    shop = open_shop(
        [order(5, (0, 2), (1, 1))], stock=(2, 0), unlimited=True, has_area=1, capacity=100
    )
    run(shop, 10, RECEIPT)
    assert shop.space[0].tolist() == (5, 20, 30, 1)
    assert shop.sku["staged"].tolist() == [2, 0]
    deliver(shop, 10, 1, 1)
    run(shop)
    assert shop.space[: shop.c["space_n"]].tolist() == [(5, 20, 30, 1), (10, 0, 0, 0)]
    assert shop.parcel[0]["shipped_at"] == 10


def test_split_shipments_send_what_is_whole_and_give_other_lines_their_own_parcels() -> None:
    orders = [order(5, (0, 2), (1, 1), (2, 3)), order(6, (1, 1))]
    shop = open_shop(orders, stock=(2, 0, 1), unlimited=True, sizes={"split": True}, has_area=1)
    run(shop, 10, RECEIPT)
    assert shop.line["wait"].tolist() == [NONE, 0, 1, 2]
    assert shop.wait["parcel"][:3].tolist() == [2, 3, 1]
    assert shop.parcel[0]["shipped_at"] == 5
    assert shop.c["parcel_n"] == 4
    assert shop.parcel["backorder"].tolist() == [0, 1, 1, 1]
    assert shop.sku["staged"].tolist() == [0, 0, 1]
    deliver(shop, 10, 1, 2)
    deliver(shop, 10, 2, 2)
    run(shop)
    assert shop.parcel["shipped_at"].tolist() == [5, 10, 10, 10]
    assert shop.order["status"].tolist() == [SHIPPED, SHIPPED]
    assert shop.order["ended_at"].tolist() == [10, 10]


@pytest.mark.parametrize(
    ("when_full", "used", "general"),
    [(RENT_OVERFLOW, 20, 0), (STOP_OFFERING, 20, 0), (GENERAL_STORAGE, 0, 2)],
)
def test_goods_that_find_no_room_overflow_or_stay_in_general_storage(
    when_full: int, used: int, general: int
) -> None:
    shop = open_shop(
        [order(5, (0, 3))], stock=(2,), has_area=1, capacity=19, when_full=when_full, people=1
    )
    shop.c["pick_order"], shop.c["slow_retrieval"] = 100, 1500
    run(shop, 10, RECEIPT)
    assert (shop.c["used"], shop.wait[0]["general"]) == (used, general)
    deliver(shop, 10, 0, 1)
    run(shop)
    assert shop.parcel[0]["picked_at"] == 10 + (150 if general else 100)
    assert shop.c["used"] == shop.c["committed"] == 0


def test_a_cancelled_order_gives_its_units_to_the_next_in_the_queue_then_to_the_shelf() -> None:
    orders = [order(0, (0, 3), patience=50), order(1, (0, 1))]
    shop = open_shop(orders, stock=(2,), unlimited=True, has_area=1, capacity=1000)
    run(shop, 50, EXPIRY)
    assert shop.c["used"] == 20
    run(shop)
    assert shop.order["status"].tolist() == [CANCELLED, SHIPPED]
    assert shop.order["reason"].tolist() == [PATIENCE, 0]
    assert shop.order["ended_at"].tolist() == [50, 50]
    fields = ("free", "reserved", "staged", "backorders", "position", "shipped")
    assert [shop.sku[0][each] for each in fields] == [1, 0, 0, 0, 1, 1]
    assert (shop.c["used"], shop.c["committed"], shop.c["backorders_open"]) == (0, 0, 0)


def test_an_order_in_the_pick_queue_can_still_cancel_and_one_being_picked_cannot() -> None:
    orders = [order(0, (0, 1), patience=50), order(1, (0, 1), patience=50)]
    shop = open_shop(orders, stock=(2,), people=1, pick_order=200)
    run(shop)
    assert shop.order["status"].tolist() == [SHIPPED, CANCELLED]
    assert shop.queue[2]["length"] == shop.queue[2]["work"] == 0
    assert shop.sku[0]["free"] == 1


@pytest.mark.parametrize(
    ("stamps", "at", "cause"),
    [
        ({"patience": 70, "needed_by": 80}, 80, PATIENCE),
        ({"patience": 70, "needed_by": 79}, 79, NEEDED_BY),
        ({"patience": 70, "elsewhere_after": 69}, 79, ELSEWHERE),
        ({"patience": 70, "other_after": 60, "other_cause": CHANGED_MIND}, 70, CHANGED_MIND),
        ({"other_after": 70, "other_cause": CHANGED_MIND, "elsewhere_after": 70}, 80, ELSEWHERE),
        ({"needed_by": 9, "patience": 70}, 80, PATIENCE),
    ],
)
def test_the_earliest_cause_of_cancellation_strikes(
    stamps: dict[str, int], at: int, cause: int
) -> None:
    early = {"max_quote": ENDLESS} | stamps
    shop = open_shop([order(10, (0, 1), **early)], sku={"elsewhere": 1})
    if stamps.get("needed_by", ENDLESS) > 10:
        shop.sku["standard_wait"] = 0
    else:
        shop.book.flags.writeable = True
        shop.book[0]["flags"] = 1
        shop.book.flags.writeable = False
    run(shop)
    assert (shop.order[0]["ended_at"], shop.order[0]["reason"]) == (at, cause)


def test_patience_may_run_from_the_broken_promise() -> None:
    orders = [order(10, (0, 1), patience=50), order(20, (1, 1), patience=50)]
    settings = {"patience_from_promise": 1, "carrier": 1, "sizes": {"n_cuts": 2}}
    shop = open_shop(orders, stock=(0, 1), **settings)
    shop.sku["standard_wait"] = 300
    shop.cuts[:] = [(20, 100), (40, 200)]
    run(shop)
    assert shop.order["ended_at"].tolist() == [10 + 300 + 50, 100 + 50]


def test_the_flow_hands_back_at_the_reorder_point_and_for_withdrawals() -> None:
    orders = [order(10, (0, 1)), order(20, (0, 2), patience=30)]
    shop = open_shop(orders, stock=(2,), sku={"trigger": 0, "armed": 1}, withdraws=1, people=1)
    assert run(shop) == REORDER
    assert (shop.c["now"], shop.sku[0]["noted_at"], shop.sku[0]["armed"]) == (20, 20, 0)
    assert run(shop) == WITHDRAW
    assert (shop.c["now"], shop.sku[0]["withdraw"], shop.sku[0]["position"]) == (50, 1, 1)


def test_the_level_leaves_out_what_is_on_order() -> None:
    shop = open_shop([order(10, (0, 1))], stock=(2,), sku={"trigger": 1, "armed": 1, "on_level": 1})
    shop.sku["on_order"], shop.sku["position"] = 5, 7
    assert run(shop) == REORDER


def test_integrals_are_exact() -> None:
    shop = open_shop([order(10, (0, 1)), order(30, (0, 1))], stock=(1,), people=1, pick_order=5)
    run(shop, 50, RECEIPT)
    deliver(shop, 50, 0, 1)
    run(shop)
    flow.settle(shop, 100)
    row = shop.sku[0]
    assert row["free_time"] == 10
    assert row["held_time"] == 15 + 5
    assert row["backorder_time"] == 20
    assert row["stockout_time"] == 90
    assert shop.c["in_system_time"] == 5 + 25
    assert (shop.team[0]["busy_time"], shop.team[0]["duty_time"]) == (10, 100)
    assert shop.c["backlog_time"] == 0


def test_opened_orders_arrive_at_the_start_and_keep_their_clocks() -> None:
    shop = open_shop([order(-100, (0, 1), flags=1, patience=130), order(-50, (0, 1), flags=1)])
    run(shop)
    assert shop.order["accepted_at"].tolist() == [0, 0]
    assert shop.order["status"].tolist() == [CANCELLED, WAITING]
    assert shop.order[0]["ended_at"] == 30


def test_a_broken_law_stops_the_run_with_its_name() -> None:
    shop = open_shop([order(10, (0, 1))], stock=(1,), people=1)
    shop.sku["reserved"] = -1
    with pytest.raises(LawBroken, match="never negative"):
        run(shop)
    assert shop.c["law_row"] == 0

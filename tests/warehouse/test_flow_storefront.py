"""What a shopper who finds a line short is shown and does, and the e-mails that bring them back."""

from typing import Any

import pytest

from sim.randomness import occasion_hash
from sim.warehouse import flow
from sim.warehouse.words import (
    ACCEPT,
    ALERTS,
    AWAY,
    BLOCKED,
    COME_BACK,
    DROP_LINE,
    DROPPED,
    HYBRID,
    LEFT,
    LOST,
    NEVER,
    NONE,
    NOT_CONVERTED,
    OUT_OF_STOCK,
    PURPOSE_SIGN_UP,
    RECEIPT,
    SEASON_OVER,
    SHIPPED,
    SIGN_UP,
    SIGNED_UP,
    SUBSTITUTE,
    SUBSTITUTED,
    WAITING,
)
from tests.warehouse.shop import deliver, expect, open_shop, order, run


def steps(*chosen: int) -> dict[str, int]:
    return {f"step{n}": step for n, step in enumerate(chosen)} | {"n_steps": len(chosen)}


def test_the_quote_is_the_first_delivery_that_covers_the_queue_and_the_line() -> None:
    shop = open_shop([order(10, (0, 2)), order(20, (0, 3))], stock=(1,), padding=5)
    shop.sku["standard_wait"] = 1000
    expect(shop, 0, (100, 1), (200, 4))
    run(shop)
    assert shop.order["quote"].tolist() == [100 - 10 + 5, 200 - 20 + 5]
    assert shop.sku[0]["backorders"] == 4


def test_the_quote_falls_back_to_the_standard_wait_and_is_never_negative() -> None:
    shop = open_shop([order(10, (0, 1)), order(20, (0, 3))], padding=5)
    shop.sku["standard_wait"] = 1000
    expect(shop, 0, (3, 2))
    run(shop)
    assert shop.order["quote"].tolist() == [5, 1005]


def test_a_snapshot_counts_the_queue_as_it_was() -> None:
    shop = open_shop([order(10, (0, 2)), order(20, (0, 2))], live_information=0)
    expect(shop, 0, (100, 2), (200, 9))
    run(shop)
    assert shop.order["quote"].tolist() == [90, 80]


@pytest.mark.parametrize(
    ("change", "stamps"),
    [
        ({"cap_quote": 89}, {}),
        ({"capacity": 19, "check_area": 1}, {}),
        ({}, {"max_quote": 89}),
        ({}, {"needed_by": 99}),
        ({}, {"flags": 32}),
    ],
)
def test_a_backorder_is_refused_by_caps_and_by_customers(
    change: dict[str, int], stamps: dict[str, int]
) -> None:
    sku = {"cap_units": 2, "elsewhere": 1}
    parameters = {"capacity": 20, "check_area": 1, "cap_quote": 90} | change
    patient = {"max_quote": 90, "needed_by": 100}
    for given, taken in ((patient, True), (patient | stamps, not stamps)):
        shop = open_shop([order(10, (0, 2), **given)], sku=sku, **parameters)
        expect(shop, 0, (100, 5))
        run(shop)
        lost = (int(shop.order[0]["status"]), int(shop.order[0]["reason"])) == (LOST, LEFT)
        assert lost != (taken and not change)


def test_a_cap_on_units_counts_what_is_already_on_backorder() -> None:
    shop = open_shop([order(10, (0, 2)), order(11, (0, 1))], sku={"cap_units": 2})
    run(shop)
    assert shop.order["status"].tolist() == [WAITING, LOST]


def test_a_substitute_must_be_on_hand_and_not_in_the_basket() -> None:
    orders = [
        order(1, (0, 1), (1, 1), flags=2),
        order(2, (0, 1), (2, 1), flags=2),
        order(3, (0, 2), flags=2),
        order(4, (0, 1), flags=2),
    ]
    shop = open_shop(orders, stock=(0, 3, 0), **steps(SUBSTITUTE))
    shop.sku["substitute"] = [1, NONE, 1]
    run(shop)
    assert shop.order["status"].tolist() == [LOST, LOST, WAITING, WAITING]
    assert shop.line["wait"].tolist() == [NONE] * 4 + [SUBSTITUTED] * 2
    assert shop.order["substituted"].tolist() == [0, 0, 1, 1]
    assert shop.order["backordered"].sum() == 0


def test_short_lines_are_dropped_if_there_is_a_rest() -> None:
    orders = [order(1, (0, 1), (1, 1), flags=4), order(2, (0, 1), flags=4)]
    shop = open_shop(orders, stock=(0, 1), **steps(DROP_LINE))
    run(shop)
    assert shop.order["status"].tolist() == [WAITING, LOST]
    assert shop.line["wait"].tolist() == [DROPPED, NONE, NONE]
    assert shop.parcel[0]["lines"] == 1


def test_out_of_stock_offers_neither_backorder_nor_alert() -> None:
    shop = open_shop([order(1, (0, 1), flags=8)], **steps(ACCEPT, SIGN_UP))
    shop.sku["mode"] = OUT_OF_STOCK
    run(shop)
    assert shop.order[0]["reason"] == LEFT


def test_the_sign_up_goes_to_the_short_line_with_the_longest_quote() -> None:
    shop = open_shop([order(1, (0, 1), (1, 1), (2, 1), flags=8)], stock=(0, 0, 0), **steps(SIGN_UP))
    shop.sku["mode"] = [ALERTS, HYBRID, HYBRID]
    shop.sku["standard_wait"] = [5, 9, 9]
    run(shop)
    assert shop.order[0]["status"] == SIGNED_UP
    assert shop.sku["signups"].tolist() == [0, 1, 0]


def test_who_comes_back_tries_again_up_to_the_limit() -> None:
    shop = open_shop(
        [order(1, (0, 1), flags=16, comeback_after=10)],
        comebacks_at_most=3,
        come_back_threshold=1 << 31,
        **steps(COME_BACK),
    )
    run(shop, 15, 0)
    assert (shop.order[0]["status"], shop.order[0]["attempt"]) == (AWAY, 1)
    run(shop)
    row = shop.order[0]
    assert (row["status"], row["attempt"], row["comebacks"], row["ended_at"]) == (LOST, 3, 3, 31)


def alerts(n: int, **parameters: Any) -> Any:
    orders = [order(1 + i, (0, 1), flags=8, alert_opened_after=7) for i in range(n)]
    sku = {"mode": ALERTS}
    return open_shop(orders, sku=sku, unlimited=True, **steps(SIGN_UP), **parameters)


def test_mails_go_out_in_order_at_their_pace_while_a_unit_is_on_the_shelf() -> None:
    shop = alerts(4, mail_gap=100)
    run(shop, 10, RECEIPT)
    deliver(shop, 10, 0, 2)
    run(shop)
    assert shop.order["ended_at"].tolist() == [17, 117, NONE, NONE]
    assert shop.order["by_alert"].tolist() == [1, 1, 0, 0]
    assert shop.order["status"].tolist() == [SHIPPED, SHIPPED, SIGNED_UP, SIGNED_UP]
    deliver(shop, 500, 0, 1)
    run(shop)
    assert shop.order["ended_at"].tolist() == [17, 117, 507, NONE]


def test_without_a_last_look_at_the_shelf_everybody_is_mailed() -> None:
    shop = alerts(3, mail_gap=100, recheck=0)
    run(shop, 10, RECEIPT)
    deliver(shop, 10, 0, 1)
    run(shop)
    assert shop.order["status"].tolist() == [SHIPPED, LOST, LOST]
    assert shop.order["ended_at"].tolist() == [17, 117, 217]


def test_all_at_once_mails_the_whole_list_at_the_same_instant() -> None:
    shop = alerts(3000, mail_all=1)
    run(shop, 5000, RECEIPT)
    deliver(shop, 5000, 0, 2)
    run(shop)
    assert shop.order["ended_at"].tolist() == [5007] * 3000
    assert shop.order["status"].tolist() == [SHIPPED] * 2 + [LOST] * 2998


def test_intent_fades_with_the_time_since_the_sign_up() -> None:
    shop = open_shop(
        [
            order(1, (0, 1), flags=8, alert_opened_after=7, alert_intent=intent)
            for intent in (16, 15)
        ],
        sku={"mode": ALERTS},
        mail_all=1,
        **steps(SIGN_UP),
    )
    run(shop, 10, RECEIPT)
    deliver(shop, 10, 0, 9)
    run(shop)
    assert shop.order["status"].tolist() == [WAITING, LOST]
    assert (shop.order[1]["reason"], shop.order[1]["ended_at"]) == (NOT_CONVERTED, 10)


def test_who_finds_it_short_again_may_sign_up_again_by_the_hash_of_the_occasion() -> None:
    chance = occasion_hash(5, 0, PURPOSE_SIGN_UP, 1)
    for threshold, status in ((chance, LOST), (chance + 1, SIGNED_UP)):
        shop = open_shop(
            [order(1, (0, 2), flags=8)],
            sku={"mode": ALERTS},
            sign_up_again=1,
            sign_up_threshold=threshold,
            hash_key=5,
            **steps(SIGN_UP),
        )
        run(shop, 10, RECEIPT)
        deliver(shop, 10, 0, 1)
        run(shop)
        assert shop.order[0]["status"] == status
        assert shop.order[0]["attempt"] == 1


def test_the_end_of_the_season_ends_what_is_pending() -> None:
    shop = alerts(2, mail_gap=100)
    run(shop, 10, RECEIPT)
    deliver(shop, 10, 0, 2)
    run(shop, 12, 0)
    flow.end_season(shop, 12)
    assert run(shop) == 5
    assert shop.order["reason"].tolist() == [SEASON_OVER, SEASON_OVER]
    assert shop.order["ended_at"].tolist() == [12, 12]


def test_who_comes_after_the_end_is_lost() -> None:
    shop = open_shop([order(5, (0, 1))], stock=(1,))
    run(shop, 5, 0)
    flow.end_season(shop, 5)
    run(shop)
    assert shop.order[0]["reason"] == SEASON_OVER


def test_a_full_waiting_room_turns_shoppers_away() -> None:
    orders = [order(at, (0, 1)) for at in (1, 1, 1, 2)]
    shop = open_shop(orders, stock=(9,), people=1, pick_order=100, room_team=0)
    shop.team["waiting_room"] = 1
    run(shop)
    assert shop.order["reason"].tolist() == [0, 0, BLOCKED, BLOCKED]
    assert shop.c["now"] < NEVER

"""Timers of waiting orders: whoever moves them, they go off exactly when they should."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.demand.spans import ENDLESS
from sim.warehouse import flow
from sim.warehouse.compiled import entry
from sim.warehouse.flow.advance import flow_at
from sim.warehouse.flow.clock import change_patience
from sim.warehouse.words import ARRIVAL, CANCELLED, NEVER, NONE, PATIENCE, RECEIPT, WAITING
from tests.warehouse.shop import deliver, open_shop, order, run
from tests.warehouse.small import DAY, HOUR

LASTS = 9 * DAY
CARE = {"care": True, "lasts": LASTS}


def _change(handle, order, per_mille):
    change_patience(flow_at(handle), order, per_mille)


_change_now = entry(_change)

TICKS = st.integers(0, 8 * 12)
"""Times on a tick of two hours, so that things coincide."""
PATIENCES = st.lists(st.one_of(st.integers(0, 60), st.none()), min_size=1, max_size=4)
CHANGES = st.lists(
    st.tuples(TICKS, st.integers(0, 3), st.sampled_from([0, 1, 500, 1000, 1333, 2000, 9000])),
    max_size=12,
)


@settings(max_examples=60)
@given(PATIENCES, CHANGES)
def test_patience_ends_where_all_changes_have_put_it(patiences, changes) -> None:
    tick = 2 * HOUR
    stamps = [{} if p is None else {"patience": p * tick} for p in patiences]
    state = open_shop([order(0, (0, 1), **stamp) for stamp in stamps], sizes=CARE)
    ends = [NEVER if p is None else p * tick for p in patiences]
    for at, who, per_mille in sorted(changes):
        if who >= len(ends):
            continue
        flow.advance(state, at * tick, ARRIVAL + 1)
        _change_now(state.handle, who, per_mille)
        if at * tick <= ends[who] < NEVER:
            ends[who] = at * tick + ((ends[who] - at * tick) * per_mille + 500) // 1000
    run(state, LASTS)
    over = [end if end < LASTS else NONE for end in ends]
    assert state.order["ended_at"].tolist() == over
    assert state.order["reason"].tolist() == [PATIENCE if end != NONE else 0 for end in over]


def test_a_centuries_long_patience_does_not_overflow() -> None:
    state = open_shop([order(0, (0, 1), patience=ENDLESS - 1)], sizes=CARE)
    flow.advance(state, 10, ARRIVAL + 1)
    for _ in range(3):
        _change_now(state.handle, 0, 100_000)
    run(state, LASTS)
    assert state.order["status"].tolist() == [WAITING]
    assert state.care["patience_end"].tolist() == [NEVER]


def _slipped(arrives: int) -> list[int]:
    """When the orders slip whose unit arrives then: one quoted until noon, one with no wait."""
    orders = [order(HOUR, (0, 1), patience=3 * DAY), order(DAY, (0, 1))]
    sku = {"standard_wait": 11 * HOUR}
    state = open_shop(orders, sizes=CARE, sku=sku, unlimited=True, slips=1)
    flow.advance(state, arrives, RECEIPT)
    deliver(state, arrives, 0, 2)
    run(state, LASTS)
    return state.care["slipped_at"].tolist()


def test_an_order_slips_the_first_instant_after_its_promise() -> None:
    assert _slipped(12 * HOUR - 1) == [NONE, NONE]
    assert _slipped(12 * HOUR) == [NONE, NONE], "shipped at the very instant is on time"
    assert _slipped(12 * HOUR + 1) == [12 * HOUR + 1, NONE]
    assert _slipped(2 * DAY) == [12 * HOUR + 1, DAY + 11 * HOUR + 1]


def test_a_cancelled_order_does_not_slip_nor_any_where_nobody_asks() -> None:
    orders = [order(0, (0, 1), patience=HOUR), order(0, (0, 1))]
    sku = {"standard_wait": 5 * HOUR}
    state = open_shop(orders, sizes=CARE, sku=sku, slips=1)
    run(state, LASTS)
    assert state.order["status"].tolist() == [CANCELLED, WAITING]
    assert state.care["slipped_at"].tolist() == [NONE, 5 * HOUR + 1]
    unasked = open_shop(orders, sizes=CARE, sku=sku)
    run(unasked, LASTS)
    assert unasked.care["slipped_at"].tolist() == [NONE, NONE]


def test_without_care_there_are_no_rows_and_nothing_else_changes() -> None:
    orders = [order(n * HOUR, (0, 1), patience=(n + 1) * DAY) for n in range(9)]
    plain, cared = open_shop(orders), open_shop(orders, sizes=CARE, slips=1)
    for state in (plain, cared):
        run(state, LASTS)
    assert len(plain.care) == 0
    assert np.array_equal(plain.order["ended_at"], cared.order["ended_at"])

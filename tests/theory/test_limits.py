"""Each closed form must pass into its neighbors where their assumptions meet."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.theory import (
    abandonment,
    base_stock,
    compound,
    eoq,
    infinite_server,
    periodic,
    priorities,
    queueing,
)
from sim.theory import normal_demand as normal
from sim.theory import reorder_point as rq

LOADS = st.floats(0.1, 30.0)
SERVERS = st.integers(1, 40)


@given(SERVERS, LOADS)
def test_a_room_of_servers_alone_is_erlang_b(servers, load):
    closed = queueing.mmck(load, 1.0, servers, servers)
    assert closed.blocked == pytest.approx(queueing.erlang_b(servers, load), rel=1e-10)
    assert closed.mean_queue == 0.0


@given(SERVERS, LOADS)
def test_a_huge_room_is_erlang_c(servers, load):
    assume(load < 0.9 * servers)
    finite, endless = (
        queueing.mmck(load, 1.0, servers, servers + 600),
        queueing.mmc(load, 1, servers),
    )
    assert finite.mean_wait == pytest.approx(endless.mean_wait, rel=1e-9, abs=1e-12)
    assert finite.wait_probability == pytest.approx(endless.wait_probability, rel=1e-9)


@given(SERVERS, LOADS)
def test_endless_patience_is_erlang_c_and_none_is_erlang_b(servers, load):
    assume(load < 0.9 * servers)
    patient = abandonment.erlang_a(load, 1.0, servers, 1e7, waiting_room=800)
    assert patient.mean_wait == pytest.approx(queueing.mmc(load, 1.0, servers).mean_wait, rel=1e-4)
    hasty = abandonment.erlang_a(load, 1.0, servers, 1e-7)
    assert hasty.abandoned == pytest.approx(queueing.erlang_b(servers, load), rel=1e-4)


@given(st.integers(1, 12), st.floats(0.5, 15.0), st.floats(0.1, 5.0))
def test_who_enters_is_served_or_gives_up(servers, load, patience):
    desk = abandonment.erlang_a(load, 1.0, servers, patience)
    assert desk.utilization * servers == pytest.approx(load * (1 - desk.abandoned), rel=1e-9)
    mixed = (1 - desk.abandoned) * desk.wait_of_served + desk.abandoned * desk.wait_of_abandoned
    assert mixed == pytest.approx(desk.mean_wait, rel=1e-9)


def test_general_patience_agrees_with_erlang_a_and_with_fixed_patience():
    general = abandonment.general_patience(6, 1, 5, lambda x: np.exp(-x / 0.7), horizon=30.0)
    special = abandonment.erlang_a(6, 1, 5, 0.7)
    assert (general.no_wait, general.abandoned, general.mean_wait) == pytest.approx(
        (special.no_wait, special.abandoned, special.mean_wait), rel=1e-8
    )
    nearly = abandonment.general_patience(
        6, 1, 5, lambda x: 0.5 - 0.5 * np.tanh((x - 0.5) * 2000), horizon=8.0, points=400_001
    )
    fixed = abandonment.fixed_patience(6, 1, 5, 0.5)
    assert (nearly.no_wait, nearly.abandoned) == pytest.approx(
        (fixed.no_wait, fixed.abandoned), rel=1e-5
    )
    assert nearly.served_within(0.3) == pytest.approx(fixed.served_within(0.3), rel=1e-5)


def test_fixed_patience_balances_the_flow():
    desk = abandonment.fixed_patience(6, 1, 5, 0.5)
    free = np.array([6.0**n / math.factorial(n) for n in range(5)])
    busy = desk.no_wait * (np.arange(5) @ free) / free.sum() + 5 * (1 - desk.no_wait)
    assert busy == pytest.approx(6 * (1 - desk.abandoned), rel=1e-12)


@given(st.lists(st.floats(0.05, 1.5), min_size=1, max_size=4), st.integers(1, 8))
def test_priorities_keep_the_mean_work(rates, servers):
    assume(sum(rates) < 0.95 * servers)
    waits = priorities.waits_many_servers(rates, 1.0, servers)
    fifo = queueing.mmc(sum(rates), 1.0, servers).mean_wait
    assert np.dot(rates, waits) / sum(rates) == pytest.approx(fifo, rel=1e-9)
    assert waits == sorted(waits)


def test_one_server_priorities_are_the_many_server_ones_with_one():
    assert priorities.waits_one_server([0.2, 0.6], [1, 1], [1, 1]) == pytest.approx(
        priorities.waits_many_servers([0.2, 0.6], 1.0, 1)
    )
    one = priorities.waits_one_server([0.8], [1.0], [2.0])
    assert one == pytest.approx([queueing.pollaczek_khinchine(0.8, 1.0, 2.0)])


@pytest.mark.parametrize("slots", [None, 0, 3])
@pytest.mark.parametrize("accepts", [0.0, 0.4, 1.0])
def test_base_stock_obeys_little_and_flow(accepts, slots):
    known = base_stock.base_stock(4.0, 2.5, 7, accepts, slots)
    entering = 4.0 * (known.fill_rate + known.backordered)
    assert known.fill_rate + known.backordered + known.lost == pytest.approx(1)
    # on order = what entered during a lead time = S - on hand + backorders
    assert 7 - known.mean_on_hand + known.mean_backorders == pytest.approx(entering * 2.5)


def test_no_slot_and_no_patience_are_the_same_lost_sales():
    slotless, impatient = (
        base_stock.base_stock(4.0, 2.5, 7, slots=0),
        base_stock.base_stock(4.0, 2.5, 7, accepts=0.0),
    )
    assert slotless.lost == pytest.approx(impatient.lost)
    assert slotless.lost == pytest.approx(queueing.erlang_b(7, 10.0))


@given(st.floats(0.5, 10.0), st.integers(1, 20))
def test_a_quantity_of_one_is_base_stock(demand, level):
    one, base = (
        rq.reorder_point(demand, 1.0, level - 1, 1),
        base_stock.base_stock(demand, 1.0, level),
    )
    assert one.mean_backorders == pytest.approx(base.mean_backorders, abs=1e-9)
    assert one.unit_fill_rate == pytest.approx(base.fill_rate, abs=1e-9)


def test_lines_of_one_unit_are_simple_poisson_demand():
    lines = compound.compound_reorder_point(3.0, [1.0], 2.0, 5, 8)
    units = rq.reorder_point(3.0, 2.0, 5, 8)
    assert lines.mean_on_hand == pytest.approx(units.mean_on_hand)
    assert lines.unit_fill_rate == lines.line_fill_rate == pytest.approx(units.unit_fill_rate)


def test_the_best_reorder_point_has_no_better_neighbor():
    prices = {"order_cost": 30, "holding_cost": 2, "backorder_cost": 25}
    point, quantity = rq.best_reorder_point(8, 1.5, **prices)
    least = rq.cost_rate(8, 1.5, point, quantity, **prices)
    assert all(
        rq.cost_rate(8, 1.5, r, q, **prices) >= least
        for r in range(point - 4, point + 5)
        for q in range(max(1, quantity - 4), quantity + 5)
    )


def test_the_best_min_max_has_no_better_neighbor():
    prices = {"order_cost": 20, "holding_cost": 1, "stockout_cost": 6}
    low, high = periodic.best_min_max(7, **prices)
    least = periodic.min_max_cost(low, high, 7, **prices)
    assert all(
        periodic.min_max_cost(s, S, 7, **prices) >= least - 1e-12
        for s in range(low - 3, low + 4)
        for S in range(max(s + 1, high - 4), high + 5)
    )


def test_lost_sales_come_from_the_simulated_cycle():
    # An independent walk through many cycles, as Hadley and Whitin describe them.
    numbers = np.random.default_rng(51)
    area = clock = lost = 0.0
    stock = 25
    for _ in range(20_000):
        gaps = numbers.exponential(1 / 3, stock - 8)
        area += float(np.arange(stock, 8, -1) @ gaps)
        clock += float(gaps.sum())
        sales = np.sort(numbers.random(numbers.poisson(7.5))) * 2.5
        sold = min(len(sales), 8)
        area += 8 * 2.5 - float((2.5 - sales[:sold]).sum())
        lost += len(sales) - sold
        clock += 2.5
        stock = 8 - sold + 25
    known = rq.lost_sales_cycle(3, 2.5, 8, 25)
    assert area / clock == pytest.approx(known.mean_on_hand, rel=0.01)
    assert lost / (3 * clock) == pytest.approx(known.lost, rel=0.06)


def test_normal_newsvendor_is_the_minimum_of_its_cost():
    level, cost = normal.newsvendor(100, 20, 1, 9)
    assert normal.newsvendor_cost(level, 100, 20, 1, 9) == pytest.approx(cost)
    assert normal.newsvendor_cost(level + 1, 100, 20, 1, 9) > cost
    assert normal.newsvendor_cost(level - 1, 100, 20, 1, 9) > cost


def test_everybody_waiting_is_the_classic_eoq_with_backorders():
    plan = eoq.partial_backorder_eoq(200, 50, 3, 10, 0.5, 1.0)
    assert plan.cost_rate == pytest.approx(math.sqrt(2 * 200 * 50 * 3 * 10 / 13))


def test_a_wave_averages_to_littles_law():
    wave = infinite_server.exponential_stay(50, 30, 1.0, 0.25)
    times = np.linspace(0, 1, 1000, endpoint=False)
    assert np.mean([wave.at(t) for t in times]) == pytest.approx(12.5)
    assert max(wave.at(t) for t in times) <= wave.highest


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: queueing.mmc(5, 1, 5),
        lambda: queueing.pollaczek_khinchine(1.0, 1.0, 1.0),
        lambda: priorities.waits_many_servers([3, 3], 1.0, 5),
        lambda: abandonment.fixed_patience(5, 1, 5, 1.0),
        lambda: rq.lost_sales_cycle(3, 2.5, 25, 25),
        lambda: eoq.partial_backorder_eoq(200, 50, 3, 10, 100.0, 0.1),
    ],
)
def test_what_has_no_answer_is_refused(impossible):
    with pytest.raises(ValueError, match=r"cannot keep up|grows|divides|above|never pays"):
        impossible()

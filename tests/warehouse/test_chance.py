"""Amounts that are drawn by hash: a table of equally likely ones, and which of them is chosen."""

from typing import Any

import numpy as np

from sim.randomness import occasion_hash
from sim.scenario.families import Constant, Exponential
from sim.warehouse.allocate import allocate
from sim.warehouse.chance import chance, quantiles
from sim.warehouse.chance_rows import QUANTILES
from sim.warehouse.compiled import entry, handle_of
from sim.warehouse.flow.advance import flow_at
from sim.warehouse.flow.chance import amount, happens
from sim.warehouse.state import TABLES
from sim.warehouse.words import NEVER
from tests.warehouse.small import book, scenario

HOUR = 3_600_000


@entry
def _draw(handle: Any, purpose: int, stretch: int, threshold: int, found: Any) -> None:
    """What customer 7 draws on each occasion, and whether something happens to them."""
    s = flow_at(handle)
    for occasion in range(len(found)):
        found[occasion, 0] = amount(s, 7, purpose, occasion, stretch)
        found[occasion, 1] = happens(s, 7, purpose, occasion, threshold)


def drawn(stretch: int, threshold: int) -> Any:
    empty = book(scenario())
    state = allocate(empty.orders, empty.lines, n_skus=1, stretches=2)
    state.c["hash_key"] = 5
    state.quantile["amount"] = np.arange(2 * QUANTILES)
    found = np.zeros((20, 2), np.int64)
    _draw(handle_of(state, TABLES), 3, stretch, threshold, found)
    return found


def test_amounts_are_the_middles_of_equally_likely_parts_rounded_to_the_millisecond():
    amounts = quantiles(Exponential(float(HOUR)))
    assert len(amounts) == QUANTILES
    assert amounts[0] == round(-HOUR * np.log1p(-0.5 / QUANTILES))
    assert amounts[-1] == round(-HOUR * np.log(0.5 / QUANTILES))
    assert abs(amounts.mean() / HOUR - 1) < 1e-4


def test_a_factor_counts_before_rounding_and_nothing_is_longer_than_never():
    assert set(quantiles(Constant(3.0), 1.5).tolist()) == {4}  # 4.5 to even
    assert set(quantiles(Constant(2.0**62)).tolist()) == {NEVER}


def test_the_hash_of_an_occasion_chooses_a_row_of_its_stretch():
    rows = [occasion_hash(5, 7, 3, occasion) >> 17 for occasion in range(20)]
    assert drawn(0, 0)[:, 0].tolist() == rows
    assert drawn(1, 0)[:, 0].tolist() == [QUANTILES + row for row in rows]


def test_certain_things_happen_and_impossible_ones_do_not():
    assert drawn(0, chance(1.0))[:, 1].all()
    assert not drawn(0, chance(0.0))[:, 1].any()
    half = [occasion_hash(5, 7, 3, occasion) < 1 << 30 for occasion in range(20)]
    assert drawn(0, chance(0.5))[:, 1].tolist() == half

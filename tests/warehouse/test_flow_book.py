"""Compiled code checks no bounds: a book that does not fit stops the run before it is followed."""

import numpy as np
import pytest

from sim.demand.order_book import LINE, blank_orders
from sim.errors import LawBroken, SimulationError
from sim.warehouse import flow
from sim.warehouse.allocate import allocate
from sim.warehouse.words import NEVER


def follow(change: tuple[str, int] | None = None, lines: tuple[tuple[int, int], ...] = ()) -> int:
    """Run a book of two orders, the second one changed. Returns how many were accepted."""
    orders = blank_orders(2)
    orders["placed_at"], orders["n_lines"], orders["first_line"] = 5, 1, [0, 1]
    if change:
        orders[1][change[0]] = change[1]
    state = allocate(orders, np.array(list(lines) or [(0, 1), (0, 1)], LINE), n_skus=1)
    flow.advance(state, NEVER, 0)
    return int(state.c["accepted"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_line", 0),
        ("first_line", -1),
        ("n_lines", 0),
        ("n_lines", 2),
        ("class_", 1),
        ("class_", -1),
    ],
)
def test_an_order_that_points_elsewhere_is_refused(field: str, value: int) -> None:
    assert follow() == 2
    with pytest.raises(LawBroken, match=r"order book.*order 1 at"):
        follow((field, value))


def test_orders_must_follow_each_other_in_time() -> None:
    with pytest.raises(LawBroken, match="time never runs backwards"):
        follow(("placed_at", 4))


@pytest.mark.parametrize("line", [(1, 1), (-1, 1), (0, 0)])
def test_lines_must_name_products_and_units(line: tuple[int, int]) -> None:
    with pytest.raises(LawBroken, match="known products"):
        follow(lines=((0, 1), line))


def test_an_order_of_more_lines_than_are_counted_is_refused() -> None:
    orders = blank_orders(1)
    orders["n_lines"] = 32_768
    with pytest.raises(SimulationError, match="an order has 32,768 lines; at most 32,767"):
        allocate(orders, np.ones(32_768, LINE), n_skus=1)

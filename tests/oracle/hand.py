"""Small seasons and order books, written by hand."""

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.demand.order_book import LINE, OrderBook, blank_orders
from sim.scenario.scenario import Scenario
from sim.warehouse import simulate
from tests.oracle.oracle import oracle

Run = Callable[[Scenario, OrderBook], Any]

HOUR = 3_600_000


def season(**blocks: object) -> Scenario:
    """A ten-day season of one product, changed by `blocks`."""
    plain = {
        "season": {"length": "10 days"},
        "demand": {"orders_per_day": 1},
        "products": [{"sku": "A", "stock": "1 units"}],
    }
    return Scenario.model_validate(plain | blocks)


def book(*orders: dict[str, Any], classes: tuple[str, ...] = ("orders",)) -> OrderBook:
    """An order book; `lines` of an order are pairs of SKU and units, the rest are its fields."""
    rows, lines = blank_orders(len(orders)), []
    for row, order in zip(rows, orders, strict=True):
        pairs = order.get("lines", [(0, 1)])
        row["first_line"], row["n_lines"] = len(lines), len(pairs)
        lines += pairs
        for name, value in order.items():
            if name != "lines":
                row[name] = value
    return OrderBook(rows, np.array(lines, LINE), ("A", "B"), classes, 1, 0)


def by_oracle(scenario: Scenario, customers: OrderBook) -> Any:
    """What the textbook model says."""
    return oracle(scenario, customers, 1, 0)


def by_engine(scenario: Scenario, customers: OrderBook) -> Any:
    """What the compiled engine says."""
    return simulate(scenario, customers, 1, 0)

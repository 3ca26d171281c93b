"""Small seasons, written by hand: every order at a stated time, every number chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.demand.order_book import LINE, OrderBook, blank_orders
from sim.scenario.scenario import Scenario
from sim.warehouse.simulation import simulate

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass
class Buyer:
    """One order of one product."""

    at: int
    units: int = 1
    sku: int = 0
    patience: int | None = None
    flags: int = 0


def scenario(**blocks: Any) -> Scenario:
    """A season of ten days without dates: one product from one supplier who needs two days."""
    basis = {
        "season": {"length": "10 days"},
        "demand": {"orders_per_day": 1, "forecast_error": False},
        "products": [{"sku": "A", "stock": "0 units"}],
        "suppliers": {"maker": {"lead_time": "2 days"}},
    }
    return Scenario.model_validate(basis | blocks)


def book(season: Scenario, *buyers: Buyer) -> OrderBook:
    """An order book of these buyers, by time; they accept any wait."""
    orders = blank_orders(len(buyers))
    lines = np.zeros(len(buyers), LINE)
    for number, buyer in enumerate(sorted(buyers, key=lambda each: each.at)):
        orders[number]["placed_at"] = buyer.at
        orders[number]["first_line"], orders[number]["n_lines"] = number, 1
        orders[number]["flags"] = buyer.flags
        if buyer.patience is not None:
            orders[number]["patience"] = buyer.patience
        lines[number] = (buyer.sku, buyer.units)
    names = tuple(product.sku for product in season.products)
    return OrderBook(orders, lines, names, ("orders",), seed=1, replication=0)


def run(season: Scenario, *buyers: Buyer, seed: int = 1) -> Any:
    """Simulate these buyers."""
    return simulate(season, book(season, *buyers), seed)

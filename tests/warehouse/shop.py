"""Small shops for tests of the order flow: a few orders, stated stamps, no scenario."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.demand.order_book import LINE, blank_orders
from sim.warehouse import flow
from sim.warehouse.allocate import State, allocate
from sim.warehouse.state import PIPELINE_SLOTS
from sim.warehouse.words import FIRST_PICK, NEVER

Order = dict[str, Any]


def order(at: int, *lines: tuple[int, int], **stamps: int) -> Order:
    """An order placed at `at` with lines (sku, units), and what is stamped on the customer."""
    return {"at": at, "lines": lines, "stamps": stamps}


def open_shop(
    orders: list[Order],
    *,
    stock: tuple[int, ...] = (0,),
    people: int = 0,
    unlimited: bool = False,
    sku: dict[str, Any] | None = None,
    sizes: dict[str, Any] | None = None,
    **parameters: int,
) -> State:
    """A shop with one team that picks classes in order and then backorders; volume 10 per unit."""
    rows = blank_orders(len(orders))
    lines = np.array([line for each in orders for line in each["lines"]] or [], LINE)
    begin = 0
    for row, each in zip(rows, orders, strict=True):
        row["placed_at"], row["first_line"], row["n_lines"] = each["at"], begin, len(each["lines"])
        begin += len(each["lines"])
        for name, value in each["stamps"].items():
            row[name] = value
    state = allocate(rows, lines, n_skus=len(stock), n_people=people, **(sizes or {}))
    state.sku["free"] = state.sku["position"] = stock
    state.sku["volume"] = 10
    for name, value in (sku or {}).items():
        state.sku[name] = value
    for name, value in parameters.items():
        state.c[name] = value
    queues = range(FIRST_PICK, int(state.c["first_pack"]))
    state.serves[0, : len(queues)] = queues
    state.c["backorder_pick"] = 1
    state.team["unlimited"] = unlimited
    for person in range(people):
        flow.staff_on(state, 0, [(person, 1000, 0)])
    return state


def expect(state: State, sku: int, *coming: tuple[int, int]) -> None:
    """The shop believes that units come: (due, cumulative units)."""
    state.sku[sku]["pipeline_n"] = len(coming)
    for slot, entry in enumerate(coming):
        state.pipeline[sku * PIPELINE_SLOTS + slot] = entry


def run(state: State, at: int = NEVER, rank: int = 0) -> int:
    """Advance the flow."""
    return flow.advance(state, at, rank)


def deliver(state: State, at: int, sku: int, units: int) -> None:
    """Units that were on order arrive and are put away at once."""
    state.sku[sku]["position"] += units
    flow.receive(state, at, sku, units)

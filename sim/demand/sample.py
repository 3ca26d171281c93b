"""Draw the order book of one simulated season."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.demand.arrivals import draw_arrivals
from sim.demand.baskets import Baskets, draw_baskets, first_lines
from sim.demand.draw import Draw, stretches
from sim.demand.launches import take_lines
from sim.demand.order_book import BLANK, LINE, OPENED, ORDER, OrderBook, blank
from sim.demand.quantiles import categories
from sim.demand.replay import KnownOrders, class_names, opened_orders, replayed_orders
from sim.demand.stamps import GROUPS, Stamping
from sim.demand.window import Window, run_window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from sim.scenario.scenario import Scenario

_SKELETON = "orders"


@dataclass(frozen=True, eq=False)
class _Skeleton:
    """The orders before anything is stamped on their customers."""

    size: int
    """Orders."""
    opened: int
    """How many of them were placed before the run; they come first."""
    columns: dict[str, NDArray[np.integer[Any]]]
    """What is known of them; nothing if they are taken from a book that has it all."""
    lines: NDArray[np.void]
    numbers: tuple[str, ...]


def sample_orders(
    scenario: Scenario, seed: int, replication: int = 0, like: OrderBook | None = None
) -> OrderBook:
    """Draw every customer of a simulated season, or replay them from a history.

    The draws of one purpose come from a stream of their own, so a policy that changes one setting
    meets the same customers, and they differ in nothing else.

    Args:
        scenario: The season, under one policy.
        seed: Seed of the study.
        replication: Number of the simulated season.
        like: A book of the same season under another policy; whatever was drawn from the same
            settings is taken from it.

    Raises:
        ScenarioError: the history cannot be used.
    """
    window = run_window(scenario.season)
    inputs = {name: group.inputs(scenario) for name, group in GROUPS.items()}
    inputs[_SKELETON] = _skeleton_inputs(scenario)
    if like is not None and not _same_orders(like, inputs, seed, replication):
        like = None
    stale = [name for name in GROUPS if like is None or like.inputs[name] != inputs[name]]
    if like is not None and not stale:
        return like
    base = _draw_skeleton(scenario, window, seed, replication) if like is None else _of_book(like)
    orders = np.empty(base.size, ORDER) if like is None else like.orders.copy()
    for rows, draw in _parts(base, seed, replication):
        part = orders[rows]
        if like is None:
            blank(part)
            for column, values in base.columns.items():
                part[column] = values[rows]
        at = Stamping(scenario, window, draw, part["placed_at"])
        _stamp(part, stale, at, blank_before=like is None)
    return OrderBook(
        orders=orders,
        lines=base.lines,
        sku_names=tuple(product.sku for product in scenario.products),
        class_names=class_names(scenario),
        seed=seed,
        replication=replication,
        starts_on=window.starts_on,
        numbers=base.numbers,
        inputs=inputs,
    )


def _skeleton_inputs(scenario: Scenario) -> Any:
    products = tuple((each.sku, each.share, each.launch) for each in scenario.products)
    season = (scenario.season.start, scenario.season.end, scenario.season.length)
    return season, scenario.season.warm_up, scenario.demand, products, scenario.opening.open_orders


def _same_orders(like: OrderBook, inputs: dict[str, Any], seed: int, replication: int) -> bool:
    same = (like.seed, like.replication) == (seed, replication)
    return same and bool(like.inputs.get(_SKELETON) == inputs[_SKELETON])


def _of_book(book: OrderBook) -> _Skeleton:
    opened = int(np.count_nonzero(book.orders["flags"] & OPENED))
    return _Skeleton(len(book), opened, {}, book.lines, book.numbers)


def _parts(base: _Skeleton, seed: int, replication: int) -> Iterator[tuple[slice, Draw]]:
    """Stretches of the orders, and what their customers are drawn from."""
    for opened, begin, end in ((True, 0, base.opened), (False, base.opened, base.size)):
        draw = Draw(seed, replication, opened=opened)
        for rows in stretches(begin, end):
            yield rows, draw.of(rows.stop - rows.start)


def _stamp(
    orders: NDArray[np.void], groups: list[str], at: Stamping, *, blank_before: bool
) -> None:
    """Draw the columns of these groups, and write those that the rows do not hold already."""
    for group in groups:
        for column, values in GROUPS[group].columns(at).items():
            if not (blank_before and isinstance(values, int) and values == BLANK[column]):
                orders[column] = values


def _draw_skeleton(scenario: Scenario, window: Window, seed: int, replication: int) -> _Skeleton:
    opened = opened_orders(scenario, window)
    if scenario.demand.history is not None:
        return _assembled(opened, replayed_orders(scenario, window))
    placed = draw_arrivals(scenario.demand, window, Draw(seed, replication))
    draw = Draw(seed, replication, orders=len(placed))
    baskets = draw_baskets(scenario, draw)
    take_lines(baskets, placed, scenario, window, draw)
    class_ = _draw_classes(scenario, baskets, draw)
    drawn = KnownOrders(placed, baskets.n_lines, class_, baskets.sku, baskets.units, ())
    return _assembled(opened, drawn)


def _draw_classes(
    scenario: Scenario, baskets: Baskets, draw: Draw
) -> NDArray[np.signedinteger[Any]]:
    """Class of each order: that of its basket type, or else drawn by the shares of the classes."""
    names = class_names(scenario)
    if len(names) == 1:
        return np.zeros(draw.orders, np.int8)
    shares = np.array([each.share for each in scenario.demand.classes])
    classes = categories(shares, draw, "class")
    if baskets.kind is not None:
        types = [kind.order_class for kind in scenario.demand.basket_types]
        fixed = np.array([-1 if name is None else names.index(name) for name in types])
        classes = np.where(fixed[baskets.kind] < 0, classes, fixed[baskets.kind])
    return classes


def _assembled(opened: KnownOrders, coming: KnownOrders) -> _Skeleton:
    """Lay opened orders and those to come into one table."""
    parts = [opened, coming] if len(opened.placed_at) else [coming]

    def column(name: str) -> NDArray[np.integer[Any]]:
        arrays = [getattr(part, name) for part in parts]
        joined: NDArray[np.integer[Any]] = arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
        return joined

    columns = {name: column(name) for name in ("placed_at", "n_lines", "class_")}
    columns["first_line"] = first_lines(columns["n_lines"])
    lines = np.empty(int(columns["n_lines"].sum()), LINE)
    lines["sku"], lines["units"] = column("sku"), column("units")
    numbers = opened.numbers + coming.numbers
    return _Skeleton(len(columns["placed_at"]), len(opened.placed_at), columns, lines, numbers)

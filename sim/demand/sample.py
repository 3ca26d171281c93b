"""Draw the order book of one simulated season."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.demand.arrivals import draw_arrivals
from sim.demand.baskets import Baskets, draw_baskets, first_lines
from sim.demand.draw import Draw
from sim.demand.launches import take_lines
from sim.demand.order_book import LINE, OPENED, OrderBook, blank_orders
from sim.demand.quantiles import categories
from sim.demand.replay import KnownOrders, class_names, opened_orders, replayed_orders
from sim.demand.stamps import GROUPS, Stamping
from sim.demand.window import Window, run_window

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.scenario.scenario import Scenario

_SKELETON = "orders"


@dataclass(frozen=True, eq=False)
class _Skeleton:
    """The orders before anything is stamped on their customers."""

    orders: NDArray[np.void]
    lines: NDArray[np.void]
    opened: int
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
    draw = Draw(seed, replication, base.opened, len(base.orders) - base.opened)
    at = Stamping(scenario, window, draw, base.orders["placed_at"])
    blank = blank_orders(1)[0]
    for name in stale:
        for column, values in GROUPS[name].columns(at).items():
            # Blank rows hold the usual number already; writing a column costs a pass over all.
            if like is not None or not isinstance(values, int) or values != blank[column]:
                base.orders[column] = values
    return OrderBook(
        orders=base.orders,
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
    return _Skeleton(book.orders.copy(), book.lines, opened, book.numbers)


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


def _draw_classes(scenario: Scenario, baskets: Baskets, draw: Draw) -> NDArray[np.int64]:
    """Class of each order: that of its basket type, or else drawn by the shares of the classes."""
    names = class_names(scenario)
    if len(names) == 1:
        return np.zeros(draw.orders, np.int64)
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

    def column(name: str) -> NDArray[np.int64]:
        arrays = [getattr(part, name) for part in parts]
        joined: NDArray[np.int64] = arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
        return joined

    n_lines = column("n_lines")
    orders = blank_orders(len(n_lines))
    orders["placed_at"] = column("placed_at")
    orders["n_lines"] = n_lines
    orders["first_line"] = first_lines(n_lines)
    if any(part.class_.any() for part in parts):
        orders["class_"] = column("class_")
    lines = np.empty(int(n_lines.sum()), LINE)
    lines["sku"], lines["units"] = column("sku"), column("units")
    numbers = opened.numbers + coming.numbers
    return _Skeleton(orders, lines, len(opened.placed_at), numbers)

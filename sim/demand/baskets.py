"""What is in each order: number of lines, products, units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.demand.draw import STRETCH, stretches
from sim.demand.quantiles import categories, counts
from sim.demand.uncertainty import share_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.demand.draw import Draw
    from sim.demand.quantiles import Spread
    from sim.scenario.demand import Basket, BasketType, Demand
    from sim.scenario.scenario import Scenario

Ints = NDArray[np.int64]
Skus = NDArray[np.integer[Any]]

_LARGEST_TABLE: Final = 250_000
"""Most products times orders in memory at once while repeated lines are drawn again."""


@dataclass(frozen=True, eq=False)
class Baskets:
    """Contents of a number of orders."""

    n_lines: Ints
    """Lines of each order."""
    sku: Skus
    """Product of each line, order by order."""
    units: Skus
    """Units of each line."""
    kind: Ints | None = None
    """Basket type of each order, where there are types."""


def first_lines(n_lines: NDArray[np.integer[Any]]) -> Ints:
    """Row of each order's first line."""
    firsts = np.zeros(len(n_lines), np.int64)
    np.cumsum(n_lines[:-1], out=firsts[1:])
    return firsts


def draw_baskets(scenario: Scenario, draw: Draw) -> Baskets:
    """Fill the orders, from fixed kinds of orders or line by line."""
    if scenario.demand.basket_types:
        return _of_types(scenario, draw)
    return _line_by_line(scenario, draw)


def type_shares(demand: Demand) -> NDArray[np.float64]:
    """Weight of each basket type: its share, or its rate."""
    return np.array(
        [
            kind.rate.per_ms_rate if kind.rate is not None else kind.share or 0.0
            for kind in demand.basket_types
        ]
    )


def line_weights(basket: Basket, products: int) -> tuple[Ints, NDArray[np.float64]]:
    """Numbers of lines and their weights.

    Lines are distinct, so no order has more of them than there are products with a share.
    """
    numbers = np.array(list(basket.lines), np.int64)
    return np.minimum(numbers, max(products, 1)), np.array(list(basket.lines.values()), float)


def _of_types(scenario: Scenario, draw: Draw) -> Baskets:
    types = scenario.demand.basket_types
    code = {product.sku: number for number, product in enumerate(scenario.products)}
    kind = categories(type_shares(scenario.demand), draw, "basket_type")
    sku, units = _contents(types, code)
    sizes = np.array([len(each.contents) for each in types])
    n_lines = sizes[kind]
    # Row in the table of contents: where the type begins, plus the number of the line.
    begins = first_lines(sizes)[kind] - first_lines(n_lines)
    row = np.repeat(begins, n_lines) + np.arange(n_lines.sum())
    return Baskets(n_lines, sku[row], units[row], kind)


def _contents(types: tuple[BasketType, ...], code: dict[str, int]) -> tuple[Skus, Skus]:
    pairs = [(code[sku], units) for kind in types for sku, units in kind.contents.items()]
    table = np.array(pairs, np.int32).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _line_by_line(scenario: Scenario, draw: Draw) -> Baskets:
    basket = scenario.demand.basket
    names = [product.sku for product in scenario.products]
    # Who is launched takes lines later: see `launches`.
    weights = np.array([0.0 if each.launch else each.share for each in scenario.products], float)
    sold = int(np.count_nonzero(weights))
    numbers, shares = line_weights(basket, sold)
    if np.all(numbers[shares > 0] == 1):
        n_lines = np.ones(draw.orders, np.int64)
    else:
        n_lines = numbers.take(categories(shares, draw, "lines"))
    if sold > 1:
        weights = weights * share_errors(scenario.demand, draw, names)
    sku = draw_skus(names, weights, int(n_lines.sum()), draw)
    _part_repeated(sku, n_lines, names, weights, draw)
    return Baskets(n_lines, sku, _draw_units(basket.units_per_line, len(sku), draw))


def _draw_units(spread: Spread, lines: int, draw: Draw) -> Skus:
    """Units of each line, at least 1."""
    units = np.empty(lines, np.int32)
    stream = draw.stream("units")
    for rows in stretches(0, lines):
        units[rows] = counts(spread, stream.random(rows.stop - rows.start))
    return np.maximum(units, 1, out=units)


def draw_skus(names: list[str], weights: NDArray[np.float64], lines: int, draw: Draw) -> Skus:
    """Product of each line.

    Products take lines one after the other, in the order of the file: product k takes each line
    with probability w_k / (w_1 + … + w_k), from whoever had it. The last taker keeps it, which
    leaves everyone w_k / W of the lines. Each product draws from a stream of its own, so one added
    at the end changes only the lines that it takes, and one without a share changes nothing.
    """
    # Most often one byte each: products write here and there, and so into memory that is near.
    sku: Skus = np.zeros(lines, np.min_scalar_type(len(names)))
    total = 0.0
    for number, (name, weight) in enumerate(zip(names, weights, strict=True)):
        if weight <= 0.0:
            continue
        total += weight
        if weight == total:
            sku[:] = number
        else:
            for taken in _taken(draw.stream("sku", name), weight / total, lines):
                sku[taken] = number
    return sku


def _taken(stream: np.random.Generator, chance: float, lines: int) -> Iterator[Ints]:
    """Lines that are taken with this chance each: the gaps between them are geometric."""
    expected = lines * chance
    size = min(STRETCH, int(expected + 5.0 * expected**0.5) + 8)
    scale, at = -1.0 / np.log1p(-chance), -1
    while at < lines:
        gaps = stream.standard_exponential(size)
        gaps *= scale
        np.minimum(gaps, lines, out=gaps)
        rows = gaps.astype(np.int64)
        rows += 1
        rows[0] += at
        np.cumsum(rows, out=rows)
        at = int(rows[-1])
        yield rows if at < lines else rows[: np.searchsorted(rows, lines)]


def _part_repeated(
    sku: Skus, n_lines: Ints, names: list[str], weights: NDArray[np.float64], draw: Draw
) -> None:
    """Draw lines again whose product is in the order already, among the products that are not.

    Done line by line in the order of the lines, so every order is a sample without replacement, in
    proportion to the shares of what is left.
    """
    firsts = first_lines(n_lines)
    orders = _with_repeated(sku, firsts, int(n_lines.max(initial=1)))
    if not len(orders):
        return
    keys = _keys(names, draw)
    for part in np.array_split(orders, len(orders) * len(names) // _LARGEST_TABLE + 1):
        _part_within(sku, firsts[part], n_lines[part], keys, weights)


def _with_repeated(sku: Skus, firsts: Ints, most: int) -> Ints:
    """Orders with two lines of one product, none having more than `most` lines."""
    begins = np.zeros(len(sku), bool)
    begins[firsts] = True
    goes_on = ~begins[1:]
    together, found = goes_on, []
    for apart in range(1, most):
        found.append(np.flatnonzero(together & (sku[apart:] == sku[:-apart])))
        together = together[:-1] & goes_on[apart:]
    lines = np.concatenate([*found, np.zeros(0, np.int64)])
    repeats = np.zeros(len(firsts), bool)
    repeats[np.searchsorted(firsts, lines, side="right") - 1] = True
    return np.flatnonzero(repeats)


def _part_within(
    sku: Skus,
    firsts: Ints,
    n_lines: Ints,
    keys: NDArray[np.uint64],
    weights: NDArray[np.float64],
) -> None:
    """The same for the orders that begin at `firsts`, few enough for a table of what each holds."""
    held = np.zeros((len(firsts), len(weights)), bool)
    order = np.arange(len(firsts))
    held[order, sku[firsts]] = True
    for rank in range(1, int(n_lines.max(initial=1))):
        order = order[n_lines[order] > rank]
        line = firsts[order] + rank
        repeated = held[order, sku[line]]
        if repeated.any():
            again = line[repeated]
            sku[again] = _race(again, held[order[repeated]], keys, weights)
        held[order, sku[line]] = True


def _keys(names: list[str], draw: Draw) -> NDArray[np.uint64]:
    """A random key per product, for `_race`."""
    return np.array(
        [draw.stream("sku", name, "again").integers(1 << 63) for name in names], np.uint64
    )


def _race(
    lines: Ints, held: NDArray[np.bool_], keys: NDArray[np.uint64], weights: NDArray[np.float64]
) -> Ints:
    """Product of each line among those that its order does not hold yet.

    Each product runs for an exponential time of rate w_k; the first home wins, with probability
    proportional to w_k. The times are hashed from line and product, so that no product's times
    depend on which lines are drawn again, or on what else is sold.
    """
    times = _uniforms(lines.astype(np.uint64)[:, None], keys)
    np.log(times, out=times)
    with np.errstate(divide="ignore"):
        times /= -weights
    times[held] = np.inf
    return np.asarray(np.argmin(times, axis=1), np.int64)


def _uniforms(lines: NDArray[np.uint64], keys: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Numbers in (0, 1) from pairs of line and key.

    The finalizer of SplitMix64 (Steele, Lea and Flood 2014), on a counter that starts at the key.
    """
    mixed = keys + lines * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    mixed >>= np.uint64(11)
    uniforms: NDArray[np.float64] = mixed.astype(float)
    uniforms += 0.5
    uniforms *= 2.0**-53
    return uniforms

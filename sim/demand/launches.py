"""Demand for products that are launched: none before they are on sale, and perhaps a surge.

A launch changes only the lines that it takes from other products; how many orders and lines there
are, and what is in the others, stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.demand.baskets import line_weights
from sim.demand.inclusion import inclusion_chances
from sim.demand.uncertainty import share_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.demand.baskets import Baskets
    from sim.demand.draw import Draw
    from sim.demand.rates import RateCurve
    from sim.demand.window import Window
    from sim.scenario.launch import Launch
    from sim.scenario.products import Product
    from sim.scenario.scenario import Scenario

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True)
class Launched:
    """One product that is launched."""

    number: int
    """Of the product in the scenario."""
    sku: str
    share: float
    on_sale: int
    """When it is sold from, ms since the start of the run."""
    times: float
    """Factor on its share when its surge begins."""
    begins: int
    half_life: float

    def factor(self, at: Ints | Floats) -> Floats:
        """What its share is multiplied by at these instants.

        0 before it is on sale; 1 + (times - 1) 2^(-t / half_life) at t after the surge began.
        """
        since = np.maximum(0.0, np.asarray(at, float) - self.begins)
        rise = np.where(at >= self.begins, (self.times - 1.0) * np.exp2(-since / self.half_life), 0)
        return np.where(at >= self.on_sale, 1.0 + rise, 0.0)


def launched(scenario: Scenario, window: Window) -> list[Launched]:
    """The products that are launched, as listed; none where a history tells the demand."""
    if scenario.demand.history is not None:
        return []
    return [
        _launched(number, product, product.launch, window)
        for number, product in enumerate(scenario.products)
        if product.launch is not None
    ]


def _launched(number: int, product: Product, launch: Launch, window: Window) -> Launched:
    released, surge = window.instant(launch.released), launch.surge
    on_sale = released if launch.on_sale is None else window.instant(launch.on_sale)
    begins = released if surge is not None and surge.begins == "released" else on_sale
    times, half_life = (1.0, 1.0) if surge is None else (surge.times, float(surge.half_life))
    return Launched(number, product.sku, product.share, on_sale, times, begins, max(half_life, 1.0))


def steady_shares(scenario: Scenario) -> Floats:
    """Weight of each product that is sold all the time; 0 for those that are launched."""
    products = scenario.products
    return np.array([0.0 if each.launch else each.share for each in products], float)


def take_lines(
    baskets: Baskets, placed_at: Ints, scenario: Scenario, window: Window, draw: Draw
) -> None:
    """Let launched products take lines of the orders, one product after the other, as listed.

    Each takes a line with the chance of its weight at that instant over that weight and all before
    it, whoever had the line; but at most one line, the first, of an order. Each draws from a
    stream of its own.
    """
    own = launched(scenario, window)
    if not own:
        return
    errors = share_errors(scenario.demand, draw, [each.sku for each in scenario.products])
    order = np.repeat(np.arange(len(placed_at)), baskets.n_lines)
    total = np.full(len(placed_at), float(steady_shares(scenario) @ errors))
    for each in own:
        weight = each.share * errors[each.number] * each.factor(placed_at)
        total += weight
        chance = np.divide(weight, total, out=np.zeros(len(total)), where=total > 0)
        uniforms = draw.stream("launch", each.sku).random(len(order))
        lines = np.flatnonzero(uniforms < chance[order])
        _, first = np.unique(order[lines], return_index=True)
        baskets.sku[lines[first]] = each.number


class ExpectedLines:
    """Expected lines of each product, up to any time, where products are launched."""

    def __init__(self, scenario: Scenario, window: Window, curve: RateCurve) -> None:
        self._own, basket = launched(scenario, window), scenario.demand.basket
        self._steady = steady_shares(scenario)
        weights = self._steady.tolist()
        numbers, shares = line_weights(basket, int(np.count_nonzero(self._steady)))
        held = np.zeros((int(numbers.max()) + 1, len(weights)))
        held[1:] = inclusion_chances(weights, int(numbers.max()))
        self._at = np.diff(held, axis=0)
        """Chance that the n-th line holds each product before any is launched."""
        self._has = np.array([shares[numbers > n].sum() for n in range(len(self._at))])
        self._has /= shares.sum()
        instants = [at for each in self._own for at in (each.on_sale, each.begins)]
        inside = np.clip(np.array(instants, np.int64), 0, window.end)
        self.knots: Ints = np.unique(np.concatenate([curve.knots, inside]))
        """Between them orders come at one rate, and hold what they would in the middle."""
        orders = np.diff(curve.orders_until(self.knots))
        middles = (self.knots[:-1] + self.knots[1:]) / 2
        lines = orders[:, None] * self._per_order(middles)
        self.cumulated: Floats = np.vstack([np.zeros(len(weights)), np.cumsum(lines, axis=0)])
        """Expected lines up to each knot, shape (knots, products)."""

    def _per_order(self, at: Floats) -> Floats:
        """Expected lines of each product in an order placed at these instants."""
        kept = np.ones((len(at), len(self._at)))  # chance that nobody took the n-th line
        found = np.zeros((len(at), len(self._steady)))
        for number, taken in reversed(list(self._chances(at))):
            # The first line that a product takes: it left those before.
            takes = taken[:, None] * (1.0 - taken[:, None]) ** np.arange(len(self._at))
            found[:, number] = (kept * takes) @ self._has
            kept *= 1.0 - takes
        found += (kept * self._has) @ self._at
        return found

    def _chances(self, at: Floats) -> Iterator[tuple[int, Floats]]:
        """Number of each launched product, and its chance to take a line at these instants."""
        total = np.full(len(at), self._steady.sum())
        for each in self._own:
            weight = each.share * each.factor(at)
            total = total + weight
            taken = np.divide(weight, total, out=np.zeros(len(at)), where=total > 0)
            yield each.number, taken

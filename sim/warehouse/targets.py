"""Reorder points, order quantities and order-up-to levels: given, or computed from the forecast."""

from __future__ import annotations

import math
from functools import cached_property
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.warehouse.supplier import supplier_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.demand.forecast import Forecast
    from sim.scenario.products import Product
    from sim.warehouse.run import Run

_LONGEST = 3650 * 86_400_000
"""Lead times are planned with up to ten years, even where a distribution has no mean."""


class Levels(NamedTuple):
    """The numbers of the rule for one product, in units."""

    low: int
    """Reorder point r, or s."""
    batch: int
    """Order quantity Q."""
    high: int
    """Order-up-to level S, or base-stock level."""


class Given(NamedTuple):
    """What the scenario states of `Levels`; None is to be computed."""

    low: int | None
    batch: int | None
    high: int | None


class Targets:
    """The numbers of the replenishment rule over the season."""

    def __init__(self, run: Run) -> None:
        self.run, self.rule = run, run.scenario.replenishment
        self.given = [self._given(product) for product in run.scenario.products]

    @property
    def are_computed(self) -> bool:
        """Whether any number follows the forecast."""
        return any(self._needs_forecast(given) for given in self.given)

    @cached_property
    def opening_levels(self) -> list[Levels]:
        """The numbers at the start of the run."""
        return self.levels(0)

    def levels(self, now: int) -> list[Levels]:
        """The numbers as of an instant, by product."""
        if not self.are_computed:
            zero = np.zeros(len(self.given), np.int64)
            return self._combine(zero, zero)
        return self._combine(self.reorder_points(now), self.quantities(now))

    def reorder_points(self, now: int) -> NDArray[np.int64]:
        """Demand of a lead time that is exceeded with probability 1 - service, rounded up.

        Normal approximation r = m + z s (Silver, Pyke and Thomas 2017, section 6.7), with all that
        is uncertain about the demand in s: see `Forecast.lead_time_demand`. The periodic rule
        protects a review period more.
        """
        z = NormalDist().inv_cdf(min(max(self.rule.service, 1e-9), 1 - 1e-9))
        points = np.zeros(len(self.given), np.int64)
        for (mean, variance), skus in self._by_lead_time.items():
            span = max(1.0, mean + self._review)
            units, spread = self._forecast.lead_time_demand(now, span, variance)
            points[skus] = np.ceil(units + z * np.sqrt(spread) - 1e-9)[skus]
        return np.maximum(points, 0)

    def quantities(self, now: int) -> NDArray[np.int64]:
        """Forecast demand of the stretch that an order shall cover, at least one unit."""
        return np.maximum(1, self.cover(now, self.rule.cover))

    def cover(self, now: int, span: int) -> NDArray[np.int64]:
        """Forecast demand of `span` ms from an instant on, rounded up."""
        return np.ceil(self._forecast.units(now, now + span) - 1e-9).astype(np.int64)

    @cached_property
    def _forecast(self) -> Forecast:
        # Only computed numbers need it.
        from sim.demand.forecast import forecast_of

        return forecast_of(self.run.scenario)

    @property
    def _review(self) -> int:
        return (self.rule.review_period or 0) if self.rule.rule == "periodic" else 0

    @cached_property
    def _by_lead_time(self) -> dict[tuple[float, float], list[int]]:
        """Products by mean (ms) and variance (ms^2) of their supplier's lead time."""
        groups: dict[tuple[float, float], list[int]] = {}
        for sku, product in enumerate(self.run.scenario.products):
            name = supplier_of(self.run.scenario, product)
            lead = 0 if name is None else self.run.scenario.suppliers[name].lead_time
            mean, variance = (lead, 0.0) if isinstance(lead, int) else (lead.mean, lead.variance)
            mean = min(mean, _LONGEST) if math.isfinite(mean) else _LONGEST
            variance = min(variance, float(_LONGEST) ** 2) if math.isfinite(variance) else 0.0
            groups.setdefault((mean, variance), []).append(sku)
        return groups

    def _given(self, product: Product) -> Given:
        rule = self.rule
        return Given(
            rule.reorder_point if product.reorder_point is None else product.reorder_point,
            rule.order_quantity if product.order_quantity is None else product.order_quantity,
            rule.order_up_to if product.order_up_to is None else product.order_up_to,
        )

    def _needs_forecast(self, given: Given) -> bool:
        kind = self.rule.rule
        if kind == "none":
            return False
        if kind == "reorder_point":
            return given.low is None or given.batch is None
        return given.high is None

    def _combine(self, points: NDArray[np.int64], quantities: NDArray[np.int64]) -> list[Levels]:
        """Given numbers, and computed ones where none is given."""
        levels = []
        for given, point, quantity in zip(
            self.given, points.tolist(), quantities.tolist(), strict=True
        ):
            batch = quantity if given.batch is None else given.batch
            low = point if given.low is None else given.low
            if self.rule.rule == "base_stock":
                high = point + 1 if given.high is None else given.high
            elif self.rule.rule == "periodic":
                high = point if given.high is None else given.high
            else:
                high = low + batch if given.high is None else given.high
            if given.low is None and self.rule.rule != "reorder_point":
                low = self._just_below(high, point, given)
            levels.append(Levels(low, batch, high))
        return levels

    def _just_below(self, high: int, point: int, given: Given) -> int:
        """Without a reorder point the rule buys whenever its basis is below the target."""
        if self.rule.rule == "min_max" and given.high is None:
            return point
        return high - 1 + (self.rule.trigger == "below")

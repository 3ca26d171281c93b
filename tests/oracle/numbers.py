"""Reorder points, order quantities and order-up-to levels: given, or computed from the forecast."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.demand.forecast import forecast_of

if TYPE_CHECKING:
    from tests.oracle.facts import Facts

TEN_YEARS = 3650 * 86_400_000


class Numbers(NamedTuple):
    """What the replenishment rule of one product goes by, in units."""

    low: int
    batch: int
    high: int


class Planner:
    """Looks up the numbers of a product, or computes them."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.rule = facts, facts.scenario.replenishment

    @property
    def computes(self) -> bool:
        """Whether any product's numbers follow the forecast."""
        return any(self._is_computed(product) for product in self.facts.scenario.products)

    def numbers(self, number: int, now: int) -> Numbers:
        """The numbers of a product as they are fixed at an instant."""
        product = self.facts.scenario.products[number]
        low, batch, high = self._given(product)
        if self._uses("batch") and batch is None:
            batch = max(1, self.demand(number, now, self.rule.cover))
        point = self._point(number, now) if self.computes else 0
        if self.rule.rule == "reorder_point":
            return Numbers(point if low is None else low, batch or 0, 0)
        if self.rule.rule == "base_stock":
            return Numbers(0, 0, point + 1 if high is None else high)
        if high is None and self.rule.rule == "min_max":
            low = point if low is None else low
            return Numbers(low, 0, low + (batch or 0))
        high = point if high is None else high
        if low is None:  # buy whenever the basis is below the target
            low = high if self.rule.trigger == "below" else high - 1
        return Numbers(low, 0, high)

    def opening_stock(self, number: int, stated: Any) -> int:
        """Units that a product opens with, before pre-season buys."""
        if isinstance(stated, int):
            return stated
        if stated is not None and stated != "computed":
            return self.demand(number, 0, stated.ms)
        if self.rule.rule == "none":
            return 0
        numbers = self.numbers(number, 0)
        if self.rule.rule == "reorder_point":
            return numbers.low + numbers.batch // 2
        if self.rule.rule == "min_max":
            return (numbers.low + numbers.high) // 2
        return numbers.high

    def demand(self, number: int, now: int, span: int) -> int:
        """Units forecast for a span of time, rounded up."""
        forecast = forecast_of(self.facts.scenario)
        return math.ceil(float(forecast.units(now, now + span)[number]) - 1e-9)

    def _uses(self, name: str) -> bool:
        return name == "batch" and self.rule.rule in ("reorder_point", "min_max")

    def _given(self, product: Any) -> tuple[int | None, int | None, int | None]:
        rule = self.rule
        return (
            rule.reorder_point if product.reorder_point is None else product.reorder_point,
            rule.order_quantity if product.order_quantity is None else product.order_quantity,
            rule.order_up_to if product.order_up_to is None else product.order_up_to,
        )

    def _is_computed(self, product: Any) -> bool:
        low, batch, high = self._given(product)
        if self.rule.rule == "reorder_point":
            return low is None or batch is None
        return self.rule.rule != "none" and high is None

    def _point(self, number: int, now: int) -> int:
        """Demand of a lead time (and a review period) that is exceeded with a small probability."""
        supplier = self.facts.supplier_of(self.facts.scenario.products[number])
        lead = self.facts.scenario.suppliers[supplier].lead_time if supplier else 0
        mean, variance = (lead, 0.0) if isinstance(lead, int) else (lead.mean, lead.variance)
        span = max(1.0, min(mean, TEN_YEARS) + self._review())
        forecast = forecast_of(self.facts.scenario)
        expected = forecast.lead_time_demand(now, span, variance)
        units, spread = (float(figure[number]) for figure in expected)
        z = NormalDist().inv_cdf(min(max(self.rule.service, 1e-9), 1 - 1e-9))
        return max(0, math.ceil(units + z * math.sqrt(spread) - 1e-9))

    def _review(self) -> int:
        return (self.rule.review_period or 0) if self.rule.rule == "periodic" else 0

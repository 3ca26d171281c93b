"""The opening position: units on the shelf at the start of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.warehouse.targets import Targets

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.warehouse.run import Run


def opening_stock(run: Run) -> NDArray[np.int64]:
    """Units on the shelf of each product, pre-season buys included.

    Counted stock wins over what the product states; a stated cover is forecast demand; stock that
    is left out is computed from the replenishment rule, and none without a rule. Of a product that
    is launched there is none.
    """
    scenario, targets = run.scenario, Targets(run)
    counted = {row.sku: row.units for row in scenario.opening.stock}
    more = scenario.replenishment.pre_season_buy
    units = []
    for sku, product in enumerate(scenario.products):
        stated = counted.get(product.sku, product.stock)
        base = 0 if product.launch is not None else _base(targets, sku, stated)
        units.append(round(base * (1 + more)) + (product.pre_season_buy or 0))
    return np.array(units, np.int64)


def _base(targets: Targets, sku: int, stated: Any) -> int:
    """Units of one product before any pre-season buy."""
    if stated is None or stated == "computed":
        return _computed(targets, sku)
    if isinstance(stated, int):
        return stated
    return int(targets.cover(0, stated.ms)[sku])


def _computed(targets: Targets, sku: int) -> int:
    """Half-way between the reorder point and where an order of the rule leads."""
    rule = targets.rule.rule
    if rule == "none":
        return 0
    levels = targets.opening_levels[sku]
    if rule == "reorder_point":
        return levels.low + levels.batch // 2
    if rule == "min_max":
        return (levels.low + levels.high) // 2
    return levels.high

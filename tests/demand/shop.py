"""Small seasons to draw customers for."""

from typing import Any

from sim.scenario.scenario import Scenario

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def season(**blocks: Any) -> Scenario:
    """Return four weeks from a Monday, 200 orders a day, two products, no forecast error.

    A block given here is laid over the usual one.
    """
    usual: dict[str, Any] = {
        "season": {"start": "2026-10-05", "length": "28 days"},
        "demand": {"orders_per_day": 200, "forecast_error": "no"},
        "products": [{"sku": "A", "share": 3}, {"sku": "B", "share": 1}],
    }
    for name, block in blocks.items():
        if isinstance(block, dict) and name in usual:
            usual[name] = {**usual[name], **block}
        else:
            usual[name] = block
    return Scenario.model_validate(usual)

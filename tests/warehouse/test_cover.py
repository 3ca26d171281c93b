"""Opening stock may be given as a stretch of forecast demand."""

from __future__ import annotations

from sim import sample_orders, simulate
from sim.scenario import Scenario


def test_a_cover_opens_with_the_demand_of_that_stretch() -> None:
    scenario = Scenario.model_validate(
        {
            "season": {"length": "10 days"},
            "demand": {"rate": "10 per day", "forecast_error": False},
            "products": [{"sku": "MUG", "stock": "5 days"}],
        }
    )
    ledger = simulate(scenario, sample_orders(scenario, 1, 1), 1, 1)
    assert ledger.opening.tolist() == [50]

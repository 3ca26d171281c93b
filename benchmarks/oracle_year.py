"""The year as the oracle of the tests simulates it: plain SimPy, one process per order.

The oracle knows stated reorder points only, so the computed ones are written into the season as
they stand at its opening. In the tests it also recomputes every level from scratch after each
event, which takes far longer than the model itself; that is left out here. Orders, lines, parcels,
purchase orders and deliveries must be equal.
"""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from benchmarks.measure import cpu_seconds
from benchmarks.season import SEED, warm_up, year

if TYPE_CHECKING:
    from sim.scenario import Scenario


def against_oracle(orders: int) -> tuple[float, float]:
    """CPU seconds of the oracle and of Peakwise on the same season, without drawing the book.

    Raises:
        RuntimeError: They do not agree.
    """
    from sim import sample_orders, simulate
    from tests.oracle.compare import first_difference
    from tests.oracle.facts import Facts
    from tests.oracle.oracle import Season

    class Model(Season):
        """The oracle without its recomputed levels."""

        def _observe(self) -> None:
            pass

    warm_up()
    scenario = _stated(year(orders))
    book = sample_orders(scenario, SEED, 0)
    ours, ledger = cpu_seconds(lambda: simulate(scenario, book, SEED, 0))
    theirs, records = cpu_seconds(Model(Facts(scenario, book, SEED, 0)).run)
    difference = first_difference(records, replace(ledger, space=ledger.space[:0]))
    if difference:
        raise RuntimeError(difference)
    return theirs, ours


def _stated(scenario: Scenario) -> Scenario:
    """The season with its computed stock and reorder points stated as numbers."""
    from sim.warehouse.targets import Targets

    run: Any = SimpleNamespace(scenario=scenario)  # all that computing them asks of a run
    levels = Targets(run).opening_levels
    products = [
        product.model_copy(
            update={"reorder_point": low, "order_quantity": batch, "stock": low + batch // 2}
        )
        for product, (low, batch, _) in zip(scenario.products, levels, strict=True)
    ]
    return scenario.model_copy(update={"products": products})

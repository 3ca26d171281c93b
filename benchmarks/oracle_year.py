"""The year as the oracle of the tests simulates it: plain SimPy, one process per order.

In the tests the oracle also recomputes every level from scratch after each instant, which takes far
longer than the model itself; that is left out here. Every order, line, parcel, purchase order,
delivery, dock task and daily level must be equal.
"""

from __future__ import annotations

from dataclasses import replace

from benchmarks.measure import cpu_seconds
from benchmarks.season import SEED, warm_up, year


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

        def _leave(self, now: int) -> None:
            pass

        def _note_space(self) -> None:
            pass

    warm_up(orders)
    scenario = year(orders)
    book = sample_orders(scenario, SEED, 0)
    ours, ledger = cpu_seconds(lambda: simulate(scenario, book, SEED, 0))
    theirs, records = cpu_seconds(Model(Facts(scenario, book, SEED, 0)).run)
    difference = first_difference(records, replace(ledger, space=ledger.space[:0]))
    if difference:
        raise RuntimeError(difference)
    return theirs, ours

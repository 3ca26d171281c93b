"""The ship desk in Ciw: a network of one node whose customers renege."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ciw

if TYPE_CHECKING:
    from collections.abc import Callable


def desk(orders: int, seed: int) -> Callable[[], tuple[float, float]]:
    """Simulate the desk; what is returned tells the share cancelled and the mean wait."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(20.4)],
        service_distributions=[ciw.dists.Exponential(1.0)],
        reneging_time_distributions=[ciw.dists.Exponential(0.5)],
        number_of_servers=[20],
    )
    ciw.seed(seed)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(orders, method="Finish")

    def figures() -> tuple[float, float]:
        records = simulation.get_all_records()
        cancelled = sum(record.record_type == "renege" for record in records)
        waited = sum(record.waiting_time for record in records)
        return cancelled / len(records), waited / len(records)

    return figures

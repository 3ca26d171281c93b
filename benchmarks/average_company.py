"""The shipped season `average-company` with every system on: time, and the shares it is told for.

    python -m benchmarks.average_company [--orders 1000000] [--runs 5]

Run n simulates seed n, in a fresh process, after a first season of the same size. Times are CPU
seconds scaled to one million orders placed. A replication is what a study does after drawing the
book: simulate, check the laws, keep the ledger, compute every KPI.
"""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.measure import arguments, cpu_seconds, in_fresh_process, table
from benchmarks.season import FULL, smaller

if TYPE_CHECKING:
    from sim.scenario import Scenario

AVERAGE = Path(__file__).parent.parent / "scenarios" / "average-company.yaml"
_SIZES = (
    "demand.scale=1",
    "alerts.per_hour=500",
    "backup_plan.budget=50000",
    "backorder_area.positions=400 shelves of 80 liters",
    "carrier.capacity=9000",
    "receiving.work.per_delivery=900 s",
    "third_party.above=4000",
    "third_party.per_day=3000",
    "products.N-001.launch.units=2500 units",
    "products.N-002.launch.units=2500 units",
)
"""What grows with the shop, as it stands in the file; so do the headcounts."""
SHARES = ("backorder_share", "cancelled_due_to_backorder_share", "backorder_cancel_rate")
"""KPIs: what the company is told for, and what that implies."""


class Replication(NamedTuple):
    """What one replication took and showed. Times in CPU seconds."""

    orders: float
    """Orders placed."""
    simulate: float
    """With laws and ledger."""
    kpis: float
    handbacks: int
    """Returns of the order flow to the business."""
    shares: tuple[float, ...]
    """Values of `SHARES`."""


def average(orders: int = FULL, *changes: str) -> Scenario:
    """The average company with about this many orders: a shop that is as much smaller."""
    return smaller(AVERAGE, _SIZES, orders / FULL, *changes)


def replication(orders: int, seed: int) -> Replication:
    """Run a season twice in this process, and time the second."""
    from sim.experiment import keep_freed_memory

    keep_freed_memory()  # as the command line and the workers do
    scenario = average(orders)
    _season(scenario, seed)
    return _season(scenario, seed)


def _season(scenario: Scenario, seed: int) -> Replication:
    from sim import sample_orders, simulate
    from sim.results import kpis

    book = sample_orders(scenario, seed, 0)
    simulated, ledger = cpu_seconds(lambda: simulate(scenario, book, seed, 0))
    figured, found = cpu_seconds(lambda: kpis(ledger))
    shares = tuple(found[name] for name in SHARES)
    return Replication(found["accepted_orders"], simulated, figured, ledger.handbacks, shares)


def report(orders: int = FULL, runs: int = 5) -> str:
    """Run seeds 1 to `runs` and return the table, with its medians."""
    done = [in_fresh_process(replication, orders, seed) for seed in range(1, runs + 1)]
    rows = [_row(f"seed {seed}", one) for seed, one in enumerate(done, 1)]
    medians = [statistics.median(values) for values in zip(*(map(_figures, done)), strict=True)]
    head = ("", "orders placed", "replication", "simulate", "KPIs", "hand-backs")
    head += tuple(f"`{name}`" for name in SHARES)
    return table(head, [*rows, ("median", *_cells(medians))])


def _figures(one: Replication) -> list[float]:
    per_million = FULL / one.orders
    times = (one.simulate + one.kpis, one.simulate, one.kpis)
    return [one.orders, *(time * per_million for time in times), one.handbacks, *one.shares]


def _row(name: str, one: Replication) -> tuple[str, ...]:
    return name, *_cells(_figures(one))


def _cells(figures: list[float]) -> list[str]:
    orders, *rest = figures
    times, handbacks, shares = rest[:3], rest[3], rest[4:]
    cells = [f"{orders:,.0f}", *(f"{time:.2f} s" for time in times), f"{handbacks:,.0f}"]
    return [*cells, *(f"{share:.4f}" for share in shares)]


if __name__ == "__main__":
    print(report(**vars(arguments(__doc__, orders=FULL, runs=5))))

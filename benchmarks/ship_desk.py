"""Ship desk: Peakwise beside other simulators, interleaved, in one run.

    python -m benchmarks.ship_desk [--orders 1000000] [--runs 5]

Poisson orders, 20 people, exponential work and patience: an Erlang A queue. Every run is a fresh
process in which imports and a run of the same size come first; what is timed is drawing random
numbers and simulating. In Peakwise that is the same compiled entry as any season, with order book,
laws and ledger. salabim runs a tenth of the orders. A contender whose figures are not those of
Erlang A gets no ratio.
"""

from __future__ import annotations

import math
import statistics
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.measure import arguments, cpu_seconds, in_fresh_process, table

if TYPE_CHECKING:
    from collections.abc import Callable

CONTENDERS = {
    "Peakwise": ("benchmarks.ship_desk", 1),
    "SimPy, callbacks": ("benchmarks.peers.simpy_callbacks", 1),
    "SimPy, a process per order": ("benchmarks.peers.simpy_processes", 1),
    "Ciw": ("benchmarks.peers.ciw_network", 1),
    "salabim": ("benchmarks.peers.salabim_components", 10),
}
"""Name: the module with its `desk`, and by what its number of orders is divided."""

CANCELLED, WAIT = 0.082495, 0.164989
"""Erlang A: share of orders cancelled, and mean wait of all orders in mean works."""
SPREAD_CANCELLED, SPREAD_WAIT = 0.8, 1.6
"""Standard deviation of each figure times the square root of the orders, over many runs."""
WIDTH = 4
"""Standard errors by which a contender may be off."""


class Timing(NamedTuple):
    """One run of one contender."""

    seconds: float
    cancelled: float
    wait: float


def desk(orders: int, seed: int) -> Callable[[], tuple[float, float]]:
    """Draw the book, simulate, check the laws, keep the ledger; then read the figures off it."""
    import numpy as np

    from sim import load_scenario, sample_orders, simulate
    from sim.experiment import keep_freed_memory
    from sim.warehouse.words import CANCELLED as GAVE_UP

    keep_freed_memory()  # as the command line and the workers do
    length = f"season.length={orders / 20.4:.3f} min"
    scenario = load_scenario(Path(__file__).with_name("ship-desk.yaml"), [length])
    ledger = simulate(scenario, sample_orders(scenario, seed, 1), seed, 1)

    def figures() -> tuple[float, float]:
        started, rows = ledger.parcels["started_at"], ledger.orders
        left = np.where(started >= 0, started, rows["ended_at"])
        waited = float((left - rows["accepted_at"]).mean()) / 60_000
        return float((rows["status"] == GAVE_UP).mean()), waited

    return figures


def timed(module: str, orders: int, seed: int) -> Timing:
    """Run one contender in this process, after a run of the same size."""
    run = import_module(module).desk
    run(orders, seed + 1000)
    seconds, figures = cpu_seconds(lambda: run(orders, seed))
    return Timing(seconds, *figures())


def agrees(runs: list[Timing], orders: int) -> bool:
    """Whether both figures, over all runs, lie within the interval around Erlang A."""
    width = WIDTH / math.sqrt(orders * len(runs))
    cancelled = statistics.fmean(run.cancelled for run in runs)
    wait = statistics.fmean(run.wait for run in runs)
    near = abs(cancelled - CANCELLED) <= width * SPREAD_CANCELLED
    return near and abs(wait - WAIT) <= width * SPREAD_WAIT


def report(orders: int = 1_000_000, runs: int = 5) -> str:
    """Run every contender in turn, several times, and return the table of medians."""
    done: dict[str, list[Timing]] = {name: [] for name in CONTENDERS}
    for seed in range(1, runs + 1):
        for name, (module, part) in CONTENDERS.items():
            done[name].append(in_fresh_process(timed, module, orders // part, seed))
    unit = statistics.median(run.seconds for run in done["Peakwise"]) / orders
    trusted = agrees(done["Peakwise"], orders)
    rows = []
    for name, timings in done.items():
        size = orders // CONTENDERS[name][1]
        seconds = statistics.median(run.seconds for run in timings)
        right = trusted and agrees(timings, size)
        rows.append(
            (
                name,
                f"{size:,}",
                f"{seconds:.3f} s",
                f"{seconds / size * 1e6:.2f} µs",
                f"{seconds / size / unit:.1f}" if right else "not Erlang A",
                f"{statistics.fmean(run.cancelled for run in timings):.5f}",
                f"{statistics.fmean(run.wait for run in timings):.5f}",
            )
        )
    rows.append(("Erlang A", "", "", "", "", f"{CANCELLED:.5f}", f"{WAIT:.5f}"))
    head = ("", "orders", f"median of {runs}", "per order", "ratio", "cancelled", "mean wait")
    return table(head, rows)


if __name__ == "__main__":
    print(report(**vars(arguments(__doc__, orders=1_000_000, runs=5))))

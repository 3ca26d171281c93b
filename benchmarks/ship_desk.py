"""Ship desk: Peakwise beside SimPy with one process per order, interleaved, in one run.

    python benchmarks/ship_desk.py [--orders 1000000] [--runs 5]

Peakwise runs through the same compiled entry as any season; drawing the order book, laws and
ledger are included. Times are CPU seconds of this process, without imports and the one-time
compile. Both must agree with Erlang A: cancelled 0.082495, mean wait 0.164989 of a mean work.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from peer_simpy import ship_desk as peer

from sim import load_scenario, sample_orders, simulate
from sim.warehouse.state import CANCELLED

if TYPE_CHECKING:
    from collections.abc import Callable


def ours(orders: int, seed: int) -> dict[str, float]:
    """Run the desk in Peakwise: draw the book, simulate, check the laws, keep the ledger."""
    length = f"season.length={orders / 20.4:.3f} min"
    scenario = load_scenario(Path(__file__).with_name("ship-desk.yaml"), [length])
    book = sample_orders(scenario, seed, 1)
    ledger = simulate(scenario, book, seed, 1)
    started, orders = ledger.parcels["started_at"], ledger.orders
    left = np.where(started >= 0, started, orders["ended_at"])
    waited = (left - orders["accepted_at"]).mean() / 60_000
    return {"cancel_rate": (orders["status"] == CANCELLED).mean(), "mean_wait": waited}


def timed(run: Callable[[int, int], dict[str, float]], orders: int, seed: int) -> tuple[float, str]:
    """CPU seconds of one run, and its figures as text."""
    begin = time.process_time()
    figures = run(orders, seed)
    spent = time.process_time() - begin
    return spent, ", ".join(f"{name} {value:.5f}" for name, value in figures.items())


def main() -> None:
    """Run both in turn and print the medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    ours(1000, 0)
    spent: dict[str, list[float]] = {"peakwise": [], "simpy": []}
    for seed in range(1, options.runs + 1):
        for name, run in (("peakwise", ours), ("simpy", peer)):
            seconds, figures = timed(run, options.orders, seed)
            spent[name].append(seconds)
            print(f"run {seed}  {name:<9} {seconds:8.3f} s  {figures}", flush=True)
    medians = {name: statistics.median(values) for name, values in spent.items()}
    print(
        f"median: peakwise {medians['peakwise']:.3f} s, simpy {medians['simpy']:.3f} s, "
        f"ratio {medians['simpy'] / medians['peakwise']:.1f}"
    )


if __name__ == "__main__":
    main()

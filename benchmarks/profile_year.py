"""Where the time of the year of one million orders goes.

    python -m benchmarks.profile_year [--orders 1000000] [--runs 3]

CPU seconds scaled to one million orders. The parts are timed by wrapping the functions that do
them, so the same code runs as in any season.
"""

from __future__ import annotations

import statistics
import time
from contextlib import ExitStack
from importlib import import_module
from typing import Any
from unittest import mock

from benchmarks.measure import arguments, cpu_seconds, in_fresh_process, table
from benchmarks.season import FULL, SEED, warm_up, year

FLOW = "order flow, compiled"
INSIDE = {
    "set-up: arrays and parameters": "sim.warehouse.simulation.set_up",
    "people: rosters of all cohorts": "sim.warehouse.simulation.roster",
    FLOW: "sim.warehouse.flow.call",
    "laws of the end state": "sim.warehouse.simulation.check_laws",
}
"""Parts of `simulate`, and the function that does each."""
BUSINESS = "business: SimPy's events, replenishment, shifts, ledger"


def parts(orders: int, replication: int, *, shown: bool = True) -> dict[str, float]:
    """CPU seconds of each part of one replication, scaled to a million orders.

    Args:
        orders: Size of the year.
        replication: Number of the simulated year.
        shown: Also compute the KPIs and make the tables, and run a year of this size before.
    """
    from sim import sample_orders, simulate
    from sim.results import kpis
    from sim.results.tables import tables

    warm_up(orders if shown else 1000)
    scenario = year(orders)
    draw, book = cpu_seconds(lambda: sample_orders(scenario, SEED, replication))
    spent = dict.fromkeys(INSIDE, 0.0)
    with ExitStack() as stack:
        for part, path in INSIDE.items():
            stack.enter_context(_timed(part, path, spent))
        whole, ledger = cpu_seconds(lambda: simulate(scenario, book, SEED, replication))
    seconds = {"draw the order book": draw, **spent, BUSINESS: whole - sum(spent.values())}
    if shown:
        seconds["KPIs"], _ = cpu_seconds(lambda: kpis(ledger))
        seconds["tables"], _ = cpu_seconds(lambda: dict(tables(ledger)))
    return {part: value / len(book.orders) * FULL for part, value in seconds.items()}


def report(orders: int = FULL, runs: int = 3) -> str:
    """Profile several replications and return the table of medians."""
    done = [in_fresh_process(parts, orders, number) for number in range(runs)]
    medians = {part: statistics.median(one[part] for one in done) for part in done[0]}
    whole = sum(medians.values()) - medians["tables"]
    rows = [(part, f"{value:.3f} s", f"{value / whole:.0%}") for part, value in medians.items()]
    rows.append(("a replication of a study (without the tables)", f"{whole:.3f} s", "100%"))
    return table(("per million orders", f"median of {runs}", "share"), rows)


def _timed(part: str, path: str, spent: dict[str, float]) -> Any:
    """Add up what the calls of a function take. Reading the clock adds some 1 µs to a call."""
    room, name = path.rsplit(".", 1)
    function = getattr(import_module(room), name)

    def call(*args: Any) -> Any:
        begin = time.process_time()
        result = function(*args)
        spent[part] += time.process_time() - begin
        return result

    return mock.patch(path, call)


if __name__ == "__main__":
    print(report(**vars(arguments(__doc__, orders=FULL, runs=3))))

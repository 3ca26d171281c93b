"""A year of one million orders with everything switched on: time, memory and hand-backs.

    python -m benchmarks.year [--orders 1000000] [--runs 5] [--oracle 50000]

Each run is another replication in a fresh process. Memory is that of the process's first season,
times are those of its second, as in a study. Times are CPU seconds scaled to one million orders. A
replication is what a study does after drawing the book: simulate, check the laws, keep the ledger,
compute every KPI. `--oracle` is the size of the year that the oracle simulates.
"""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.measure import (
    arguments,
    cpu_seconds,
    forget_peak,
    in_fresh_process,
    peak_bytes,
    resident_bytes,
    table,
)
from benchmarks.oracle_year import against_oracle
from benchmarks.season import FULL, SEED, warm_up, weighed_states, year

if TYPE_CHECKING:
    from sim.warehouse.ledger import Ledger


class Replication(NamedTuple):
    """What one replication of the year took."""

    orders: int
    draw: float
    """CPU seconds of drawing the book."""
    simulate: float
    """CPU seconds of simulating, with laws and ledger."""
    kpis: float
    """CPU seconds of the KPIs."""
    handbacks: int
    array_bytes: int
    """Of the book and of everything that the flow works on."""
    peak_kpis: int
    """Bytes by which memory grew at most, up to the KPIs."""
    peak_tables: int
    """The same with the ledger as tables, one after the other."""


def replication(orders: int, number: int) -> Replication:
    """Run one replication twice in this process: for its memory, then for its time."""
    from sim.results.tables import tables

    warm_up()
    before = resident_bytes()
    forget_peak()
    first, ledger = _season(orders, number)
    peak_kpis = peak_bytes() - before
    found = tables(ledger)
    for name in found:  # as files are written: one table at a time
        found[name]
    peak_tables = peak_bytes() - before
    del ledger, found
    second, _ = _season(orders, number)
    return second._replace(
        array_bytes=first.array_bytes, peak_kpis=peak_kpis, peak_tables=peak_tables
    )


def _season(orders: int, number: int) -> tuple[Replication, Ledger]:
    from sim import sample_orders, simulate
    from sim.results import kpis

    scenario = year(orders)
    draw, book = cpu_seconds(lambda: sample_orders(scenario, SEED, number))
    with weighed_states() as weights:
        simulated, ledger = cpu_seconds(lambda: simulate(scenario, book, SEED, number))
    figures, _ = cpu_seconds(lambda: kpis(ledger))
    return Replication(
        len(book.orders), draw, simulated, figures, ledger.handbacks, weights.pop(), 0, 0
    ), ledger


def report(orders: int = FULL, runs: int = 5, oracle: int = 50_000) -> str:
    """Run all and return the table of medians beside their targets."""
    done = [in_fresh_process(replication, orders, number) for number in range(runs)]
    theirs, ours = in_fresh_process(against_oracle, oracle)

    def median(*fields: str) -> float:
        return statistics.median(sum(getattr(one, f) for f in fields) / one.orders for one in done)

    def seconds(*fields: str) -> str:
        return f"{median(*fields) * 1e6:.2f} s"

    def size(field: str) -> str:
        return f"{median(field):.0f} B"

    rows = [
        ("a replication, after drawing the book", "≤ 1.0 s", seconds("simulate", "kpis")),
        ("… of it simulating, laws, ledger", "", seconds("simulate")),
        ("… of it the KPIs", "", seconds("kpis")),
        ("drawing the book", "≤ 0.5 s", seconds("draw")),
        ("array bytes per order", "≤ 250 B", size("array_bytes")),
        ("growth of peak memory per order, up to the KPIs", "", size("peak_kpis")),
        ("growth of peak memory per order, with the tables", "≤ 450 B", size("peak_tables")),
        ("hand-backs per million orders", "≤ 20,000", f"{median('handbacks') * 1e6:,.0f}"),
        (f"the oracle's time on a year of {oracle:,} orders", "", f"{theirs / ours:,.0f} × ours"),
    ]
    return table(("per million orders", "target", f"median of {runs}"), rows)


if __name__ == "__main__":
    print(report(**vars(arguments(__doc__, orders=FULL, runs=5, oracle=50_000))))

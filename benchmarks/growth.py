"""Growth: time of the order flow per order in a shop ten times as large.

    python -m benchmarks.growth [--orders 1000000] [--times 10] [--runs 3]

The year, and the year of a shop with ten times the orders, people, space and capacity. Only the
time inside the compiled flow counts; CPU seconds, a fresh process for each run.
"""

from __future__ import annotations

import statistics

from benchmarks.measure import arguments, in_fresh_process, table
from benchmarks.profile_year import FLOW, parts
from benchmarks.season import FULL


def report(orders: int = FULL, times: int = 10, runs: int = 3) -> str:
    """Run both sizes in turn and return the table of medians."""
    sizes = (orders, times * orders)
    done: dict[int, list[float]] = {size: [] for size in sizes}
    for number in range(runs):
        for size in sizes:
            done[size].append(in_fresh_process(parts, size, number, shown=False)[FLOW])
    medians = {size: statistics.median(seconds) for size, seconds in done.items()}
    rows = [
        (f"{size:,}", f"{seconds / FULL * 1e6:.2f} µs", f"{seconds / medians[orders]:.2f}")
        for size, seconds in medians.items()
    ]
    return table(("orders a year", f"flow per order, median of {runs}", "ratio (target ≤ 2)"), rows)


if __name__ == "__main__":
    print(report(**vars(arguments(__doc__, orders=FULL, times=10, runs=3))))

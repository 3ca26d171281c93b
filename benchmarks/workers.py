"""Workers: the same study with two worker processes and with one.

    python -m benchmarks.workers [--replications 60] [--runs 3] [--percent 100]

Four policies of `holiday`. Wall time of `replicate` in a fresh process, imports and a tiny study
before it, the start of the workers included; so it needs two cores that nobody else uses. The short
studies are those that two workers could slow down. `--percent` is how many of the season's orders
come.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

from benchmarks.measure import arguments, in_fresh_process, table

SHORT = (1, 2, 5, 10)
"""Replications of the short studies."""
POLICIES = 4


def study(replications: int, workers: int, *, percent: int = 100) -> float:
    """Wall seconds of one study."""
    from sim import load_policies, replicate

    replicate(_first(load_policies("holiday", ["demand.scale=0.01"])), 1, workers=1)
    policies = _first(load_policies("holiday", [f"demand.scale={percent / 100}"]))
    begin = time.perf_counter()
    replicate(policies, replications, workers=workers)
    return time.perf_counter() - begin


def _first(policies: dict[str, Any]) -> dict[str, Any]:
    return dict(list(policies.items())[:POLICIES])


def report(replications: int = 60, runs: int = 3, percent: int = 100) -> str:
    """Run each study with one and with two workers, in turn, and return the table of medians."""
    rows = []
    for size in (*SHORT, replications):
        done: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(runs):
            for workers, seconds in done.items():
                seconds.append(in_fresh_process(study, size, workers, percent=percent))
        one, two = (statistics.median(seconds) for seconds in done.values())
        target = "speed-up ≥ 1.6" if size == replications else "two ≤ 1.05 × one"
        ratios = (f"{one / two:.2f}", f"{two / one:.2f}")
        rows.append((f"{size}", f"{one:.2f} s", f"{two:.2f} s", *ratios, target))
    head = ("replications", "one worker", "two workers", "speed-up", "two / one", "target")
    return table(head, rows)


if __name__ == "__main__":
    print(report(**vars(arguments(__doc__, replications=60, runs=3, percent=100))))

"""A cluster: what a season costs its worker, the scheduler and the study, with one and two workers.

    python -m benchmarks.cluster [--replications 5] [--percent 100]

A scheduler and workers of Dask on loopback, each in a process of its own with one thread. A season
is that of `holiday` under all its policies. CPU seconds of each process, so that what else the
machine does hardly counts; from them follows how many seasons a second more workers bring, each on
a core of its own, until the scheduler or the study is busy throughout.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psutil

from benchmarks.measure import arguments, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

CALCULATED = (4, 16, 64)
"""Numbers of workers that were not measured."""
SMALL = 100
"""Small seasons, for the work of the scheduler and of the study."""


@contextmanager
def loopback(workers: int) -> Iterator[tuple[str, list[psutil.Process]]]:
    """Address of a cluster on loopback; and its processes, the scheduler first."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address, here = f"tcp://127.0.0.1:{port}", ("--host", "127.0.0.1", "--no-dashboard")
    one = ("worker", address, "--nthreads", "1", "--no-nanny", *here)
    commands = [("scheduler", "--port", str(port), *here), *[one] * workers]
    started = [
        subprocess.Popen(  # noqa: S603 (the commands above)
            [sys.executable, "-m", "dask", *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for words in commands
    ]
    try:
        yield address, [psutil.Process(process.pid) for process in started]
    finally:
        for process in started:
            process.kill()
            process.wait()


def costs(workers: int, replications: int, percent: int) -> tuple[float, float, float]:
    """CPU seconds of a season: of its worker, of the scheduler, and of the study's process.

    The last two are those of small seasons, of which there are more: what they do does not depend
    on the size of a season, but the scheduler also spends a little on every second that passes.
    """
    from sim import load_policies
    from sim.experiment.cluster import cluster

    large = load_policies("holiday", [f"demand.scale={percent / 100}"])
    small = load_policies("holiday", [f"demand.scale={percent / 10_000}"])
    with loopback(workers) as (address, processes), cluster(address, patience=120) as executor:
        executor._client.wait_for_workers(workers, timeout=120)
        _per_season(processes, executor, small, 2 * workers)  # imports and compiled code
        _, at_work, _ = _per_season(processes, executor, large, replications)
        scheduler, _, study = _per_season(processes, executor, small, SMALL)
    return at_work, scheduler, study


def _per_season(
    processes: list[psutil.Process], executor: Executor, policies: dict[str, Any], seasons: int
) -> tuple[float, float, float]:
    """CPU seconds per season of the scheduler, of the workers together, and of this process."""
    from sim import replicate

    everyone = [*processes, psutil.Process(os.getpid())]
    before = [_seconds(each) for each in everyone]
    replicate(policies, seasons, executor=executor)
    took = [_seconds(each) - start for each, start in zip(everyone, before, strict=True)]
    scheduler, *at_work, study = took
    return scheduler / seasons, sum(at_work) / seasons, study / seasons


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def report(replications: int = 5, percent: int = 100) -> str:
    """Measure with one and two workers, calculate for more, and return the table."""
    rows, known = [], {}
    for workers in (1, 2):
        known[workers] = costs(workers, replications, percent)
        rows.append(_row(workers, known[workers], "measured"))
    rows += [_row(workers, known[2], "calculated") for workers in CALCULATED]
    head = ("workers", "CPU of a season: worker", "scheduler", "study", "seasons/s", "per core", "")
    return table(head, rows)


def _row(workers: int, cost: tuple[float, float, float], how: str) -> tuple[str, ...]:
    worker, scheduler, study = cost
    rate = min(workers / worker, 1 / max(scheduler, study))
    shown = [f"{1000 * each:,.0f} ms" if how == "measured" else "" for each in cost]
    return (str(workers), *shown, f"{rate:.2f}", f"{rate / workers:.2f}", how)


if __name__ == "__main__":
    print(report(**vars(arguments(__doc__, replications=5, percent=100))))

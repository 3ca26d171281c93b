"""Replications: the same policies on many simulated seasons."""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sim.experiment.season import Outcome, Season, customers, import_rooms, simulate_season
from sim.experiment.study import KpiMeaning, Study, collect_values
from sim.experiment.versions import versions
from sim.experiment.workers import (
    local_pool,
    run_tasks,
    start_workers,
    stop_pool,
    usable_cores,
)

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from sim.scenario import Scenario

Progress = Callable[[int, int], None]
"""Is told after every finished replication: how many are done, of how many."""

_WORTH_A_POOL = 4.0
"""Seconds of work that remain before worker processes, which take some two to start, pay."""

_SURELY_WORTH = 4_000_000
"""Customers of a study, over all policies and seasons, from which on they pay on any machine: each
takes about two millionths of a second."""


class StudyInterrupted(KeyboardInterrupt):
    """Ctrl-C during a study. What was finished is not lost."""

    def __init__(self, study: Study | None) -> None:
        super().__init__()
        self.study = study
        """The replications before the first unfinished one; None: not even one was finished."""


def replicate(
    policies: Mapping[str, Scenario] | Scenario,
    replications: int = 20,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    *,
    executor: Executor | None = None,
    season: Season = simulate_season,
    kpis: Mapping[str, KpiMeaning] | None = None,
) -> Study:
    """Simulate the same seasons under every policy.

    The result depends on (policies, replications, seed) alone: not on the number of workers, nor on
    which is done first. The first k replications of a longer study are the study of k replications.

    Args:
        policies: Resolved scenarios by policy name; a single scenario is its own only policy.
        replications: How many seasons, at least 1.
        seed: Seed of the study, at least 0.
        workers: Worker processes; None: one per usable core. Short studies run without any.
        progress: Called after each replication.
        executor: Run in this `concurrent.futures` executor, for example a cluster's, instead of
            local worker processes. It is left open.
        season: What simulates one season.
        kpis: Meaning of the KPIs; None: the registry of `sim.results`.

    Raises:
        ValueError: No policy, no replication, a negative seed, or no worker.
        StudyInterrupted: Ctrl-C was pressed; it holds what was finished.
        SimulationError: A law was broken, or a replication ends every process that runs it.
    """
    named = dict(policies) if isinstance(policies, Mapping) else {_title(policies): policies}
    count = usable_cores() if workers is None else workers
    _check(named, replications, seed, count)
    outcomes: dict[int, Outcome] = {}

    def keep(replication: int, outcome: Outcome) -> None:
        outcomes[replication] = outcome
        if progress is not None:
            progress(len(outcomes), replications)

    study = functools.partial(_study, named, seed, outcomes, kpis)
    task = functools.partial(season, named, seed)
    try:
        if executor is not None:
            run_tasks(task, range(replications), lambda: executor, keep)
        else:
            large = season is simulate_season and customers(named, replications) > _SURELY_WORTH
            _run_locally(task, replications, count, keep, large=large)
    except KeyboardInterrupt:
        partial = replace(study(), wanted=replications) if 0 in outcomes else None
        raise StudyInterrupted(partial) from None
    return study()


def _run_locally(
    task: Callable[[int], Outcome],
    replications: int,
    workers: int,
    keep: Callable[[int, Outcome], None],
    *,
    large: bool,
) -> None:
    """Share the seasons among worker processes, if those pay; that cannot change a result.

    They surely do in a large study. In others the first season runs here, and how long it takes
    decides; once it has run so long that they will, they start while it goes on.
    """
    if min(workers, replications - 1) < 2:
        _run_here(task, range(replications), keep)
    elif large:
        _run_in_pool(task, range(replications), workers, keep)
    else:
        remaining = range(1, replications)
        size = min(workers, len(remaining))
        patience = _WORTH_A_POOL / len(remaining)
        starter = threading.Timer(patience, start_workers, (size, import_rooms))
        starter.daemon = True
        began = time.perf_counter()
        starter.start()
        try:
            keep(0, task(0))
        finally:
            starter.cancel()
        if time.perf_counter() - began < patience:
            _run_here(task, remaining, keep)
        else:
            starter.join()
            _run_in_pool(task, remaining, size, keep)


def _run_here(
    task: Callable[[int], Outcome], numbers: range, keep: Callable[[int, Outcome], None]
) -> None:
    for number in numbers:
        keep(number, task(number))


def _run_in_pool(
    task: Callable[[int], Outcome],
    numbers: range,
    workers: int,
    keep: Callable[[int, Outcome], None],
) -> None:
    try:
        run_tasks(task, numbers, lambda: local_pool(workers), keep)
    except KeyboardInterrupt:
        stop_pool(local_pool(workers))
        raise


def _study(
    policies: dict[str, Scenario],
    seed: int,
    outcomes: dict[int, Outcome],
    kpis: Mapping[str, KpiMeaning] | None,
) -> Study:
    """The study of the replications from 0 up to the first that is missing."""
    from sim.scenario import scenario_hash

    finished: list[Outcome] = []
    while len(finished) in outcomes:
        finished.append(outcomes[len(finished)])
    names = tuple(policies)
    return Study(
        policies=names,
        seed=seed,
        replications=len(finished),
        values=collect_values(names, finished),
        kpis=_registry() if kpis is None else kpis,
        scenarios=policies,
        hashes={name: scenario_hash(scenario) for name, scenario in policies.items()},
        versions=versions(),
    )


def _registry() -> Mapping[str, KpiMeaning]:
    from sim.results import KPIS

    return KPIS


def _title(scenario: Scenario) -> str:
    return str(getattr(scenario, "name", "Scenario"))


def _check(policies: Mapping[str, Scenario], replications: int, seed: int, workers: int) -> None:
    for name, value, least in (
        ("policies", len(policies), 1),
        ("replications", replications, 1),
        ("seed", seed, 0),
        ("workers", workers, 1),
    ):
        if value < least:
            message = f"{name} must be at least {least}, got {value}"
            raise ValueError(message)

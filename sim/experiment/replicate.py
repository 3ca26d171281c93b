"""Replications: the same policies on many simulated seasons."""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypedDict

from sim.experiment.season import (
    Memory,
    Outcome,
    Season,
    customers,
    import_rooms,
    key_of,
    simulate_season,
)
from sim.experiment.study import KpiMeaning, Study, study_of
from sim.experiment.versions import on_same_versions, versions
from sim.experiment.workers import (
    local_pool,
    run_tasks,
    start_workers,
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


class How(TypedDict, total=False):
    """How seasons are simulated, which changes no result: arguments of `replicate`."""

    workers: int | None
    executor: Executor | None
    memory: Memory | None


class StudyInterrupted(KeyboardInterrupt):
    """Ctrl-C during a study. What was finished is not lost."""

    def __init__(self, study: Study | None) -> None:
        super().__init__()
        self.study = study
        """The replications before the first unfinished one; None: not even one was finished."""


def replicate(  # noqa: PLR0913 (each is a setting of the study)
    policies: Mapping[str, Scenario] | Scenario,
    replications: int = 20,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    *,
    executor: Executor | None = None,
    memory: Memory | None = None,
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
        memory: Seasons that it knows are not simulated, and it keeps those that are.
        season: What simulates one season.
        kpis: Meaning of the KPIs; None: the registry of `sim.results`.

    Raises:
        ValueError: No policy, no replication, a negative seed, or no worker.
        StudyInterrupted: Ctrl-C was pressed; it holds what was finished.
        SimulationError: A law was broken, a replication ends every process that runs it, or the
            executor has other versions.
    """
    named = dict(policies) if isinstance(policies, Mapping) else {_title(policies): policies}
    _check(policies=(len(named), 1), seed=(seed, 0))
    meanings = _registry() if kpis is None else kpis
    nothing = study_of(named, seed, {}, meanings, versions=versions())
    how: dict[str, Any] = {"executor": executor, "memory": memory, "season": season}
    return extend(nothing, replications, workers, progress, **how)


def extend(
    study: Study,
    replications: int,
    workers: int | None = None,
    progress: Progress | None = None,
    *,
    executor: Executor | None = None,
    memory: Memory | None = None,
    season: Season = simulate_season,
) -> Study:
    """Go on with a study until it has so many replications; those it has are not run again.

    The arguments are those of `replicate`, and so is the result: it has the same bytes.

    Raises:
        ValueError: No replication, or no worker; and what `replicate` raises.
    """
    count = usable_cores() if workers is None else workers
    _check(replications=(replications, 1), workers=(count, 1))
    named, outcomes = dict(study.scenarios), _outcomes(study)
    key = key_of(season, study.seed, study.hashes, study.versions)
    if memory is not None:
        known = memory.known(key).items()
        outcomes |= {number: outcome for number, outcome in known if number < replications}
    missing = [number for number in range(replications) if number not in outcomes]

    def keep(replication: int, outcome: Outcome) -> None:
        outcomes[replication] = outcome
        if memory is not None:
            memory.keep(key, replication, outcome)
        if progress is not None:
            progress(len(outcomes), replications)

    found = functools.partial(
        study_of, named, study.seed, outcomes, study.kpis, versions=study.versions
    )
    task = functools.partial(season, named, study.seed)
    try:
        if executor is not None:
            checked = functools.partial(on_same_versions, study.versions, task)
            run_tasks(checked, missing, lambda: executor, keep)
        else:
            large = season is simulate_season and worth_a_pool(customers(named, len(missing)))
            _run_locally(task, missing, count, keep, large=large)
    except KeyboardInterrupt:
        partial = replace(found(), wanted=replications) if 0 in outcomes else None
        raise StudyInterrupted(partial) from None
    return found()


def worth_a_pool(customers: float) -> bool:
    """Whether a study of so many customers surely pays for worker processes."""
    return customers > _SURELY_WORTH


def _outcomes(study: Study) -> dict[int, Outcome]:
    """What a study found, by replication."""
    return {
        number: {
            policy: {kpi: float(values[number]) for kpi, values in by_kpi.items()}
            for policy, by_kpi in study.values.items()
        }
        for number in range(study.replications)
    }


def _run_locally(
    task: Callable[[int], Outcome],
    numbers: Sequence[int],
    workers: int,
    keep: Callable[[int, Outcome], None],
    *,
    large: bool,
) -> None:
    """Share the seasons among worker processes, if those pay; that cannot change a result.

    They surely do in a large study. In others the first season runs here, and how long it takes
    decides; once it has run so long that they will, they start while it goes on.
    """
    if min(workers, len(numbers) - 1) < 2:
        _run_here(task, numbers, keep)
    elif large:
        run_tasks(task, numbers, lambda: local_pool(workers), keep)
    else:
        first, remaining = numbers[0], numbers[1:]
        size = min(workers, len(remaining))
        patience = _WORTH_A_POOL / len(remaining)
        starter = threading.Timer(patience, start_workers, (size, import_rooms))
        starter.daemon = True
        began = time.perf_counter()
        starter.start()
        try:
            keep(first, task(first))
        finally:
            starter.cancel()
        if time.perf_counter() - began < patience:
            _run_here(task, remaining, keep)
        else:
            starter.join()
            run_tasks(task, remaining, lambda: local_pool(size), keep)


def _run_here(
    task: Callable[[int], Outcome], numbers: Sequence[int], keep: Callable[[int, Outcome], None]
) -> None:
    for number in numbers:
        keep(number, task(number))


def _registry() -> Mapping[str, KpiMeaning]:
    from sim.results import KPIS

    return KPIS


def _title(scenario: Scenario) -> str:
    return str(getattr(scenario, "name", "Scenario"))


def _check(**least: tuple[int, int]) -> None:
    for name, (value, smallest) in least.items():
        if value < smallest:
            message = f"{name} must be at least {smallest}, got {value}"
            raise ValueError(message)

"""The number of workers and the order in which they finish change no byte."""

import importlib
import json
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sim.cli.app import app
from sim.experiment import Study, compare, json_result, replicate
from sim.experiment.season import Outcome, simulate_season
from sim.scenario import Scenario, load_policies
from tests.determinism.digest import SEASON, digested_season
from tests.experiment.kept import contents

REPLICATIONS = 6
SEED = 7


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worker processes for the shortest study too; otherwise they start when they pay."""
    module = importlib.import_module("sim.experiment.replicate")
    monkeypatch.setattr(module, "_WORTH_A_POOL", 0.0)


def digested(workers: int) -> tuple[dict[str, bytes], list[float]]:
    """All digests of a study, and the processes in which its seasons ran."""
    study = replicate(
        load_policies(SEASON), REPLICATIONS, SEED, workers, season=digested_season, kpis={}
    )
    found = {
        f"{policy} {name}": values.tobytes()
        for policy, parts in study.values.items()
        for name, values in parts.items()
        if name != "process"
    }
    return found, study.values[study.policies[0]]["process"].tolist()


@pytest.mark.usefixtures("eager")
def test_the_number_of_workers_changes_no_byte_of_any_table() -> None:
    alone, processes = digested(1)
    assert set(processes) == {os.getpid()}
    assert len(alone) > 900  # columns of 3 policies
    for workers in (2, 4):
        together, processes = digested(workers)
        assert os.getpid() not in processes[1:]
        assert together == alone


@pytest.mark.usefixtures("eager")
def test_the_number_of_workers_changes_no_byte_of_the_answer(tmp_path: Path) -> None:
    said, written = set(), []
    for workers in ("1", "2", "4"):
        folder = tmp_path / workers
        options = ["--replications", "5", "--workers", workers, "--json", "--out", str(folder)]
        result = CliRunner().invoke(app, ["compare", str(SEASON), *options])
        assert result.exit_code == 0, result.output
        said.add(result.stdout_bytes)
        written.append(contents(folder))
    assert len(said) == 1
    assert len(written[0]) > 8
    assert all(files == written[0] for files in written)


class InOrder(Executor):
    """Finishes its tasks in a stated order, each after the one before was taken notice of."""

    def __init__(self, order: list[int]) -> None:
        self.order = order
        self.tasks: list[tuple[Future[Any], Callable[[], Any]]] = []
        self.noticed = threading.Semaphore(0)
        self.finished: list[int] = []

    def submit(self, task: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Begin when the last task has come."""
        future: Future[Any] = Future()
        self.tasks.append((future, lambda: task(*args, **kwargs)))
        if len(self.tasks) == len(self.order):
            threading.Thread(target=self._work).start()
        return future

    def _work(self) -> None:
        for number in self.order:
            future, task = self.tasks[number]
            self.finished.append(number)
            future.set_result(task())
            self.noticed.acquire(timeout=60)


class Remembering:
    """Simulates every season once."""

    def __init__(self) -> None:
        self.outcomes: dict[int, Outcome] = {}

    def __call__(self, policies: Mapping[str, Scenario], seed: int, replication: int) -> Outcome:
        """Return the KPIs of every policy."""
        if replication not in self.outcomes:
            self.outcomes[replication] = simulate_season(policies, seed, replication)
        return self.outcomes[replication]


def answer_bytes(study: Study) -> bytes:
    values = b"".join(array.tobytes() for own in study.values.values() for array in own.values())
    return json.dumps(json_result(study, compare(study))).encode() + values


POLICIES = load_policies(SEASON)
REMEMBERING = Remembering()


@given(st.permutations(range(REPLICATIONS)))
@settings(max_examples=20)
def test_the_order_of_completion_changes_no_byte(order: list[int]) -> None:
    alone = replicate(POLICIES, REPLICATIONS, SEED, 1, season=REMEMBERING)
    executor = InOrder(order)
    shuffled = replicate(
        POLICIES,
        REPLICATIONS,
        SEED,
        progress=lambda *_: executor.noticed.release(),
        executor=executor,
        season=REMEMBERING,
    )
    assert executor.finished == order
    assert answer_bytes(shuffled) == answer_bytes(alone)

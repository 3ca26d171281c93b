"""A real Dask cluster on loopback: the bytes of a local run, whatever dies in the middle."""

import functools
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typer.testing import Result

from sim.errors import SimulationError
from sim.experiment import compare, json_result, replicate
from sim.experiment.cluster import ClusterError, cluster, is_open_to_others
from sim.experiment.store import Keeper
from sim.experiment.versions import on_same_versions, versions
from sim.scenario import load_policies
from tests.cli.test_kept_plans import COMMANDS
from tests.experiment.kept import POLICIES, Counted, asked, contents

pytest.importorskip("distributed", reason="needs the extra `distributed`")

SMALL = Path(__file__).with_name("small.yaml")
SEASONS = 40
ROOT = Path(__file__).parents[2]


class Started:
    """A scheduler and two workers, each in a process of its own."""

    def __init__(self, protocol: str = "tcp", certificates: tuple[str, ...] = ()) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"{protocol}://127.0.0.1:{port}"
        here = ("--host", "127.0.0.1", "--no-dashboard", "--protocol", protocol, *certificates)
        self.scheduler = self._start("scheduler", "--port", str(port), *here)
        one = ("--nthreads", "1", "--no-nanny")
        self.workers = [self._start("worker", self.address, *one, *here) for _ in range(2)]

    @staticmethod
    def _start(*words: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "dask", *words]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(command, cwd=ROOT, **quiet)

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def started() -> Iterator[Started]:
    processes = Started()
    yield processes
    processes.stop()


def kept(folder: Path, **how: object) -> dict[str, bytes]:
    """Files of a comparison that ran one way or another."""
    policies = load_policies(SMALL)
    begun = asked(SEASONS, policies, command="compare", versions=versions())
    with Keeper(folder, begun) as keeper:
        study = replicate(policies, SEASONS, 7, 1, memory=keeper, **how)
        keeper.finish(json_result(study, compare(study)))
    return contents(folder)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_cluster_gives_the_bytes_of_a_local_run_though_a_worker_is_killed(
    tmp_path: Path, started: Started
) -> None:
    def kill_one(done: int, _: int) -> None:
        if done == 5:
            started.workers[0].kill()

    with cluster(started.address, patience=120) as executor:
        spread = kept(tmp_path / "cluster", executor=executor, progress=kill_one)
    assert started.workers[0].wait() == -signal.SIGKILL
    assert started.workers[1].poll() is None
    assert spread == kept(tmp_path / "local")


def test_a_sizing_and_a_backtest_say_the_same_on_a_cluster(
    peakwise: Callable[..., Result], started: Started
) -> None:
    with cluster(started.address, patience=120) as executor:  # until a worker is there
        executor.submit(versions).result()
    for command in COMMANDS.values():
        spread = peakwise(*command, "--json", "--cluster", started.address)
        assert spread.exit_code == 0, spread.stderr
        assert spread.stdout == peakwise(*command, "--json").stdout


def test_a_cluster_that_is_lost_ends_in_one_line_and_keeps_what_is_finished(
    tmp_path: Path, started: Started
) -> None:
    def lose(done: int, _: int) -> None:
        if done == 5:
            started.scheduler.kill()

    with (
        pytest.raises(ClusterError, match="the cluster was lost"),
        cluster(started.address, patience=120) as executor,
    ):
        kept(tmp_path / "run", executor=executor, progress=lose)
    again: list[int] = []
    whole = kept(tmp_path / "run", progress=lambda done, _: again.append(done))
    assert again[0] > 5
    assert whole == kept(tmp_path / "local")


def test_an_address_without_a_scheduler_is_one_line_and_code_2(
    peakwise: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = functools.partial(cluster, patience=0.2)
    monkeypatch.setattr("sim.experiment.cluster.cluster", hasty)
    result = peakwise("compare", str(SMALL), "-n", "2", "--cluster", "tcp://127.0.0.1:9")
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("tcp://127.0.0.1:9: no scheduler of Dask answers: ")


@pytest.mark.parametrize("address", ["tcp://10.0.0.5:8786", "10.0.0.5:8786", "ws://10.0.0.5"])
def test_an_address_that_others_can_reach_unencrypted_is_told_apart(address: str) -> None:
    assert is_open_to_others(address)
    assert not is_open_to_others("tls://10.0.0.5:8786")
    assert not is_open_to_others("tcp://127.0.0.1:8786")


def test_a_worker_with_other_versions_is_refused() -> None:
    with pytest.raises(SimulationError, match=r"has numpy .*, not 1\.0: its results might differ"):
        on_same_versions({**versions(), "numpy": "1.0"}, lambda number: number, 0)
    with ThreadPoolExecutor(1) as executor:
        season = Counted()
        replicate(POLICIES, 2, 7, executor=executor, season=season, kpis={})
        assert season.simulated == [0, 1]

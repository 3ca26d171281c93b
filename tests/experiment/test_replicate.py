import functools
import importlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import psutil
import pytest

from sim.errors import SimulationError
from sim.experiment import StudyInterrupted, replicate
from sim.experiment.season import customers
from sim.experiment.store import Keeper
from sim.experiment.workers import run_tasks
from sim.scenario import load_policies, load_scenario, scenario_hash
from tests.experiment.fakes import (
    KPIS,
    Deadly,
    FakeScenario,
    fake_season,
    season_elsewhere,
)
from tests.experiment.kept import POLICIES as FAKES
from tests.experiment.kept import asked, contents

POLICIES = {"Backorder": FakeScenario(gain=50.0), "Out of stock": FakeScenario()}


@pytest.fixture
def eager_workers(monkeypatch):
    """Worker processes even for a study that is done in no time."""
    monkeypatch.setattr(importlib.import_module("sim.experiment.replicate"), "_WORTH_A_POOL", 0.0)


def values(study):
    return {p: {k: v.tobytes() for k, v in by.items()} for p, by in study.values.items()}


@pytest.mark.usefixtures("eager_workers")
def test_one_two_and_three_workers_give_the_same_bytes():
    studies = [
        replicate(POLICIES, 9, 7, workers=workers, season=fake_season, kpis=KPIS)
        for workers in (1, 2)
    ]
    with ThreadPoolExecutor(3) as executor:
        studies.append(replicate(POLICIES, 9, 7, executor=executor, season=fake_season, kpis=KPIS))
    assert values(studies[0]) == values(studies[1]) == values(studies[2])


def test_a_large_study_leaves_every_season_to_workers(monkeypatch):
    module = importlib.import_module("sim.experiment.replicate")
    elsewhere = functools.partial(season_elsewhere, os.getpid())
    monkeypatch.setattr(module, "simulate_season", elsewhere)
    monkeypatch.setattr(module, "customers", lambda *_: 1e7)
    large = replicate(POLICIES, 6, 7, workers=2, season=elsewhere, kpis=KPIS)
    assert values(large) == values(replicate(POLICIES, 6, 7, season=fake_season, kpis=KPIS))
    monkeypatch.setattr(module, "customers", lambda *_: 1.0)
    with pytest.raises(SimulationError, match="in the study's own process"):
        replicate(POLICIES, 6, 7, workers=2, season=elsewhere, kpis=KPIS)


def test_customers_of_a_study_are_counted_over_policies_and_seasons():
    policies = load_policies("holiday")
    one = customers({"only": policies["Backorder"]}, 1)
    assert one == pytest.approx(100_000, rel=0.05)
    assert customers(policies, 20) == pytest.approx(len(policies) * 20 * one)


def test_every_policy_meets_the_same_customers():
    study = replicate(POLICIES, 12, 3, workers=1, season=fake_season, kpis=KPIS)
    gain = (
        study.values["Backorder"]["season_profit"] - study.values["Out of stock"]["season_profit"]
    )
    assert gain == pytest.approx(np.full(12, 50.0))


def test_a_longer_study_begins_with_the_shorter_one():
    short, long = (
        replicate(POLICIES, n, 3, workers=1, season=fake_season, kpis=KPIS) for n in (4, 9)
    )
    profit = long.values["Backorder"]["season_profit"][:4]
    assert short.values["Backorder"]["season_profit"].tobytes() == profit.tobytes()


def test_another_seed_is_another_study():
    one, two = (
        replicate(POLICIES, 3, seed, workers=1, season=fake_season, kpis=KPIS) for seed in (1, 2)
    )
    assert values(one) != values(two)


def test_progress_counts_up_to_the_end():
    told = []
    replicate(
        POLICIES,
        3,
        1,
        workers=1,
        season=fake_season,
        kpis=KPIS,
        progress=lambda *at: told.append(at),
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_single_scenario_is_its_own_policy():
    study = replicate(FakeScenario(), 2, 1, workers=1, season=fake_season, kpis=KPIS)
    assert study.policies == ("Gift shop",)


def test_values_cannot_be_changed_afterwards():
    study = replicate(POLICIES, 2, 1, workers=1, season=fake_season, kpis=KPIS)
    with pytest.raises(ValueError, match="read-only"):
        study.values["Backorder"]["season_profit"][0] = 0.0


def test_a_kpi_that_one_season_lacks_is_unknown_there():
    def season(policies, _seed, replication):
        kpis = {"season_profit": 1.0} if replication else {}
        return dict.fromkeys(policies, kpis)

    study = replicate(POLICIES, 2, 1, workers=1, season=season, kpis=KPIS)
    assert np.isnan(study.values["Backorder"]["season_profit"][0])
    assert len(study.frame()) == 4


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"replications": 0}, "replications must be at least 1"),
        ({"seed": -1}, "seed must be at least 0"),
        ({"workers": 0}, "workers must be at least 1"),
        ({"policies": {}}, "policies must be at least 1"),
    ],
)
def test_a_study_of_nothing_is_refused(wrong, words):
    with pytest.raises(ValueError, match=words):
        replicate(**{"policies": POLICIES, "replications": 2, "season": fake_season, **wrong})


@pytest.mark.usefixtures("eager_workers")
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_killed_worker_costs_no_replication(tmp_path):
    season = Deadly(tmp_path, replication=4, times=2)
    study = replicate(POLICIES, 10, 5, workers=2, season=season, kpis=KPIS)
    calm = replicate(POLICIES, 10, 5, workers=1, season=fake_season, kpis=KPIS)
    assert len(list(tmp_path.iterdir())) == 2
    assert values(study) == values(calm)


@pytest.mark.usefixtures("eager_workers")
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_killed_worker_changes_no_byte_of_the_run_on_disk(tmp_path):
    (tmp_path / "deaths").mkdir()
    found = {}
    for name, times, workers in (("calm", 0, 1), ("hit", 1, 2)):
        season = Deadly(tmp_path / "deaths", replication=4, times=times)
        with Keeper(tmp_path / name, asked(8)) as keeper:
            replicate(FAKES, 8, 7, workers, memory=keeper, season=season, kpis=KPIS)
            keeper.finish({})
        found[name] = contents(tmp_path / name)
    assert len(list((tmp_path / "deaths").iterdir())) == 1
    assert found["hit"] == found["calm"]


@pytest.mark.usefixtures("eager_workers")
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_only_a_replication_that_kills_alone_is_blamed(tmp_path):
    season = Deadly(tmp_path, replication=4, times=99)
    with pytest.raises(SimulationError, match="replication 4 ended its worker process"):
        replicate(POLICIES, 10, 5, workers=2, season=season, kpis=KPIS)


def test_an_error_of_the_season_reaches_the_caller():
    def season(*_):
        law = "the law of gravity"
        raise SimulationError(law)

    with pytest.raises(SimulationError, match="gravity"):
        replicate(POLICIES, 2, 1, workers=1, season=season, kpis=KPIS)


def test_an_interrupted_study_keeps_what_came_before_the_gap():
    def season(policies, seed, replication):
        if replication == 3:
            raise KeyboardInterrupt
        return fake_season(policies, seed, replication)

    with pytest.raises(StudyInterrupted) as stop:
        replicate(POLICIES, 9, 1, workers=1, season=season, kpis=KPIS)
    assert stop.value.study.replications == 3
    whole = replicate(POLICIES, 3, 1, workers=1, season=fake_season, kpis=KPIS)
    assert values(stop.value.study) == values(whole)


def test_results_are_kept_by_number_whatever_is_done_first():
    released, kept = threading.Event(), {}

    def task(number):
        if number == 0:
            released.wait(5)
        return number * number

    def keep(number, result):
        kept[number] = result
        released.set()

    with ThreadPoolExecutor(2) as pool:
        run_tasks(task, range(6), lambda: pool, keep)
    assert kept == {n: n * n for n in range(6)}
    assert next(iter(kept)) != 0


def test_looking_after_many_tasks_costs_no_more_each_than_after_few():
    def cpu_seconds(tasks):
        began = time.process_time()
        with ThreadPoolExecutor(2) as pool:
            run_tasks(lambda _: time.sleep(1e-4), range(tasks), lambda: pool, lambda *_: None)
        return time.process_time() - began

    few, many = cpu_seconds(500), cpu_seconds(8000)
    assert many < 40 * few  # 16 times the tasks; waiting for all anew each time costs 200 times


POLL = 0.3
"""Seconds in which a busy machine may get round to look."""


@pytest.fixture
def long_study():
    """A study in two workers that would take a minute, after its third season."""
    script = textwrap.dedent(
        """
        import sys
        from sim.experiment import StudyInterrupted, replicate
        from tests.experiment import fakes

        def progress(done, total):
            print(done, flush=True)

        try:
            replicate({"A": fakes.FakeScenario()}, 400, 1, workers=2, kpis=fakes.KPIS,
                      season=fakes.slow_season, progress=progress)
        except StudyInterrupted as stop:
            print("kept", stop.study.replications, flush=True)
            sys.exit(130)
        """
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Whatever a shell runs in the background is deaf to Ctrl-C; this process is to hear it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    while int(process.stdout.readline()) < 3:
        pass
    yield process
    process.kill()
    process.communicate()


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT to a process group")
def test_ctrl_c_ends_a_study_within_two_seconds_and_keeps_what_is_done(long_study):
    os.killpg(long_study.pid, signal.SIGINT)
    rest, complaints = long_study.communicate(timeout=2 + POLL)
    assert (long_study.returncode, complaints) == (130, "")
    assert int(rest.split()[-1]) >= 1


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_no_worker_outlives_a_killed_study_by_three_seconds(long_study):
    workers = psutil.Process(long_study.pid).children(recursive=True)
    long_study.kill()
    assert workers
    _, alive = psutil.wait_procs(workers, timeout=3 + POLL)
    assert not alive


@pytest.mark.skipif(os.name == "nt", reason="tells workers by their command line")
def test_a_study_has_no_more_workers_than_it_was_given(long_study):
    inside = psutil.Process(long_study.pid).children(recursive=True)
    assert len([each for each in inside if "--process-name" in each.cmdline()]) == 2


def test_a_study_names_each_scenario_by_the_one_hash_of_its_settings():
    named = {
        "As it is": load_scenario("holiday"),
        "Another title": load_scenario("holiday", ["name=Other"]),
        "More orders": load_scenario("holiday", ["demand.orders_per_day=900"]),
    }
    quiet = {name: {"season_profit": 0.0} for name in named}
    study = replicate(named, 1, 1, workers=1, season=lambda *_: quiet, kpis=KPIS)
    assert study.hashes == {name: scenario_hash(scenario) for name, scenario in named.items()}
    assert study.hashes["As it is"] == study.hashes["Another title"]
    assert study.hashes["As it is"] != study.hashes["More orders"]

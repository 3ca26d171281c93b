"""A run on disk: what it holds, how it goes on, what it refuses, and how it is read back."""

import json
import multiprocessing
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.experiment import compare, json_result, replicate
from sim.experiment.season import key_of
from sim.experiment.store import Keeper, StoreError, find_run, list_runs, open_run
from sim.scenario import load_policies
from tests.experiment.fakes import KPIS, FakeScenario, fake_season
from tests.experiment.kept import POLICIES, Counted, asked, contents, keep, simulated

SMALL = Path(__file__).parents[1] / "cli" / "small.yaml"


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """A comparison of real scenarios in fake seasons, and its study."""
    folder = tmp_path_factory.mktemp("real") / "run"
    policies = load_policies(SMALL)
    gains = {policy: FakeScenario(gain=n * 50.0) for n, policy in enumerate(policies)}

    def season(_, seed, replication):
        return fake_season(gains, seed, replication)

    with Keeper(folder, asked(12, policies, command="compare")) as keeper:
        study = replicate(policies, 12, 7, 1, memory=keeper, season=season)
        keeper.finish(json_result(study, compare(study)))
    return folder, study


def test_a_run_comes_back_as_it_was_written(real):
    folder, study = real
    run = open_run(folder)
    assert run.finished
    assert (run.command, run.seed, run.seasons) == ("compare", 7, 12)
    assert run.answer == json_result(study, compare(study))
    assert run.scenarios == study.scenarios
    assert run.hashes == study.hashes
    assert run.study.frame().equals(study.frame())
    assert json_result(run.study, run.comparison) == run.answer
    assert run.tables == ("kpis",)
    assert len(run.table("kpis")) == len(study.frame())


def test_scenarios_are_read_from_json_or_in_old_runs_from_yaml(real, tmp_path, monkeypatch):
    folder, study = real
    old = tmp_path / "old"
    shutil.copytree(folder, old)
    sums = json.loads((old / "manifest.json").read_bytes())["sha256"]
    kept = {name: each for name, each in sums.items() if not name.startswith("scenarios/1-ba")}
    assert kept.keys() < sums.keys()
    for name in sums.keys() - kept.keys():
        if name.endswith(".json"):
            (old / name).unlink()
        else:
            kept[name] = sums[name]
    (old / "manifest.json").write_text(json.dumps({"sha256": kept}), encoding="utf-8")
    assert open_run(old).scenarios == study.scenarios
    monkeypatch.setattr("sim.experiment.store.reading.read_scenario", lambda *_: 1 / 0)
    assert open_run(folder).scenarios == study.scenarios
    with pytest.raises(ZeroDivisionError):
        open_run(old).scenario()


def test_a_run_that_is_checked_as_it_is_read_is_refused_where_it_is_damaged(real, tmp_path):
    folder = tmp_path / "run"
    shutil.copytree(real[0], folder)
    (folder / "kpis.parquet").write_bytes(b"damaged")
    run = find_run(str(folder), check=False)
    assert run.answer
    with pytest.raises(StoreError, match="is not what was written"):
        _ = run.study


def test_the_same_study_writes_the_same_bytes(tmp_path):
    first = contents(keep(tmp_path / "deep" / "one", 5))
    assert first == contents(keep(tmp_path / "two", 5))
    assert set(first) == {
        "run.json",
        "answer.json",
        "kpis.parquet",
        "orders.parquet",
        "manifest.json",
        "scenarios/1-a.json",
        "scenarios/1-a.yaml",
        "scenarios/2-b-50-x.json",
        "scenarios/2-b-50-x.yaml",
    }
    assert str(tmp_path).encode() not in b"".join(first.values())


def test_an_interrupted_run_goes_on_and_ends_with_the_same_bytes(tmp_path):
    begun = Counted()
    with Keeper(tmp_path / "run", asked(8)) as keeper:
        simulated(keeper, 3, begun)
    half = open_run(tmp_path / "run")
    assert (half.finished, half.seasons, half.wanted, half.answer) == (False, 3, 8, None)
    rest = Counted()
    keep(tmp_path / "run", 8, rest)
    assert (begun.simulated, rest.simulated) == ([0, 1, 2], [3, 4, 5, 6, 7])
    assert contents(tmp_path / "run") == contents(keep(tmp_path / "calm", 8))


def test_a_gap_of_an_interrupted_run_is_filled_and_nothing_else(tmp_path):
    study = replicate(POLICIES, 1, 7, 1, season=fake_season, kpis=KPIS)
    key = key_of(Counted(), 7, study.hashes, study.versions)
    with Keeper(tmp_path / "run", asked(5)) as keeper:
        for number in (4, 0, 2):
            keeper.keep(key, number, fake_season(POLICIES, 7, number))
    rest = Counted()
    keep(tmp_path / "run", 5, rest)
    assert rest.simulated == [1, 3]
    assert contents(tmp_path / "run") == contents(keep(tmp_path / "calm", 5))


def test_more_seasons_are_added_to_a_finished_run(tmp_path):
    keep(tmp_path / "run", 3)
    added = Counted()
    keep(tmp_path / "run", 7, added)
    assert added.simulated == [3, 4, 5, 6]
    assert contents(tmp_path / "run") == contents(keep(tmp_path / "calm", 7))


def test_a_finished_run_is_answered_without_simulating_or_writing(tmp_path):
    folder = keep(tmp_path / "run", 4)
    written = {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")}
    again = Counted()
    keep(folder, 4, again)
    assert again.simulated == []
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.*")} == written


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"seed": 8}, "another study (seed is 7, not 8)"),
        ({"command": "run"}, "of sweep, not run"),
        ({"options": {"replications": 5, "seed": 7, "baseline": "B"}}, "--baseline is not given"),
        ({"versions": {"peakwise": "0.2.0"}}, "peakwise is 0.1.0, not 0.2.0"),
        ({"scenarios": {"A": FakeScenario()}}, "of the policies A, B: 50 % / «x»"),
        ({"wanted": 4}, "was asked for 5 seasons: ask for as many or more"),
    ],
)
def test_another_study_is_refused_and_nothing_changes(tmp_path, changed, words):
    folder = keep(tmp_path / "run", 5)
    before = contents(folder)
    with pytest.raises(StoreError) as refused:
        Keeper(folder, asked(5, **({"scenarios": POLICIES} | changed)))
    assert words in str(refused.value)
    assert contents(folder) == before


def test_another_scenario_is_refused_by_its_path(real):
    folder, _ = real
    other = load_policies(SMALL, ["products.MUG-RED.stock=90", "demand.orders_per_day=30"])
    with pytest.raises(StoreError) as refused:
        Keeper(folder, asked(12, other, command="compare"))
    assert "demand.orders_per_day is 40, not 30; products.MUG-RED.stock is 120, not 90" in str(
        refused.value
    )


def test_no_single_flipped_bit_goes_unnoticed(real):
    folder, study = real
    numbers = np.random.default_rng(31)
    for name, good in contents(folder).items():
        for at in numbers.integers(0, len(good), 12):
            bad = bytearray(good)
            bad[at] ^= 1 << int(numbers.integers(8))
            (folder / name).write_bytes(bad)
            if name == "manifest.json" and _same_meaning(good, bytes(bad)):
                continue
            with pytest.raises(StoreError) as error:
                open_run(folder)
            assert "\n" not in str(error.value)
        (folder / name).write_bytes(good)
    assert open_run(folder).study.frame().equals(study.frame())


def _same_meaning(good, bad):
    """White space and the case of a key's escape may change in JSON without changing the run."""
    try:
        return json.loads(good) == json.loads(bad)
    except ValueError:
        return False


def test_a_flipped_bit_of_an_unfinished_run_costs_that_part_alone(tmp_path):
    folder = tmp_path / "run"
    for seasons in (1, 2, 3):
        with Keeper(folder, asked(6)) as keeper:
            simulated(keeper, seasons)
    part = min((folder / "parts").iterdir())
    good = part.read_bytes()
    part.write_bytes(good[:50] + bytes([good[50] ^ 1]) + good[51:])
    with pytest.raises(StoreError, match="is not what was written"):
        Keeper(folder, asked(6))
    part.unlink()
    rest = Counted()
    keep(folder, 6, rest)
    assert len(rest.simulated) == 4
    assert contents(folder) == contents(keep(tmp_path / "calm", 6))


@pytest.mark.parametrize("name", ["orders.parquet", "answer.json", "scenarios/1-a.yaml"])
def test_a_damaged_table_or_answer_is_written_anew_from_the_seasons(tmp_path, name):
    folder = keep(tmp_path / "run", 4)
    good = contents(folder)
    (folder / name).write_bytes(b"damaged")
    again = Counted()
    keep(folder, 4, again)
    assert again.simulated == []
    assert contents(folder) == good


def test_a_folder_with_other_things_is_left_alone(tmp_path):
    (tmp_path / "photo.jpg").write_text("dear")
    with pytest.raises(StoreError, match="something else than a run"):
        Keeper(tmp_path, asked(3))
    assert contents(tmp_path) == {"photo.jpg": b"dear"}


def test_an_empty_folder_is_taken_and_a_file_of_the_reader_stays(tmp_path):
    folder = tmp_path / "run"
    folder.mkdir()
    keep(folder, 2)
    (folder / "report.txt").write_text("mine")
    keep(folder, 3)
    assert (folder / "report.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/../../b", "c:\\x", ""])
def test_a_manifest_cannot_point_outside_the_run(tmp_path, name):
    folder = keep(tmp_path / "run", 2)
    sums = json.loads((folder / "manifest.json").read_bytes())["sha256"]
    (folder / "manifest.json").write_text(json.dumps({"sha256": {**sums, name: "0"}}))
    with pytest.raises(StoreError, match="outside the run"):
        open_run(folder)


def test_two_runs_at_once_into_one_folder_are_refused(tmp_path):
    with (
        Keeper(tmp_path / "run", asked(3)),
        pytest.raises(StoreError, match=f"is being written by process {os.getpid()}"),
    ):
        Keeper(tmp_path / "run", asked(3))
    keep(tmp_path / "run", 3)


def test_a_killed_process_leaves_no_lock(tmp_path):
    script = (
        "import os, sys; from tests.experiment.kept import *;"
        "keeper = Keeper(Path(sys.argv[1]), asked(6)); simulated(keeper, 2);"
        "os.kill(os.getpid(), 9)"
    )
    folder = str(tmp_path / "run")
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", script, folder], cwd=root, check=False)
    assert done.returncode != 0
    assert (tmp_path / "run" / ".lock").exists()
    rest = Counted()
    keep(tmp_path / "run", 6, rest)
    assert 4 <= len(rest.simulated) <= 5  # the second season came within a part of the first
    assert contents(tmp_path / "run") == contents(keep(tmp_path / "calm", 6))


def test_runs_are_listed_and_found_by_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    keep(Path("runs/two"), 2)
    keep(Path("runs/one"), 2)
    (tmp_path / "runs" / "notes").mkdir()
    (tmp_path / "runs" / "two" / "manifest.json").write_text("{")
    one, two = list_runs()
    assert one.name == "one"
    assert isinstance(two, StoreError)
    assert find_run("one").seasons == find_run("runs/one").seasons == 2
    with pytest.raises(StoreError, match="is no run"):
        find_run("three")


def test_no_worker_process_holds_the_lock(tmp_path):
    with Keeper(tmp_path / "run", asked(3)):
        child = multiprocessing.get_context("spawn").Process(target=os.getpid)
        child.start()
    keep(tmp_path / "run", 3)  # a second writer would be refused
    child.join()
    assert open_run(tmp_path / "run").finished

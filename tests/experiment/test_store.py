import json
import os
import stat

import numpy as np
import pytest

from sim.experiment import compare, json_result
from sim.experiment.store import StoreError, read_run, write_run
from tests.experiment.fakes import study_of

PROFIT = np.linspace(1e5, 2e5, 30)


@pytest.fixture
def study():
    return study_of({"A": {"season_profit": PROFIT}, "B: 50 % / «x»": {"season_profit": -PROFIT}})


@pytest.fixture
def answer(study):
    return json_result(study, compare(study))


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_run_comes_back_as_it_was_written(tmp_path, study, answer):
    written = write_run(study, tmp_path / "deep" / "run", answer)
    run = read_run(written)
    assert run.answer == answer
    assert (run.seed, run.replications, run.hashes) == (1, 30, study.hashes)
    assert run.scenarios["A"]["name"] == "Gift shop"
    assert run.tables["kpis"].equals(study.frame())


def test_the_same_study_writes_the_same_bytes(tmp_path, study, answer):
    first = contents(write_run(study, tmp_path / "one", answer))
    second = contents(write_run(study, tmp_path / "two", answer))
    assert first == second
    assert set(first) == {
        "run.json",
        "answer.json",
        "scenarios.json",
        "kpis.parquet",
        "manifest.json",
    }


def test_no_single_flipped_bit_goes_unnoticed(tmp_path, study, answer):
    folder = write_run(study, tmp_path / "run", answer)
    numbers = np.random.default_rng(31)
    for file in sorted(folder.iterdir()):
        good = file.read_bytes()
        for at in numbers.integers(0, len(good), 12):
            bad = bytearray(good)
            bad[at] ^= 1 << int(numbers.integers(8))
            file.write_bytes(bad)
            if file.name == "manifest.json" and _same_meaning(good, bytes(bad)):
                continue
            with pytest.raises(StoreError):
                read_run(folder)
        file.write_bytes(good)
    assert read_run(folder).answer == answer


def _same_meaning(good, bad):
    """White space and the case of a key's escape may change in JSON without changing the run."""
    try:
        return json.loads(good) == json.loads(bad)
    except ValueError:
        return False


def test_a_missing_file_is_named(tmp_path, study, answer):
    folder = write_run(study, tmp_path / "run", answer)
    (folder / "kpis.parquet").unlink()
    with pytest.raises(StoreError, match="missing"):
        read_run(folder)


def test_a_later_run_replaces_the_former_and_leaves_nothing_behind(tmp_path, study, answer):
    write_run(study, tmp_path / "run", answer, {"extra": study.frame()})
    write_run(study, tmp_path / "run", answer)
    assert [file.name for file in tmp_path.iterdir()] == ["run"]
    assert set(read_run(tmp_path / "run").tables) == {"kpis"}


def test_a_failed_write_leaves_the_former_run(tmp_path, study, answer):
    folder = write_run(study, tmp_path / "run", answer)
    before = contents(folder)
    with pytest.raises(ValueError, match="JSON"):
        write_run(study, folder, {"mean": float("nan")})
    assert contents(folder) == before
    assert [file.name for file in tmp_path.iterdir()] == ["run"]


def test_a_folder_with_other_things_is_left_alone(tmp_path, study, answer):
    (tmp_path / "photo.jpg").write_text("dear")
    with pytest.raises(StoreError, match="something else than a run"):
        write_run(study, tmp_path, answer)
    assert (tmp_path / "photo.jpg").read_text() == "dear"


def test_an_empty_folder_is_taken(tmp_path, study, answer):
    (tmp_path / "run").mkdir()
    assert read_run(write_run(study, tmp_path / "run", answer)).seed == 1


def test_a_manifest_cannot_point_outside_the_run(tmp_path, study, answer):
    folder = write_run(study, tmp_path / "run", answer)
    (folder / "manifest.json").write_text('{"sha256": {"../secret": "0"}}')
    with pytest.raises(StoreError, match="outside the run"):
        read_run(folder)


def test_what_is_no_run_is_said_to_be_none(tmp_path):
    with pytest.raises(StoreError, match="is no run"):
        read_run(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows opens no folders")
def test_the_names_are_brought_to_the_disk_after_the_files_and_after_the_move(
    tmp_path, monkeypatch, study, answer
):
    synced, fsync, place = [], os.fsync, tmp_path / "run"

    def note(handle):
        entry = os.fstat(handle)
        parent = tmp_path.stat().st_ino == entry.st_ino
        synced.append((stat.S_ISDIR(entry.st_mode), parent, place.exists()))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", note)
    write_run(study, place, answer)
    files, draft, parent = synced[:-2], synced[-2], synced[-1]
    assert len(files) == 5
    assert not any(is_folder for is_folder, _, _ in files)
    assert draft == (True, False, False)
    assert parent == (True, True, True)

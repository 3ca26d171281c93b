"""Runs that commands keep: gone on with, shown again, listed, and compared."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from sim.experiment.replicate import extend, replicate
from sim.experiment.season import simulate_season
from tests.experiment.kept import contents

Peakwise = Callable[..., Result]
SMALL = str(Path(__file__).with_name("small.yaml"))
STOCK = "products.MUG-RED.stock"
FEW = ("-n", "3", "-q", "--workers", "1")
COMMANDS = {
    "run": ("run", SMALL, "--policy", "Backorder", *FEW),
    "compare": ("compare", SMALL, "--baseline", "Out of stock", *FEW),
    "fates": ("fates", SMALL, *FEW),
    "sweep": ("sweep", SMALL, "--over", f"{STOCK}=60,90", "--over", "demand.scale=1,2", *FEW),
    "breakeven": ("breakeven", SMALL, "--over", f"{STOCK}=60..140", *FEW),
    "sensitivity": ("sensitivity", SMALL, "--over", f"{STOCK}=60..140", *FEW),
}


def watch(monkeypatch: pytest.MonkeyPatch, stop_after: int | None = None) -> list[int]:
    """Let the next command note the seasons that it simulates, and be interrupted after so many."""
    simulated: list[int] = []

    def season(policies, seed, replication):
        if len(simulated) == stop_after:
            raise KeyboardInterrupt
        simulated.append(replication)
        return simulate_season(policies, seed, replication)

    season.__qualname__ = simulate_season.__qualname__
    for function in (replicate, extend):  # they have it as a default argument
        monkeypatch.setitem(function.__kwdefaults__, "season", season)
    return simulated


@pytest.mark.parametrize("command", COMMANDS)
def test_a_run_is_shown_in_the_words_of_its_command(
    peakwise: Peakwise, tmp_path: Path, command: str
) -> None:
    folder = str(tmp_path / "run")
    said = peakwise(*COMMANDS[command], "--out", folder)
    assert said.exit_code == 0, said.output
    again = peakwise("show", folder)
    assert (again.exit_code, again.stdout) == (0, said.stdout)
    assert f"Made by: peakwise {command} " in again.stderr
    as_json = peakwise("show", folder, "--json").stdout
    assert as_json == peakwise(*COMMANDS[command], "--json").stdout


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "fates"])
def test_an_interrupted_command_goes_on_to_the_same_bytes(
    peakwise: Peakwise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    folder = tmp_path / "run"
    with monkeypatch.context() as patch:
        begun = watch(patch, stop_after=2)
        stopped = peakwise(*COMMANDS[command], "--out", str(folder))
        assert stopped.exit_code == 130
        assert "the same command goes on from there" in stopped.stderr
    with monkeypatch.context() as patch:
        rest = watch(patch)
        assert peakwise(*COMMANDS[command], "--out", str(folder)).exit_code == 0
    with monkeypatch.context() as patch:
        whole = watch(patch)
        assert peakwise(*COMMANDS[command], "--out", str(tmp_path / "calm")).exit_code == 0
    assert begun + rest == whole
    assert contents(folder) == contents(tmp_path / "calm")


def test_an_unfinished_comparison_is_shown_as_far_as_it_came(
    peakwise: Peakwise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path / "run")
    with monkeypatch.context() as patch:
        watch(patch, stop_after=2)
        said = peakwise(*COMMANDS["compare"], "--out", folder)
    shown = peakwise("show", folder)
    assert shown.stdout == said.stdout
    assert "Interrupted: this is a partial answer, after 2 of 3 seasons." in shown.stdout
    assert f"go on with: peakwise compare {SMALL} --replications 3" in shown.stderr


def test_an_unfinished_search_says_how_to_go_on(
    peakwise: Peakwise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path / "run")
    with monkeypatch.context() as patch:
        watch(patch, stop_after=2)
        peakwise(*COMMANDS["breakeven"], "--out", folder)
    shown = peakwise("show", folder)
    assert (shown.exit_code, shown.stdout) == (2, "")
    assert "is not finished (it keeps 2 simulated seasons); go on with:" in shown.stderr


def test_runs_are_listed_with_how_far_they_came(
    peakwise: Peakwise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "is no folder; --out runs/NAME keeps a run there" in peakwise("runs").stderr
    peakwise(*COMMANDS["run"], "--out", "runs/one")
    with monkeypatch.context() as patch:
        watch(patch, stop_after=1)
        peakwise(*COMMANDS["compare"], "--out", "runs/two")
    peakwise(*COMMANDS["run"], "--out", "runs/three")
    (tmp_path / "runs" / "three" / "manifest.json").write_text("{}", encoding="utf-8")
    listed = peakwise("runs", "--json")
    assert "manifest.json: is damaged" in listed.stderr
    one, two = json.loads(listed.stdout)["runs"]
    assert (one["name"], one["finished"], one["seasons"]) == ("one", True, 3)
    assert (two["name"], two["finished"], two["seasons"]) == ("two", False, 1)
    assert "not finished" in peakwise("runs").stdout
    assert peakwise("show", "one").exit_code == 0


def test_a_difference_names_settings_by_path_and_pairs_equal_seeds(
    peakwise: Peakwise, tmp_path: Path
) -> None:
    runs = {}
    for name, changed in {
        "a": (),
        "b": ("--set", f"{STOCK}=60"),
        "c": ("--set", f"{STOCK}=60", "--seed", "2"),
    }.items():
        runs[name] = str(tmp_path / name)
        few = ("compare", SMALL, "-n", "10", "-q", "--workers", "1")
        assert peakwise(*few, *changed, "--out", runs[name]).exit_code == 0
    found = json.loads(peakwise("diff", runs["a"], runs["b"], "--json").stdout)
    assert found["scenario"] == [
        {"path": STOCK, "before": 120, "after": 60, "policies": ["Backorder", "Out of stock"]}
    ]
    assert found["options"] == []
    rows = {(each["policy"], each["kpi"]): each for each in found["results"]}
    rate = rows["Out of stock", "fill_rate"]
    assert rate["paired"]
    assert rate["verdict"] == "worse"
    assert rate["difference"] == pytest.approx(rate["after"] - rate["before"])
    assert rows["Backorder", "orders"]["verdict"] == "the same"
    apart = json.loads(peakwise("diff", runs["b"], runs["c"], "--json").stdout)
    assert (apart["scenario"], not apart["results"][0]["paired"]) == ([], True)
    assert {"path": "seed", "before": 1, "after": 2} in apart["options"]
    shown = peakwise("diff", runs["a"], runs["b"]).stdout
    assert f"{STOCK} 120 60" in shown
    assert "season by season, on the same customers" in " ".join(shown.split())
    same = peakwise("diff", runs["a"], runs["a"]).stdout
    assert "Both ask the same" in same


def test_a_full_disk_ends_a_command_with_one_line_and_code_2(
    peakwise: Peakwise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "run"
    with monkeypatch.context() as patch:
        replace = Path.replace

        def full(self: Path, target: Path) -> Path:
            if target.name == "kpis.parquet":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return replace(self, target)

        patch.setattr(Path, "replace", full)
        result = peakwise(*COMMANDS["run"], "--out", str(folder))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"{folder / 'kpis.parquet'}: cannot be written: No space left on device;"
        " what is finished is kept: make room and give the same command again\n"
    )
    rest = watch(monkeypatch)
    assert peakwise(*COMMANDS["run"], "--out", str(folder)).exit_code == 0
    assert rest == []


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a place nobody may write to")
def test_a_place_that_is_read_only_is_refused_in_one_line(peakwise: Peakwise) -> None:
    result = peakwise(*COMMANDS["run"], "--out", "/proc/peakwise")
    assert result.exit_code == 2
    assert result.stderr.startswith("/proc/peakwise: cannot be written: ")
    assert len(result.stderr.splitlines()) == 1

"""Sizings and backtests in folders: gone on with to the same bytes, shown again, and listed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from sim.experiment.size import lab
from sim.history import backtest
from tests.experiment.kept import contents

Peakwise = Callable[..., Result]
HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
TOY = str(HOW_TO / "toy-shop.yaml")
ONE = ("--workers", "1", "-q")
COMMANDS = {
    "size": ("size", TOY, "--search", "10", "-n", "80", *ONE),
    "backtest": (
        "backtest",
        TOY,
        "--actual",
        str(HOW_TO / "toy-shop-orders.csv"),
        "-n",
        "19",
        *ONE,
    ),
}
SIMULATES = {"size": (lab, "_simulate"), "backtest": (backtest, "_weeks_of_season")}


def watch(
    monkeypatch: pytest.MonkeyPatch, command: str, stop_after: int | None = None
) -> list[int]:
    """Let the next command note the seasons that it simulates, and be interrupted after so many."""
    simulated: list[int] = []
    module, name = SIMULATES[command]
    real = getattr(module, name)

    def season(*arguments: Any) -> Any:
        if len(simulated) == stop_after:
            raise KeyboardInterrupt
        simulated.append(arguments[-1])
        return real(*arguments)

    season.__qualname__ = real.__qualname__
    monkeypatch.setattr(module, name, season)
    return simulated


@pytest.mark.parametrize("command", COMMANDS)
def test_it_goes_on_to_the_same_bytes_and_is_shown_in_its_own_words(
    peakwise: Peakwise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    folder, calm = tmp_path / "run", tmp_path / "calm"
    with monkeypatch.context() as patch:
        begun = watch(patch, command, stop_after=7)
        stopped = peakwise(*COMMANDS[command], "--out", str(folder))
        assert stopped.exit_code == 130, stopped.output
        assert "the same command goes on from there" in stopped.stderr
    with monkeypatch.context() as patch:
        rest = watch(patch, command)
        assert peakwise(*COMMANDS[command], "--out", str(folder)).exit_code == 0
    with monkeypatch.context() as patch:
        whole = watch(patch, command)
        said = peakwise(*COMMANDS[command], "--out", str(calm))
    assert begun + rest == whole
    assert contents(folder) == contents(calm)
    assert peakwise("show", str(folder)).stdout == said.stdout
    (listed, _) = json.loads(peakwise("runs", str(tmp_path), "--json").stdout)["runs"]
    assert (listed["command"], listed["finished"]) == (command, True)
    assert "Both ask the same" in peakwise("diff", str(folder), str(calm)).stdout


def test_a_folder_with_another_plan_is_refused(peakwise: Peakwise, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    assert peakwise(*COMMANDS["size"], "--out", str(folder)).exit_code == 0
    other = ("--set", "plan.targets.space_overflow=none in 90% of seasons")
    refused = peakwise(*COMMANDS["size"], *other, "--out", str(folder))
    assert refused.exit_code == 2
    assert (
        "holds another study (plan.targets.space_overflow is none in 95% of seasons, not none in"
        " 90% of seasons); name a new folder" in refused.stderr
    )

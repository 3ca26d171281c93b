"""`peakwise size` as a user calls it."""

import json
from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

Peakwise = Callable[..., Result]
TOY = str(Path(__file__).parents[2] / "docs" / "how-to" / "toy-shop.yaml")
FEW = ("--search", "10", "-n", "80", "--workers", "1", "-q")


def test_screen_and_object_give_the_same_answer(peakwise: Peakwise) -> None:
    screen = peakwise("size", TOY, *FEW)
    told = peakwise("size", TOY, *FEW, "--json")
    assert (screen.exit_code, told.exit_code) == (0, 0)
    answer = json.loads(told.stdout)
    assert answer["status"] == "confirmed"
    prose = " ".join(screen.stdout.split())
    assert answer["verdict"] in prose
    assert answer["surge"]["verdict"] in prose
    for title in ("Targets", "One step of each lever", "People to hire, and to keep"):
        assert title in screen.stdout
    assert max(map(len, screen.stdout.splitlines())) <= 80
    assert screen.stderr == told.stderr == ""
    settings = [part for each in answer["plan"]["settings"] for part in ("--set", each)]
    assert peakwise("run", TOY, "-n", "1", "-q", *settings).exit_code == 0


def test_fewer_seasons_than_can_confirm_are_refused_by_target(peakwise: Peakwise) -> None:
    result = peakwise("size", TOY, "-n", "40")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "plan.targets.space_overflow: 40 fresh seasons cannot confirm it, even if all keep it; "
        "ask for at least --replications 77"
    ]


def test_check_finds_what_is_wrong_with_a_plan(peakwise: Peakwise, tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_text(
        "extends: holiday\nplan:\n  levers: {people.pick_pack.cohorts.seasonal.persons: 1 to 3}\n"
        "  targets: {fill_rates: at least 9% on average}\n",
        encoding="utf-8",
    )
    result = peakwise("check", str(file))
    assert result.exit_code == 2
    assert "did you mean 'fill_rate'?" in result.stderr

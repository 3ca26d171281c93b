"""A season that differs, as a small scenario file that shows it again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from sim.errors import BadValue, LawBroken, ScenarioError
from tests.oracle.check import checked, scenario_of
from tests.oracle.reduce import reduced
from tests.oracle.seasons import RandomSeason


def written(season: RandomSeason, path: Path) -> str:
    """Reduce a season that differs, write it as a scenario file, and return how to run it again."""
    small = replace(season, scenario=reduced(season.scenario, lambda less: _fails(season, less)))
    switches = " --ticked" * small.ticked + " --cramped" * small.cramped
    command = f"python -m tests.oracle {path} --seed {small.seed}{switches}"
    write(small, path, command)
    return command


def write(season: RandomSeason, path: Path, command: str) -> None:
    """Write the scenario of a season, and above it the command that runs it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        file.write(f"# Run it again: {command}\n")
        YAML(typ="safe", pure=True).dump(season.scenario, file)


def from_file(path: Path, seed: int, *, ticked: bool, cramped: bool) -> RandomSeason:
    """The season of a scenario file."""
    mapping: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return RandomSeason(mapping, seed, ticked, cramped)


def _fails(season: RandomSeason, scenario: dict[str, Any]) -> bool:
    """Whether a shorter season makes sense and still differs."""
    shorter = replace(season, scenario=scenario)
    try:
        if scenario_of(shorter).semantic_problems():
            return False
        return checked(shorter).difference is not None
    except LawBroken:
        return True
    except (ValueError, BadValue, ScenarioError, AssertionError):
        return False

"""Runs that cost nothing: fake seasons, kept in a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiment import Study, replicate
from sim.experiment.season import Outcome
from sim.experiment.store import Asked, Keeper
from tests.experiment.fakes import KPIS, FakeScenario, fake_season

POLICIES: dict[str, Any] = {"A": FakeScenario(gain=50.0), "B: 50 % / «x»": FakeScenario()}
ANSWER = {"schema": 1, "scenario": "Gift shop", "verdict": "A wins.", "replications": 0}


def asked(seasons: int, policies: Mapping[str, Any] = POLICIES, **changed: Any) -> Asked:
    """A study of so many seasons."""
    given = {
        "command": "sweep",
        "arguments": ("sweep", "shop.yaml", "--replications", str(seasons)),
        "options": {"replications": seasons, "seed": 7},
        "scenarios": policies,
        "seed": 7,
        "wanted": seasons,
        "versions": {"peakwise": "0.1.0"},
    }
    return Asked(**{**given, **changed})


@dataclass
class Counted:
    """Fake seasons that know which were simulated."""

    simulated: list[int] = field(default_factory=list)

    def __call__(self, policies: Mapping[str, Any], seed: int, replication: int) -> Outcome:
        self.simulated.append(replication)
        return fake_season(policies, seed, replication)


def simulated(
    keeper: Keeper,
    seasons: int,
    season: Callable[..., Outcome] | None = None,
    policies: Mapping[str, Any] = POLICIES,
) -> Study:
    """The study of a run that is being kept."""
    return replicate(policies, seasons, 7, 1, memory=keeper, season=season or Counted(), kpis=KPIS)


def keep(
    folder: Path,
    seasons: int,
    season: Callable[..., Outcome] | None = None,
    policies: Mapping[str, Any] = POLICIES,
    **changed: Any,
) -> Path:
    """A whole run in a folder."""
    with Keeper(folder, asked(seasons, policies, **changed)) as keeper:
        study = simulated(keeper, seasons, season, policies)
        answer = {**ANSWER, "replications": study.replications}
        keeper.finish(answer, lambda: {"orders": pd.DataFrame({"id": [1, 2]})})
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }

"""The compiled engine and a textbook SimPy model of one process per order agree on everything.

`python -m tests.oracle --seasons 10000` looks at more seasons, and shows what they cover.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sim.scenario.loading import load_scenario
from tests.oracle import failure
from tests.oracle.batch import some
from tests.oracle.check import Outcome, checked, scenario_of
from tests.oracle.coverage import rare
from tests.oracle.failure import from_file, written
from tests.oracle.mutants import SEASONS
from tests.oracle.seasons import RandomSeason, random_season
from tests.oracle.things import CANCELLED, PATIENCE

OUT = Path("build/oracle")


def test_seasons_run_through_the_compiled_flow():
    assert os.environ.get("NUMBA_DISABLE_JIT", "0") == "0", "the oracle checks the compiled flow"


def test_every_record_of_every_random_season_is_that_of_the_oracle_and_all_settings_occur():
    differing, counts, _ = some((0, range(SEASONS)))
    told = [
        f"season {number}: {difference}\n{written(random_season(number), OUT / f'{number}.yaml')}"
        for number, difference in differing.items()
    ]
    assert not told, "\n".join(told)
    assert not rare(counts, SEASONS)


def test_random_seasons_make_sense():
    for number in range(SEASONS):
        assert not scenario_of(random_season(number)).semantic_problems(), number


def test_a_random_season_reads_the_same_from_its_file(tmp_path):
    for number in range(30):
        season, path = random_season(number), tmp_path / f"{number}.yaml"
        scenario = scenario_of(season)
        failure.write(season, path, "a command")
        assert load_scenario(path) == scenario
        assert scenario_of(from_file(path, 0, ticked=False, cramped=False)) == scenario


def test_a_season_that_differs_is_made_small_and_runs_again_from_its_file(tmp_path, monkeypatch):
    def suspicious(season: RandomSeason) -> Outcome:
        outcome = checked(season)
        if any((row["status"], row["reason"]) == IMPATIENT for row in outcome.records.orders):
            outcome.difference = "somebody was impatient"
        return outcome

    monkeypatch.setattr(failure, "checked", suspicious)
    number = next(n for n in range(SEASONS) if suspicious(random_season(n)).difference)
    season, path = random_season(number), tmp_path / "small.yaml"
    command = written(season, path)
    assert command.startswith(f"python -m tests.oracle {path} --seed {season.seed}")
    assert command in path.read_text(encoding="utf-8")
    again = from_file(path, season.seed, ticked=season.ticked, cramped=season.cramped)
    assert suspicious(again).difference
    assert set(again.scenario) == {"season", "demand", "products", "customers"}


IMPATIENT = (CANCELLED, PATIENCE)


@pytest.mark.parametrize("seed", [0, 1])
def test_a_random_season_is_the_same_every_time(seed):
    assert random_season(7, seed) == random_season(7, seed)
    assert random_season(7, seed) != random_season(8, seed)

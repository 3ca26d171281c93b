"""The compiled engine and a textbook SimPy model of one process per order agree on everything."""

from __future__ import annotations

import io
import os
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from ruamel.yaml import YAML

from sim.demand.sample import sample_orders
from sim.errors import BadValue, ScenarioError
from sim.scenario.scenario import Scenario
from sim.warehouse import simulate
from tests.oracle.compare import first_difference
from tests.oracle.oracle import oracle
from tests.oracle.reduce import reduced
from tests.oracle.seasons import RandomSeason, on_the_tick, seasons

SEASONS = int(os.environ.get("ORACLE_SEASONS", "150"))


def difference(settings_: dict[str, Any], season: RandomSeason) -> str | None:
    """What oracle and engine say differently of a season."""
    scenario = Scenario.model_validate(settings_)
    if scenario.semantic_problems():
        return None
    book = sample_orders(scenario, season.seed, 0)
    if season.ticked:
        book = on_the_tick(book)
    expected = oracle(scenario, book, season.seed, 0)
    return first_difference(expected, simulate(scenario, book, season.seed, 0))


def differs(settings_: dict[str, Any], season: RandomSeason) -> bool:
    """Whether a season makes sense and shows a difference."""
    try:
        return difference(settings_, season) is not None
    except (ValueError, BadValue, ScenarioError):
        return False


def test_seasons_run_through_the_compiled_flow():
    assert os.environ.get("NUMBA_DISABLE_JIT", "0") == "0", "the oracle checks the compiled flow"


@settings(max_examples=SEASONS, phases=[Phase.explicit, Phase.generate])
@given(season=seasons())
def test_every_record_of_a_random_season_is_that_of_the_oracle(season: RandomSeason):
    assert not Scenario.model_validate(season.scenario).semantic_problems()
    if difference(season.scenario, season):
        small = reduced(season.scenario, lambda shorter: differs(shorter, season))
        text = io.StringIO()
        YAML(typ="safe").dump(small, text)
        kind = "on the tick" if season.ticked else "off the tick"
        found = difference(small, season)
        pytest.fail(f"{found}\nseed {season.seed}, {kind}\n{text.getvalue()}")

"""The compiled engine and a textbook SimPy model of one process per order agree on everything."""

from __future__ import annotations

import io
import os

import pytest
from hypothesis import given, settings
from ruamel.yaml import YAML

from sim.demand.sample import sample_orders
from sim.scenario.scenario import Scenario
from sim.warehouse.simulation import simulate
from tests.oracle.compare import first_difference
from tests.oracle.oracle import oracle
from tests.oracle.seasons import RandomSeason, on_the_tick, seasons

SEASONS = int(os.environ.get("ORACLE_SEASONS", "150"))


def test_seasons_run_through_the_compiled_flow():
    assert os.environ.get("NUMBA_DISABLE_JIT", "0") == "0", "the oracle checks the compiled flow"


@settings(max_examples=SEASONS)
@given(season=seasons())
def test_every_record_of_a_random_season_is_that_of_the_oracle(season: RandomSeason):
    scenario = Scenario.model_validate(season.scenario)
    assert not scenario.semantic_problems()
    book = sample_orders(scenario, season.seed, 0)
    if season.ticked:
        book = on_the_tick(book)
    expected = oracle(scenario, book, season.seed, 0)
    found = simulate(scenario, book, season.seed, 0)
    difference = first_difference(expected, found)
    if difference:
        text = io.StringIO()
        YAML(typ="safe").dump(season.scenario, text)
        kind = "on the tick" if season.ticked else "off the tick"
        pytest.fail(f"{difference}\nseed {season.seed}, {kind}\n{text.getvalue()}")

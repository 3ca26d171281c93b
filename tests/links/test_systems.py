"""Each system is off by default, and shows in its figures and in money once it is switched on."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import pytest

from sim import sample_orders, simulate
from sim.results import KPIS, LINES, find_kpi, kpis
from sim.scenario import Scenario
from tests.links.systems import BASE, SYSTEMS, System


def _figures(more: dict[str, Any]) -> dict[str, float]:
    tree = BASE | more
    for block in ("customers", "costs", "people"):
        tree[block] = BASE[block] | more.get(block, {})
    scenario = Scenario.model_validate(tree)
    assert not scenario.semantic_problems()
    return kpis(simulate(scenario, sample_orders(scenario, 1, 0), 1, 0))


@cache
def without() -> dict[str, float]:
    """The season without any of the systems."""
    return _figures({})


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=lambda system: system.name)
def test_a_system_that_is_switched_on_shows_in_figures_and_money(system: System) -> None:
    off, on = without(), _figures(system.tiny)
    for name in (*system.kpis, *system.money):
        assert not math.isnan(on[name]), name
        assert on[name] != off.get(name, math.nan), name


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=lambda system: system.name)
def test_figures_are_those_of_the_registry(system: System) -> None:
    assert all(find_kpi(name) for name in system.kpis)
    money = [name for name in system.money if name not in LINES]
    assert all(KPIS[name].unit == "money" for name in money)

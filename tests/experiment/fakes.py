"""Seasons that cost nothing: what the tests of this room simulate instead of a shop."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import SimulationError
from sim.experiment import Study
from sim.experiment.study import collect_values
from sim.randomness import stream

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class FakeKpi:
    name: str
    label: str
    unit: str
    better: str | None = None
    headline: bool = True


@dataclass(frozen=True)
class FakeArea:
    area_per_position: float = 0.75


@dataclass(frozen=True)
class FakeDemand:
    history: str | None = None


@dataclass(frozen=True)
class FakeScenario:
    gain: float = 0.0
    name: str = "Gift shop"
    currency: str = "USD"
    backorder_area: FakeArea | None = field(default_factory=FakeArea)
    demand: FakeDemand = FakeDemand()

    def model_dump(self, **_: bool) -> dict[str, Any]:
        """What a scenario writes of itself, as far as its hash and the run on disk ask."""
        return {"name": self.name, "currency": self.currency, "gain": self.gain}


KPIS = {
    kpi.name: kpi
    for kpi in (
        FakeKpi("season_profit", "Season profit", "money", "higher"),
        FakeKpi("fill_rate", "Units served at once", "share", "higher"),
        FakeKpi("cycle_time_p90", "Order to carrier", "hours", "lower"),
        FakeKpi("cancel_rate", "Share of orders cancelled", "share", "lower"),
        FakeKpi("space_used_peak", "Backorder space used, peak", "positions"),
        FakeKpi("purchase_orders", "Purchase orders", "orders", headline=False),
    )
}


def fake_season(
    policies: Mapping[str, Any], seed: int, replication: int
) -> dict[str, dict[str, float]]:
    """Customers shared by all policies, plus what a policy gains."""
    customers = stream(seed, replication, "customers").normal(1000.0, 100.0)
    return {
        name: {"season_profit": customers + scenario.gain, "purchase_orders": float(replication)}
        for name, scenario in policies.items()
    }


def season_elsewhere(
    parent: int, policies: Mapping[str, Any], seed: int, replication: int
) -> dict[str, dict[str, float]]:
    """The same, but never in the process `parent`."""
    if os.getpid() == parent:
        message = "a season ran in the study's own process"
        raise SimulationError(message)
    return fake_season(policies, seed, replication)


def slow_season(
    policies: Mapping[str, Any], seed: int, replication: int
) -> dict[str, dict[str, float]]:
    """Long enough for Ctrl-C to come in between."""
    time.sleep(0.3)
    return fake_season(policies, seed, replication)


@dataclass(frozen=True)
class Deadly:
    """Kills the process that simulates one of the replications, the first `times` times."""

    folder: Path
    replication: int
    times: int
    home: int = field(default_factory=os.getpid)

    def __call__(
        self, policies: Mapping[str, Any], seed: int, replication: int
    ) -> dict[str, dict[str, float]]:
        deaths = len(list(self.folder.iterdir()))
        if replication == self.replication and deaths < self.times and os.getpid() != self.home:
            (self.folder / f"death-{deaths}").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return fake_season(policies, seed, replication)


def study_of(
    values: Mapping[str, Mapping[str, Any]], scenarios: Mapping[str, Any] | None = None
) -> Study:
    """A study with these values by policy and KPI."""
    policies = tuple(values)
    arrays = {
        policy: {kpi: np.asarray(series, float) for kpi, series in by_kpi.items()}
        for policy, by_kpi in values.items()
    }
    n = len(next(iter(arrays[policies[0]].values())))
    outcomes = [
        {p: {k: float(a[i]) for k, a in by.items()} for p, by in arrays.items()} for i in range(n)
    ]
    return Study(
        policies=policies,
        seed=1,
        replications=n,
        values=collect_values(policies, outcomes),
        kpis=KPIS,
        scenarios=dict.fromkeys(policies, FakeScenario()) if scenarios is None else scenarios,
        hashes=dict.fromkeys(policies, "0" * 64),
        versions={"peakwise": "0.1.0"},
    )

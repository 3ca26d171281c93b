"""One task of a study: one simulated season, under every policy."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sim.scenario import Scenario

Outcome = dict[str, dict[str, float]]
"""Policy, then KPI: its value in this season; nan: undefined."""


SECONDS_A_CUSTOMER: Final = 2e-6
"""About what a customer takes, over all that is done with them, on a core of 2020 or later."""


class Season(Protocol):
    """Simulates one season under every policy; picklable, and a pure function."""

    def __call__(self, policies: Mapping[str, Scenario], seed: int, replication: int) -> Outcome:
        """Return the KPIs of every policy."""


class Memory(Protocol):
    """Remembers finished seasons of studies, each study by its key; a run's folder is one."""

    def known(self, key: str) -> Mapping[int, Outcome]:
        """Seasons of a study that need not be simulated."""

    def keep(self, key: str, replication: int, outcome: Outcome) -> None:
        """Remember a finished season of a study."""


def key_of(
    season: Callable[..., object], seed: int, hashes: Mapping[str, str], made_by: Mapping[str, str]
) -> str:
    """Names a study by everything that its seasons depend on.

    Args:
        season: What simulates one season.
        seed: Seed of the study.
        hashes: Hash of the scenario of each policy.
        made_by: The versions at work.
    """
    what = getattr(season, "__qualname__", type(season).__qualname__)
    text = json.dumps([what, seed, list(hashes.items()), sorted(made_by.items())])
    return sha256(text.encode()).hexdigest()[:16]


def import_rooms() -> None:
    """Import what `simulate_season` needs, so that a worker is ready before its first season."""
    import sim.demand
    import sim.results.counting
    import sim.warehouse.simulation  # noqa: F401 (the imports are the work)


def customers(policies: Mapping[str, Scenario], replications: int) -> float:
    """Expected customers of a study, over all policies and seasons; 0 for a replayed history."""
    from sim.scenario.calendar import season_calendar
    from sim.scenario.sizes import expected_orders

    return replications * sum(
        expected_orders(each.demand, each.season.warm_up, season_calendar(each.season))
        for each in policies.values()
        if each.demand.history is None
    )


def seconds_of_work(policies: Mapping[str, Scenario], replications: int) -> float:
    """About how long a study takes on one core; 0 where nothing is known, as for a history."""
    return SECONDS_A_CUSTOMER * customers(policies, replications)


def simulate_season(policies: Mapping[str, Scenario], seed: int, replication: int) -> Outcome:
    """Draw the customers once, let every policy face them, and return the KPIs of each.

    A policy that changes what customers are like (their patience, say) shares every draw that it
    leaves alone: the demand room reuses what it can of the book before.
    """
    # Imported here: a worker that loads this module must not compile before its first season.
    from sim.demand import sample_orders
    from sim.results import kpis
    from sim.warehouse import simulate

    outcome: Outcome = {}
    book = None
    for name, scenario in policies.items():
        book = sample_orders(scenario, seed, replication, like=book)
        outcome[name] = dict(kpis(simulate(scenario, book, seed, replication)))
    return outcome

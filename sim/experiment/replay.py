"""One season of a study again, to be looked at day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.results.days import SeasonDays
    from sim.scenario import Scenario


def replay_season(scenario: Scenario, seed: int = 1, replication: int = 0) -> SeasonDays:
    """A season as a study of this seed simulated it, by day.

    Args:
        scenario: Of one policy.
        seed: Of the study.
        replication: From 0.
    """
    from sim.demand import sample_orders
    from sim.results.days import season_days
    from sim.warehouse import simulate

    book = sample_orders(scenario, seed, replication)
    return season_days(simulate(scenario, book, seed, replication))

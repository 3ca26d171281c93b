"""One season of many, day by day: the question, without a screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dashboard.live import SEED, Remembered, elsewhere, pool
from sim.experiment import replicate
from sim.experiment.median import season_at
from sim.experiment.outlook import outlook
from sim.experiment.replay import replay_season
from sim.experiment.waiting import waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dashboard.jobs import Job
    from sim.results.days import SeasonDays
    from sim.scenario import Scenario

SEASONS: Final = 20
"""Simulated seasons of which one is shown: those of the first answer."""
KINDS: Final[Mapping[str, float]] = {
    "A middling season": 0.5,
    "A bad one: about 1 in 10 earns less": 0.1,
    "A good one: about 1 in 10 earns more": 0.9,
}
"""Which season is shown, by the share of seasons that earn less."""


@dataclass(frozen=True, eq=False)
class Replay:
    """A season that can be looked at day by day."""

    policy: int
    """Number of its policy in the scenario."""
    season: int
    """Which of the simulated seasons it is, from 0."""
    found: SeasonDays


def looking_ahead(scenario: Scenario) -> Callable[[Job], None]:
    """Work for a job that publishes the `Outlook` of a season."""

    def work(job: Job) -> None:
        job.publish(elsewhere(outlook, scenario, SEED))

    return work


def waiting_for(policies: Mapping[str, Scenario]) -> Callable[[Job], None]:
    """Work for a job that publishes the `Waiting` of the first season."""

    def work(job: Job) -> None:
        job.publish(elsewhere(waiting, policies, SEED))

    return work


def replaying(
    policies: Mapping[str, Scenario], policy: str, share: float, memory: Remembered
) -> Callable[[Job], None]:
    """Work for a job that publishes the `Replay` of a season under one of the policies.

    The season is chosen by its profit over all policies, so that it is the same one under each.
    """

    def work(job: Job) -> None:
        how: dict[str, Any] = {"executor": pool(), "memory": memory}
        study = replicate(policies, SEASONS, SEED, progress=job.report, **how)
        season = season_at(study, share)
        found = elsewhere(replay_season, policies[policy], SEED, season)
        job.publish(Replay(list(policies).index(policy), season, found))

    return work

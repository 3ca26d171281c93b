"""Who fares differently under two policies: the questions, without a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.live import SEED, Remembered, refining
from sim.experiment.fates import customers_of_season, fate_table, simulate_fates
from sim.scenario.calendar import season_calendar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from dashboard.jobs import Job
    from sim.scenario import Scenario

MOST: Final = 1000
"""Customers of a band that are shown; all of them are in what the command line writes."""


def following(
    policies: Mapping[str, Scenario], seasons: int, memory: Remembered
) -> Callable[[Job], None]:
    """Work for a job that publishes one fate table after another."""
    return refining(policies, seasons, memory, fate_table, season=simulate_fates)


def finding(policies: Mapping[str, Scenario], before: str, after: str) -> Callable[[Job], None]:
    """Work for a job that publishes the customers of the first season with these two fates.

    Columns: `customer` (row of the order book), `placed`, `units`, and under each policy `reason`
    and `margin`.
    """

    def work(job: Job) -> None:
        frame = customers_of_season(policies, SEED)
        band = frame[(frame["before_fate"] == before) & (frame["after_fate"] == after)].head(MOST)
        job.publish(_in_words(band, policies))

    return work


def _in_words(band: pd.DataFrame, policies: Mapping[str, Scenario]) -> pd.DataFrame:
    first, second = policies
    told = band[["customer", "units"]].copy()
    told.insert(1, "placed", _instants(band["placed_at"], policies[first]))
    for when, policy in (("before", first), ("after", second)):
        for what in ("reason", "margin"):
            told[f"{what}: {policy}"] = band[f"{when}_{what}"]
    return told.dropna(axis="columns", how="all").reset_index(drop=True)


def _instants(placed: pd.Series[int], scenario: Scenario) -> list[str]:
    """Dates and times; the number of the day where a season has no dates."""
    calendar = season_calendar(scenario.season)
    if calendar.start is None:
        return [f"day {calendar.day_number(int(ms)) + 1}" for ms in placed]
    return [f"{calendar.datetime_of(int(ms)):%Y-%m-%d %H:%M}" for ms in placed]

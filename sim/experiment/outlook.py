"""What a season looks like before anything is decided: demand, staff and stock over its weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.experiment.replay import replay_season
from sim.scenario.calendar import season_calendar
from sim.scenario.units import DAY

if TYPE_CHECKING:
    from sim.results.days import SeasonDays
    from sim.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Outlook:
    """One simulated season under one policy, beside what was expected of its demand."""

    found: SeasonDays
    orders: pd.Series[float]
    """Expected orders by day of the season, before noise and error of the forecast."""
    weeks: pd.DataFrame
    """One row per week from Monday on, by the number of its first day: `needed` and `staffed`
    (hours of picking and packing), `placed` (orders), `received` (units), and `on_hand`, the units
    on the shelf in its first morning; nan: the season began during that day."""


def outlook(scenario: Scenario, seed: int = 1) -> Outlook:
    """The first season of a study, and the demand that was expected."""
    found = replay_season(scenario, seed)
    orders = expected_orders(scenario)
    inside = found.days.iloc[: len(orders)]
    weekday = found.calendar.weekday_of(found.calendar.midnight_of_day(0))
    week = (np.arange(len(inside)) + weekday) // 7
    first = pd.Series(np.arange(len(inside))).groupby(week).first().to_numpy()
    weeks = inside.groupby(week)[["needed", "staffed", "placed", "received"]].sum()
    weeks["on_hand"] = inside["on_hand"].to_numpy()[first]
    return Outlook(found, orders, weeks.set_index(pd.Index(first, name="day")))


def expected_orders(scenario: Scenario) -> pd.Series[float]:
    """Expected orders of each day; of a replayed history, its orders."""
    from sim.demand.rates import base_rate, rate_curve
    from sim.demand.replay import replayed_orders
    from sim.demand.window import run_window

    calendar, window = season_calendar(scenario.season), run_window(scenario.season)
    days = max(1, -(-(calendar.length_ms + calendar.start_time) // DAY))
    edges = window.start + np.array([calendar.midnight_of_day(day) for day in range(days + 1)])
    edges = np.clip(edges, window.start, window.end)
    if scenario.demand.history is not None:
        counts = np.histogram(replayed_orders(scenario, window).placed_at, edges)[0].astype(float)
    elif scenario.demand.arrivals == "fixed":
        counts = base_rate(scenario.demand) * np.diff(edges)
    else:
        counts = np.diff(rate_curve(scenario.demand, window).orders_until(edges))
    return pd.Series(counts, index=pd.RangeIndex(days, name="day"))

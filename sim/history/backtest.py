"""Last season again: replayed order by order, and drawn anew, beside what happened.

The *replay* lets the shop's own orders meet the scenario's warehouse: what differs from reality is
the warehouse. Its replenishment knows the scenario's forecast, as the shop did, and not the orders
to come. The *drawn* seasons have their own orders: what differs is demand as well. Where the export
does not say what happened later (shipping, cancellation), the replay stands for it.
"""

from __future__ import annotations

import datetime as dt
import math
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zlib import compress, decompress

import numpy as np

from sim.experiment.replicate import StudyInterrupted, replicate
from sim.experiment.statistics import usual_range
from sim.history.problems import refuse
from sim.history.replay import write_replay
from sim.history.unknown_products import as_season_products
from sim.history.weeks import DAY, events_of_history, events_of_ledger, weekly
from sim.scenario.calendar import season_calendar
from sim.scenario.moments import thanksgiving

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Unpack

    from numpy.typing import NDArray

    from sim.experiment.replicate import How, Progress
    from sim.experiment.season import Outcome
    from sim.experiment.study import Study
    from sim.history.cleaning import CleanHistory
    from sim.scenario import Scenario

    Floats = NDArray[np.float64]

REPLAYED, DRAWN = "replayed", "drawn"


@dataclass(frozen=True, eq=False)
class FigureBacktest:
    """One figure week by week; the last place of each array is the whole season."""

    figure: str
    """One of `FIGURES`."""
    happened: Floats
    """What the export says; nan where it does not."""
    replayed: Floats
    """Mean of the replays."""
    low: Floats
    """From here ..."""
    high: Floats
    """... to here, at least 9 of 10 drawn seasons lie."""
    chance: float
    """Chance of so few weeks inside, if the real season were one of the drawn; nan: unknown."""

    @property
    def from_export(self) -> bool:
        """Whether the export says what happened; else the replay stands for it."""
        return bool(np.isfinite(self.happened).any())

    @property
    def compared(self) -> Floats:
        """What the drawn seasons are compared with."""
        return self.happened if self.from_export else self.replayed

    @property
    def weeks(self) -> int:
        """Weeks that can be compared."""
        return int(self._known[:-1].sum())

    @property
    def inside(self) -> int:
        """Weeks of them inside the range."""
        within = (self.low <= self.compared) & (self.compared <= self.high)
        return int((within & self._known)[:-1].sum())

    @property
    def _known(self) -> NDArray[np.bool_]:
        return np.isfinite(self.compared) & np.isfinite(self.low)


@dataclass(frozen=True, eq=False)
class Backtest:
    """What happened, beside what the scenario says of such a season."""

    weeks: tuple[dt.date, ...]
    """First day of each week of the season."""
    apart_days: int
    """Days between the export and the season that it is laid on; a multiple of 7."""
    figures: tuple[FigureBacktest, ...]
    study: Study
    """Replayed and drawn seasons."""


_FILE: Final = "orders.csv"
"""Name of the file of replayed orders."""
_FEWEST: Final = 19
"""Seasons from which on a range for 9 of 10 can be said."""


def backtest(
    scenario: Scenario,
    history: CleanHistory,
    replications: int = 40,
    seed: int = 1,
    progress: Progress | None = None,
    **how: Unpack[How],
) -> Backtest:
    """Lay an export on the scenario's season, and simulate that season, replayed and drawn.

    If the export does not reach the season's dates, the last year of it that does is taken, moved
    so that Thanksgiving meets Thanksgiving. Weeks that are not wholly in the export have no
    `happened`.

    Args:
        scenario: A season with dates.
        history: The shop's own orders.
        replications: Seasons; at least 19, so that a range for 9 of 10 can be said.
        seed: As for `replicate`.
        progress: As for `replicate`.
        **how: As for `replicate`.

    Raises:
        HistoryError: the export does not reach the season, or holds other products.
        ValueError: too few seasons.
        StudyInterrupted: Ctrl-C was pressed before there were enough seasons for a range; after
            that it ends with those that were finished (`study.wanted`).
    """
    if replications < _FEWEST:
        message = f"a range for 9 of 10 seasons takes at least {_FEWEST}, got {replications}"
        raise ValueError(message)
    calendar = season_calendar(scenario.season)
    if calendar.start is None:
        refuse("needs a season with dates", "give season.start a date", file=history.file)
    days = -(-calendar.length_ms // DAY)
    first = calendar.start.date()
    apart = _apart(history, first, days)
    begins = first - dt.timedelta(days=apart)
    mix = as_season_products(history, [product.sku for product in scenario.products])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / _FILE
        write_replay(history, file, mix, begins, begins + dt.timedelta(days=days - 1))
        replayed = _replaying(scenario, file, begins)
        both = {REPLAYED: replayed, DRAWN: scenario}
        elsewhere = how.get("executor") is not None
        simulated = WeeksOfSeason(compress(file.read_bytes()) if elsewhere else None)
        try:
            study = replicate(both, replications, seed, progress=progress, season=simulated, **how)
        except StudyInterrupted as stop:
            if stop.study is None or stop.study.replications < _FEWEST:
                raise
            study = stop.study
    happened = weekly(events_of_history(history, np.datetime64(begins, "ms")), days)
    unseen = _outside(history, begins, days)
    figures = [
        _figure(name, np.where(unseen, np.nan, values), study) for name, values in happened.items()
    ]
    weeks = [first + dt.timedelta(days=number) for number in range(0, days, 7)]
    return Backtest(tuple(weeks), apart, tuple(figures), study)


def _apart(history: CleanHistory, first: dt.date, days: int) -> int:
    """Days between the season and the stretch of the export that is laid on it.

    Of all years, the one of which the export holds the most days; of equals the last.
    """
    placed = history.lines["placed_at"]
    begins, ends = placed.min().date(), placed.max().date()
    best, most = 0, 0
    for year in range(begins.year, ends.year + 2):
        apart = (thanksgiving(first.year) - thanksgiving(year)).days
        start = first - dt.timedelta(days=apart)
        last = min(ends, start + dt.timedelta(days=days - 1))
        held = (last - max(begins, start)).days + 1
        if held > 0 and held >= most:
            best, most = apart, held
    if not most:
        hint = f"export the weeks from {first} on, or the same weeks of another year"
        message = f"covers {begins} to {ends}, and no part of the season in any year"
        refuse(message, hint, file=history.file)
    return best


def _replaying(scenario: Scenario, file: Path, begins: dt.date) -> Scenario:
    """The scenario with the orders of a file; only its book is drawn, nothing runs under it."""
    from sim.scenario.moments import parse_moment

    changed = {"history": str(file), "history_start": parse_moment(begins.isoformat())}
    demand = scenario.demand.model_copy(update=changed)
    return scenario.model_copy(update={"demand": demand})


def _outside(history: CleanHistory, begins: dt.date, days: int) -> NDArray[np.bool_]:
    """Which weeks, and whether the season, are not wholly in the export."""
    placed = history.lines["placed_at"]
    from_day, to_day = (
        (placed.min().date() - begins).days,
        (placed.max().date() - begins).days,
    )
    edges = [(first, min(first + 7, days)) for first in range(0, days, 7)] + [(0, days)]
    return np.array([start < from_day or end - 1 > to_day for start, end in edges])


@dataclass(frozen=True, slots=True)
class WeeksOfSeason:
    """The weekly figures of one season, on this machine or another."""

    orders: bytes | None
    """The file of replayed orders, compressed, for workers of other machines; None: they see it."""

    def __call__(self, policies: Mapping[str, Scenario], seed: int, replication: int) -> Outcome:
        """Of the replayed season and the drawn one, by figure and week."""
        if self.orders is not None:
            file = Path(_folder_with(self.orders).name) / _FILE
            replayed = policies[REPLAYED]
            demand = replayed.demand.model_copy(update={"history": str(file)})
            policies = {**policies, REPLAYED: replayed.model_copy(update={"demand": demand})}
        return _weeks_of_season(policies, seed, replication)


def _weeks_of_season(policies: Mapping[str, Scenario], seed: int, replication: int) -> Outcome:
    """The weekly figures of one season, replayed and drawn, both run by the same shop."""
    from sim.demand import sample_orders
    from sim.warehouse import simulate

    outcome: Outcome = {}
    shop = policies[DRAWN]
    days = -(-season_calendar(shop.season).length_ms // DAY)
    for name, scenario in policies.items():
        book = sample_orders(scenario, seed, replication)
        found = weekly(events_of_ledger(simulate(shop, book, seed, replication)), days)
        outcome[name] = {
            f"{figure}:{week}": float(value)
            for figure, values in found.items()
            for week, value in enumerate(values)
        }
    return outcome


@lru_cache(maxsize=1)
def _folder_with(orders: bytes) -> tempfile.TemporaryDirectory[str]:
    """A folder of this machine with the replayed orders, which ends with this process."""
    folder = tempfile.TemporaryDirectory()
    (Path(folder.name) / _FILE).write_bytes(decompress(orders))
    return folder


def _figure(name: str, happened: Floats, study: Study) -> FigureBacktest:
    ranges, means = [], []
    for week in range(len(happened)):
        key = f"{name}:{week}"
        ranges.append(_range(study.series(DRAWN, key)))
        replayed = study.series(REPLAYED, key)
        known = replayed[np.isfinite(replayed)]
        means.append(float(known.mean()) if len(known) else np.nan)
    low, high = np.array(ranges).T
    drawn = [study.series(DRAWN, f"{name}:{week}") for week in range(len(happened) - 1)]
    chance = chance_of_so_few(happened[:-1], np.array(drawn).T)
    return FigureBacktest(name, happened, np.array(means), low, high, chance)


def chance_of_so_few(happened: Floats, drawn: Floats) -> float:
    """Chance that a season has as few weeks inside the range of the others as the real one.

    Weeks of a season err together, as one forecast error moves them all; so the count is compared
    with that of whole seasons. Each season in turn, the real one among them, is laid on the range
    of all others. If the real one is like the drawn, its rank among them is uniform, and the answer
    is at most p in a share p of all backtests (a permutation test: Fisher 1935; Dwass 1957).

    Args:
        happened: By week; nan: unknown.
        drawn: Shape (seasons, weeks).

    >>> rng = np.random.default_rng(1)
    >>> chance_of_so_few(np.full(10, 9.0), rng.normal(size=(39, 10)))
    0.025
    """
    known = np.isfinite(happened) & np.isfinite(drawn).all(axis=0)
    if not known.any():
        return math.nan
    everyone = np.vstack([happened, drawn])[:, known]
    counts = []
    for number, season in enumerate(everyone):
        others = np.delete(everyone, number, axis=0)
        low, high = np.array([_range(week) for week in others.T]).T
        counts.append(int(((low <= season) & (season <= high)).sum()))
    return float(np.mean(np.array(counts) <= counts[0]))


def _range(values: Floats) -> tuple[float, float]:
    return usual_range(values[np.isfinite(values)].tolist()) or (np.nan, np.nan)

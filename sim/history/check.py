"""Does the fitted season look like the history? The same figures of both, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.demand import sample_orders
from sim.history.alignment import same_day_in

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

    from sim.demand.order_book import OrderBook
    from sim.history.cleaning import CleanHistory
    from sim.history.daily import Bools, Floats, Ints
    from sim.history.fitting import FittedSeason
    from sim.scenario.scenario import Scenario

_DAY_MS: Final = 86_400_000
LEVEL: Final = 0.99
"""Share of simulated seasons within the stated interval."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of the history and of simulated seasons."""

    name: str
    """What is compared."""
    history: float
    """The history's figure."""
    mean: float
    """Mean of the simulated seasons."""
    low: float
    """Lower end of the interval that holds 99% of simulated seasons."""
    high: float
    """Its upper end."""

    @property
    def agrees(self) -> bool:
        """Whether the history could be one of the simulated seasons."""
        return self.low <= self.history <= self.high


@dataclass(frozen=True, slots=True)
class FitCheck:
    """The comparison."""

    rows: tuple[Compared, ...]
    """All figures."""
    days: int
    """Days compared: those of the history's own season that count."""
    seasons: int
    """Simulated seasons."""

    @property
    def agrees(self) -> bool:
        """Whether every figure agrees."""
        return all(row.agrees for row in self.rows)

    def describe(self) -> list[str]:
        """A table in text: history, mean of the simulated seasons, interval."""
        lines = [
            f"{self.days} days of the history beside {self.seasons} simulated seasons",
            f"{'':<34}{'history':>12}{'fitted':>12}   99% of seasons",
        ]
        for row in self.rows:
            mark = "" if row.agrees else "   outside"
            lines.append(
                f"{row.name:<34}{row.history:>12,.2f}{row.mean:>12,.2f}"
                f"   {row.low:,.2f} to {row.high:,.2f}{mark}"
            )
        return lines


def fit_check(
    history: CleanHistory,
    fitted: FittedSeason,
    scenario: Scenario,
    seed: int = 1,
    replications: int = 20,
) -> FitCheck:
    """Compare the history's season with seasons drawn from the fit.

    Only days of the season's own year in the history are compared, without the forecast error: the
    question is whether the fit draws seasons such as this one. The interval is the mean of the
    simulated seasons ± t s √(1 + 1/n): with normal figures it holds one more season, the history's,
    with a probability of 99%.

    Args:
        history: The demand.
        fitted: The fit.
        scenario: The season as it was written and read again.
        seed: Seed of the draws.
        replications: Simulated seasons, at least 2.
    """
    compared = _compared_days(fitted)
    exact = scenario.model_copy(
        update={"demand": scenario.demand.model_copy(update={"forecast_error": False})}
    )
    base = fitted.season_days.expected
    seen = _figures(*_of_history(history, fitted, compared), compared, base)
    drawn = []
    for replication in range(replications):
        book = sample_orders(exact, seed, replication)
        drawn.append(_figures(*_of_book(book, compared), compared, base))
    rows = [
        _compare(name, value, np.array([figures[name] for figures in drawn]))
        for name, value in seen.items()
    ]
    return FitCheck(tuple(rows), int(compared.sum()), replications)


def _compared_days(fitted: FittedSeason) -> Bools:
    """Days of the season whose own date, in the season's year of the history, counts."""
    days = []
    daily = fitted.daily
    for day, known in zip(fitted.season_days.days, fitted.season_days.known, strict=True):
        number = daily.number(_own_day(fitted, day))
        days.append(bool(known) and number is not None and bool(daily.counts[number]))
    return np.array(days)


def _own_day(fitted: FittedSeason, day: dt.date) -> dt.date:
    """The day of the history, in the season's own year, that a day of the season stands for."""
    return same_day_in(day, fitted.dates.end.year, fitted.dates.year)


def _of_history(
    history: CleanHistory, fitted: FittedSeason, compared: Bools
) -> tuple[Ints, Ints, Ints]:
    """Orders by day of the season, lines of each order, and units of each line."""
    import pandas as pd

    orders = np.where(compared, fitted.season_days.orders, 0)
    wanted = [
        pd.Timestamp(_own_day(fitted, day))
        for day, used in zip(fitted.dates.days, compared, strict=True)
        if used
    ]
    lines: pd.DataFrame = history.lines[history.lines["placed_at"].dt.normalize().isin(wanted)]
    sizes = np.asarray(lines.groupby("order", observed=True).size(), np.int64)
    return orders, sizes, np.asarray(lines["quantity"], np.int64)


def _of_book(book: OrderBook, compared: Bools) -> tuple[Ints, Ints, Ints]:
    day = book.orders["placed_at"] // _DAY_MS
    inside = compared[day]
    orders = np.bincount(day[inside], minlength=len(compared))
    lines = np.repeat(inside, book.orders["n_lines"])
    return (
        orders,
        book.orders["n_lines"][inside].astype(np.int64),
        book.lines["units"][lines].astype(np.int64),
    )


def _figures(
    orders: Ints, sizes: Ints, units: Ints, compared: Bools, base: Floats
) -> dict[str, float]:
    week = np.arange(len(orders)) // 7
    by_week = np.bincount(week, orders * compared)
    expected = np.bincount(week, base * compared)
    full = np.bincount(week, compared) >= 3
    factor = by_week[full] / expected[full]
    open_days = orders[compared]
    return {
        "orders per open day": float(open_days.mean()),
        "standard deviation of a day": float(open_days.std(ddof=1)),
        "busiest week, times the baseline": float(factor.max()),
        "calmest week, times the baseline": float(factor.min()),
        "lines per order, mean": float(sizes.mean()),
        "lines per order, median": float(np.median(sizes)),
        "lines per order, 90th percentile": float(np.percentile(sizes, 90)),
        "orders of one line, %": 100 * float((sizes == 1).mean()),
        "units per line, mean": float(units.mean()),
        "units per line, 90th percentile": float(np.percentile(units, 90)),
    }


def _compare(name: str, history: float, drawn: Floats) -> Compared:
    from scipy.stats import t

    count = len(drawn)
    reach = t.ppf((1 + LEVEL) / 2, count - 1) * drawn.std(ddof=1) * np.sqrt(1 + 1 / count)
    mean = float(drawn.mean())
    return Compared(name, history, mean, mean - float(reach), mean + float(reach))

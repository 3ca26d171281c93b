"""Fit a season to a history: rate, peaks, noise, baskets, products."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.history.alignment import SeasonDates, choose_season, same_day_in, source_of
from sim.history.baseline import Baseline, fit_baseline
from sim.history.baskets import support
from sim.history.daily import DailyOrders, daily_orders, hour_shares
from sim.history.errors import FitErrors, fit_errors
from sim.history.mix import ProductMix, fit_mix
from sim.history.noise import excess_variation
from sim.history.peaks import FittedPeak, SeasonDays, closed_peaks, find_spikes, find_stretches

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    import pandas as pd

    from sim.history.censoring import Censoring
    from sim.history.cleaning import CleanHistory
    from sim.history.daily import Floats, Ints

_FEWEST_ORDERS: Final = 200
"""Orders of the season's own days from which on they alone speak for the baskets."""


@dataclass(frozen=True, slots=True)
class FitOptions:
    """What the user wants of the fit."""

    start: dt.date | None = None
    """First day of the season; chosen from the history when left out."""
    end: dt.date | None = None
    """Last day of the season, inclusive."""
    top: int = 60
    """Products that stand for themselves."""
    stand_ins: int | None = None
    """Groups for all other products. None: as many as the longest orders need, at least 20."""
    most_lines: int = 200
    """Longest order of the season; longer ones are gathered there."""


@dataclass(frozen=True, eq=False)
class FittedSeason:
    """A season fitted to a history."""

    dates: SeasonDates
    """When it runs, and which year of the history speaks for it."""
    daily: DailyOrders
    """The history day by day."""
    season_days: SeasonDays
    """Each day of the season with the day of the history that speaks for it."""
    baseline: Baseline
    """Trend of the history away from the holidays."""
    orders_per_day: float
    """Baseline on the first day of the season, orders per day of an average day."""
    trend: float
    """Growth of the baseline per day, as a share of `orders_per_day`."""
    hours: tuple[float, ...]
    """Weight of each hour, mean 1."""
    day_noise: float
    """Coefficient of variation of a day beyond Poisson."""
    peaks: tuple[FittedPeak, ...]
    """Departures from the baseline; the one listed last holds."""
    lines_per_order: Mapping[int, float]
    """Weight by number of lines."""
    units_per_line: Mapping[int, float]
    """Weight by number of units."""
    mix: ProductMix
    """Products and their weights."""
    price_factor: float
    """The season's median prices times this bring in the history's revenue per line; nan without
    prices. It differs from 1 where large quantities go at low prices."""
    basket_orders: int
    """Orders behind baskets, products and prices."""
    long_orders: int
    """Those of them with more lines than the season's longest."""
    errors: FitErrors
    """How well the history tells the figures above."""
    censored: Censoring | None
    """Days on which products could not be bought, where stock is known."""

    @property
    def weekdays(self) -> tuple[float, ...]:
        """Weight of each weekday, Monday first, mean 1."""
        return tuple(float(weight) for weight in self.daily.weekdays)


def fit_season(
    history: CleanHistory, options: FitOptions | None = None, censored: Censoring | None = None
) -> FittedSeason:
    """Fit a season to a history.

    Raises:
        HistoryError: the history is too short.
    """
    chosen = options or FitOptions()
    hours = hour_shares(history)
    daily = daily_orders(history, hours)
    dates = choose_season(daily, chosen.start, chosen.end)
    baseline = fit_baseline(daily)
    level, trend = _written_baseline(baseline, dates)
    days = _season_days(daily, dates, baseline, level, trend)
    noise = _weekly_noise(daily)
    spikes = find_spikes(days, noise)
    peaks = (*find_stretches(days, spikes, noise), *spikes, *closed_peaks(days))
    lines, orders = _season_lines(history, daily, dates)
    sizes = np.asarray(lines.groupby("order", observed=True).size(), np.int64)
    products = int(lines["sku"].nunique())
    longest, stand_ins = _room(sizes, products, chosen)
    lines_per_order = support(sizes, longest)
    units_per_line = support(np.asarray(lines["quantity"], np.int64))
    mix = fit_mix(
        lines,
        history.names,
        lines_per_order,
        chosen.top,
        stand_ins,
        {} if censored is None else censored.available_on(_orders_by_day(lines)),
    )
    season_noise = _season_noise(days, peaks, noise)
    return FittedSeason(
        dates=dates,
        daily=daily,
        season_days=days,
        baseline=baseline,
        orders_per_day=level,
        trend=trend,
        hours=tuple(float(24 * share) for share in hours),
        day_noise=season_noise,
        peaks=peaks,
        lines_per_order=lines_per_order,
        units_per_line=units_per_line,
        mix=mix,
        price_factor=_price_factor(lines, mix),
        basket_orders=orders,
        long_orders=int((sizes > longest).sum()),
        errors=fit_errors(daily, baseline, dates, level, season_noise),
        censored=censored,
    )


def _written_baseline(baseline: Baseline, dates: SeasonDates) -> tuple[float, float]:
    """Level on the first day, and growth per day as a share of it, that meets the trend at the end.

    The season is written at the level of the history's year: growth since then is for the planner
    to add, with `demand.scale`.
    """
    first = same_day_in(dates.start, dates.end.year, dates.year)
    length = (dates.end - dates.start).days
    level = baseline.on(first)
    growth = float(np.expm1(baseline.growth * length)) / max(length, 1)
    return level, growth


def _season_days(
    daily: DailyOrders, dates: SeasonDates, baseline: Baseline, level: float, trend: float
) -> SeasonDays:
    orders, reference, expected, closed = [], [], [], []
    for number, day in enumerate(dates.days):
        written = level * (1 + trend * number)
        source = source_of(daily, dates, day)
        expected.append(written * daily.weight(day))
        place = None if source is None else daily.number(source)
        if source is None or place is None:
            orders.append(-1)
            reference.append(0.0)
            continue
        own_year = same_day_in(day, dates.end.year, dates.year)
        # In the season's own year the written line is the reference, so that it is met exactly.
        base = written if source == own_year else baseline.on(source)
        reference.append(base * daily.weight(source))
        orders.append(int(daily.orders[place]) if daily.counts[place] else -1)
        if source in daily.closed:
            closed.append(day)
    return SeasonDays(
        dates.days, np.array(orders), np.array(reference), np.array(expected), tuple(closed)
    )


def _weekly_noise(daily: DailyOrders) -> float:
    """Noise of the history's days around the level of their week."""
    days = np.flatnonzero(daily.counts)
    weekday = (daily.first.weekday() + days) % 7
    week = (daily.first.weekday() + days) // 7
    fitted = daily.levels[week] * daily.weekdays[weekday]
    used = fitted > 0
    parameters = len(np.unique(week[used])) + int((daily.weekdays > 0).sum()) - 1
    return excess_variation(daily.orders[days][used], fitted[used], parameters)


def _season_noise(days: SeasonDays, peaks: tuple[FittedPeak, ...], otherwise: float) -> float:
    """Noise of the season's days around the season as it is written."""
    factors = peak_factors(days.days, peaks)
    fitted = days.reference * factors
    used = days.known & (fitted > 0)
    if used.sum() < 28:
        return otherwise
    return excess_variation(days.orders[used], fitted[used], len(peaks) + 6)


def peak_factors(days: tuple[dt.date, ...], peaks: tuple[FittedPeak, ...]) -> Floats:
    """Factor of each day; where peaks overlap, the one listed last holds."""
    factors = np.ones(len(days))
    for peak in peaks:
        inside = np.array([peak.first <= day <= peak.last for day in days])
        factors[inside] = peak.times
    return factors


def _season_lines(
    history: CleanHistory, daily: DailyOrders, dates: SeasonDates
) -> tuple[pd.DataFrame, int]:
    """Lines that speak for baskets: of the season's own dates, or of all days if those are few."""
    import pandas as pd

    first = same_day_in(dates.start, dates.end.year, dates.year)
    last = same_day_in(dates.end, dates.end.year, dates.year)
    day = history.lines["placed_at"].dt.normalize()
    whole = ~day.isin([pd.Timestamp(each) for each in daily.cut])
    inside = whole & (day >= pd.Timestamp(first)) & (day <= pd.Timestamp(last))
    lines = history.lines[inside]
    if lines["order"].nunique() < _FEWEST_ORDERS:
        lines = history.lines[whole] if whole.any() else history.lines
    return lines, int(lines["order"].nunique())


def _orders_by_day(lines: pd.DataFrame) -> dict[pd.Timestamp, int]:
    import pandas as pd

    day = lines["placed_at"].dt.normalize()
    return {
        pd.Timestamp(str(date)): int(count)
        for date, count in lines.groupby(day)["order"].nunique().items()
    }


def _room(sizes: Ints, products: int, options: FitOptions) -> tuple[int, int]:
    """Longest order of the season, and the number of stand-ins that leaves it a choice."""
    if products <= options.top:
        return min(int(sizes.max()), options.most_lines, products), 0
    longest = min(int(sizes.max()), options.most_lines)
    stand_ins = options.stand_ins
    if stand_ins is None:
        stand_ins = max(20, int(np.ceil(longest * 4 / 3)) - options.top)
    count = options.top + min(stand_ins, products - options.top)
    return min(longest, count), stand_ins


def _price_factor(lines: pd.DataFrame, mix: ProductMix) -> float:
    revenue = float((lines["price"] * lines["quantity"]).sum())
    units = float(lines["quantity"].mean())
    expected = sum(product.lines * product.price for product in mix.products) * units
    return revenue / expected if expected else float("nan")

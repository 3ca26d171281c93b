"""A fit in words, one line per figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sim.history.assumed import weekly_orders
from sim.history.baskets import mean_of
from sim.history.season import price_scale

if TYPE_CHECKING:
    from sim.history.fitting import FittedSeason

_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def describe_fit(fitted: FittedSeason) -> list[str]:
    """What was fitted, for a planner to read before the season is used."""
    dates, daily = fitted.dates, fitted.daily
    weekdays = ", ".join(
        f"{name} {weight:.2f}" if weight else f"{name} closed"
        for name, weight in zip(_WEEKDAYS, fitted.weekdays, strict=True)
    )
    busiest = int(np.argmax(fitted.hours))
    lines, units = dict(fitted.lines_per_order), dict(fitted.units_per_line)
    weekly = weekly_orders(fitted)
    stand_ins = [product for product in fitted.mix.products if product.stands_for > 1]
    text = [
        f"season {dates.start} to {dates.end}, from the history's year {dates.year}:"
        f" {weekly.sum():,.0f} orders",
        f"baseline {fitted.orders_per_day:.1f} orders per day, {_trend(fitted)}",
        f"weekdays: {weekdays}",
        f"busiest hour {busiest}:00, {fitted.hours[busiest] / 24:.0%} of the day",
        *_peaks(fitted),
        f"day-to-day noise beyond Poisson: {fitted.day_noise:.0%} of the rate",
        f"{mean_of(lines):.2f} lines per order (longest {max(lines)}),"
        f" {mean_of(units):.2f} units per line (most {max(units):,}),"
        f" from {fitted.basket_orders:,} orders",
        f"{len(fitted.mix.products)} products"
        + (
            f", {len(stand_ins)} of them stand-ins for"
            f" {sum(product.stands_for for product in stand_ins):,} others"
            if stand_ins
            else ""
        ),
    ]
    if price_scale(fitted) != 1.0:
        text.append(f"median prices × {price_scale(fitted):.2f}, to meet the history's revenue")
    if daily.closed:
        text.append(f"{len(daily.closed)} days closed, left out ({_few(daily.closed)})")
    if daily.cut:
        text.append(f"cut off by the export, left out: {_few(daily.cut)}")
    if fitted.censored is not None:
        text += fitted.censored.describe()
    return text


def _trend(fitted: FittedSeason) -> str:
    if not fitted.baseline.weeks:
        return "no trend: too few quiet weeks (January 10 to September 25)"
    yearly = float(np.expm1(fitted.baseline.growth * 365))
    return f"growing {yearly:+.0%} a year over {fitted.baseline.weeks} quiet weeks"


def _peaks(fitted: FittedSeason) -> list[str]:
    return [
        f"{peak.name}: closed"
        if not peak.times
        else f"{peak.name}: × {peak.times:.2f} ± {1.96 * peak.error:.2f}"
        for peak in fitted.peaks
    ] or ["no peak stands out from the baseline"]


def _few(days: tuple[object, ...]) -> str:
    shown = ", ".join(str(day) for day in days[:4])
    return shown if len(days) <= 4 else f"{shown}, …"

"""The season's dates and its demand, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.demand.rates import base_rate, rate_curve
from sim.demand.window import run_window
from sim.report.explain.phrases import about, between, listed, number, percent, span, stretch
from sim.scenario.demand import ForecastError
from sim.scenario.units import DAY

if TYPE_CHECKING:
    from sim.demand.window import Window
    from sim.scenario.demand import Demand, Peak
    from sim.scenario.scenario import Scenario

_DAYS = {
    "mon": "Mondays",
    "tue": "Tuesdays",
    "wed": "Wednesdays",
    "thu": "Thursdays",
    "fri": "Fridays",
    "sat": "Saturdays",
    "sun": "Sundays",
}


def sentences(scenario: Scenario) -> list[str]:
    """When the season is, and how many orders come."""
    window, demand = run_window(scenario.season), scenario.demand
    told = [_dates(scenario, window), _orders(scenario, window)]
    if demand.history is None:
        told += _week(demand)
        told += [_peak(peak, window) for peak in demand.peaks]
        told += [*_drift(demand), *_doubt(demand)]
    return [*told, *_basket(demand)]


def _dates(scenario: Scenario, window: Window) -> str:
    season, calendar = scenario.season, window.calendar
    if calendar.start is None:
        text = f"The season lasts {span(calendar.length_ms)}"
    else:
        last = calendar.datetime_of(calendar.length_ms - 1)
        text = (
            f"The season runs from {calendar.start:%B} {calendar.start.day}, {calendar.start.year} "
            f"to {last:%B} {last.day}, {last.year} ({span(calendar.length_ms)})"
        )
    if season.warm_up:
        text += f", after a warm-up of {span(season.warm_up)} that no figure counts"
    if season.closed:
        off = listed([stretch(calendar, days) for days in season.closed])
        text += f". Nobody works {off}, though orders still come in"
    return f"{text}. Open orders are followed for up to {span(season.drain)} after the end."


def _orders(scenario: Scenario, window: Window) -> str:
    demand = scenario.demand
    if demand.history is not None:
        return f"The orders of {demand.history} come again, order by order."
    usual = about(base_rate(demand) * DAY)
    if demand.arrivals == "fixed":
        return f"{usual} orders come a day, at equal intervals."
    curve = rate_curve(demand, window)
    season = curve.total - float(curve.orders_until(window.start))
    return f"About {about(season)} orders are expected: {usual} on an ordinary day."


def _week(demand: Demand) -> list[str]:
    told = []
    if isinstance(demand.hours, str) and demand.hours != "flat":
        told.append(f"Within a day they follow the “{demand.hours}” profile.")
    factors = {_DAYS[name]: factor for name, factor in demand.weekdays.items()}
    if len(set(factors.values())) < 2:
        return told
    busy, calm = max(factors, key=factors.__getitem__), min(factors, key=factors.__getitem__)
    return [
        *told,
        f"{busy} bring {number(factors[busy])} times an ordinary day, "
        f"{calm} {number(factors[calm])} times.",
    ]


def _peak(peak: Peak, window: Window) -> str:
    begin, end = window.peak(peak)
    when = between(window.calendar, begin - window.start, end - window.start)
    return (
        f"{when[0].upper()}{when[1:]} ({peak.name}) orders run at {number(peak.times)} times "
        "the ordinary rate."
    )


def _drift(demand: Demand) -> list[str]:
    told = []
    if demand.trend:
        told.append(f"The rate grows by {percent(demand.trend)} of the ordinary rate a day.")
    if demand.wave is not None:
        told.append(
            f"The rate rises and falls by {percent(demand.wave.amplitude)} "
            f"in waves of {span(demand.wave.period)}."
        )
    return told


def _doubt(demand: Demand) -> list[str]:
    told = []
    if demand.day_noise:
        told.append(
            f"Beyond pure chance, days differ by {percent(demand.day_noise)} (standard deviation)."
        )
    error = ForecastError() if demand.forecast_error is True else demand.forecast_error
    if isinstance(error, ForecastError) and demand.arrivals != "fixed":
        told.append(
            "The forecast may be wrong (standard deviations): "
            f"{percent(error.total)} of all demand, {percent(error.peak)} of the height of each "
            f"peak, {percent(error.sku_share)} of each product's share. "
            "Every simulated season draws its own error."
        )
    else:
        told.append("The forecast is taken to be right.")
    return told


def _basket(demand: Demand) -> list[str]:
    told = []
    if demand.basket_types:
        told.append(
            f"Orders are of fixed kinds: {listed([kind.name for kind in demand.basket_types])}."
        )
    elif demand.history is None:
        weights = demand.basket.lines
        mean = sum(lines * weight for lines, weight in weights.items()) / sum(weights.values())
        units = demand.basket.units_per_line.mean
        told.append(
            f"An order has {number(round(mean, 2))} lines on average, "
            f"a line {number(round(units, 2))} units."
        )
    if demand.classes:
        shares = [f"{each.name} ({percent(each.share)})" for each in demand.classes]
        told.append(f"Orders come in classes, the most urgent first: {listed(shares)}.")
    return told

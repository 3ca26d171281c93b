"""How much backorder space is needed, and how sure that is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.figures import counted
from sim.report.content import Cell, Chart, Section, Series, Table, words
from sim.report.forms import Form
from sim.report.story.days import short, weeks
from sim.results.space import position_ml
from sim.results.timeline import peaks
from sim.scenario.calendar import season_calendar
from sim.scenario.units import DAY

if TYPE_CHECKING:
    from sim.report.source import Source
    from sim.scenario.area import BackorderArea

_PEAK = "space_used_peak"
_CHANCE = "space_overflow"
_MOST_DAYS = 120
"""In a picture."""


def section(source: Source) -> Section | None:
    """The backorder area through the season, with bounds that most seasons keep."""
    area = source.scenario.backorder_area
    if area is None or not any(source.mean(p, _PEAK) for p in source.policies):
        return None
    daily = _daily(source, area)
    return Section(
        key="space",
        title="Backorder space",
        message=_message(source, area),
        points=_points(source, area),
        chart=_chart(source, area, daily),
        table=_bounds(source),
        notes=(
            f"The chart shows {source.season}; others differ, and the bounds speak of all of them.",
        ),
        more=(_days(source, daily),) if daily else (),
    )


def _message(source: Source, area: BackorderArea) -> str:
    leader = source.leader
    bound = _bound(source, 0.9)
    rents = f"the plan rents {area.positions.count:,}"
    if bound is not None:
        room = bound * area.area_per_position
        floor = f" ({math.ceil(room):,} m²)" if room else ""
        return (
            f"In 9 of 10 seasons under {source.lead}, the backorder area stays below "
            f"{counted(math.ceil(bound), 'position')}{floor}; {rents}."
        )
    known = source.known(leader, _PEAK)
    return (
        f"Under {source.lead} the backorder area fills to {known.text} positions on average at its "
        f"peak; {rents}."
    )


def _bound(source: Source, share: float) -> float | None:
    for each in source.answer["risk"]["bounds"]:
        if (each["policy"], each["kpi"], each["share"]) == (source.leader, _PEAK, share):
            found: float | None = each["bound"]
            return found
    return None


def _points(source: Source, area: BackorderArea) -> tuple[str, ...]:
    rented = counted(area.positions.count, "position")
    liters = (area.positions.volume_ml or 0) / 1000
    overflows = [
        f"It overflowed in {each['seasons']:,} of {each['n']:,} simulated seasons: a chance "
        f"between {100 * each['low']:.1f}% and {100 * each['high']:.1f}%, with 95% confidence."
        for each in source.answer["risk"]["chances"]
        if (each["policy"], each["event"]) == (source.leader, _CHANCE)
    ]
    return (f"The area has {rented} of {liters:,.0f} liters.", *overflows)


def _daily(source: Source, area: BackorderArea) -> dict[str, list[float]]:
    """The fullest moment of each day, in positions, by policy."""
    if "space" not in source.tables:
        return {}
    length = season_calendar(source.scenario.season).length_ms
    edges = np.arange(-(-length // DAY) + 1) * DAY
    found = {}
    for policy in source.policies:
        table = source.table("space", policy)
        if table is not None and len(table):
            at = table["at"].to_numpy(np.int64)
            used = peaks(at, table["used"].to_numpy(np.int64), edges)
            found[policy] = (used / position_ml(area)).tolist()
    return found


def _labels(source: Source, days: int) -> tuple[str, ...]:
    calendar = season_calendar(source.scenario.season)
    if calendar.start is None:
        return tuple(f"Day {day + 1}" for day in range(days))
    return tuple(short(calendar.datetime_of(day * DAY).date()) for day in range(days))


def _chart(source: Source, area: BackorderArea, daily: dict[str, list[float]]) -> Chart | None:
    if not daily:
        return None
    top = max(max(values) for values in daily.values())
    labels, shown, span = _spans(source, daily)
    return Chart(
        kind="line",
        categories=labels,
        series=(
            *(Series(p, values, source.color(p)) for p, values in shown.items()),
            Series("Rented", (float(area.positions.count),) * len(labels)),
        ),
        form=Form(),
        axis=f"Positions in use, fullest moment of the {span}",
        alt=f"Backorder positions in use by {span} and policy; at most {top:,.0f} at once.",
    )


def _spans(
    source: Source, daily: dict[str, list[float]]
) -> tuple[tuple[str, ...], dict[str, tuple[float, ...]], str]:
    """The days of a season, or its weeks where a picture of days could not be read."""
    days = len(next(iter(daily.values())))
    if days <= _MOST_DAYS:
        return _labels(source, days), {p: tuple(values) for p, values in daily.items()}, "day"
    spans = weeks(source.scenario)
    fullest = {
        policy: tuple(max(values[week.first : week.last + 1]) for week in spans)
        for policy, values in daily.items()
    }
    return tuple(week.label for week in spans), fullest, "week"


def _days(source: Source, daily: dict[str, list[float]]) -> Table:
    days = len(next(iter(daily.values())))
    rows = tuple(
        (words(label), *(Cell(daily[p][day], f"{daily[p][day]:,.1f}", "#,##0.0") for p in daily))
        for day, label in enumerate(_labels(source, days))
    )
    return Table("space_by_day", ("Day", *daily), rows)


def _bounds(source: Source) -> Table | None:
    rows = []
    for policy in source.policies:
        mine = [
            each
            for each in source.answer["risk"]["bounds"]
            if (each["policy"], each["kpi"]) == (policy, _PEAK)
        ]
        if not mine:
            continue
        form = Form(decimals=1)
        cells = [
            words(f"{counted(each['more_seasons'], 'more season')} needed")
            if each["more_seasons"]
            else Cell(each["bound"], form.write(each["bound"]), form.excel)
            for each in mine
        ]
        rows.append((words(policy), source.known(policy, _PEAK), *cells))
    columns = ("Policy", "Peak, mean", "In 9 of 10 seasons", "In 95 of 100", "In 99 of 100")
    told = "With 95% confidence, the area needs no more than these positions in so many seasons."
    return Table("space_bounds", columns, tuple(rows), message=told) if rows else None

"""The season week by week: orders, parcels, goods and people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.report.content import Cell, Chart, Section, Series, Table, words
from sim.report.forms import Form
from sim.report.story.days import short, weeks
from sim.scenario.calendar import season_calendar
from sim.scenario.units import DAY, HOUR

if TYPE_CHECKING:
    import pandas as pd

    from sim.report.source import Source
    from sim.report.story.days import Week


def section(source: Source) -> Section | None:
    """The weekly plan under the policy that leads, and its purchase orders."""
    orders = source.table("orders", source.leader)
    parcels = source.table("parcels", source.leader)
    if orders is None or parcels is None:
        return None
    spans = weeks(source.scenario)
    placed = _per_week(orders["accepted_at"], spans)
    shipped = _per_week(parcels["shipped_at"], spans)
    hours = _hours(source, spans)
    busiest = int(np.argmax(placed))
    columns: dict[str, list[float]] = {"Orders placed": placed, "Parcels shipped": shipped}
    columns["Backorders placed"] = _per_week(orders[orders["backordered"]]["accepted_at"], spans)
    columns["Units received"] = _received(source, spans)
    columns["Paid hours"] = hours
    rows = tuple(
        (words(week.label), *(_whole(values[place]) for values in columns.values()))
        for place, week in enumerate(spans)
    )
    return Section(
        key="weeks",
        title="Week by week",
        message=(
            f"The busiest week begins on {spans[busiest].label}, with {placed[busiest]:,.0f} "
            f"orders in the median season; {shipped[busiest]:,.0f} parcels leave in it."
        ),
        chart=Chart(
            kind="column",
            categories=tuple(week.label for week in spans),
            series=(
                Series("Orders placed", tuple(placed)),
                Series("Parcels shipped", tuple(shipped)),
            ),
            form=Form(),
            axis="Per week",
            alt="Orders placed and parcels shipped by week; the table has the figures.",
        ),
        table=Table("weekly_plan", ("Week from", *columns), rows, brief=0),
        notes=(
            f"These are figures of {source.season}; others differ in demand, luck and suppliers.",
        ),
        more=_purchases(source),
    )


def _whole(value: float) -> Cell:
    return Cell(float(value), f"{value:,.0f}", "#,##0")


def _per_week(
    at: pd.Series, spans: tuple[Week, ...], weight: pd.Series | None = None
) -> list[float]:
    """How many instants lie in each week, or the sum of their weights."""
    known = at.notna()
    edges = np.array([week.first for week in spans] + [spans[-1].last + 1]) * DAY
    weights = None if weight is None else weight[known].to_numpy(float)
    counts, _ = np.histogram(at[known].to_numpy(np.int64), edges, weights=weights)
    return [float(count) for count in counts]


def _hours(source: Source, spans: tuple[Week, ...]) -> list[float]:
    shifts = source.table("shifts", source.leader)
    if shifts is None:
        return [0.0] * len(spans)
    paid = (shifts["paid_ms"] + shifts["overtime_ms"]) / HOUR
    return _per_week(shifts["start_at"], spans, paid)


def _received(source: Source, spans: tuple[Week, ...]) -> list[float]:
    bought = source.table("purchase_orders", source.leader)
    if bought is None:
        return [0.0] * len(spans)
    return _per_week(bought["received_at"], spans, bought["units"] - bought["withdrawn"])


def _purchases(source: Source) -> tuple[Table, ...]:
    bought = source.table("purchase_orders", source.leader)
    if bought is None or bought.empty:
        return ()
    calendar = season_calendar(source.scenario.season)

    def day(at: object) -> Cell:
        if not isinstance(at, int):
            return words("")
        if calendar.start is None:
            return words(f"Day {calendar.day_number(at) + 1}")
        return words(short(calendar.datetime_of(at).date()))

    columns = ["sku", "supplier", "units", "placed_at", "confirmed_at", "received_at"]
    rows = tuple(
        (
            words(str(sku)),
            words(supplier if isinstance(supplier, str) else ""),
            Cell(int(units), f"{units:,}", "#,##0"),
            *(day(at) for at in times),
        )
        for sku, supplier, units, *times in bought[columns].to_numpy(object)
    )
    heads = ("Product", "Supplier", "Units", "Placed", "Confirmed", "Received")
    return (Table("purchase_orders", heads, rows),)

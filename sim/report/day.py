"""A day of a season in sentences: what was missing, what was late, how long work waited."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from sim.experiment.figures import amount, counted
from sim.report.story.days import on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from sim.results.days import SeasonDays
    from sim.scenario.calendar import Calendar

_NAMED: Final = 3
"""Products and deliveries that are named; the others are counted."""


def day_name(calendar: Calendar, day: float) -> str:
    """A day as people say it, `Tue Nov 3`; `day 30` in a season without dates."""
    number = math.floor(day)
    if calendar.start is None:
        return f"day {number + 1}"
    return on(calendar.datetime_of(calendar.midnight_of_day(number)).date())


def why(found: SeasonDays, day: int) -> tuple[str, ...]:
    """What explains how a day went, a sentence each; what went well is not mentioned.

    Args:
        found: A season by day.
        day: Number of the day, an index of `found.days`.
    """
    told = tuple(_sentences(found, day))
    return told or ("Nothing was missing, nothing was late, and no work was left over.",)


def _sentences(found: SeasonDays, day: int) -> Iterator[str]:
    row = found.figures(day)
    out, late = found.out_of_stock(day), found.late(day)
    if len(out):
        yield _out_of_stock(out, found.calendar)
    if len(late):
        yield _late(late, found.calendar)
    if row["waiting"] > 0:
        yield (
            f"{counted(int(row['waiting']), 'parcel')} waited in the morning; with the dock's,"
            f" {amount(row['work'], 'hours', None)} of work."
        )
    if row["longest_wait"] >= 1:
        yield f"The longest that a parcel had waited for hands was {_span(row['longest_wait'])}."
    if row["area"] > found.positions:
        yield (
            f"The backorder area was too small: up to {math.ceil(row['area'])} positions were"
            f" needed, and there are {found.positions:.0f}."
        )
    if row["came"] < row["rostered"]:
        missing = int(row["rostered"] - row["came"])
        yield f"{missing} of {counted(int(row['rostered']), 'rostered person')} did not come."
    elif not row["rostered"] and found.days["rostered"].any():
        yield "Nobody was rostered."
    if row["cancelled"]:
        yield f"{counted(int(row['cancelled']), 'order')} ended cancelled that day."
    if row["abandoned"]:
        yield f"{counted(int(row['abandoned']), 'customer')} hung up before anybody answered."


def _out_of_stock(out: pd.DataFrame, calendar: Calendar) -> str:
    named = [_product(row, calendar) for row in out.head(_NAMED).to_dict("records")]
    are = "was" if len(out) == 1 else "were"
    more = f"; and {len(out) - _NAMED} more" if len(out) > _NAMED else ""
    return (
        f"{counted(len(out), 'product')} {are} sold out in the morning: {'; '.join(named)}{more}."
    )


def _product(row: Mapping[Any, Any], calendar: Calendar) -> str:
    owed, sought, coming, late = (row[name] for name in ("owed", "sought", "next", "late"))
    parts = [f"{owed} owed to customers"] if owed else []
    parts += [f"{sought} wanted that day"] if sought else []
    if math.isnan(coming):
        parts.append("no delivery came any more")
    else:
        behind = f", {_days(late)} late" if late >= 1 else ""
        parts.append(f"next delivery {day_name(calendar, coming)}{behind}")
    return f"{row['sku']} ({', '.join(parts)})"


def _late(late: pd.DataFrame, calendar: Calendar) -> str:
    named = [
        f"{row['units']:,} {row['sku']} confirmed for {day_name(calendar, row['confirmed'])}, "
        + (
            "never came"
            if math.isnan(row["received"])
            else f"came {day_name(calendar, row['received'])}"
        )
        for row in late.head(_NAMED).to_dict("records")
    ]
    were = "delivery was" if len(late) == 1 else "deliveries were"
    more = [f"{len(late) - _NAMED} more"] if len(late) > _NAMED else []
    return f"{len(late)} {were} overdue: {'; '.join([*named, *more])}."


def _days(days: float) -> str:
    return counted(round(days), "day")


def _span(hours: float) -> str:
    return amount(hours, "hours", None) if hours < 48 else amount(hours / 24, "days", None)

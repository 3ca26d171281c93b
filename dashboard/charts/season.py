"""A season before anything is decided: its demand, its staff and its stock over the weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from plotly.subplots import make_subplots

from dashboard.charts.picture import Picture, plain
from dashboard.look import color
from sim.report.day import day_name

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

    from sim.experiment.outlook import Outlook

_GRID: Final = "rgba(128,128,128,0.25)"
_GRAY: Final = "#9aa5ae"
_TITLES: Final = (
    "Orders expected a day (dots: placed in one simulated season)",
    "Hours of picking and packing a week: needed (blue), and staffed (gray)",
    "Units received a week",
    "Units on the shelf in the morning of its first day",
)


def weeks(found: Outlook) -> Picture:
    """Demand by day; hours needed and staffed, deliveries and stock by week."""
    drawn = make_subplots(
        rows=len(_TITLES),
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.08,
        subplot_titles=_TITLES,
    )
    _demand(drawn, found)
    _staff(drawn, found)
    _stock(drawn, found)
    drawn.update_annotations(x=0, xanchor="left", font_size=13)
    drawn.update_xaxes(gridcolor=_GRID)
    drawn.update_yaxes(gridcolor=_GRID, rangemode="tozero", nticks=4, zeroline=False)
    drawn.update_layout(height=580, barmode="group", bargap=0.25, bargroupgap=0.05)
    shown = plain(drawn).update_layout(showlegend=False, margin={"l": 50, "t": 24})
    data = found.weeks.copy()
    data.insert(0, "week_from", _names(found, data.index))
    return Picture("season-by-week", shown, _told(found), data)


def _demand(drawn: go.Figure, found: Outlook) -> None:
    days = _days(found, found.orders.index)
    placed = found.found.days["placed"].iloc[: len(days)]
    drawn.add_scatter(
        x=days,
        y=placed,
        mode="markers",
        marker={"size": 4, "color": _GRAY},
        hovertemplate="%{y:,.0f} placed<extra></extra>",
        row=1,
        col=1,
    )
    drawn.add_scatter(
        x=days,
        y=found.orders,
        mode="lines",
        line={"color": color(0), "width": 2},
        hovertemplate="%{y:,.0f} expected<extra></extra>",
        row=1,
        col=1,
    )


def _staff(drawn: go.Figure, found: Outlook) -> None:
    for column, shade in (("needed", color(0)), ("staffed", _GRAY)):
        drawn.add_bar(
            x=_middles(found),
            y=found.weeks[column],
            marker={"color": shade},
            hovertemplate=f"%{{y:,.0f}} hours {column}<extra></extra>",
            row=2,
            col=1,
        )


def _stock(drawn: go.Figure, found: Outlook) -> None:
    drawn.add_bar(
        x=_middles(found),
        y=found.weeks["received"],
        marker={"color": _GRAY},
        hovertemplate="%{y:,.0f} units received<extra></extra>",
        row=3,
        col=1,
    )
    drawn.add_scatter(
        x=_days(found, found.weeks.index),
        y=found.weeks["on_hand"],
        mode="lines+markers",
        line={"color": color(0), "width": 2},
        hovertemplate="%{y:,.0f} units on the shelf<extra></extra>",
        row=4,
        col=1,
    )


def _days(found: Outlook, numbers: pd.Index[int]) -> list[Any]:
    """Dates; the numbers of the days where a season has none."""
    calendar = found.found.calendar
    if calendar.start is None:
        return [number + 1 for number in numbers]
    return [calendar.datetime_of(calendar.midnight_of_day(day)).date() for day in numbers]


def _middles(found: Outlook) -> list[Any]:
    """Where the bar of each week stands: on its fourth day, where a whole week has its middle."""
    return _days(found, found.weeks.index + 3)


def _names(found: Outlook, numbers: pd.Index[int]) -> list[str]:
    return [day_name(found.found.calendar, day) for day in numbers]


def _told(found: Outlook) -> str:
    """What stands out, for whom cannot see it."""
    weeks, orders = found.weeks, found.orders
    busiest = day_name(found.found.calendar, int(orders.argmax()))
    parts = [f"{orders.sum():,.0f} orders expected, most on {busiest}: {orders.max():,.0f}"]
    short = weeks[weeks["needed"] > weeks["staffed"]]
    if weeks["staffed"].any():
        names = ", ".join(_names(found, short.index))
        parts.append(
            f"more hours needed than staffed in the weeks from {names}"
            if len(short)
            else "in every week at least as many hours staffed as needed"
        )
    parts.append(f"{weeks['received'].sum():,.0f} units received")
    return f"The season by week: {'; '.join(parts)}."

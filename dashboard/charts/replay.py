"""A season over its days: one picture, with a line where the visitor is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard.charts.picture import Picture, plain
from dashboard.look import color
from sim.report.day import day_name

if TYPE_CHECKING:
    from dashboard.replay import Replay
    from sim.results.days import SeasonDays

_GRID: Final = "rgba(128,128,128,0.25)"
_GRAY: Final = "#808a93"
_LINE: Final[dict[str, Any]] = {
    "name": "day",
    "type": "line",
    "xref": "x",
    "yref": "paper",
    "y0": 0,
    "y1": 1,
    "line": {"color": "#d9480f", "width": 2},
}
"""Where the visitor is."""
_SHADES: Final = (0.9, 0.55, 0.3, 0.15)
_TALL: Final = 96
"""Pixels of a panel."""


class _Panel(NamedTuple):
    title: str
    columns: tuple[str, ...]
    """Of `SeasonDays.days`: the first as a thick line, the second as a dotted one."""
    bars: bool = False


_TEAMS: Final = "People at work"
_AREA: Final = "Backorder area, positions in use (dotted: what there is)"
_PANELS: Final = (
    _Panel("Orders placed (dotted: parcels shipped)", ("placed", "shipped")),
    _Panel("Parcels waiting to be picked, in the morning", ("waiting",)),
    _Panel(_AREA, ("area",)),
    _Panel(_TEAMS, ()),
    _Panel("Units on the shelf that nobody has reserved", ("on_hand",)),
    _Panel("Units owed to customers", ("owed",)),
    _Panel("Units received", ("received",), bars=True),
    _Panel("Contacts with support (dotted: hung up)", ("contacts", "abandoned")),
)


def timeline(replay: Replay) -> Picture:
    """Everything of a season by day, one panel under the other."""
    found = replay.found
    panels = [panel for panel in _PANELS if _is_there(panel, found)]
    drawn = make_subplots(
        rows=len(panels),
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.04,
        subplot_titles=[_title(panel, found) for panel in panels],
    )
    days = _days(found)
    for row, panel in enumerate(panels, 1):
        if panel.title == _TEAMS:
            _draw_teams(drawn, row, found, days, replay.policy)
        else:
            _draw(drawn, row, panel, found, days, replay.policy)
    drawn.update_annotations(x=0, xanchor="left", font_size=13)
    drawn.update_xaxes(gridcolor=_GRID, showspikes=False)
    drawn.update_yaxes(
        gridcolor=_GRID, fixedrange=True, rangemode="tozero", nticks=3, zeroline=False
    )
    drawn.update_layout(
        barmode="stack", bargap=0.15, hovermode="x", height=60 + _TALL * len(panels)
    )
    data = pd.concat([found.days, found.teams.add_prefix("came: ")], axis="columns")
    data.insert(0, "date", [day_name(found.calendar, day) for day in found.days.index])
    shown = plain(drawn).update_layout(showlegend=False, margin={"l": 50, "t": 24})
    shown.add_shape(**_LINE, x0=days[0], x1=days[0])
    return Picture("season-by-day", shown, _told(found), data)


def point_out(picture: Picture, replay: Replay, day: int) -> None:
    """Move the line of a picture of its own to a day."""
    where = _days(replay.found)[day]
    picture.figure.update_shapes({"x0": where, "x1": where}, selector={"name": _LINE["name"]})


def _is_there(panel: _Panel, found: SeasonDays) -> bool:
    """Whether a season has anything of it."""
    if panel.title == _TEAMS:
        return bool(found.teams.to_numpy().any())
    shown = found.days[list(panel.columns)].fillna(0)
    return bool(shown.to_numpy().any())


def _title(panel: _Panel, found: SeasonDays) -> str:
    if panel.title != _TEAMS:
        return panel.title
    teams = [str(name).replace("_", " ") for name in found.teams if found.teams[name].any()]
    return f"{_TEAMS}, from the bottom: {', '.join(teams)}"


def _draw(
    drawn: go.Figure, row: int, panel: _Panel, found: SeasonDays, days: list[Any], policy: int
) -> None:
    for number, column in enumerate(panel.columns):
        values, name = found.days[column], column.replace("_", " ")
        hover = f"{name}: %{{y:,.0f}}<extra></extra>"
        if panel.bars:
            trace: Any = go.Bar(x=days, y=values, marker={"color": color(policy)})
        else:
            shade = _GRAY if number else color(policy)
            dash, width = ("dot", 1.5) if number else ("solid", 2)
            trace = go.Scatter(
                x=days,
                y=values,
                mode="lines+markers",
                line={"color": shade, "width": width, "dash": dash},
                marker={"size": 3, "color": shade},
            )
        trace.update(name=name, hovertemplate=hover, unselected={"marker": {"opacity": 1}})
        drawn.add_trace(trace, row, 1)
    if panel.title == _AREA:
        drawn.add_hline(y=found.positions, row=row, col=1, line={"dash": "dot", "width": 1.5})


def _draw_teams(
    drawn: go.Figure, row: int, found: SeasonDays, days: list[Any], policy: int
) -> None:
    for number, team in enumerate(found.teams):
        name = str(team).replace("_", " ")
        drawn.add_bar(
            x=days,
            y=found.teams[team],
            marker={"color": color(policy), "opacity": _SHADES[min(number, len(_SHADES) - 1)]},
            name=name,
            hovertemplate=f"{name}: %{{y}}<extra></extra>",
            unselected={"marker": {"opacity": _SHADES[min(number, len(_SHADES) - 1)]}},
            row=row,
            col=1,
        )


def _days(found: SeasonDays) -> list[Any]:
    """Dates; the numbers of the days where a season has none."""
    calendar = found.calendar
    if calendar.start is None:
        return [day + 1 for day in found.days.index]
    midnights = [calendar.midnight_of_day(day) for day in found.days.index]
    return [calendar.datetime_of(ms).date().isoformat() for ms in midnights]


def _told(found: SeasonDays) -> str:
    """The extremes of a season, and when they were."""
    parts = []
    for column, words in (
        ("placed", "orders placed"),
        ("waiting", "parcels waiting in the morning"),
        ("area", "positions of the backorder area in use"),
        ("owed", "units owed to customers"),
        ("came", "people at work"),
    ):
        values = found.days[column]
        if values.max() > 0:
            day = day_name(found.calendar, int(values.argmax()))
            parts.append(f"{values.max():,.0f} {words} on {day}")
    return f"The season by day. The most: {'; '.join(parts)}." if parts else "Nothing happened."

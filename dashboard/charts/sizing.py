"""A plan as pictures: when to hire whom, and what more or less of it would cost."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.picture import Picture, plain
from dashboard.look import color
from sim.experiment.figures import money
from sim.scenario.calendar import season_calendar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.scenario import Scenario

_GRID: Final = "rgba(128,128,128,0.25)"
_DAY_MS: Final = 86_400_000


def hiring(answer: Mapping[str, Any], scenario: Scenario) -> Picture | None:
    """Who works from when to when, and by when it must be decided; None without dates."""
    calendar = season_calendar(scenario.season)
    if calendar.start is None or not answer["requisition"]:
        return None
    first, last = calendar.start.date(), calendar.datetime_of(calendar.length_ms - 1).date()
    drawn, rows, told = go.Figure(), [], []
    for number, each in enumerate(answer["requisition"]):
        start, end = _day(each["start"], first), _day(each["end"], last)
        name = f"{each['people']} {each['cohort']} ({each['team']})"
        told.append(f"{name} from {start} to {end}")
        rows.append((each["team"], each["cohort"], each["people"], each["decide_by"], start, end))
        drawn.add_bar(
            base=[start.isoformat()],
            x=[((end - start).days + 1) * _DAY_MS],
            y=[escape(name)],
            orientation="h",
            marker={"color": color(0 if each["start"] else 5)},
            hovertemplate=f"{start} to {end}<extra></extra>",
            name=str(number),
        )
        if each["decide_by"]:
            drawn.add_scatter(
                x=[each["decide_by"]],
                y=[escape(name)],
                mode="markers",
                marker={"symbol": "diamond", "size": 13, "color": color(1)},
                hovertemplate=f"decide by {each['decide_by']}<extra></extra>",
            )
    drawn.update_xaxes(type="date", gridcolor=_GRID, title="Bars: at work. Diamonds: decide by")
    drawn.update_yaxes(autorange="reversed", automargin=True)
    drawn.update_layout(showlegend=False, height=130 + 44 * len(rows), bargap=0.45)
    columns = ["team", "cohort", "people", "decide_by", "from", "to"]
    alt = f"People at work: {'; '.join(told)}."
    return Picture("hiring-calendar", plain(drawn), alt, pd.DataFrame(rows, columns=columns))


def frontier(answer: Mapping[str, Any]) -> Picture | None:
    """What service costs: plans from the leanest to the safest; None with a single plan."""
    points = answer["frontier"]
    if len(points) < 2:
        return None
    seasons = answer["steps"][0]["seasons"]
    texts = [
        ", ".join(f"{name} {value}" for name, value in each["levers"].items()) for each in points
    ]
    drawn = go.Figure()
    drawn.add_scatter(
        x=[each["cost"] for each in points],
        y=[each["all_kept"] / seasons for each in points],
        mode="lines+markers",
        line={"color": color(0), "width": 2},
        marker={
            "size": [18 if each["chosen"] else 9 for each in points],
            "symbol": ["star" if each["chosen"] else "circle" for each in points],
            "color": [color(1) if each["chosen"] else color(0) for each in points],
        },
        text=[escape(text) for text in texts],
        hovertemplate="%{text}<br>%{x:,.0f}: all targets kept in %{y:.0%} of seasons"
        "<extra></extra>",
    )
    drawn.update_xaxes(title="Cost of people and space", gridcolor=_GRID)
    drawn.update_yaxes(
        title="Seasons that keep every target", tickformat=".0%", range=[0, 1.05], gridcolor=_GRID
    )
    drawn.update_layout(showlegend=False, height=380)
    ends = [points[0], points[-1]]
    told = " to ".join(
        f"{each['all_kept']} of {seasons} seasons at {money(each['cost'], answer['currency'])}"
        for each in ends
    )
    alt = f"What keeping every target costs, from {told}; the star is the plan."
    data = pd.DataFrame(
        {
            "plan": texts,
            "cost": [each["cost"] for each in points],
            "profit": [each["profit"] for each in points],
            "seasons_kept": [each["all_kept"] for each in points],
        }
    )
    return Picture("frontier", plain(drawn), alt, data)


def _day(text: str | None, otherwise: dt.date) -> dt.date:
    return dt.date.fromisoformat(text) if text else otherwise

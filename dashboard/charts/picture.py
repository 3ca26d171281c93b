"""A chart with everything that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.look import BRAND
from sim.report.page.charts import figure

if TYPE_CHECKING:
    from sim.report.content import Chart


@dataclass(frozen=True)
class Picture:
    """A figure, what it shows in words, and the numbers behind it."""

    name: str
    """Names its files: letters, digits and `-`."""
    figure: Any
    """A `plotly.graph_objects.Figure`."""
    alt: str
    """What it shows, in a sentence for whom cannot see it."""
    data: pd.DataFrame
    """The numbers that are drawn."""


def of_report(name: str, chart: Chart) -> Picture:
    """A chart of the reports, drawn as on their pages."""
    data = pd.DataFrame({"": chart.categories, **{s.name: s.values for s in chart.series}})
    return Picture(name, plain(go.Figure(figure(chart, BRAND))), chart.alt, data)


def plain(drawn: go.Figure) -> go.Figure:
    """What every figure here has in common: no ground of its own, room for its labels."""
    drawn.update_shapes(line_color="gray")
    drawn.update_layout(
        title=None,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 10, "r": 20, "t": 30, "b": 10},
        legend={"orientation": "h", "y": -0.25, "title": {"text": ""}},
        hoverlabel={"namelength": -1},
    )
    return drawn

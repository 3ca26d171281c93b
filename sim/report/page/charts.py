"""Charts on the page: interactive, offline, and without a button that uploads them."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from sim.report.clean import short
from sim.report.figures.look import CONFIG, GRID, safe, symbol
from sim.report.palette import category_colors, marked, series_colors
from sim.report.waterfall import steps

if TYPE_CHECKING:
    from sim.report.brand import Brand
    from sim.report.content import Chart


_LINE = 14
_MANY = 20
_NAME = 44


def figure(chart: Chart, brand: Brand) -> dict[str, Any]:
    """The chart as Plotly takes it: `data` and `layout`, on whatever ground it stands."""
    return {"data": _traces(chart, brand), "layout": _layout(chart, brand)}


def as_json(chart: Chart, brand: Brand) -> str:
    """The figure for `Plotly.newPlot`, as JSON that cannot end the script it stands in."""
    drawn = {**figure(chart, brand), "config": CONFIG}
    text = json.dumps(drawn, ensure_ascii=True, allow_nan=False, sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _traces(chart: Chart, brand: Brand) -> list[dict[str, Any]]:
    names = [safe(name) for name in chart.categories]
    if chart.kind == "waterfall":
        return _waterfall(chart, names, brand)
    traces = []
    for each, color in zip(chart.series, series_colors(chart, brand), strict=True):
        flat = chart.kind == "bar"
        trace: dict[str, Any] = {
            "type": "scatter" if chart.kind == "line" else "bar",
            "name": safe(each.name),
            "x": list(each.values) if flat else names,
            "y": names if flat else list(each.values),
        }
        if chart.kind == "line":
            dash = "dash" if each.color is None else "solid"
            trace |= {"mode": "lines", "line": {"color": color, "width": 2.5, "dash": dash}}
            trace |= _marks(each.color, len(each.values))
        else:
            trace["marker"] = {"color": list(category_colors(chart, brand)) or color}
        if flat:
            trace["orientation"] = "h"
        if each.texts:
            trace |= {"text": [safe(text) for text in each.texts], "textposition": "outside"}
        traces.append(trace)
    return traces


def _marks(policy: int | None, points: int) -> dict[str, Any]:
    """The marker of a policy at some of the points."""
    if policy is None:
        return {}
    shown = set(marked(points, policy))
    sizes = [9 if place in shown else 0 for place in range(points)]
    look = {"symbol": symbol(policy), "size": sizes, "opacity": 1}
    return {"mode": "lines+markers", "marker": look}


def _waterfall(chart: Chart, names: list[str], brand: Brand) -> list[dict[str, Any]]:
    found = steps(chart)
    ends = zip(found.low, found.high, strict=True)
    return [
        {
            "type": "bar",
            "name": safe(chart.series[0].name),
            "x": names,
            "base": list(found.low),
            "y": [high - low for low, high in ends],
            "marker": {"color": list(category_colors(chart, brand))},
            "text": [safe(text) for text in chart.series[0].texts],
            "textposition": "outside",
            "hovertemplate": "%{x}: %{text}<extra></extra>",
        }
    ]


def _layout(chart: Chart, brand: Brand) -> dict[str, Any]:
    percent = chart.form.after == "%"
    values: dict[str, Any] = {
        "title": {"text": safe(chart.axis)},
        "automargin": True,
        "tickformat": ".0%" if percent else "~s" if chart.form.scale < 1 else ",",
        "tickprefix": "" if percent else chart.form.before,
        "gridcolor": GRID,
        "zeroline": True,
    }
    if chart.kind == "waterfall" and (floor := steps(chart).floor) > 0:
        top = max(steps(chart).high)
        values["dtick"] = steps(chart).step
        values["range"] = [floor, top + 0.12 * (top - floor)]
        values["title"] = {"text": f"{safe(chart.axis)};<br>the axis does not begin at 0"}
    flat = chart.kind == "bar"
    if flat and chart.positive:
        highest = max(value or 0.0 for value in chart.series[0].values)
        values |= {"range": [0, 1.18 * highest or 1], "showticklabels": False, "showgrid": False}
    elif percent:
        values["range"] = [0, 1.06]
    elif chart.positive and "range" not in values:
        values["rangemode"] = "tozero"
    names: dict[str, Any] = {"automargin": True, "type": "category"}
    if flat:
        names["autorange"] = "reversed"
    elif chart.kind == "waterfall":
        names["tickvals"] = list(map(safe, chart.categories))
        lines = (wrap(short(name, _NAME), _LINE) for name in chart.categories)
        names["ticktext"] = ["<br>".join(map(safe, each)) for each in lines]
        names["tickangle"] = 0
    elif len(chart.categories) > _MANY:
        names["nticks"] = _MANY // 2
    return {
        "barmode": "stack" if chart.kind == "stacked" else "group",
        "font": {"family": f"{brand.font}, system-ui, sans-serif", "size": 14},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 70, "r": 40, "t": 20, "b": 60},
        "legend": {"orientation": "h", "y": -0.2},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": "rgba(128,128,128,0.6)"},
        "showlegend": len(chart.series) > 1,
        "xaxis": values if flat else names,
        "yaxis": names if flat else values,
    }

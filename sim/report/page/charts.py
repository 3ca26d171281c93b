"""Charts on the page: interactive, offline, and without a button that uploads them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sim.report.figures.look import CONFIG, GRID, safe
from sim.report.waterfall import steps

if TYPE_CHECKING:
    from sim.report.brand import Brand
    from sim.report.content import Chart

_STEPS: Final = {"total": "#8a949e", "rise": "#2e7d5b", "fall": "#b3402e"}


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
        return _waterfall(chart, names)
    traces = []
    for place, each in enumerate(chart.series):
        color = (
            brand.accent
            if len(chart.series) == 1
            else brand.color(place if each.color is None and chart.kind != "line" else each.color)
        )
        flat = chart.kind == "bar"
        trace: dict[str, Any] = {
            "type": "scatter" if chart.kind == "line" else "bar",
            "name": safe(each.name),
            "x": list(each.values) if flat else names,
            "y": names if flat else list(each.values),
        }
        if chart.kind == "line":
            trace |= {"mode": "lines", "line": {"color": color, "width": 2.5}}
        else:
            colors = [brand.color(number) for number in chart.colors]
            trace["marker"] = {"color": colors or color}
        if flat:
            trace["orientation"] = "h"
        if chart.texts:
            trace |= {"text": [safe(text) for text in chart.texts], "textposition": "outside"}
        traces.append(trace)
    return traces


def _waterfall(chart: Chart, names: list[str]) -> list[dict[str, Any]]:
    found = steps(chart)
    ends = zip(found.low, found.high, strict=True)
    return [
        {
            "type": "bar",
            "name": safe(chart.series[0].name),
            "x": names,
            "base": list(found.low),
            "y": [high - low for low, high in ends],
            "marker": {"color": [_STEPS[kind] for kind in found.kind]},
            "text": [safe(text) for text in chart.texts],
            "textposition": "outside",
            "hovertemplate": "%{x}: %{text}<extra></extra>",
        }
    ]


def _layout(chart: Chart, brand: Brand) -> dict[str, Any]:
    percent = chart.form.after == "%"
    values: dict[str, Any] = {
        "title": {"text": safe(chart.axis)},
        "tickformat": ".0%" if percent else "~s" if chart.form.scale < 1 else ",",
        "tickprefix": "" if percent else chart.form.before,
        "gridcolor": GRID,
        "zeroline": True,
    }
    if chart.kind == "waterfall" and (floor := steps(chart).floor) > 0:
        top = max(steps(chart).high)
        values["range"] = [floor, top + 0.12 * (top - floor)]
        values["title"] = {"text": f"{safe(chart.axis)}; the axis does not begin at 0"}
    if percent:
        values["range"] = [0, 1]
    names: dict[str, Any] = {"automargin": True, "type": "category"}
    flat = chart.kind == "bar"
    if flat:
        names["autorange"] = "reversed"
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

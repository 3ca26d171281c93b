"""Charts of a workbook: native, with their numbers beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sim.report.clean import clean
from sim.report.palette import GRID, STEPS, category_colors, marked, marker, series_colors
from sim.report.waterfall import stacked, steps

if TYPE_CHECKING:
    from sim.report.brand import Brand
    from sim.report.content import Chart, Series

_COLUMN: Final = 20
"""Charts read their numbers from columns this far right, beside the tables."""
_MARKERS: Final = {"cross": "x"}
"""Markers that have another name here."""

Bars = list[tuple[str, tuple[float | None, ...], str | None]]
"""Name, values and color of each series; no color: not drawn."""


def add_chart(book: Any, sheet: Any, chart: Chart, row: int, brand: Brand) -> None:
    """Draw a native chart whose numbers stand on the same sheet, further right."""
    bars = _bars(chart, brand)
    plain = book.add_format({"font_name": brand.font})
    left = _COLUMN
    for place, name in enumerate(chart.categories):
        sheet.write_string(place + 1, left, clean(name)[:200], plain)
    number = book.add_format({"font_name": brand.font, "num_format": chart.form.excel})
    for column, (name, values, _) in enumerate(bars, left + 1):
        sheet.write_string(0, column, clean(name)[:200], plain)
        for place, value in enumerate(values):
            if value is not None:
                sheet.write_number(place + 1, column, value, number)
    drawn = book.add_chart(_kind(chart))
    count = len(chart.categories)
    names = [sheet.get_name(), 1, left, count, left]
    for place, (name, _, color) in enumerate(bars):
        column = left + 1 + place
        drawn.add_series(
            {
                "name": [sheet.get_name(), 0, column],
                "categories": names,
                "values": [sheet.get_name(), 1, column, count, column],
                "gap": 45,
                **_look(chart, place, name, color, brand),
            }
        )
    _axes(drawn, chart, brand)
    sheet.insert_chart(row, 0, drawn, {"description": chart.alt, "object_position": 2})


def _axes(drawn: Any, chart: Chart, brand: Brand) -> None:
    font = {"name": brand.font, "size": 10}
    floor = steps(chart).floor if chart.kind == "waterfall" else None
    cut = "; the axis does not begin at 0" if floor else ""
    if floor is None and chart.positive:
        floor = 0.0
    low = {} if floor is None else {"min": floor}
    values = {
        "name": f"{chart.axis}{cut}",
        "num_format": chart.form.axis.excel,
        "num_font": font,
        "name_font": {**font, "bold": False},
        "major_gridlines": {"visible": True, "line": {"color": GRID}},
        **({**low} if floor is not None else {}),
        **({"major_unit": steps(chart).step} if chart.kind == "waterfall" else {}),
    }
    names: dict[str, Any] = {"num_font": font, "label_position": "low"}
    if chart.kind == "bar":
        drawn.set_y_axis({**names, "reverse": True})
        drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, **low})
    else:
        drawn.set_x_axis(names)
        drawn.set_y_axis(values)
    drawn.set_legend({"position": "bottom"} if len(chart.series) > 1 else {"none": True})
    drawn.set_title({"none": True})
    drawn.set_size({"width": 900, "height": 380})


def _kind(chart: Chart) -> dict[str, str]:
    if chart.kind in {"bar", "column", "line"}:
        return {"type": chart.kind}
    return {"type": "column", "subtype": "stacked"}


def _bars(chart: Chart, brand: Brand) -> Bars:
    if chart.kind == "waterfall":
        return [(bar.name, bar.heights, STEPS.get(bar.kind)) for bar in stacked(chart)]
    return [
        (each.name, each.values, color)
        for each, color in zip(chart.series, series_colors(chart, brand), strict=True)
    ]


def _look(chart: Chart, place: int, name: str, color: str | None, brand: Brand) -> dict[str, Any]:
    """How a series looks, with the labels that it carries."""
    texts = chart.series[0 if chart.kind == "waterfall" else place].texts
    labels = [{"value": clean(text)[:200]} for text in texts]
    if color is None:
        unseen: dict[str, Any] = {"fill": {"none": True}, "border": {"none": True}}
        if name == "labels":
            unseen["data_labels"] = {"value": True, "custom": labels, "position": "inside_base"}
        return unseen
    if chart.kind == "line":
        dash = "dash" if chart.series[place].color is None else "solid"
        line = {"color": color, "width": 2.25, "dash_type": dash}
        return {"line": line, **_marks(chart.series[place], color)}
    edge = {"color": "#ffffff"} if chart.kind == "stacked" else {"none": True}
    look: dict[str, Any] = {"fill": {"color": color}, "border": edge}
    if labels and chart.kind != "waterfall":
        look["data_labels"] = {"value": True, "custom": labels}
    if chart.kind != "waterfall" or name.startswith("total"):
        points = [{"fill": {"color": each}} for each in category_colors(chart, brand)]
        look.update({"points": points} if points else {})
    return look


def _marks(series: Series, color: str) -> dict[str, Any]:
    """The marker of a policy at some of the points, and in the legend."""
    name = marker(series.color)
    if series.color is None or name is None:
        return {}
    filled = {"fill": {"color": color}, "border": {"color": color}}
    hidden = {"fill": {"none": True}, "border": {"none": True}}
    shown = set(marked(len(series.values), series.color))
    return {
        "marker": {"type": _MARKERS.get(name, name), "size": 7, **filled},
        "points": [filled if at in shown else hidden for at in range(len(series.values))],
    }

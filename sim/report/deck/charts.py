"""Charts on slides: native, so that whoever gets the deck can edit them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.report.clean import short
from sim.report.deck.color import rgb
from sim.report.deck.embedded import embed
from sim.report.waterfall import steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.report.brand import Brand
    from sim.report.content import Chart

_NAME = 34
_STEP_NAME = 26
_MANY = 20
_LABELS = "labels"
"""An invisible bar on top of each step, which carries its label."""
_COLORS = {"total": "#8a949e", "rise": "#2e7d5b", "fall": "#b3402e"}

Bars = list[tuple[str, tuple[float | None, ...], str | None]]
"""Name, values and color of each series; no color: not drawn."""


def add_chart(slide: Any, chart: Chart, box: Sequence[int], brand: Brand) -> None:
    """Draw a chart into a box (left, top, width, height, in EMU)."""
    from pptx.chart.data import CategoryChartData

    most = _STEP_NAME if chart.kind == "waterfall" else _NAME
    categories = [short(name, most) or " " for name in chart.categories]
    bars = _waterfall(chart) if chart.kind == "waterfall" else _series(chart, brand)
    make: Any = CategoryChartData
    data = make(number_format=chart.form.excel)
    data.categories = categories
    for name, values, _ in bars:
        data.add_series(name, values)
    frame = slide.shapes.add_chart(_kind(chart), *box, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.alt)
    drawn = frame.chart
    embed(drawn, categories, [(name, values) for name, values, _ in bars])
    _style(drawn, chart, bars, brand)


def _kind(chart: Chart) -> Any:
    from pptx.enum.chart import XL_CHART_TYPE as XL

    return {
        "bar": XL.BAR_CLUSTERED,
        "column": XL.COLUMN_CLUSTERED,
        "stacked": XL.COLUMN_STACKED,
        "waterfall": XL.COLUMN_STACKED,
        "line": XL.LINE,
    }[chart.kind]


def _series(chart: Chart, brand: Brand) -> Bars:
    return [
        (short(each.name, _NAME) or " ", each.values, _color(chart, place, each.color, brand))
        for place, each in enumerate(chart.series)
    ]


def _color(chart: Chart, place: int, number: int | None, brand: Brand) -> str:
    if number is not None:
        return brand.color(number)
    if chart.kind == "line":
        return "#4a4a4a"
    return brand.accent if len(chart.series) == 1 else brand.color(place)


def _waterfall(chart: Chart) -> Bars:
    """Bars on an invisible base; what crosses zero is drawn on both sides of it."""
    found = steps(chart)
    pairs = list(zip(found.low, found.high, strict=True))
    base = tuple(max(0.0, low) + min(0.0, high) for low, high in pairs)
    bars: Bars = [("base", base, None)]
    for kind, color in _COLORS.items():
        mine = [each == kind for each in found.kind]
        above = [max(0.0, high) - max(0.0, low) for low, high in pairs]
        below = [min(0.0, low) - min(0.0, high) for low, high in pairs]
        up = tuple(a if is_mine else 0.0 for a, is_mine in zip(above, mine, strict=True))
        down = tuple(b if is_mine else 0.0 for b, is_mine in zip(below, mine, strict=True))
        bars.append((kind, up, color))
        if any(down):
            bars.append((f"{kind}, below zero", down, color))
    room = 0.08 * (max(found.high) - found.floor)
    return [*bars, (_LABELS, (room,) * len(pairs), None)]


def _style(drawn: Any, chart: Chart, bars: Bars, brand: Brand) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    drawn.font.size = Pt(14)
    drawn.font.name = brand.font
    drawn.has_title = False
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
        drawn.legend.include_in_layout = False
    plot = drawn.plots[0]
    if chart.kind != "line":
        plot.gap_width = 45
        plot.overlap = 100 if chart.kind in {"stacked", "waterfall"} else 0
        plot.vary_by_categories = False
    for series, (_, _, color) in zip(plot.series, bars, strict=True):
        _paint(series, color, chart)
    for place, number in enumerate(chart.colors):
        _fill(plot.series[0].points[place].format.fill, brand.color(number))
    _axes(drawn, chart)
    _labels(plot, chart)


def _paint(series: Any, color: str | None, chart: Chart) -> None:
    from pptx.util import Pt

    series.invert_if_negative = False
    if color is None:
        series.format.fill.background()
        return
    if chart.kind == "line":
        series.smooth = False
        series.format.line.color.rgb = rgb(color)
        series.format.line.width = Pt(2.5)
        series.marker.style = None
        _without_marker(series)
    else:
        _fill(series.format.fill, color)


def _fill(fill: Any, color: str) -> None:
    fill.solid()
    fill.fore_color.rgb = rgb(color)


def _without_marker(series: Any) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE

    series.marker.style = XL_MARKER_STYLE.NONE


def _axes(drawn: Any, chart: Chart) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    values, names = drawn.value_axis, drawn.category_axis
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.has_major_gridlines = False
    names.format.line.color.rgb = rgb("#8a949e")
    values.major_gridlines.format.line.color.rgb = rgb("#dde1e5")
    values.format.line.fill.background()
    values.tick_labels.number_format = chart.form.excel
    values.tick_labels.number_format_is_linked = False
    _axis_title(values, chart.axis)
    if chart.kind == "bar":
        names.reverse_order = True
        values.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        values.has_major_gridlines = False
        values.minimum_scale = min(0.0, *(v or 0.0 for v in chart.series[0].values))
    if chart.kind == "waterfall":
        floor = steps(chart).floor
        values.minimum_scale = floor
        if floor > 0:
            _axis_title(values, f"{chart.axis}; the axis does not begin at 0")
        names.tick_labels.font.size = Pt(12)
    if chart.form.after == "%" and chart.kind == "column":
        values.maximum_scale = 1.0
    if len(chart.categories) > _MANY:
        _skip_labels(names, len(chart.categories) // 10)


def _axis_title(axis: Any, text: str) -> None:
    from pptx.util import Pt

    axis.has_title = True
    axis.axis_title.text_frame.text = text
    run = axis.axis_title.text_frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold = Pt(12), False


def _skip_labels(axis: Any, every: int) -> None:
    """Name every so many categories only; python-pptx has no word for it."""
    from pptx.oxml.ns import qn

    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        element = axis._element.makeelement(qn(tag), {"val": str(every)})
        axis._element.find(qn("c:noMultiLvlLbl")).addprevious(element)


def _labels(plot: Any, chart: Chart) -> None:
    """Figures at the bars, as the tables round them."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    if not chart.texts:
        return
    if chart.kind == "waterfall":
        _step_labels(plot, chart)
        return
    series = plot.series[0]
    for point, text in enumerate(chart.texts):
        label = series.points[point].data_label
        label.position = XL_LABEL_POSITION.OUTSIDE_END
        label.text_frame.text = text
        label.text_frame.paragraphs[0].runs[0].font.size = Pt(14)


def _step_labels(plot: Any, chart: Chart) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    (carrier,) = (series for series in plot.series if series.name == _LABELS)
    for point, text in enumerate(chart.texts):
        label = carrier.points[point].data_label
        label.position = XL_LABEL_POSITION.INSIDE_BASE
        label.text_frame.text = text
        font = label.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold = Pt(14), True

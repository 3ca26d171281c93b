"""Charts on slides: native, so that whoever gets the deck can edit them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.report.clean import short
from sim.report.deck.color import rgb
from sim.report.deck.embedded import embed
from sim.report.palette import (
    AXIS,
    GRID,
    STEPS,
    category_colors,
    marked,
    marker,
    series_colors,
)
from sim.report.waterfall import stacked, steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.report.brand import Brand
    from sim.report.content import Chart

_NAME = 44
_FEW = 12
"""So many labels can be large."""
_MANY = 20
_MARKERS = {"cross": "X"}
"""Markers that have another name here."""

Bars = list[tuple[str, tuple[float | None, ...], str | None]]
"""Name, values and color of each series; no color: not drawn."""


def add_chart(slide: Any, chart: Chart, box: Sequence[int], brand: Brand) -> None:
    """Draw a chart into a box (left, top, width, height, in EMU)."""
    from pptx.chart.data import CategoryChartData

    categories = [short(name, _NAME) or " " for name in chart.categories]
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
        (short(each.name, _NAME) or " ", each.values, color)
        for each, color in zip(chart.series, series_colors(chart, brand), strict=True)
    ]


def _waterfall(chart: Chart) -> Bars:
    return [(bar.name, bar.heights, STEPS.get(bar.kind)) for bar in stacked(chart)]


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
        plot.gap_width = 45 if len(chart.categories) <= _MANY else 20
        plot.overlap = 100 if chart.kind in {"stacked", "waterfall"} else 0
        plot.vary_by_categories = False
    if chart.kind == "line":
        for series, each, (_, _, color) in zip(plot.series, chart.series, bars, strict=True):
            _line(series, each.color, str(color))
            _mark(series, each.color, len(each.values), brand)
    else:
        for series, (_, _, color) in zip(plot.series, bars, strict=True):
            _paint(series, color, chart)
    _paint_categories(plot, chart, brand)
    _axes(drawn, chart)
    _labels(plot, chart)


def _line(series: Any, policy: int | None, color: str) -> None:
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    series.smooth = False
    series.format.line.color.rgb = rgb(color)
    series.format.line.width = Pt(2.5)
    if policy is None:
        series.format.line.dash_style = MSO_LINE.DASH


def _paint(series: Any, color: str | None, chart: Chart) -> None:
    series.invert_if_negative = False
    if color is None:
        series.format.fill.background()
        return
    _fill(series.format.fill, color)
    if chart.kind == "stacked":
        series.format.line.color.rgb = rgb("#ffffff")


def _fill(fill: Any, color: str) -> None:
    fill.solid()
    fill.fore_color.rgb = rgb(color)


def _paint_categories(plot: Any, chart: Chart, brand: Brand) -> None:
    """Colors of policies; of a waterfall only the totals stand for one."""
    for place, color in enumerate(category_colors(chart, brand)):
        if chart.kind != "waterfall":
            _fill(plot.series[0].points[place].format.fill, color)
        elif place in chart.totals:
            for series in plot.series:
                if series.name.startswith("total"):
                    _fill(series.points[place].format.fill, color)


def _mark(series: Any, policy: int | None, points: int, brand: Brand) -> None:
    """The marker of a policy at some of the points, and in the legend."""
    from pptx.enum.chart import XL_MARKER_STYLE as STYLES

    name = marker(policy)
    if policy is None or name is None:
        series.marker.style = STYLES.NONE
        return
    series.marker.style = STYLES[_MARKERS.get(name, name.upper())]
    series.marker.size = 8
    _fill(series.marker.format.fill, brand.color(policy))
    shown = set(marked(points, policy))
    for place in range(points):
        if place not in shown:
            series.points[place].marker.style = STYLES.NONE


def _axes(drawn: Any, chart: Chart) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    values, names = drawn.value_axis, drawn.category_axis
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.has_major_gridlines = False
    names.format.line.color.rgb = rgb(AXIS)
    values.major_gridlines.format.line.color.rgb = rgb(GRID)
    values.format.line.fill.background()
    values.tick_labels.number_format = chart.form.axis.excel
    values.tick_labels.number_format_is_linked = False
    if chart.positive:
        values.minimum_scale = 0.0
    _axis_title(values, chart.axis)
    if chart.kind == "bar":
        names.reverse_order = True
        values.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        values.has_major_gridlines = False
    if chart.kind == "waterfall":
        found = steps(chart)
        values.minimum_scale, values.major_unit = found.floor, found.step
        if found.floor > 0:
            _axis_title(values, f"{chart.axis}; the axis does not begin at 0")
        names.tick_labels.font.size = Pt(12)
    if chart.form.after == "%" and chart.kind == "column":
        values.maximum_scale, values.major_unit = 1.0, 0.2
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

    if chart.kind == "waterfall":
        _step_labels(plot, chart)
        return
    size = Pt(14 if sum(len(each.texts) for each in chart.series) <= _FEW else 12)
    for series, each in zip(plot.series, chart.series, strict=True):
        for point, text in enumerate(each.texts):
            label = series.points[point].data_label
            label.position = XL_LABEL_POSITION.OUTSIDE_END
            label.text_frame.text = text
            label.text_frame.paragraphs[0].runs[0].font.size = size


def _step_labels(plot: Any, chart: Chart) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    (carrier,) = (series for series in plot.series if series.name == "labels")
    for point, text in enumerate(chart.series[0].texts):
        label = carrier.points[point].data_label
        label.position = XL_LABEL_POSITION.INSIDE_BASE
        label.text_frame.text = text
        font = label.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold = Pt(14), True

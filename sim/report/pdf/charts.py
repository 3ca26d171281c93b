"""Charts on paper, as SVG."""

from __future__ import annotations

import io
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final

from sim.report.clean import short
from sim.report.palette import GRID, MARKERS, category_colors, marked, series_colors
from sim.report.waterfall import steps

if TYPE_CHECKING:
    from sim.report.brand import Brand
    from sim.report.content import Chart

_NAME: Final = 44
_WRAPPED: Final = 30
_AXIS: Final = 34
_LINE: Final = 14
_CLOSE: Final = 9
"""So many names stand close together, and are cut into shorter lines."""
_SHORT: Final = 11
_MANY: Final = 20
_MARKERS: Final = dict(zip(MARKERS, "osD^*xP", strict=True))
"""What Matplotlib calls them."""
_LEGEND: Final[dict[str, Any]] = {
    "frameon": False,
    "fontsize": 8,
    "ncols": 4,
    "loc": "upper center",
    "bbox_to_anchor": (0.5, -0.2),
}
_SETTINGS: Final[Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "peakwise",
    "text.parse_math": False,
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def draw(chart: Chart, brand: Brand) -> bytes:
    """A picture of a chart; the same chart gives the same bytes."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=(7.2, 2.9), layout="constrained")
        axes = figure.add_subplot()
        _DRAW.get(chart.kind, _columns)(axes, chart, brand)
        if len(chart.series) > 1:
            axes.legend(**_LEGEND)
        data = io.BytesIO()
        canvas: Any = FigureCanvasSVG(figure)
        canvas.print_svg(data, metadata={"Date": None})  # `savefig` would draw it twice
    return data.getvalue()


def _names(chart: Chart) -> list[str]:
    width = _WRAPPED if chart.kind == "bar" else _LINE if len(chart.categories) < _CLOSE else _SHORT
    return [fill(short(name, _NAME), width) for name in chart.categories]


def _bars(axes: Any, chart: Chart, brand: Brand) -> None:
    values = [value or 0.0 for value in chart.series[0].values]
    colors = category_colors(chart, brand) or brand.accent
    places = range(len(values))
    drawn = axes.barh(places, values, color=colors)
    axes.set_yticks(places, _names(chart))
    axes.invert_yaxis()
    axes.bar_label(drawn, labels=list(chart.series[0].texts), padding=3)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.set_xlabel(chart.axis)
    axes.margins(x=0.18)


def _columns(axes: Any, chart: Chart, brand: Brand) -> None:
    width = 0.8 / len(chart.series)
    colors = series_colors(chart, brand)
    for place, each in enumerate(chart.series):
        at = [x - 0.4 + width * (place + 0.5) for x in range(len(each.values))]
        heights = [value or 0.0 for value in each.values]
        drawn = axes.bar(at, heights, width, color=colors[place], label=short(each.name, _NAME))
        if each.texts:
            axes.bar_label(drawn, labels=list(each.texts), fontsize=6.5, padding=1)
    _finish(axes, chart)


def _stacked(axes: Any, chart: Chart, brand: Brand) -> None:
    from matplotlib.collections import PolyCollection

    below = [0.0] * len(chart.categories)
    for each, color in zip(chart.series, series_colors(chart, brand), strict=True):
        heights, name = [value or 0.0 for value in each.values], short(each.name, _NAME)
        above = [low + high for low, high in zip(below, heights, strict=True)]
        corners = [
            ((x - 0.35, low), (x - 0.35, high), (x + 0.35, high), (x + 0.35, low))
            for x, (low, high) in enumerate(zip(below, above, strict=True))
        ]
        look: dict[str, Any] = {"facecolor": color, "label": name, "edgecolor": "white", "lw": 0.4}
        axes.add_collection(PolyCollection(corners, **look))  # many bars as one
        below = above
    axes.autoscale_view()
    _finish(axes, chart)


def _lines(axes: Any, chart: Chart, brand: Brand) -> None:
    for each, color in zip(chart.series, series_colors(chart, brand), strict=True):
        look: dict[str, Any] = {"color": color, "label": short(each.name, _NAME), "lw": 1.6}
        if each.color is None:
            look["ls"] = "--"
        else:
            look["marker"] = _MARKERS[MARKERS[each.color % len(MARKERS)]]
            look["markevery"] = list(marked(len(each.values), each.color))
        axes.plot(each.values, **look)
    _finish(axes, chart)


def _waterfall(axes: Any, chart: Chart, brand: Brand) -> None:
    from matplotlib.ticker import MultipleLocator

    found = steps(chart)
    heights = [high - low for low, high in zip(found.low, found.high, strict=True)]
    colors = category_colors(chart, brand)
    drawn = axes.bar(range(len(heights)), heights, 0.7, bottom=found.low, color=colors)
    axes.bar_label(drawn, labels=list(chart.series[0].texts), padding=2, fontsize=7.5)
    _finish(axes, chart)
    axes.tick_params("x", labelsize=6)
    top = max(found.high)
    axes.set_ylim(found.floor, top + 0.12 * (top - found.floor))
    axes.yaxis.set_major_locator(MultipleLocator(found.step))
    if found.floor > 0:
        axes.set_ylabel(f"{chart.axis};\nthe axis does not begin at 0", fontsize=8)


def _finish(axes: Any, chart: Chart) -> None:
    from matplotlib.ticker import FuncFormatter

    names = _names(chart)
    every = max(1, len(names) // 9) if len(names) > _MANY else 1
    axes.set_xticks(range(0, len(names), every), names[::every])
    axes.set_ylabel(fill(chart.axis, _AXIS), fontsize=8)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: chart.form.axis.write(value)))
    axes.grid(axis="y", color=GRID, lw=0.6)
    axes.set_axisbelow(True)
    if chart.positive and chart.kind != "waterfall":
        axes.set_ylim(bottom=0)


_DRAW: Final = {"bar": _bars, "stacked": _stacked, "line": _lines, "waterfall": _waterfall}

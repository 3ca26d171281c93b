"""Charts on paper, as SVG."""

from __future__ import annotations

import io
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final

from sim.report.clean import short
from sim.report.waterfall import steps

if TYPE_CHECKING:
    from sim.report.brand import Brand
    from sim.report.content import Chart

_NAME: Final = 30
_LINE: Final = 14
_MANY: Final = 20
_STEPS: Final = {"total": "#8a949e", "rise": "#2e7d5b", "fall": "#b3402e"}
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
    from matplotlib.figure import Figure

    with mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=(7.2, 2.9), layout="constrained")
        axes = figure.add_subplot()
        _DRAW.get(chart.kind, _columns)(axes, chart, brand)
        if len(chart.series) > 1:
            axes.legend(
                frameon=False, fontsize=8, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.2)
            )
        data = io.BytesIO()
        figure.savefig(data, format="svg", metadata={"Date": None})
    return data.getvalue()


def _names(chart: Chart) -> list[str]:
    width = _NAME if chart.kind in {"bar", "waterfall"} else _LINE
    return [fill(short(name, _NAME), width) for name in chart.categories]


def _color(chart: Chart, place: int, brand: Brand) -> str:
    number = chart.series[place].color
    if number is None and chart.kind == "line":
        return "#4a4a4a"
    if number is None and len(chart.series) == 1:
        return brand.accent
    return brand.color(place if number is None else number)


def _bars(axes: Any, chart: Chart, brand: Brand) -> None:
    values = [value or 0.0 for value in chart.series[0].values]
    colors = [brand.color(number) for number in chart.colors] or brand.accent
    places = range(len(values))
    drawn = axes.barh(places, values, color=colors)
    axes.set_yticks(places, _names(chart))
    axes.invert_yaxis()
    axes.bar_label(drawn, labels=list(chart.texts), padding=3)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.set_xlabel(chart.axis)
    axes.margins(x=0.18)


def _columns(axes: Any, chart: Chart, brand: Brand) -> None:
    width = 0.8 / len(chart.series)
    for place, each in enumerate(chart.series):
        at = [x - 0.4 + width * (place + 0.5) for x in range(len(each.values))]
        heights = [value or 0.0 for value in each.values]
        axes.bar(
            at, heights, width, color=_color(chart, place, brand), label=short(each.name, _NAME)
        )
    _finish(axes, chart)


def _stacked(axes: Any, chart: Chart, brand: Brand) -> None:
    below = [0.0] * len(chart.categories)
    for place, each in enumerate(chart.series):
        heights = [value or 0.0 for value in each.values]
        color, name = _color(chart, place, brand), short(each.name, _NAME)
        axes.bar(range(len(heights)), heights, 0.7, bottom=below, color=color, label=name)
        below = [low + high for low, high in zip(below, heights, strict=True)]
    _finish(axes, chart)


def _lines(axes: Any, chart: Chart, brand: Brand) -> None:
    for place, each in enumerate(chart.series):
        axes.plot(
            each.values, color=_color(chart, place, brand), label=short(each.name, _NAME), lw=1.6
        )
    _finish(axes, chart)


def _waterfall(axes: Any, chart: Chart, _: Brand) -> None:
    found = steps(chart)
    heights = [high - low for low, high in zip(found.low, found.high, strict=True)]
    colors = [_STEPS[kind] for kind in found.kind]
    drawn = axes.bar(range(len(heights)), heights, 0.7, bottom=found.low, color=colors)
    axes.bar_label(drawn, labels=list(chart.texts), padding=2)
    _finish(axes, chart)
    axes.tick_params("x", labelrotation=25, labelsize=7)
    top = max(found.high)
    axes.set_ylim(found.floor, top + 0.12 * (top - found.floor))
    if found.floor > 0:
        axes.set_ylabel(f"{chart.axis};\nthe axis does not begin at 0")


def _finish(axes: Any, chart: Chart) -> None:
    from matplotlib.ticker import FuncFormatter

    names = _names(chart)
    every = max(1, len(names) // 12) if len(names) > _MANY else 1
    axes.set_xticks(range(0, len(names), every), names[::every])
    axes.set_ylabel(chart.axis)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: chart.form.write(value)))
    axes.grid(axis="y", color="#dde1e5", lw=0.6)
    axes.set_axisbelow(True)


_DRAW: Final = {"bar": _bars, "stacked": _stacked, "line": _lines, "waterfall": _waterfall}

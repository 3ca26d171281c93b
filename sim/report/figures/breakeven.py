"""The break-even as a picture: the difference at every value that was simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.experiment.axes import read_amount
from sim.report.figures.look import UNKNOWN, faint, safe, styled, value_axis
from sim.results import find_kpi

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.report.brand import Brand


def breakeven_chart(answer: Mapping[str, Any], currency: str, brand: Brand) -> Any:
    """The difference between two policies over one setting, with the range of the break-even.

    Args:
        answer: The object of `peakwise breakeven --json`.
        currency: Of the scenario.
        brand: Font and colors.

    Returns:
        A `plotly.graph_objects.Figure`: one series of points per policy that is ahead, and one of
        those at which that cannot be told; bars are 95% intervals.
    """
    import plotly.graph_objects as go

    first, second = answer["policies"]
    kpi, rows = find_kpi(answer["kpi"]), answer["values"]
    figure = go.Figure()
    line = {"color": UNKNOWN, "width": 2}
    x, y = _x(rows), [each["difference"] for each in rows]
    figure.add_scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False)
    heads = ((first, brand.color(0)), (second, brand.color(1)), (None, "#6b7680"))
    for ahead, color in heads:
        shown = [each for each in rows if each["ahead"] == ahead]
        if shown:
            name = "cannot be told" if ahead is None else f"{ahead} is higher"
            figure.add_scatter(**_points(shown, name, color, hollow=ahead is None))
    figure.add_hline(y=0, line={"color": "#3c4650", "width": 1})
    if answer["kind"] == "crosses":
        figure.add_vrect(
            x0=answer["low"],
            x1=answer["high"],
            fillcolor=faint(brand.color(4), 0.2),
            line_width=0,
            annotation_text="the break-even lies here",
        )
    figure.update_layout(
        xaxis={"title": {"text": safe(answer["path"])}, "ticksuffix": safe(_suffix(answer))},
        yaxis=value_axis(kpi.unit, currency, f"{kpi.label}, {first} − {second}"),
    )
    return styled(figure, brand, f"{first} or {second}, by {answer['path']}")


def _x(rows: Sequence[Mapping[str, Any]]) -> list[float]:
    amounts = (read_amount(each["value"]) for each in rows)
    return [amount.number for amount in amounts if amount is not None]


def _suffix(answer: Mapping[str, Any]) -> str:
    unit = answer["unit"]
    return unit if not unit or unit[0] == "%" else f" {unit}"


def _points(
    rows: Sequence[Mapping[str, Any]], name: str, color: str, hollow: bool
) -> dict[str, Any]:
    """Points with their intervals, which may reach unevenly to both sides."""
    y = [each["difference"] for each in rows]
    up, down = (
        [None if each[end] is None else abs(each[end] - each["difference"]) for each in rows]
        for end in ("high", "low")
    )
    return {
        "x": _x(rows),
        "y": y,
        "mode": "markers",
        "name": safe(name),
        "marker": {"color": color, "size": 10, "symbol": "circle-open" if hollow else "circle"},
        "error_y": {"type": "data", "array": up, "arrayminus": down, "color": color},
    }

"""What the answer hangs on, as a picture: a tornado, or the influence of every input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sim.report.figures.look import safe, styled, value_axis
from sim.results import find_kpi

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.report.brand import Brand

_EFFECTS: Final = {"flips": " (flips it)", "unsettles": " (cannot be told)", "keeps": ""}
_BAR: Final = 26
"""Pixels of a bar."""


def sensitivity_chart(answer: Mapping[str, Any], currency: str, brand: Brand) -> Any:
    """A tornado, or for Morris and Sobol the influence of each input alone and with others.

    Args:
        answer: The object of `peakwise sensitivity --json`.
        currency: Of the scenario.
        brand: Font and colors.

    Returns:
        A `plotly.graph_objects.Figure` of horizontal bars, the widest on top.
    """
    draw = _tornado if answer["method"] == "tornado" else _influences
    return draw(answer, currency, brand)


def _tornado(answer: Mapping[str, Any], currency: str, brand: Brand) -> Any:
    """Bars from the difference as written to that at both ends of each input."""
    import plotly.graph_objects as go

    kpi, rows = find_kpi(answer["kpi"]), answer["inputs"]
    first, second = answer["policies"]
    base = answer["difference"]["mean"]
    names = [safe(each["path"]) + _EFFECTS[each["effect"]] for each in rows]
    figure = go.Figure()
    for place, end in enumerate(("low", "high")):
        figure.add_bar(
            y=names,
            x=[each[f"at_{end}"]["mean"] - base for each in rows],
            base=base,
            orientation="h",
            name=f"at the {end} end",
            marker={"color": brand.color(place)},
            text=[safe(each[end]) for each in rows],
            textposition="auto",
            customdata=[_known(each[f"at_{end}"]) for each in rows],
            hovertemplate="%{y} at %{text}: %{customdata}<extra></extra>",
        )
    figure.add_vline(x=base, line={"color": "#3c4650", "width": 1})
    figure.add_vline(x=0, line={"color": "#3c4650", "width": 2, "dash": "dot"})
    figure.update_layout(
        barmode="group",  # both ends may lie on the same side
        xaxis=value_axis(kpi.unit, currency, f"{kpi.label}, {first} − {second}"),
    )
    title = f"What decides between {first} and {second}; beyond the dotted 0 the other one wins"
    return _flat(figure, brand, title, 2 * len(rows))


def _known(end: Mapping[str, Any]) -> str:
    """Mean and interval, for whoever points at a bar."""
    if end["low"] is None or end["high"] is None:
        return f"{end['mean']:,.6g}"
    return f"{end['mean']:,.6g}, known to lie between {end['low']:,.6g} and {end['high']:,.6g}"


def _influences(answer: Mapping[str, Any], currency: str, brand: Brand) -> Any:
    """Two bars per input; whiskers say how well each is known."""
    import plotly.graph_objects as go

    morris, rows = answer["method"] == "morris", answer["inputs"]
    kpi = find_kpi(answer["kpi"])
    first, second = answer["policies"]
    labels = ("mean effect", "spread") if morris else ("alone", "with others")
    figure = go.Figure()
    for place, (key, label) in enumerate(zip(("main", "total"), labels, strict=True)):
        reach = {"type": "data", "array": [each[f"{key}_reach"] for each in rows]}
        figure.add_bar(
            y=[safe(each["path"]) for each in rows],
            x=[each[key] for each in rows],
            orientation="h",
            name=label,
            marker={"color": brand.color(place)},
            error_x=reach,
        )
    unit, what = (kpi.unit, kpi.label) if morris else ("share", "Share of the variance")
    figure.update_layout(
        barmode="group", xaxis=value_axis(unit, currency, f"{what}, {first} − {second}")
    )
    return _flat(figure, brand, f"What moves {first} against {second}", 2 * len(rows))


def _flat(figure: Any, brand: Brand, title: str, bars: int) -> Any:
    """The first input on top, and room for all of them."""
    styled(figure, brand, title, height=220 + _BAR * max(bars, 6))
    figure.update_yaxes(autorange="reversed", type="category")
    return figure

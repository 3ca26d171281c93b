"""The crossover map as a picture: which policy wins where, and where that cannot be told."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any, Final

from sim.report.figures.look import UNKNOWN, safe, styled, value_axis
from sim.results import find_kpi

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.report.brand import Brand

    Points = Sequence[Mapping[str, Any]]

_UNDECIDED: Final = "cannot be told"
_MANY: Final = 3
"""So many possible winners are not written into a field."""
_COLUMNS: Final = 3
"""Maps beside each other, where a third setting takes several values."""


def crossover_map(answer: Mapping[str, Any], currency: str, brand: Brand) -> Any:
    """Which policy wins where.

    One setting: every policy's figure along it. Two: a map of winners. More: one map for each
    combination of the others. A Latin hypercube: its points, for each pair of settings.

    Args:
        answer: The object of `peakwise sweep --json`.
        currency: Of the scenario.
        brand: Font and colors.

    Returns:
        A `plotly.graph_objects.Figure`.
    """
    if len(answer["paths"]) == 1:
        figure = _lines(answer, currency, brand)
    elif answer["sampled"]:
        figure = _scattered(answer, brand)
    else:
        figure = _maps(answer, brand)
    return figure


def _lines(answer: Mapping[str, Any], currency: str, brand: Brand) -> Any:
    """Figures with their intervals; a filled point is one at which the policy is known to win."""
    import plotly.graph_objects as go

    (path,), points, kpi = answer["paths"], answer["points"], find_kpi(answer["kpi"])
    figure = go.Figure()
    for place, policy in enumerate(points[0]["policies"]):
        known = [each["policies"][policy] for each in points]
        won = [each["winner"] == policy for each in points]
        figure.add_scatter(
            x=[safe(each["values"][path]) for each in points],
            y=[each["mean"] for each in known],
            error_y={"type": "data", "array": [each["half_width"] for each in known]},
            mode="lines+markers",
            name=safe(policy),
            line={"color": brand.color(place)},
            marker={"symbol": ["circle" if each else "circle-open" for each in won], "size": 10},
        )
    figure.update_layout(
        xaxis={"title": {"text": safe(path)}, "type": "category"},
        yaxis=value_axis(kpi.unit, currency, kpi.label),
    )
    return styled(figure, brand, f"{kpi.label} by {path}; filled points: known to be best")


def _maps(answer: Mapping[str, Any], brand: Brand) -> Any:
    """Fields in the color of their winner, which is also written in them."""
    from plotly.subplots import make_subplots

    across, up, *others = answer["paths"]
    panels = _panels(answer["points"], others)
    columns = min(_COLUMNS, len(panels))
    rows = math.ceil(len(panels) / columns)
    figure = make_subplots(
        rows=rows,
        cols=columns,
        subplot_titles=[safe(name) for name in panels] if others else None,
        shared_yaxes=True,
    )
    policies = list(answer["points"][0]["policies"])
    for number, points in enumerate(panels.values()):
        trace = _map(points, across, up, policies, brand)
        figure.add_trace(trace, row=1 + number // columns, col=1 + number % columns)
    styled(figure, brand, _title(answer), height=160 + 380 * rows)
    figure.update_xaxes(title_text=safe(across), type="category")
    figure.update_yaxes(type="category")
    figure.update_yaxes(title_text=safe(up), col=1)
    return figure


def _panels(points: Points, others: Sequence[str]) -> dict[str, list[Mapping[str, Any]]]:
    """Points by the values of all settings but the first two."""
    panels: dict[str, list[Mapping[str, Any]]] = {}
    for each in points:
        name = ", ".join(f"{path.rpartition('.')[2]} {each['values'][path]}" for path in others)
        panels.setdefault(name, []).append(each)
    return panels


def _map(points: Points, across: str, up: str, policies: list[str], brand: Brand) -> Any:
    import plotly.graph_objects as go

    xs, ys = ([*dict.fromkeys(each["values"][path] for each in points)] for path in (across, up))
    at = {(each["values"][across], each["values"][up]): each for each in points}
    found = [[at[x, y] for x in xs] for y in ys]
    return go.Heatmap(
        x=[safe(x) for x in xs],
        y=[safe(y) for y in ys],
        z=[[_rank(each, policies) for each in line] for line in found],
        text=[[_written(each) for each in line] for line in found],
        texttemplate="%{text}",
        customdata=[[_told(each) for each in line] for line in found],
        hovertemplate="%{x}, %{y}<br>%{customdata}<extra></extra>",
        colorscale=_scale(len(policies), brand),
        zmin=-1.5,
        zmax=len(policies) - 0.5,
        showscale=False,
        xgap=2,
        ygap=2,
    )


def _rank(point: Mapping[str, Any], policies: Sequence[str]) -> int:
    """Number of the winner; -1: it cannot be told."""
    return -1 if point["winner"] is None else policies.index(point["winner"])


def _written(point: Mapping[str, Any]) -> str:
    """The winner; the two that may be it; or that more may be."""
    names = [point["winner"]] if point["winner"] is not None else point["candidates"]
    return "<br>or ".join(safe(name) for name in names) if len(names) < _MANY else "?"


def _told(point: Mapping[str, Any]) -> str:
    if point["winner"] is not None:
        return safe(f"{point['winner']} wins")
    return safe(f"{_UNDECIDED}: {' or '.join(point['candidates'])}")


def _scale(policies: int, brand: Brand) -> list[tuple[float, str]]:
    """One flat color for what cannot be told, and one for each policy."""
    colors = [UNKNOWN, *(brand.color(place) for place in range(policies))]
    steps = [step / len(colors) for step in range(len(colors) + 1)]
    ends = itertools.pairwise(steps)
    return [(edge, color) for color, pair in zip(colors, ends, strict=True) for edge in pair]


def _scattered(answer: Mapping[str, Any], brand: Brand) -> Any:
    """Points of a sample, in the color and with the sign of their winner."""
    import plotly.graph_objects as go

    policies = list(answer["points"][0]["policies"])
    figure = go.Figure()
    for place, winner in enumerate((*policies, None)):
        shown = [each for each in answer["points"] if each["winner"] == winner]
        if not shown:
            continue
        color = UNKNOWN if winner is None else brand.color(place)
        figure.add_splom(
            dimensions=[
                {"label": safe(path), "values": [_number(each["values"][path]) for each in shown]}
                for path in answer["paths"]
            ],
            name=safe(winner or _UNDECIDED),
            marker={"color": color, "size": 9, "symbol": place},
            diagonal={"visible": False},
            showupperhalf=False,
            text=[_told(each) for each in shown],
        )
    return styled(figure, brand, _title(answer), height=240 + 220 * len(answer["paths"]))


def _number(value: str) -> float | str:
    from sim.experiment.axes import read_amount

    amount = read_amount(value)
    return safe(value) if amount is None else amount.number


def _title(answer: Mapping[str, Any]) -> str:
    return f"Which policy wins on {find_kpi(answer['kpi']).label.lower()}; gray: {_UNDECIDED}"

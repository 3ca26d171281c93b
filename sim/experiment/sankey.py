"""The fate table as a picture: who flows from which fate to which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sim.results.fates import FATES

if TYPE_CHECKING:
    from sim.experiment.fates import FateTable

_GOOD, _MIXED, _BAD, _SAME = "#1b7f5c", "#8a6d1f", "#b3402e", "rgba(120, 120, 120, 0.25)"
_COLORS: Final = {
    "at_once": _GOOD,
    "came_back": _GOOD,
    "by_alert": _GOOD,
    "waited": _MIXED,
    "late": _MIXED,
    "open": _MIXED,
    "sent_back": _BAD,
    "cancelled": _BAD,
    "lost": _BAD,
}
"""By what it means for the shop; the words beside it say the same without color."""


def fate_sankey(table: FateTable, changed_only: bool = True) -> Any:
    """A plotly figure of the customers who flow from fates under one policy to those of the other.

    Args:
        table: What `compare_fates` found.
        changed_only: Leave out customers whose fate is the same, who would hide the others.

    Returns:
        A `plotly.graph_objects.Figure` with one Sankey trace; links carry customers per season.
    """
    import plotly.graph_objects as go

    rows = [each for each in table.changes if not (changed_only and each.same)]
    left = [fate for fate in FATES if any(each.before == fate for each in rows)]
    right = [fate for fate in FATES if any(each.after == fate for each in rows)]
    links = {
        "source": [left.index(each.before) for each in rows],
        "target": [len(left) + right.index(each.after) for each in rows],
        "value": [each.customers.mean for each in rows],
        "color": [_SAME if each.same else _faint(_COLORS[each.after]) for each in rows],
        "customdata": [each.margin.mean for each in rows],
        "hovertemplate": "%{value:,.0f} customers a season<br>margin %{customdata:+,.0f}"
        "<extra></extra>",
    }
    nodes = {
        "label": [FATES[fate] for fate in (*left, *right)],
        "color": [_COLORS[fate] for fate in (*left, *right)],
        "pad": 18,
    }
    before, after = table.policies
    figure = go.Figure(go.Sankey(node=nodes, link=links, arrangement="snap"))
    figure.update_layout(
        title=f"Customers who fare differently: {before} → {after}", template="plotly_white"
    )
    return figure


def _faint(color: str) -> str:
    """The color at 45% opacity.

    >>> _faint("#1b7f5c")
    'rgba(27, 127, 92, 0.45)'
    """
    red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, 0.45)"

"""The fate table as a picture: who flows from which fate to which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sim.report.figures.look import faint, safe, styled
from sim.results.fates import FATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.report.brand import Brand

_GOOD, _MIXED, _BAD, _SAME = "#0b6e99", "#b58900", "#d1603d", "rgba(120, 120, 120, 0.25)"
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


def fate_sankey(
    answer: Mapping[str, Any], currency: str, brand: Brand, changed_only: bool = True
) -> Any:
    """The customers who flow from fates under one policy to those of the other.

    Args:
        answer: The object of `peakwise fates --json`.
        currency: Of the scenario.
        brand: Font and colors.
        changed_only: Leave out customers whose fate is the same, who would hide the others.

    Returns:
        A `plotly.graph_objects.Figure` with one Sankey trace; links carry customers per season.
    """
    import plotly.graph_objects as go

    rows = [
        each for each in answer["changes"] if not (changed_only and each["before"] == each["after"])
    ]
    left = [fate for fate in FATES if any(each["before"] == fate for each in rows)]
    right = [fate for fate in FATES if any(each["after"] == fate for each in rows)]
    links = {
        "source": [left.index(each["before"]) for each in rows],
        "target": [len(left) + right.index(each["after"]) for each in rows],
        "value": [each["customers"]["mean"] for each in rows],
        "color": [_color(each) for each in rows],
        "customdata": [each["margin_change"]["mean"] for each in rows],
        "hovertemplate": "%{value:,.0f} customers a season<br>"
        f"margin %{{customdata:+,.0f}} {safe(currency)}<extra></extra>",
    }
    nodes = {
        "label": [FATES[fate] for fate in (*left, *right)],
        "color": [_COLORS[fate] for fate in (*left, *right)],
        "pad": 18,
    }
    figure = go.Figure(go.Sankey(node=nodes, link=links, arrangement="snap"))
    title = f"Customers who fare differently: {answer['before']} → {answer['after']}"
    return styled(figure, brand, title)


def _color(each: Mapping[str, Any]) -> str:
    return _SAME if each["before"] == each["after"] else faint(_COLORS[each["after"]])

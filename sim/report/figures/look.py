"""What all interactive figures have in common."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from sim.report.clean import short
from sim.report.palette import MARKERS

if TYPE_CHECKING:
    from sim.report.brand import Brand

_NAME, _TITLE = 60, 160
CONFIG: Final = {"showSendToCloud": False, "displaylogo": False, "responsive": True}
"""Plotly's own default has a button that sends the chart to its maker's servers."""
GRID: Final = "rgba(128,128,128,0.25)"
_SYMBOLS: Final = {"triangle": "triangle-up", "cross": "x", "plus": "cross"}
UNKNOWN: Final = "#c9ced3"
"""Color of what cannot be told."""


def symbol(number: int) -> str:
    """The marker of a policy, as Plotly calls it.

    >>> symbol(0), symbol(3)
    ('circle', 'triangle-up')
    """
    name = MARKERS[number % len(MARKERS)]
    return _SYMBOLS.get(name, name)


def safe(text: str, most: int = _NAME) -> str:
    """A name in which Plotly finds no tags, of at most so many characters."""
    return escape(short(text, most), quote=False)


def styled(figure: Any, brand: Brand, title: str, height: int = 520) -> Any:
    """The figure with the font, the colors and the margins of all others."""
    figure.update_layout(
        title={"text": safe(title, _TITLE), "font": {"color": brand.accent}},
        template="plotly_white",
        font={"family": f"{brand.font}, system-ui, sans-serif", "size": 14},
        height=height,
        legend={"orientation": "h", "y": -0.2},
    )
    figure.update_xaxes(gridcolor=GRID, automargin=True)
    figure.update_yaxes(gridcolor=GRID, automargin=True)
    return figure


def faint(color: str, share: float = 0.45) -> str:
    """A color that lets what is under it show.

    >>> faint("#1b7f5c")
    'rgba(27, 127, 92, 0.45)'
    """
    red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {share})"


def value_axis(unit: str, currency: str, label: str) -> dict[str, Any]:
    """An axis of a KPI: amounts with their sign, shares in percent."""
    from sim.experiment.figures import currency_sign

    title = {"text": safe(label)}
    if unit == "share":
        return {"title": title, "tickformat": ".0%"}
    if unit == "money":
        return {"title": title, "tickformat": "~s", "tickprefix": currency_sign(currency)}
    return {"title": {"text": safe(f"{label} ({unit})")}, "tickformat": "~s"}

"""How everything looks: one color and one marker for each policy, on light and dark ground."""

from __future__ import annotations

from typing import Any, Final

from sim.report.brand import Brand
from sim.report.figures.look import symbol

BRAND: Final = Brand(accent="#0b6e99")
"""The palette of the reports: a policy has one color on every screen, slide and page."""
CONFIG: Final[dict[str, Any]] = {
    "showSendToCloud": False,
    "displaylogo": False,
    "toImageButtonOptions": {"format": "png", "scale": 2},
}
"""Of every chart: it can be kept as a picture, and is never uploaded."""
THEME: Final = {
    "theme.light.primaryColor": "#0b6e99",
    "theme.light.backgroundColor": "#ffffff",
    "theme.light.secondaryBackgroundColor": "#f3f6f8",
    "theme.light.textColor": "#1d2a35",
    "theme.dark.primaryColor": "#2f8fbf",
    "theme.dark.backgroundColor": "#10171d",
    "theme.dark.secondaryBackgroundColor": "#1a242d",
    "theme.dark.textColor": "#e6edf2",
    "theme.paddingTop": "2.5rem",
    "theme.baseRadius": "small",
    "theme.showWidgetBorder": True,
}


def color(number: int) -> str:
    """Color of a policy by its number in the scenario."""
    return BRAND.color(number)


def marker(number: int) -> str:
    """Marker of a policy by its number in the scenario."""
    return symbol(number)

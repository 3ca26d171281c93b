"""The screens, in the order of the sidebar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen, which answers one question."""

    file: str
    """Its script in `app_pages/`, without the ending; also its place in the URL."""
    title: str
    icon: str

    @property
    def path(self) -> str:
        """The script, as Streamlit finds it from the router."""
        return f"app_pages/{self.file}.py"


SCREENS: Final = {
    "": (
        Screen("start", "Start", ":material/home:"),
        Screen("data", "Use my data", ":material/upload_file:"),
        Screen("season", "Season", ":material/edit_calendar:"),
    ),
    "Decide": (
        Screen("compare", "Compare policies", ":material/balance:"),
        Screen("customers", "Same customers, two policies", ":material/groups:"),
        Screen("replay", "Season replay", ":material/play_circle:"),
        Screen("size", "Staff and space", ":material/engineering:"),
        Screen("matters", "What matters", ":material/tune:"),
    ),
    "Keep": (Screen("runs", "Runs", ":material/history:"),),
    "Trust": (Screen("about", "About the model", ":material/menu_book:"),),
}
"""Screens by section."""

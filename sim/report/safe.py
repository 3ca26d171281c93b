"""How spreadsheets are written here, inside charts too: text stays text."""

from __future__ import annotations

from typing import Any, Final

SAFE: Final[dict[str, Any]] = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
    "in_memory": True,
}
"""Options of every workbook: a name that begins with `=` would otherwise run as a formula."""

"""Colors as python-pptx wants them."""

from __future__ import annotations

from typing import Any


def rgb(color: str) -> Any:
    """A color from its six digits, `#0b6e99`."""
    from pptx.dml.color import RGBColor

    digits = color.removeprefix("#")
    make: Any = RGBColor
    return make(*(int(digits[at : at + 2], 16) for at in (0, 2, 4)))

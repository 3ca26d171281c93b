"""Values that no planner means, and every one of them is typed some day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from random import Random


class Raw(str):
    """Text that goes into the file as it is, without quotes."""

    __slots__ = ()


_LINES = (Path(__file__).parent / "hostile.txt").read_text(encoding="utf-8").splitlines()
_COMPUTED = ("", "9" * 41, "9" * 400, "x" * 121, "x" * 10_001, "'\u200b'")
ALL: Final = (*_COMPUTED, *(line for line in _LINES if not line.startswith("## ")))
"""Text of values; `hostile.txt` holds one per line, in groups."""


def value(rng: Random) -> Any:
    """A hostile value, or something large."""
    kind = rng.random()
    if kind < 0.93:
        return Raw(rng.choice(ALL))
    if kind < 0.95:
        depth = rng.choice([5, 63, 64, 65, 500, 5000])
        return Raw("[" * depth + "]" * depth)
    if kind < 0.97:
        depth = rng.choice([5, 63, 65, 500])
        return Raw("{a: " * depth + "1" + "}" * depth)
    if kind < 0.99:
        return [Raw(rng.choice(ALL))] * rng.choice([100, 3000])
    return Raw("&big [" + ", ".join(["1"] * 1000) + "]")

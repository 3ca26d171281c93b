"""What a KPI is: name, unit, denominator and direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure of a season."""

    name: str
    """Name in tables and `--json`; a suffix `:NAME` is the same figure for one team or class."""
    label: str
    """Plain words for screens."""
    unit: str
    """Unit of the value; `share` is 0 to 1."""
    definition: str
    """What is counted, over what."""
    better: Literal["higher", "lower"] | None = None
    """Which direction is better, where that is clear."""
    headline: bool = False
    """Whether it stands in the short table."""


def ratio(part: float, whole: float, unit: float = 1) -> float:
    """Part of a whole, in a unit; nan without a whole."""
    return float(part) / float(whole) / unit if whole else float("nan")

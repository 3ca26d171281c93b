"""Rent of the backorder area and of overflow positions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.results.timeline import peaks

if TYPE_CHECKING:
    from sim.results.view import View
    from sim.scenario.area import BackorderArea

DAY = 86_400_000


def position_ml(area: BackorderArea) -> float:
    """Usable volume of one position, in milliliters."""
    return float(area.positions.volume_ml or 0) * area.fill


def rented_positions(area: BackorderArea) -> int:
    """Positions that are paid for: the area, rounded up to a whole step."""
    step = area.steps.count if area.steps else 1
    return math.ceil(area.positions.count / step) * step


def area_rent(view: View) -> float:
    """Rent of the area over the season, paid even when empty."""
    area = view.scenario.backorder_area
    if area is None or area.rent is None:
        return 0.0
    span = max(view.window[1] - view.window[0], area.minimum_term)
    return rented_positions(area) * area.rent.per_ms_rate * span


def overflow_rent(view: View) -> float:
    """Rent of overflow positions over the season.

    Each day needs its largest overflow, rounded up to a step; a step is kept for the minimum term
    from the day on which it was first needed.
    """
    area = view.scenario.backorder_area
    if area is None or area.rent is None:
        return 0.0
    first, last = view.window
    days = max(1, math.ceil((last - first) / DAY))
    step = area.steps.count if area.steps else 1
    room = area.positions.count * position_ml(area)
    edges = np.minimum(first + np.arange(days + 1) * DAY, last)
    used = peaks(view.ledger.space["at"], view.ledger.space["used"], edges)
    over = np.maximum(0.0, used - room) / position_ml(area)
    needed = np.ceil(over / step - 1e-9) * step
    term = max(1, math.ceil(area.minimum_term / DAY))
    kept = [needed[max(0, day - term + 1) : day + 1].max() for day in range(days)]
    return float(sum(kept)) * area.rent.per_ms_rate * DAY * area.overflow_factor

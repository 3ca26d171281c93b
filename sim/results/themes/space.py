"""The backorder area, and orders that wait for stock."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.results.kpi import Kpi
from sim.results.space import position_ml
from sim.results.timeline import Curve, step_curve

if TYPE_CHECKING:
    from sim.results.view import View

KPIS = (
    *(
        Kpi(
            f"{name}_{stat}",
            f"{label}, {words}",
            unit,
            f"{definition} {words[0].upper()}{words[1:]} over the season's time.",
            "lower" if name != "backorders_open" else None,
            headline=(name, stat) == ("space_used", "peak"),
        )
        for name, label, unit, definition in (
            (
                "space_used",
                "Backorder space used",
                "positions",
                "Goods in the backorder area, in positions.",
            ),
            (
                "space_committed",
                "Backorder space committed",
                "positions",
                "The same plus accepted units still to come.",
            ),
            ("backorders_open", "Backorders open", "orders", "Orders that wait for a unit."),
        )
        for stat, words in (
            ("peak", "peak"),
            ("mean", "mean"),
            ("p95", "95 % quantile"),
            ("p99", "99 % quantile"),
        )
    ),
    Kpi(
        "backorder_time_share",
        "Time with backorders",
        "share",
        "Time with an order waiting for stock, over the season's time.",
        "lower",
    ),
    Kpi(
        "space_over_capacity_share",
        "Time over the area's capacity",
        "share",
        "Time with more goods in the area than it holds, over the season's time.",
        "lower",
    ),
)


def figures(view: View) -> dict[str, float]:
    """Peaks, means and quantiles over the season's time."""
    area = view.scenario.backorder_area
    position = position_ml(area) if area else math.nan
    used = _curve(view, "used")
    waiting = _curve(view, "backorders")
    capacity = area.positions.count * position if area else math.nan
    return {
        **_levels("space_used", used, position),
        **_levels("space_committed", _curve(view, "committed"), position),
        **_levels("backorders_open", waiting, 1.0),
        "backorder_time_share": waiting.share_above(0),
        "space_over_capacity_share": used.share_above(capacity) if area else math.nan,
    }


def _curve(view: View, column: str) -> Curve:
    space = view.ledger.space
    return step_curve(space["at"], space[column].astype(np.int64), view.window)


def _levels(name: str, curve: Curve, unit: float) -> dict[str, float]:
    p95, p99 = curve.quantiles(0.95, 0.99)
    levels = {"peak": curve.peak, "mean": curve.mean, "p95": p95, "p99": p99}
    return {f"{name}_{stat}": level / unit for stat, level in levels.items()}

"""People: how busy they were, and what they were paid for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.results.kpi import Kpi, ratio
from sim.scenario.units import HOUR

if TYPE_CHECKING:
    from sim.results.view import View

NOT_PICKING = ("receiving", "support")
"""Teams that pick nothing."""
LABOR = ("wages", "overtime", "agency", "training")
"""Lines of the profit and loss for people."""
KPIS = (
    Kpi("utilization", "Utilization", "share", "Busy over rostered time on shift, per team."),
    Kpi(
        "labor_hours",
        "Hours paid",
        "hours",
        "Paid hours in the season, with training and overtime.",
    ),
    Kpi("overtime_hours", "Overtime", "hours", "Overtime, ordered or to finish an order.", "lower"),
    Kpi(
        "labor_cost_per_order",
        "Labor per order shipped",
        "money",
        "All labor lines over `shipped_orders`.",
        "lower",
    ),
    Kpi(
        "lines_per_hour",
        "Lines per paid hour",
        "lines",
        "Lines shipped over paid hours of the picking teams.",
        "higher",
    ),
)


def figures(view: View) -> dict[str, float]:
    """Of the season; finishing a task after a shift counts as overtime."""
    marks, teams = view.ledger.marks, view.ledger.teams
    shifts = view.ledger.shifts[view.during(view.ledger.shifts["start_at"])]
    late = int((marks.people["late_ms"][1] - marks.people["late_ms"][0]).sum())
    overtime = (int(shifts["overtime_ms"].sum()) + late) / HOUR
    pick = [number for number, name in enumerate(teams) if name not in NOT_PICKING]
    picking = shifts[np.isin(shifts["team"], pick)]
    hours = int(picking["paid_ms"].sum() + picking["overtime_ms"].sum()) / HOUR
    labor = -sum(view.profit[name] for name in LABOR)
    return {
        **_utilization(view),
        "labor_hours": int(shifts["paid_ms"].sum()) / HOUR + overtime,
        "overtime_hours": overtime,
        "labor_cost_per_order": ratio(labor, view.counts.total["shipped"]),
        "lines_per_hour": ratio(view.counts.total["lines_shipped"], hours),
    }


def _utilization(view: View) -> dict[str, float]:
    teams = view.ledger.marks.teams
    busy = teams["busy_time"][1] - teams["busy_time"][0]
    duty = teams["duty_time"][1] - teams["duty_time"][0]
    return {
        f"utilization:{name}": ratio(busy[index], duty[index])
        for index, name in enumerate(view.ledger.teams)
    }

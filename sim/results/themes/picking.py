"""Picking and packing: queues, and time in each stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.results.kpi import Kpi, ratio
from sim.results.timeline import covered
from sim.scenario.units import HOUR
from sim.warehouse.words import NONE

if TYPE_CHECKING:
    from sim.results.view import View

KPIS = (
    Kpi(
        "pick_wait_mean",
        "Wait for a picker, mean",
        "hours",
        "From ready to the start of picking, of parcels ready in the season and started.",
        "lower",
    ),
    Kpi(
        "pick_time_mean",
        "Ready until picked, mean",
        "hours",
        "Wait and work of the picking stage, of parcels ready in the season and picked.",
        "lower",
    ),
    Kpi(
        "pack_time_mean",
        "Picked until packed, mean",
        "hours",
        "Wait and work of the packing stage, of parcels ready in the season and packed; "
        "0 in one stage.",
        "lower",
    ),
    Kpi(
        "service_level",
        "Started within the target",
        "share",
        "Parcels that were started within `service_target` of being ready, over parcels ready "
        "in the season.",
        "higher",
    ),
    Kpi(
        "wait_probability",
        "Had to wait for a picker",
        "share",
        "Parcels that were not started or "
        "cancelled at the instant when they were ready, over parcels ready in the season.",
        "lower",
    ),
    Kpi(
        "queue_time_mean",
        "Time in the pick queue",
        "hours",
        "From ready until picking or cancelling, mean over parcels ready in the season.",
        "lower",
    ),
    Kpi(
        "backlog_max",
        "Largest backlog",
        "parcels",
        "Most parcels ready and not started.",
        "lower",
        headline=True,
    ),
    Kpi(
        "error_rate",
        "Parcels with an error",
        "share",
        "Parcels shipped with an error of who picked or packed them, over parcels shipped, of "
        "orders that the profit and loss covers.",
        "lower",
    ),
    Kpi("backlog_mean", "Mean backlog", "parcels", "Time-weighted mean of the same.", "lower"),
)


def figures(view: View) -> dict[str, float]:
    """Of parcels that became ready in the season; the backlog is that of all parcels."""
    counts = view.counts.total
    backlog_max, backlog_mean = covered(view.counts.ready_at, view.counts.left_at, view.window)
    has_target = view.service_target != NONE
    return {
        "pick_wait_mean": ratio(counts["pick_wait"], counts["started"], HOUR),
        **view.by_class("pick_wait_mean", "pick_wait", "started", HOUR),
        "pick_time_mean": ratio(counts["pick_time"], counts["picked"], HOUR),
        "pack_time_mean": ratio(counts["pack_time"], counts["packed"], HOUR),
        "service_level": ratio(counts["within_target"], counts["ready"] if has_target else 0),
        "wait_probability": ratio(counts["waited"], counts["ready"]),
        "queue_time_mean": ratio(counts["queue_time"], counts["ready"], HOUR),
        "error_rate": ratio(counts["charged_errors"], counts["charged_parcels"]),
        "backlog_max": backlog_max,
        "backlog_mean": backlog_mean,
    }

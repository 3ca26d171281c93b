"""Levels integrated over time, brought up to date before each change. Exact: units times ms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.warehouse.compiled import compiled

if TYPE_CHECKING:
    from sim.warehouse.state import Flow, Row


@compiled
def settle_sku(c: Row, k: Row) -> None:
    """Bring the integrals of a SKU up to now."""
    span = c["now"] - k["settled_at"]
    if span == 0:
        return
    k["settled_at"] = c["now"]
    free = k["free"]
    held = free + k["at_dock"] + k["reserved"] + k["staged"] + k["picked"]
    k["held_time"] += held * span
    k["free_time"] += free * span
    k["backorder_time"] += k["backorders"] * span
    if free == 0:
        k["stockout_time"] += span


@compiled
def settle_team(c: Row, team: Row) -> None:
    """Bring the integrals of a team up to now."""
    span = c["now"] - team["settled_at"]
    if span == 0:
        return
    team["settled_at"] = c["now"]
    team["busy_time"] += team["busy"] * span
    team["duty_time"] += team["on_duty"] * span


@compiled
def settle_counts(c: Row) -> None:
    """Bring the integrals of the number of orders up to now."""
    span = c["now"] - c["settled_at"]
    if span == 0:
        return
    c["settled_at"] = c["now"]
    c["in_system_time"] += c["in_system"] * span
    c["backlog_time"] += c["backlog"] * span


@compiled
def settle_all(s: Flow) -> None:
    """Bring every integral up to now."""
    c = s.counters[0]
    settle_counts(c)
    for k in range(c["n_skus"]):
        settle_sku(c, s.sku[k])
    for t in range(c["n_teams"]):
        settle_team(c, s.team[t])

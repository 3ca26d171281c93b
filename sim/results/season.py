"""The KPIs of one run, from its ledger. Order figures go by date of placement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.demand.order_book import OPENED
from sim.results.profit import profit_and_loss
from sim.results.promises import delivered_on_time, shipped_on_time
from sim.results.space import position_ml
from sim.results.timeline import Curve, count_curve, step_curve
from sim.warehouse import state as s

if TYPE_CHECKING:
    from sim.warehouse.ledger import Ledger

HOUR, DAY = 3_600_000, 86_400_000
NAN = float("nan")
Flags = NDArray[np.bool_]


def kpis(ledger: Ledger) -> dict[str, float]:
    """Return every KPI of a run by name; what has no denominator is nan."""
    chosen = placed_in_season(ledger)
    figures = {
        **_orders(ledger, chosen),
        **_service(ledger, chosen),
        **_times(ledger, chosen),
        **_queue(ledger),
        **_space(ledger),
        **_people(ledger),
        **_stock(ledger),
    }
    lines = profit_and_loss(ledger)
    figures.update(lines)
    labor = -sum(lines[name] for name in ("wages", "overtime", "agency", "training"))
    figures["labor_cost_per_order"] = _ratio(labor, figures["shipped_orders"])
    return figures


def placed_in_season(ledger: Ledger) -> Flags:
    """Which orders came in the season's window; orders open at the opening did not."""
    first, last = ledger.window
    at = ledger.book.orders["placed_at"]
    chosen: Flags = (at >= first) & (at < last) & ((ledger.book.orders["flags"] & OPENED) == 0)
    return chosen


def _ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else NAN


def _per_order(ledger: Ledger, values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sum a value of the lines over each order."""
    return np.add.reduceat(values, ledger.book.orders["first_line"]) if len(values) else values


def _orders(ledger: Ledger, chosen: Flags) -> dict[str, float]:
    orders, status = ledger.orders[chosen], ledger.orders["status"][chosen]
    units = ledger.book.lines["units"].astype(np.int64)
    asked = _per_order(ledger, units)[chosen]
    dropped = _per_order(ledger, units * ledger.lines["dropped"])[chosen]
    lost, cancelled = status == s.LOST, status == s.CANCELLED
    accepted = orders["accepted_at"] != s.NONE
    waiting = cancelled & (orders["backordered"] == 1) & (orders["reason"] != s.CHANGED_MIND)
    missing = _per_order(ledger, ledger.lines["backordered"].astype(np.int64))[chosen]
    lost_units = int(asked[lost].sum() + dropped[accepted].sum())
    n, n_accepted, n_cancelled = len(orders), int(accepted.sum()), int(cancelled.sum())
    n_backorders = int(orders["backordered"][accepted].sum())
    return {
        "orders": n,
        "accepted_orders": n_accepted,
        "shipped_orders": int((status == s.SHIPPED).sum()),
        "open_orders": int((status < s.SHIPPED).sum()),
        "shortage_rate": _ratio(int(orders["short_at_first"].sum()), n),
        "backorder_rate": _ratio(n_backorders, n),
        "backorders": n_backorders,
        "backordered_units": int(missing[accepted].sum()),
        "lost_orders": int(lost.sum()),
        "lost_sales": lost_units,
        "lost_sales_rate": _ratio(lost_units, int(asked.sum())),
        "blocked_rate": _ratio(int((lost & (orders["reason"] == s.BLOCKED)).sum()), n),
        "cancelled_orders": n_cancelled,
        "cancel_rate": _ratio(n_cancelled, n_accepted),
        "cancelled_due_to_backorder_share": _ratio(int(waiting.sum()), n_cancelled),
        "alerts_signed_up": int((orders["waits_from"] != s.NONE).sum()),
        "alerts_converted": int(((orders["by_alert"] == 1) & accepted).sum()),
    }


def _service(ledger: Ledger, chosen: Flags) -> dict[str, float]:
    orders, lines, book = ledger.orders, ledger.lines, ledger.book
    at_once = (orders["accepted_at"] != s.NONE) & (orders["attempt"] == 0)
    owner = np.repeat(np.arange(len(orders)), book.orders["n_lines"])
    wanted = (lines["dropped"] == 0) & (lines["sku"] == book.lines["sku"])
    units = book.lines["units"].astype(np.int64)
    served = np.where(at_once[owner] & wanted, units - lines["backordered"], 0)
    inside = chosen[owner]
    complete = at_once & (orders["short_at_first"] == 0)
    n, accepted = int(chosen.sum()), chosen & (orders["accepted_at"] != s.NONE)
    return {
        "fill_rate": _ratio(int(served[inside].sum()), int(units[inside].sum())),
        "line_fill_rate": _ratio(int((served == units)[inside].sum()), int(inside.sum())),
        "order_fill_rate": _ratio(int(complete[chosen].sum()), n),
        "on_time_ship_rate": _ratio(
            int(shipped_on_time(ledger)[accepted].sum()), int(accepted.sum())
        ),
        "otif": _ratio(int(delivered_on_time(ledger)[accepted].sum()), int(accepted.sum())),
    }


def _quantiles(name: str, values: NDArray[np.float64], shares: tuple[int, ...]) -> dict[str, float]:
    figures = {f"{name}_mean": float(values.mean()) if len(values) else NAN}
    for share in shares:
        figures[f"{name}_p{share}"] = (
            float(np.quantile(values, share / 100, method="inverted_cdf")) if len(values) else NAN
        )
    return figures


def _times(ledger: Ledger, chosen: Flags) -> dict[str, float]:
    orders, classes = ledger.orders, ledger.book.class_names
    shipped = chosen & (orders["status"] == s.SHIPPED)
    cycle = (orders["ended_at"] - orders["accepted_at"]) / HOUR
    figures = _quantiles("cycle_time", cycle[shipped], (50, 90, 99))
    for index, name in enumerate(classes if len(classes) > 1 else ()):
        of_class = shipped & (ledger.book.orders["class_"] == index)
        figures[f"cycle_time_mean:{name}"] = float(cycle[of_class].mean()) if any(of_class) else NAN
    whole = ledger.lines["whole_at"]
    last = np.maximum.reduceat(whole, ledger.book.orders["first_line"]) if len(whole) else whole
    filled = chosen & (orders["missing_lines"] == 0) & (orders["accepted_at"] != s.NONE)
    wait = (last - orders["accepted_at"]) / DAY
    backordered = filled & (orders["backordered"] == 1)
    figures.update(_quantiles("backorder_wait", wait[backordered], (90,)))
    figures["stock_wait_mean"] = float(wait[filled].mean()) if any(filled) else NAN
    return figures


def _queue(ledger: Ledger) -> dict[str, float]:
    first, last = ledger.window
    parcels = ledger.parcels
    ready = parcels[(parcels["ready_at"] != s.NONE)]
    left = np.where(
        ready["started_at"] != s.NONE,
        ready["started_at"],
        ledger.orders["ended_at"][ready["order"]],
    )
    left = np.where(left == s.NONE, ledger.drained_at, left)
    inside = (ready["ready_at"] >= first) & (ready["ready_at"] < last)
    started = inside & (ready["started_at"] != s.NONE)
    waited = (left - ready["ready_at"]) / HOUR
    curve = count_curve(ready["ready_at"], left, ledger.window)
    figures = {
        "backlog_max": curve.peak,
        "backlog_mean": curve.mean,
        "pick_wait_mean": float(waited[started].mean()) if any(started) else NAN,
        "queue_time_mean": float(waited[inside].mean()) if any(inside) else NAN,
        "wait_probability": _ratio(int((waited[inside] > 0).sum()), int(inside.sum())),
    }
    classes = ledger.book.class_names
    of_class = ledger.book.orders["class_"][ready["order"]]
    for index, name in enumerate(classes if len(classes) > 1 else ()):
        mine = started & (of_class == index)
        figures[f"pick_wait_mean:{name}"] = float(waited[mine].mean()) if any(mine) else NAN
    return figures


def _space(ledger: Ledger) -> dict[str, float]:
    area, space = ledger.scenario.backorder_area, ledger.space
    per_position = position_ml(area) if area else NAN
    figures: dict[str, float] = {}
    for name, column, unit in (
        ("space_used", "used", per_position),
        ("space_committed", "committed", per_position),
        ("backorders_open", "backorders", 1.0),
    ):
        curve: Curve = step_curve(space["at"], space[column].astype(np.int64), ledger.window)
        figures[f"{name}_peak"] = curve.peak / unit
        figures[f"{name}_mean"] = curve.mean / unit
        figures[f"{name}_p95"] = curve.quantile(0.95) / unit
        figures[f"{name}_p99"] = curve.quantile(0.99) / unit
        if name == "space_used":
            capacity = area.positions.count * per_position if area else NAN
            figures["space_over_capacity_share"] = curve.share_above(capacity) if area else NAN
        if name == "backorders_open":
            figures["backorder_time_share"] = curve.share_above(0)
    return figures


def _people(ledger: Ledger) -> dict[str, float]:
    marks, figures = ledger.marks, {}
    busy = marks.teams["busy_time"][1] - marks.teams["busy_time"][0]
    duty = marks.teams["duty_time"][1] - marks.teams["duty_time"][0]
    for index, name in enumerate(ledger.teams):
        figures[f"utilization:{name}"] = _ratio(int(busy[index]), int(duty[index]))
    first, last = ledger.window
    shifts = ledger.shifts[
        (ledger.shifts["start_at"] >= first) & (ledger.shifts["start_at"] < last)
    ]
    late = int((marks.people["late_ms"][1] - marks.people["late_ms"][0]).sum())
    overtime = (int(shifts["overtime_ms"].sum()) + late) / HOUR
    paid = int(shifts["paid_ms"].sum()) / HOUR + overtime
    picking = [i for i, name in enumerate(ledger.teams) if name != "receiving"]
    mine = np.isin(shifts["team"], picking)
    hours = int(shifts["paid_ms"][mine].sum() + shifts["overtime_ms"][mine].sum()) / HOUR
    shipped = ledger.parcels[
        (ledger.parcels["shipped_at"] >= first) & (ledger.parcels["shipped_at"] < last)
    ]
    figures["labor_hours"], figures["overtime_hours"] = paid, overtime
    figures["lines_per_hour"] = _ratio(int(shipped["lines"].sum()), hours)
    return figures


def _stock(ledger: Ledger) -> dict[str, float]:
    first, last = ledger.window
    length, skus = last - first, ledger.marks.skus

    def mean(column: str) -> float:
        return _ratio(float((skus[column][1] - skus[column][0]).sum()), length)

    placed = ledger.purchase_orders["placed_at"]
    return {
        "purchase_orders": int(((placed >= first) & (placed < last)).sum()),
        "on_hand_mean": mean("free_time"),
        "backorders_mean": mean("backorder_time"),
        "stockout_time_share": mean("stockout_time") / max(1, skus.shape[1]),
        "leftover_units": int(
            skus["free"][2].sum() + skus["on_order"][2].sum() + skus["at_dock"][2].sum()
        ),
    }

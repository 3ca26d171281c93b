"""The KPIs of one run, from its ledger. Order figures go by date of placement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.results.profit import profit_and_loss
from sim.results.promises import Promises
from sim.results.space import position_ml
from sim.results.timeline import Curve, covered, step_curve
from sim.results.view import Flags, Integers, View
from sim.warehouse import state as s

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.warehouse.ledger import Ledger

HOUR, DAY = 3_600_000, 86_400_000
NAN = float("nan")
INVENTORY_LINES = (
    "purchase_order_cost",
    "freight",
    "holding_cost",
    "backorder_penalty",
    "lost_sale_penalty",
)
"""Lines of the profit and loss that inventory textbooks add up."""


def kpis(ledger: Ledger) -> dict[str, float]:
    """Return every KPI of a run by name; what has no denominator is nan."""
    view = View(ledger)
    promises, chosen = Promises(view), view.in_season
    figures = {
        **_orders(view, chosen),
        **_service(view, chosen, promises),
        **_times(view, chosen),
        **_queue(view),
        **_space(view),
        **_people(view),
        **_stock(view),
    }
    lines = profit_and_loss(view, promises)
    figures.update(lines)
    labor = -sum(lines[name] for name in ("wages", "overtime", "agency", "training"))
    figures["labor_cost_per_order"] = _ratio(labor, figures["shipped_orders"])
    figures["inventory_cost"] = -sum(lines[name] for name in INVENTORY_LINES)
    return figures


def _count(flags: Flags) -> int:
    return int(np.count_nonzero(flags))


def _ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else NAN


def _orders(view: View, chosen: Flags) -> dict[str, float]:
    reason, accepted = view.orders["reason"], chosen & view.accepted
    lost, cancelled = chosen & view.ended_as(s.LOST), chosen & view.ended_as(s.CANCELLED)
    backordered = accepted & (view.orders["backordered"] == 1)
    waiting = cancelled & backordered & (reason != s.CHANGED_MIND)
    lost_units, asked = view.lost_units(chosen), int(view.book.units[chosen].sum())
    n, n_accepted, n_cancelled = _count(chosen), _count(accepted), _count(cancelled)
    return {
        "orders": n,
        "accepted_orders": n_accepted,
        "shipped_orders": _count(chosen & view.shipped),
        "open_orders": _count(chosen & (view.orders["status"] < s.SHIPPED)),
        "shortage_rate": _ratio(_count(chosen & (view.orders["short_at_first"] == 1)), n),
        "backorder_rate": _ratio(_count(backordered), n),
        "backorders": _count(backordered),
        "backordered_units": view.total_of_waits("backordered", accepted),
        "lost_orders": _count(lost),
        "lost_sales": lost_units,
        "lost_sales_rate": _ratio(lost_units, asked),
        "blocked_rate": _ratio(_count(lost & (reason == s.BLOCKED)), n),
        "cancelled_orders": n_cancelled,
        "cancel_rate": _ratio(n_cancelled, n_accepted),
        "cancelled_due_to_backorder_share": _ratio(_count(waiting), n_cancelled),
        "alerts_signed_up": _count(chosen & (view.orders["waits_from"] != s.NONE)),
        "alerts_converted": _count(accepted & (view.orders["by_alert"] == 1)),
    }


def _service(view: View, chosen: Flags, promises: Promises) -> dict[str, float]:
    lines, book = view.lines, view.book
    at_once = view.accepted & (view.orders["attempt"] == 0)
    n_lines = int(book.orders["n_lines"][chosen].sum())
    wanted = book.of_line(chosen & at_once) & (lines["wait"] != s.DROPPED)
    wanted &= lines["sku"] == book.lines["sku"]
    served = book.lines["units"] * wanted
    whole = wanted.copy()
    short = view.waits["line"][view.waits["backordered"] != 0]
    served[view.waits["line"]] -= view.waits["backordered"] * wanted[view.waits["line"]]
    whole[short] = False
    complete = chosen & at_once & (view.orders["short_at_first"] == 0)
    accepted = chosen & view.accepted
    n_accepted = _count(accepted)
    return {
        "fill_rate": _ratio(int(served.sum()), int(book.units[chosen].sum())),
        "line_fill_rate": _ratio(_count(whole), n_lines),
        "order_fill_rate": _ratio(_count(complete), _count(chosen)),
        "on_time_ship_rate": _ratio(_count(accepted & promises.shipped_on_time), n_accepted),
        "otif": _ratio(_count(accepted & promises.delivered_on_time), n_accepted),
    }


def _quantiles(name: str, values: NDArray[np.float64], shares: tuple[int, ...]) -> dict[str, float]:
    found = np.full(len(shares), NAN)
    if len(values):
        found = np.quantile(values, np.array(shares) / 100, method="inverted_cdf")
    by_share = zip(shares, found.tolist(), strict=True)
    return {f"{name}_mean": _mean(values)} | {f"{name}_p{share}": at for share, at in by_share}


def _mean(values: NDArray[np.float64]) -> float:
    return float(values.mean()) if len(values) else NAN


def _by_class(
    view: View, name: str, values: NDArray[np.float64], of_class: Integers
) -> dict[str, float]:
    """The mean of a figure per order class, where there are several."""
    classes = view.classes if len(view.classes) > 1 else ()
    return {
        f"{name}:{label}": _mean(values[of_class == index]) for index, label in enumerate(classes)
    }


def _times(view: View, chosen: Flags) -> dict[str, float]:
    placed, of_class = view.orders["accepted_at"], view.book.orders["class_"]
    shipped = chosen & view.shipped
    cycle = (view.orders["ended_at"] - placed)[shipped] / HOUR
    figures = _quantiles("cycle_time", cycle, (50, 90, 99))
    figures.update(_by_class(view, "cycle_time_mean", cycle, of_class[shipped]))
    filled = chosen & view.accepted & (view.whole_at != s.NONE) & ~view.ended_as(s.CANCELLED)
    wait = (view.whole_at - placed)[filled] / DAY
    backordered = view.orders["backordered"][filled] == 1
    figures.update(_quantiles("backorder_wait", wait[backordered], (90,)))
    figures["stock_wait_mean"] = _mean(wait)
    return figures


def _queue(view: View) -> dict[str, float]:
    seen, of_class = view.parcels["ready_at"] != s.NONE, view.book.orders["class_"]
    ready, left = view.parcels["ready_at"][seen], view.parcels["started_at"][seen]
    order, started = view.parcels["order"][seen], left != s.NONE
    ended = view.orders["ended_at"][order[~started]]
    left[~started] = np.where(ended != s.NONE, ended, view.ledger.drained_at)
    backlog_max, backlog_mean = covered(ready, left, view.window)
    inside = view.during(ready)
    waited, picked = (left - ready)[inside] / HOUR, started[inside]
    wait = waited[picked]
    return {
        "backlog_max": backlog_max,
        "backlog_mean": backlog_mean,
        "pick_wait_mean": _mean(wait),
        "queue_time_mean": _mean(waited),
        "wait_probability": _ratio(_count(waited > 0), len(waited)),
        "service_level": _service_level(view, waited, picked),
        **_stages(view),
        **_by_class(view, "pick_wait_mean", wait, of_class[order[inside][picked]]),
    }


def _service_level(view: View, waited: NDArray[np.float64], started: Flags) -> float:
    """Share of parcels that were started within the target of the picking team."""
    people = view.scenario.people
    team = people.pick_pack or people.pick
    if team is None or team.service_target is None:
        return NAN
    return _ratio(_count(started & (waited <= team.service_target / HOUR)), len(waited))


def _stages(view: View) -> dict[str, float]:
    """Mean time in each stage, waiting included, of parcels that were ready in the season."""
    ready, picked = view.parcels["ready_at"], view.parcels["picked_at"]
    packed = view.parcels["packed_at"]
    inside = view.during(ready) & (picked != s.NONE)
    both = inside & (packed != s.NONE)
    return {
        "pick_time_mean": _mean((picked - ready)[inside] / HOUR),
        "pack_time_mean": _mean((packed - picked)[both] / HOUR),
    }


def _space(view: View) -> dict[str, float]:
    area, space = view.scenario.backorder_area, view.ledger.space
    per_position = position_ml(area) if area else NAN
    figures: dict[str, float] = {}
    for name, column, unit in (
        ("space_used", "used", per_position),
        ("space_committed", "committed", per_position),
        ("backorders_open", "backorders", 1.0),
    ):
        curve: Curve = step_curve(space["at"], space[column].astype(np.int64), view.window)
        figures[f"{name}_peak"] = curve.peak / unit
        figures[f"{name}_mean"] = curve.mean / unit
        p95, p99 = curve.quantiles(0.95, 0.99)
        figures[f"{name}_p95"], figures[f"{name}_p99"] = p95 / unit, p99 / unit
        if name == "space_used":
            capacity = area.positions.count * per_position if area else NAN
            figures["space_over_capacity_share"] = curve.share_above(capacity) if area else NAN
        if name == "backorders_open":
            figures["backorder_time_share"] = curve.share_above(0)
    return figures


def _people(view: View) -> dict[str, float]:
    marks, figures = view.ledger.marks, {}
    busy = marks.teams["busy_time"][1] - marks.teams["busy_time"][0]
    duty = marks.teams["duty_time"][1] - marks.teams["duty_time"][0]
    for index, name in enumerate(view.ledger.teams):
        figures[f"utilization:{name}"] = _ratio(int(busy[index]), int(duty[index]))
    shifts = view.ledger.shifts[view.during(view.ledger.shifts["start_at"])]
    late = int((marks.people["late_ms"][1] - marks.people["late_ms"][0]).sum())
    overtime = (int(shifts["overtime_ms"].sum()) + late) / HOUR
    paid = int(shifts["paid_ms"].sum()) / HOUR + overtime
    picking = [i for i, name in enumerate(view.ledger.teams) if name != "receiving"]
    mine = np.isin(shifts["team"], picking)
    hours = int(shifts["paid_ms"][mine].sum() + shifts["overtime_ms"][mine].sum()) / HOUR
    shipped = view.parcels["lines"][view.during(view.parcels["shipped_at"])]
    figures["labor_hours"], figures["overtime_hours"] = paid, overtime
    figures["lines_per_hour"] = _ratio(int(shipped.sum()), hours)
    return figures


def _stock(view: View) -> dict[str, float]:
    first, last = view.window
    length, skus = last - first, view.ledger.marks.skus

    def mean(column: str) -> float:
        return _ratio(float((skus[column][1] - skus[column][0]).sum()), length)

    return {
        "purchase_orders": _count(view.during(view.ledger.purchase_orders["placed_at"])),
        "on_hand_mean": mean("free_time"),
        "backorders_mean": mean("backorder_time"),
        "stockout_time_share": mean("stockout_time") / max(1, skus.shape[1]),
        "leftover_units": int(
            skus["free"][2].sum() + skus["on_order"][2].sum() + skus["at_dock"][2].sum()
        ),
    }

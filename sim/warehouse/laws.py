"""Laws of the end state: always true, checked after every run.

Everything is recomputed from the tables of orders, lines, parcels and purchase orders, and compared
with what the flow kept while it ran. Laws of the path are checked inside the flow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import LawBroken
from sim.warehouse.state import (
    CANCELLED,
    CHANGED_MIND,
    LEFT,
    LOST,
    NONE,
    PATIENCE,
    PICKING,
    SEASON_OVER,
    SHIPPED,
    WAITING,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.warehouse.ledger import Ledger

    Flags = NDArray[np.bool_]
    Integers = NDArray[np.int64]


def check_laws(ledger: Ledger) -> None:
    """Check every law of the end state.

    Raises:
        LawBroken: With the law's name, and the order, product or team that broke it.
    """
    _fates(ledger)
    _times(ledger)
    lines = _Lines(ledger)
    _units(ledger, lines)
    _purchase_orders(ledger)
    _space(ledger, lines)
    _people(ledger)
    _little(ledger)
    if ledger.drained:
        _emptiness(ledger)


def _require(holds: Any, law: str, what: str) -> None:
    """Raise if a law does not hold everywhere; `what` names the rows of `holds`."""
    flags = np.atleast_1d(np.asarray(holds))
    if not flags.all():
        raise LawBroken(law, f"{what} {int(np.argmin(flags))}")


class _Lines:
    """Where the units of every line are, recomputed from orders and parcels."""

    def __init__(self, ledger: Ledger) -> None:
        lines, parcels = ledger.lines, ledger.parcels
        self.n_skus = len(ledger.opening)
        n_lines = _column(ledger.book.orders, "n_lines")
        status = np.repeat(ledger.orders["status"], n_lines)
        accepted = np.repeat(ledger.orders["accepted_at"] != NONE, n_lines)
        kept = (lines["dropped"] == 0) & accepted
        parcel = np.where(kept, lines["parcel"], 0)
        if not len(parcels):
            parcels = np.zeros(1, parcels.dtype)
        self.sku, self.units = lines["sku"].astype(np.int64), lines["units"].astype(np.int64)
        self.reserved = lines["reserved"].astype(np.int64)
        self.staged = lines["staged"].astype(np.int64)
        self.general = lines["general"].astype(np.int64)
        self.sold = kept
        alive = kept & (status != CANCELLED)
        self.shipped = alive & (parcels["shipped_at"] != NONE)[parcel]
        picked = alive & (parcels["picked_at"] != NONE)[parcel]
        self.picked = picked & ~self.shipped
        self.open = kept & ~picked & ((status == WAITING) | (status == PICKING))
        self.idle = ~alive

    def sum(self, units: Integers, chosen: Flags) -> Integers:
        """Units of the chosen lines, by product."""
        totals = np.bincount(self.sku[chosen], weights=units[chosen], minlength=self.n_skus)
        return totals.astype(np.int64)


def _fates(ledger: Ledger) -> None:
    """Every order ends in exactly one fate once drained."""
    orders = ledger.orders
    status, reason = _column(orders, "status"), _column(orders, "reason")
    ended = orders["ended_at"] != NONE
    over = (status == SHIPPED) | (status == CANCELLED) | (status == LOST)
    law = "every order ends in exactly one fate"
    _require(ended == over, law, "order")
    if ledger.drained:
        _require(over, law, "order")
    caused = (reason >= PATIENCE) & (reason <= CHANGED_MIND)
    _require((status == CANCELLED) == caused, "a cancelled order has a cause", "order")
    lost = (reason >= LEFT) & (reason <= SEASON_OVER)
    _require((status == LOST) == lost, "a lost order has a reason", "order")
    accepted = orders["accepted_at"] != NONE
    alive = (status >= WAITING) & (status <= CANCELLED)
    _require(accepted == alive, "only accepted orders are shipped or cancelled", "order")
    counters = ledger.marks.counters[-1]
    for name, code in (("shipped", SHIPPED), ("cancelled", CANCELLED), ("lost", LOST)):
        _require(
            np.count_nonzero(status == code) == counters[name], f"orders {name} add up", "count"
        )


def _times(ledger: Ledger) -> None:
    """Timestamps never run backwards."""
    law, orders, parcels = "timestamps never run backwards", ledger.orders, ledger.parcels
    accepted, ended = _column(orders, "accepted_at"), _column(orders, "ended_at")
    # Opened orders were placed before the run, at negative times.
    placed = _column(ledger.book.orders, "placed_at")
    _require((accepted == NONE) | (accepted >= placed), law, "order")
    _require((ended == NONE) | ((ended >= accepted) & (ended <= ledger.drained_at)), law, "order")
    owner = _column(parcels, "order")
    before = accepted[owner]  # rows that no order uses have no times
    for name in ("ready_at", "started_at", "picked_at", "packed_at", "shipped_at"):
        now = _column(parcels, name)
        _require_parcels(_follows(before, now), owner, law)
        if name == "started_at":
            rested = (now == NONE) | (_column(orders, "status")[owner] != CANCELLED)
            _require_parcels(rested, owner, "a started order is not cancelled")
        before = now
    last = before[: len(orders)].copy()
    np.maximum.at(last, owner[len(orders) :], before[len(orders) :])
    shipped = _column(orders, "status") == SHIPPED
    _require(~shipped | (last == ended), "an order ends with its last parcel", "order")


def _column(table: NDArray[np.void], name: str) -> Any:
    """A column laid out for speed: rows are wide, and every look at one costs a cache line."""
    return np.ascontiguousarray(table[name])


def _follows(before: Integers, now: Integers) -> Flags:
    """Whether `now` is not before `before`, and did not happen if that did not.

    Read as unsigned numbers, `NONE` is later than everything.
    """
    flags: Flags = before.view(np.uint64) <= now.view(np.uint64)
    return flags


def _require_parcels(holds: Flags, owner: Integers, law: str) -> None:
    if not holds.all():
        raise LawBroken(law, f"order {int(owner[int(np.argmin(holds))])}")


def _units(ledger: Ledger, lines: _Lines) -> None:
    """Units are in exactly one place, and lines hold what the shelves say they hold."""
    skus = ledger.final_skus
    places = ("at_dock", "free", "reserved", "staged", "picked", "shipped")
    for name in (*places, "backorders", "on_order"):
        _require(skus[name] >= 0, f"{name} is never negative", "product")
    total = sum(skus[name] for name in places)
    _require(ledger.opening + skus["received"] == total, "units are conserved", "product")
    held = lines.idle & ((lines.reserved != 0) | (lines.staged != 0) | (lines.general != 0))
    if held.any():
        owner = np.repeat(np.arange(len(ledger.orders)), ledger.book.orders["n_lines"])
        law = "an order that was cancelled or lost holds nothing"
        raise LawBroken(law, f"order {int(owner[int(np.argmax(held))])}")
    waiting = lines.staged + lines.general
    recomputed = {
        "sold": lines.sum(lines.units, lines.sold),
        "shipped": lines.sum(lines.units, lines.shipped),
        "picked": lines.sum(lines.units, lines.picked),
        "reserved": lines.sum(lines.reserved - waiting, lines.open),
        "staged": lines.sum(waiting, lines.open),
        "backorders": lines.sum(lines.units - lines.reserved, lines.open),
    }
    for name, units in recomputed.items():
        _require(units == skus[name], f"{name} units are those of the lines", "product")
    fillable = (skus["free"] > 0) & (skus["backorders"] > 0)
    _require(~fillable, "no free unit lies beside a line that it could fill", "product")
    position = skus["free"] + skus["at_dock"] + skus["on_order"] - skus["backorders"]
    _require(position == skus["position"], "the inventory position is as recomputed", "product")


def _purchase_orders(ledger: Ledger) -> None:
    """What was ordered is on its way or was received, and not before it was ordered."""
    orders, deliveries, skus = ledger.purchase_orders, ledger.deliveries, ledger.final_skus
    n_skus = len(ledger.opening)
    ordered = _totals(orders["sku"], orders["units"] - orders["withdrawn"], n_skus)
    received = _totals(deliveries["sku"], deliveries["units"], n_skus)
    _require(received == skus["received"], "received units are those of deliveries", "product")
    _require(ordered - received == skus["on_order"], "on order is as recomputed", "product")
    placed = orders["placed_at"][deliveries["purchase_order"]]
    _require(deliveries["received_at"] >= placed, "no receipt before its order", "delivery")
    docks = ledger.docks
    waiting = docks["put_away_at"] == NONE
    at_dock = _totals(docks["sku"][waiting], docks["units"][waiting], n_skus)
    _require(at_dock == skus["at_dock"], "units at the dock are those of its tasks", "product")


def _totals(group: Integers, units: Integers, n: int) -> Integers:
    return np.bincount(group, weights=units, minlength=n).astype(np.int64)


def _space(ledger: Ledger, lines: _Lines) -> None:
    """The area holds the footprints of what is in it, and never less than nothing."""
    volume = ledger.final_skus["volume"]
    counters, space = ledger.marks.counters[-1], ledger.space
    used = int((lines.sum(lines.staged, lines.open) * volume).sum())
    _require(used == counters["used"], "space used is what is in it", "area")
    to_come = int((lines.sum(lines.units - lines.reserved, lines.open) * volume).sum())
    _require(used + to_come == counters["committed"], "space committed is as recomputed", "area")
    law = "space used is at least 0 and at most what is committed"
    _require((space["used"] >= 0) & (space["used"] <= space["committed"]), law, "row")
    _require(np.diff(space["at"]) > 0, "space changes are in order of time", "row")
    if len(space):
        last = (space["used"][-1], space["committed"][-1])
        kept = (counters["used"], counters["committed"])
        _require(last == kept, "the last row of space is the present", "area")


def _people(ledger: Ledger) -> None:
    """Busy at most on duty, and on duty as rostered, in overtime, or finishing a task."""
    teams, people, shifts = ledger.marks.teams[-1], ledger.marks.people[-1], ledger.shifts
    staffed = teams["unlimited"] == 0
    busy, duty = teams["busy_time"], teams["duty_time"]
    _require(~staffed | (busy <= duty), "busy at most as long as on duty", "team")
    n_teams = len(teams)
    in_hand = np.where(people["task"] != NONE, ledger.drained_at - people["task_from"], 0)
    worked = _totals(people["team"], people["busy_ms"] + in_hand, n_teams)
    _require(~staffed | (worked == busy), "busy time is that of the people", "team")
    productive = (shifts["training"] == 0) & (shifts["trainer"] == 0) & (shifts["absent"] == 0)
    rows = shifts[productive]
    hours = rows["end_at"] - rows["start_at"] + rows["overtime_ms"]
    rostered = _totals(rows["team"], hours, n_teams)
    late = np.where(people["leaving"] == 1, ledger.drained_at - people["off_due_at"], 0)
    finishing = _totals(people["team"], people["late_ms"] + late, n_teams)
    law = "on duty at most as rostered, in overtime, or finishing a task"
    _require(~staffed | (duty <= rostered + finishing), law, "team")


def _little(ledger: Ledger) -> None:
    """L = lambda W, exactly (Little 1961).

    The integral of orders in the system is the sum of the times that orders spent in it.
    """
    accepted_at, ended_at = (_column(ledger.orders, name) for name in ("accepted_at", "ended_at"))
    accepted = accepted_at != NONE
    ended = np.where(ended_at == NONE, ledger.drained_at, ended_at)
    spent = int((ended - accepted_at).sum(where=accepted))
    counters = ledger.marks.counters[-1]
    _require(spent == counters["in_system_time"], "L = lambda W", "orders")
    _require(np.count_nonzero(accepted) == counters["accepted"], "accepted orders add up", "count")


def _emptiness(ledger: Ledger) -> None:
    """Drained means empty."""
    skus, counters = ledger.final_skus, ledger.marks.counters[-1]
    law = "drained means empty"
    for name in ("reserved", "staged", "picked", "backorders"):
        _require(skus[name] == 0, law, f"{name} of product")
    for name in ("in_system", "used", "committed", "backorders_open", "backlog", "pickup_n"):
        _require(counters[name] == 0, law, name)

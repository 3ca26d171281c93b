"""Laws of the end state: always true, checked after every run.

Everything is recomputed from the tables of orders, lines, parcels and purchase orders, and compared
with what the flow kept while it ran. Laws of the path are checked inside the flow.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import LawBroken
from sim.warehouse.desk_rows import ABANDONED, ANSWERED, IN_HAND, IN_LINE, PLANNED, REFUND_NOW
from sim.warehouse.flow import law_broken
from sim.warehouse.run import Times
from sim.warehouse.support import places
from sim.warehouse.tally import tally
from sim.warehouse.tally_rows import ROW_LAWS, USED
from sim.warehouse.words import NONE, REFUNDED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.warehouse.ledger import Ledger
    from sim.warehouse.state import Row, Table

    Integers = NDArray[np.int64]

_COUNTED = (
    *("shipped", "cancelled", "lost", "accepted"),
    *("backorders_open", "backlog", "pickup_n", "under_way_back"),
)
_PLACES = ("at_dock", "free", "reserved", "staged", "picked", "shipped", "given", "written_off")
_OF_LINES = (
    *("sold", "shipped", "picked", "reserved", "staged", "backorders"),
    *("returned", "written_off"),
)


def check_laws(ledger: Ledger) -> None:
    """Check every law of the end state.

    Raises:
        LawBroken: With the law's name, and the order, product or team that broke it.
    """
    counters = ledger.marks.counters[-1]
    if counters["law"]:
        raise law_broken(counters)
    totals, units = tally(ledger)
    if totals["law"]:
        kind = "order" if totals["law"] < USED else "row"
        raise LawBroken(ROW_LAWS[int(totals["law"])], f"{kind} {int(totals['row'])}")
    if ledger.drained:
        _emptiness(ledger)
    _counts(ledger, totals)
    _units(ledger, units)
    _purchase_orders(ledger)
    _space(ledger, units)
    _contacts(ledger)
    _solutions(ledger)
    _people(ledger)
    _care(ledger)


def _require(holds: Any, law: str, what: str) -> None:
    """Raise if a law does not hold everywhere; `what` names the rows of `holds`."""
    flags = np.atleast_1d(np.asarray(holds))
    if not flags.all():
        raise LawBroken(law, f"{what} {int(np.argmin(flags))}")


def _counts(ledger: Ledger, totals: Row) -> None:
    """What the flow counted is what the tables hold, and L = lambda W, exactly (Little 1961).

    The integral of orders in the system is the sum of the times that orders spent in it.
    """
    counters = ledger.marks.counters[-1]
    for name in _COUNTED:
        _require(totals[name] == counters[name], f"counts add up: {name}", "count")
    inside = totals["accepted"] - totals["shipped"] - totals["cancelled"]
    _require(inside == counters["in_system"], "counts add up: in_system", "count")
    _require(totals["in_system_time"] == counters["in_system_time"], "L = lambda W", "orders")


def _units(ledger: Ledger, units: Table) -> None:
    """Units are in exactly one place, and lines hold what the shelves say they hold."""
    skus = ledger.final_skus
    for name in (*_PLACES, "backorders", "on_order"):
        _require(skus[name] >= 0, f"{name} is never negative", "product")
    total = sum(skus[name] for name in _PLACES)
    _require(
        ledger.opening + skus["received"] + skus["returned"] == total,
        "units are conserved",
        "product",
    )
    for name in _OF_LINES:
        _require(units[name] == skus[name], f"{name} units are those of the lines", "product")
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


def _space(ledger: Ledger, units: Table) -> None:
    """The area holds the footprints of what is in it, and is promised to what is still to come."""
    volume = ledger.final_skus["volume"]
    counters, space = ledger.marks.counters[-1], ledger.space
    used = int((units["in_area"] * volume).sum())
    _require(used == counters["used"], "space used is what is in it", "area")
    to_come = int((units["backorders"] * volume).sum())
    _require(used + to_come == counters["committed"], "space committed is as recomputed", "area")
    if len(space):
        present = tuple(counters[name] for name in ("used", "committed", "backorders_open"))
        _require(space[-1].item()[1:] == present, "the last change of space is the present", "area")


def _contacts(ledger: Ledger) -> None:
    """Who asked was answered, hung up, or waits; in line it goes by who asked first."""
    rows, desk = ledger.contacts, ledger.desk[0]
    n = np.bincount(rows["state"], minlength=ABANDONED + 1)
    inside = int(n[IN_HAND] + n[ANSWERED]), int(n[ABANDONED])
    law = "contacts are conserved: asked = answered + abandoned + in line"
    _require((int(desk["answered"]), int(desk["abandoned"])) == inside, law, "count")
    _require(desk["asked"] == sum(inside) + n[IN_LINE], law, "count")
    _require(desk["open"] == n[PLANNED] + n[IN_LINE] + n[IN_HAND], law, "count")
    made = rows[rows["state"] != PLANNED]
    answered, ended = made["answered_at"], made["ended_at"]
    in_time = (answered == NONE) | (answered >= made["asked_at"])
    in_time &= (ended == NONE) | (ended >= np.maximum(answered, made["asked_at"]))
    _require(in_time & (ended <= ledger.drained_at), "contacts end after they begin", "contact")
    reached = made[answered != NONE]
    reached = reached[np.lexsort((reached["answered_at"], reached["asked_at"]))]
    in_turn = np.diff(reached["answered_at"]) >= 0
    _require(in_turn, "contacts are answered first in, first out", "contact")


def _solutions(ledger: Ledger) -> None:
    """What customers took was offered, and within what suppliers do for them in a week."""
    rows, orders = ledger.contacts, ledger.orders
    taken = np.flatnonzero(rows["solution"] != NONE)
    if not len(taken):
        _require(orders["reason"] != REFUNDED, "who was refunded by support took it", "order")
        return
    solution, offered = rows["solution"][taken].astype(np.int64), rows["offered"][taken]
    _require(offered >> solution & 1 == 1, "solutions taken were offered", "solution")
    refunded = np.isin(np.arange(len(orders)), rows["order"][rows["solution"] == REFUND_NOW])
    took = refunded | (orders["reason"] != REFUNDED)
    _require(took, "who was refunded by support took it", "order")
    times, terms = Times.of(ledger.scenario), list(ledger.scenario.suppliers.values())
    hurried: Counter[tuple[int, int]] = Counter()
    for row in rows[rows["sku"] != NONE]:
        day = times.day(int(row["ended_at"]))
        supplier = int(ledger.final_skus["supplier"][row["sku"]])
        hurried[supplier, day - times.weekday(day)] += 1
    for (supplier, _), requests in hurried.items():
        limit = terms[supplier].expedite_on_request
        law = "suppliers hurry as many deliveries a week as they say"
        _require(limit is not None and requests <= limit.per_week, law, f"supplier {supplier} of")


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
    paid, span = shifts["paid_ms"], shifts["end_at"] - shifts["start_at"]
    in_full = (paid >= 0) & (paid <= span) & ((shifts["absent"] == 1) | (paid > 0))
    extra = (shifts["overtime_ms"] == 0) | (productive & (shifts["overtime_ms"] > 0))
    _require(in_full & extra, "hours paid are hours rostered, and overtime", "shift")
    rows = shifts[productive]
    rostered = _totals(rows["team"], rows["paid_ms"] + rows["overtime_ms"], n_teams)
    late = np.where(people["leaving"] == 1, ledger.drained_at - people["off_due_at"], 0)
    finishing = _totals(people["team"], people["late_ms"] + late, n_teams)
    law = "on duty at most as rostered, in overtime, or finishing a task"
    at_once = np.where(np.array(ledger.teams) == "support", places(ledger.scenario), 1)
    _require(~staffed | (duty <= at_once * (rostered + finishing)), law, "team")


def _care(ledger: Ledger) -> None:
    """What was done about orders is what the rules say was done, and cost what they cost."""
    care, sent, plan = ledger.care, ledger.messages["sent"], ledger.care_plan[0]
    _require(care["messages"].sum() == sent.sum(), "messages sent are those of the orders", "sum")
    cost = (sent * ledger.messages["cost"]).sum()
    _require(care["spent"].sum() == cost, "money spent on orders is that of the messages", "sum")
    given = ledger.final_skus["given"].sum() if plan["gift"] != NONE else care["given"].sum()
    _require(care["given"].sum() == given, "units given are those of the orders", "sum")
    used = care["given_for"].sum() == plan["used"] <= plan["budget"]
    _require(used, "what is given away is within the budget", "sum")


def _emptiness(ledger: Ledger) -> None:
    """Drained means empty."""
    skus, counters = ledger.final_skus, ledger.marks.counters[-1]
    law = "drained means empty"
    for name in ("reserved", "staged", "picked", "backorders"):
        _require(skus[name] == 0, law, f"{name} of product")
    levels = ("in_system", "used", "committed", "backorders_open", "backlog", "pickup_n")
    for name in (*levels, "under_way_back"):
        _require(counters[name] == 0, law, name)

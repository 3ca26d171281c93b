"""The plan for broken quotes: what a customer is given whose promise passes, once per order."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.clock import change_patience
from sim.warehouse.flow.extras import extra_of
from sim.warehouse.flow.integrals import settle_sku
from sim.warehouse.flow.trigger import check_trigger
from sim.warehouse.flow.waiting import sku_of
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import DROPPED, NONE


@compiled
def give(s: Flow, o: int) -> None:
    """Order o slips: if it misses a unit, its customer is given something while there is any."""
    plan = s.care_plan[0]
    if plan["gives"] == 0 or s.order[o]["missing_lines"] == 0:
        return
    cost, k = plan["gift_cost"] + _discount(s, o), wide(plan["gift"])
    if cost > plan["budget"] - plan["used"] or (k != NONE and s.sku[k]["free"] == 0):
        return
    plan["used"] += cost
    s.care[o]["given"] = 1
    s.care[o]["given_for"] = cost
    if k != NONE:
        _take(s, k)
    change_patience(s, o, wide(plan["gift_patience"]))


@compiled
def _discount(s: Flow, o: int) -> int:
    """What the customer need not pay of what they bought, in millionths of the currency."""
    first = wide(s.order[o]["first_line"])
    off = wide(0)
    for j in range(first, first + wide(s.order[o]["n_lines"])):
        if s.line[j]["wait"] != DROPPED:
            off += wide(s.book_line[j]["units"]) * s.sku[sku_of(s, j)]["discount"]
    extra = extra_of(s, o)
    if extra != NONE:
        off += wide(s.sku[extra]["discount"])
    return off


@compiled
def _take(s: Flow, k: int) -> None:
    """A free unit of SKU k leaves the building as a gift."""
    sku = s.sku[k]
    settle_sku(s.counters[0], sku)
    sku["free"] -= 1
    sku["position"] -= 1
    sku["given"] += 1
    check_trigger(s, k)

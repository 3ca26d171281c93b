"""One unit more that a shopper who returned by an alert buys, because it was recommended.

It is reserved on its shelf and travels in the first parcel of the order.
"""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.chance import happens
from sim.warehouse.flow.integrals import settle_sku
from sim.warehouse.flow.laws import NEGATIVE_UNITS, require
from sim.warehouse.flow.trigger import check_trigger
from sim.warehouse.flow.waiting import sku_of
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import DROPPED, NONE, PURPOSE_RECOMMEND


@compiled
def extra_of(s: Flow, o: int) -> int:
    """The product of which order o has a unit more; NONE without."""
    if s.counters[0]["recommends"] == 0:
        return wide(NONE)
    return wide(s.extra[o]["sku"])


@compiled
def recommend(s: Flow, o: int) -> None:
    """Order o is placed from an alert: it may take a unit of what is recommended."""
    c = s.counters[0]
    visits = wide(s.order[o]["attempt"])
    if not happens(s, o, wide(PURPOSE_RECOMMEND), visits, wide(c["recommend"])):
        return
    k = _recommended(s, o)
    if k == NONE:
        return
    s.extra[o]["sku"] = k
    s.parcel[o]["lines"] += 1
    sku = s.sku[k]
    settle_sku(c, sku)
    sku["free"] -= 1
    sku["position"] -= 1
    sku["sold"] += 1
    sku["reserved"] += 1
    check_trigger(s, k)


@compiled
def _recommended(s: Flow, o: int) -> int:
    """The product named, or the first one, that is free and not in the order; NONE if none is."""
    c = s.counters[0]
    first, last = wide(0), wide(c["n_skus"])
    if c["recommended"] != NONE:
        first = wide(c["recommended"])
        last = first + 1
    for k in range(first, last):
        if s.sku[k]["free"] > 0 and not _holds(s, o, k):
            return wide(k)
    return wide(NONE)


@compiled
def _holds(s: Flow, o: int, k: int) -> bool:
    """Whether a line of order o is of SKU k."""
    first = wide(s.order[o]["first_line"])
    for j in range(first, first + wide(s.order[o]["n_lines"])):
        if s.line[j]["wait"] != DROPPED and sku_of(s, j) == k:
            return True
    return False


@compiled
def pick_extra(s: Flow, o: int) -> None:
    """The first parcel of order o is picked."""
    k = extra_of(s, o)
    if k != NONE:
        sku = s.sku[k]
        settle_sku(s.counters[0], sku)
        sku["reserved"] -= 1
        sku["picked"] += 1
        require(s.counters[0], sku["reserved"] >= 0, NEGATIVE_UNITS, k)


@compiled
def ship_extra(s: Flow, o: int) -> None:
    """The first parcel of order o leaves."""
    k = extra_of(s, o)
    if k != NONE:
        sku = s.sku[k]
        settle_sku(s.counters[0], sku)
        sku["picked"] -= 1
        sku["shipped"] += 1

"""Substitutes for the lines of an order that still miss units, found by an agent."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.area import note_space, stage
from sim.warehouse.flow.cancel import give_back
from sim.warehouse.flow.integrals import settle_sku
from sim.warehouse.flow.stock import complete_line
from sim.warehouse.flow.trigger import check_trigger
from sim.warehouse.flow.waiting import misses, sku_of
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import NONE


@compiled
def can_exchange(s: Flow, o: int) -> bool:
    """Every line that misses units names a substitute that is on hand and not in the order."""
    first = wide(s.book[o]["first_line"])
    for j in range(first, first + wide(s.book[o]["n_lines"])):
        if misses(s, j) and not _has_substitute(s, o, j):
            return False
    return True


@compiled
def _has_substitute(s: Flow, o: int, j: int) -> bool:
    """Whether line j can take its substitute, after the lines before it have taken theirs."""
    other = wide(s.sku[sku_of(s, j)]["substitute"])
    if other == NONE or s.sku[other]["free"] < s.book_line[j]["units"]:
        return False
    first = wide(s.book[o]["first_line"])
    for each in range(first, first + wide(s.book[o]["n_lines"])):
        k = sku_of(s, each)
        if k == other or (each < j and misses(s, each) and s.sku[k]["substitute"] == other):
            return False
    return True


@compiled
def exchange(s: Flow, o: int) -> None:
    """Line by line: what is missing takes its substitute, and its own units go to others."""
    s.order[o]["substituted"] = 1
    first = wide(s.book[o]["first_line"])
    for j in range(first, first + wide(s.book[o]["n_lines"])):
        if misses(s, j):
            s.sku[sku_of(s, j)]["sold"] -= wide(s.book_line[j]["units"])
            give_back(s, j)
            _take_substitute(s, j)
    note_space(s)


@compiled
def _take_substitute(s: Flow, j: int) -> None:
    """Line j holds nothing and waits for nothing: it becomes whole at once."""
    c, w, units = s.counters[0], wide(s.line[j]["wait"]), wide(s.book_line[j]["units"])
    wait = s.wait[w]
    wait["swapped"] = 1
    k = sku_of(s, j)
    sku = s.sku[k]
    settle_sku(c, sku)
    sku["free"] -= units
    sku["position"] -= units
    sku["sold"] += units
    wait["reserved"] = units
    stage(c, wait, sku, units)
    wait["whole_at"] = c["now"]
    complete_line(s, w)
    check_trigger(s, k)

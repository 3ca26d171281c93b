"""Everything that the flow keeps, recomputed from scratch: from orders, lines, parcels and people.

Shares nothing with the laws that run in production but the tables themselves.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.warehouse.allocate import State
from sim.warehouse.goods_rows import BACK
from sim.warehouse.words import (
    AWAY,
    CANCELLED,
    DROPPED,
    EXPECTED,
    FIRST_PICK,
    GENERAL_STORAGE,
    LOST,
    MAILED,
    NONE,
    PICKING,
    SHIPPED,
    SIGNED_UP,
    SUBSTITUTED,
    WAITING,
)

WAYS = {
    EXPECTED: {WAITING, AWAY, SIGNED_UP, LOST},
    AWAY: {WAITING, AWAY, SIGNED_UP, LOST},
    SIGNED_UP: {MAILED, LOST},
    MAILED: {WAITING, AWAY, SIGNED_UP, LOST},
    WAITING: {PICKING, CANCELLED},
    PICKING: {SHIPPED},
    SHIPPED: set(),
    CANCELLED: set(),
    LOST: set(),
}
"""To which status an order may go from each."""


class Facts:
    """Columns of the lines of orders that have arrived, and what follows from them."""

    def __init__(self, state: State) -> None:
        arrived = int(state.c["next_order"])
        self.orders = state.order[:arrived]
        self.owner = np.repeat(np.arange(arrived), state.book["n_lines"][:arrived])
        lines, self.waits = state.line[: len(self.owner)], state.wait[: state.c["wait_n"]]
        asked = state.book_line[: len(self.owner)]
        status = self.orders["status"][self.owner]
        bought = lines["wait"] != DROPPED
        live = bought & np.isin(status, (WAITING, PICKING, SHIPPED))
        rows = self.waits["line"]
        self.parcel = self.owner.copy()
        self.parcel[rows] = self.waits["parcel"]
        parcel = np.where(live, self.parcel, 0)
        shipped = state.parcel["shipped_at"][parcel] != NONE
        picked = state.parcel["picked_at"][parcel] != NONE
        self.sold = bought & (status >= WAITING) & (status <= CANCELLED)
        self.shipped = live & shipped
        self.picked = live & picked & ~shipped
        self.open = live & ~picked
        back = state.back[self.owner] if state.c["returns"] else np.zeros(len(lines), BACK)
        self.returned, self.resold = bought & (back["arrived"] == 1), back["resold"] == 1
        assert shipped[self.returned].all(), "what comes back was shipped"
        self.sku, self.units = asked["sku"].astype(int), asked["units"].astype(int)
        taken = lines["wait"] == SUBSTITUTED
        taken[rows[self.waits["swapped"] == 1]] = True
        assert (self.orders["substituted"][self.owner[taken]] == 1).all()
        self.sku[taken] = state.sku["substitute"][self.sku[taken]]
        self.reserved = np.where(live, self.units, 0)
        self.reserved[rows] = self.waits["reserved"]
        self.in_area, self.staged = np.zeros((2, len(lines)), int)
        self.in_area[rows] = self.waits["staged"]
        self.staged[rows] = self.waits["staged"] + self.waits["general"]
        self.waiting_row = lines["wait"]
        self.missing = np.where(self.open, self.units - self.reserved, 0)


def audit(state: State) -> None:
    """Compare all that is kept at this instant with what it should be."""
    facts = Facts(state)
    _units(state, facts)
    _space(state, facts)
    _counts(state, facts)
    _fates(state, facts)
    _lines_in_queues(state, facts)
    _tasks_in_queues(state)
    _people(state)
    _lists(state)


def _units(state: State, facts: Facts) -> None:
    """Units are where the lines say, by product."""
    sums = {
        "sold": (facts.sold, facts.units),
        "shipped": (facts.shipped, facts.units),
        "picked": (facts.picked, facts.units),
        "reserved": (facts.open, facts.reserved - facts.staged),
        "staged": (facts.open, facts.staged),
        "backorders": (facts.open, facts.missing),
        "returned": (facts.returned, facts.units),
        "written_off": (facts.returned & ~facts.resold, facts.units),
    }
    docks = state.dock[: state.c["dock_n"]]
    extras = _recommended(state)
    for k, sku in enumerate(state.sku):
        for name, (chosen, units) in sums.items():
            found = units[chosen & (facts.sku == k)].sum() + extras.get((name, k), 0)
            assert sku[name] == found, (name, k)
            assert sku[name] >= 0, (name, k)
        waits = (docks["sku"] == k) & (docks["put_away_at"] == NONE)
        assert sku["at_dock"] == docks["units"][waits].sum(), k
        assert sku["free"] >= 0, k
        assert sku["free"] == 0 or sku["backorders"] == 0, "free beside a line"
        position = sku["free"] + sku["at_dock"] + sku["on_order"] - sku["backorders"]
        assert sku["position"] == position, k
    idle = ~facts.open & ~facts.picked & ~facts.shipped
    gone = idle | facts.picked | facts.shipped
    for name in ("staged", "general"):
        assert not facts.waits[name][gone[facts.waits["line"]]].any(), name
    assert not facts.reserved[idle].any(), "holds nothing"
    assert (facts.staged <= facts.reserved).all()
    assert (facts.reserved <= facts.units).all()
    own = np.flatnonzero(facts.waiting_row >= 0)
    assert (facts.waits["line"][facts.waiting_row[own]] == own).all(), "a row of its own"
    assert len(own) == len(facts.waits), "every row of a line"


def _recommended(state: State) -> dict[tuple[str, int], int]:
    """Units bought on a recommendation, by where they are and product."""
    found: dict[tuple[str, int], int] = {}
    orders = state.order[: int(state.c["next_order"])]
    for o, order in enumerate(orders if state.c["recommends"] else []):
        k, parcel = int(state.extra[o]["sku"]), state.parcel[o]
        if k == NONE or order["accepted_at"] == NONE:
            assert k == NONE
            continue
        places = ["sold"]
        if order["status"] != CANCELLED:
            gone, picked = parcel["shipped_at"] != NONE, parcel["picked_at"] != NONE
            places.append("shipped" if gone else "picked" if picked else "reserved")
        if state.c["returns"] and state.back[o]["arrived"]:
            places += ["returned"] + ["written_off"] * (not state.back[o]["resold"])
        for place in places:
            found[place, k] = found.get((place, k), 0) + 1
    return found


def _space(state: State, facts: Facts) -> None:
    c, volume = state.c, state.sku["volume"][facts.sku]
    used = (np.where(facts.open, facts.in_area, 0) * volume).sum()
    committed = used + (facts.missing * volume).sum()
    assert c["used"] == used
    assert c["committed"] == committed
    if not c["has_area"] or c["when_full"] == GENERAL_STORAGE:
        assert used <= c["capacity"]
    if c["space_n"]:
        row = state.space[c["space_n"] - 1]
        assert row.item()[1:] == (used, committed, c["backorders_open"]), "space is noted"


def _counts(state: State, facts: Facts) -> None:
    c, status = state.c, facts.orders["status"]
    for name, code in (("shipped", SHIPPED), ("cancelled", CANCELLED), ("lost", LOST)):
        assert c[name] == (status == code).sum(), name
    assert c["in_system"] == np.isin(status, (WAITING, PICKING)).sum()
    assert c["accepted"] == np.isin(status, (WAITING, PICKING, SHIPPED, CANCELLED)).sum()
    missing = np.bincount(facts.owner[facts.missing > 0], minlength=len(facts.orders))
    assert (facts.orders["missing_lines"] == missing).all()
    assert c["backorders_open"] == (missing > 0).sum()
    ended = facts.orders["ended_at"] != NONE
    assert (ended == np.isin(status, (SHIPPED, CANCELLED, LOST))).all()
    assert (facts.orders["ended_at"] <= c["now"]).all()


def _fates(state: State, facts: Facts) -> None:
    """Why and when orders ended is what their status, lines and parcels say."""
    orders, status, reason = facts.orders, facts.orders["status"], facts.orders["reason"]
    assert ((status == CANCELLED) == ((reason >= 1) & (reason < 11))).all()
    assert ((status == LOST) == (reason >= 11)).all()
    was_accepted = (status >= WAITING) & (status <= CANCELLED)
    assert ((orders["accepted_at"] != NONE) == was_accepted).all()
    live = facts.open | facts.picked | facts.shipped
    assert (state.parcel["order"][facts.parcel[live]] == facts.owner[live]).all()
    whole = np.ones(len(live), bool)
    whole[facts.waits["line"]] = facts.waits["whole_at"] != NONE
    assert (whole == (facts.reserved == facts.units))[live].all()
    last = np.full(len(orders), NONE)
    shipped_at = state.parcel["shipped_at"][facts.parcel[facts.shipped]]
    np.maximum.at(last, facts.owner[facts.shipped], shipped_at)
    done = status == SHIPPED
    assert (last[done] == orders["ended_at"][done]).all()
    never_started = state.parcel["started_at"][: len(orders)][status == CANCELLED] == NONE
    assert never_started.all()
    assert (np.diff(state.space["at"][: state.c["space_n"]]) > 0).all()


def walk(rows: Any, head: int, tail: int, back: bool = True) -> list[int]:
    """Rows of a linked list from head to tail; its links agree in both directions."""
    found: list[int] = []
    at, before = int(head), NONE
    while at != NONE:
        assert not back or rows[at]["prev"] == before
        found.append(at)
        assert len(found) <= len(rows), "a list without an end"
        at, before = int(rows[at]["next" if back else "link"]), at
    assert tail == before
    return found


def _lines_in_queues(state: State, facts: Facts) -> None:
    """Every line that misses units waits in its list, in the order of acceptance."""
    c, waiting = state.c, set(np.flatnonzero(facts.missing > 0).tolist())
    for row, ends in enumerate(state.queued):
        sku, class_ = divmod(row, int(c["n_classes"]))
        inside = walk(state.wait, ends["head"], ends["tail"])
        accepted = []
        for j in state.wait["line"][inside].tolist():
            order = int(facts.owner[j])
            waiting.remove(j)
            assert facts.sku[j] == sku
            assert c["n_lists"] == 1 or state.book[order]["class_"] == class_
            accepted.append(int(state.order[order]["accepted_at"]))
        assert accepted == sorted(accepted), "first in, first out"
    assert not waiting


def _tasks_in_queues(state: State) -> None:
    """Every parcel that is ready and every dock task wait in a queue, or are in hand."""
    c = state.c
    first_pack, used = int(c["first_pack"]), int(c["parcel_n"])
    known = state.parcel["order"][:used] != NONE
    known[: len(state.order)] &= state.order["status"] >= WAITING
    queued = {int(i) for i in np.flatnonzero(known) if state.parcel[i]["queue"] != NONE}
    backlog = 0
    for q, queue in enumerate(state.queue):
        rows = _rows(state, q)
        inside = walk(rows, queue["head"], queue["tail"])
        assert queue["length"] == len(inside), q
        assert queue["work"] == sum(int(rows[i]["remaining"]) for i in inside), q
        if q == c["contact_queue"]:
            asked = [int(rows[i]["asked_at"]) for i in inside]
            assert asked == sorted(asked), "first asked, first answered"
            continue
        if q < FIRST_PICK:
            for i in inside:
                assert rows[i]["queue"] == q
                assert rows[i]["put_away_at"] == NONE
            continue
        for i in inside:
            queued.remove(i)
            assert rows[i]["queue"] == q
            assert (rows[i]["picked_at"] == NONE) == (q < first_pack)
        fresh = [int(rows[i]["ready_at"]) for i in inside if rows[i]["started_at"] == NONE]
        assert fresh == sorted(fresh), "first in, first out"
        backlog += len(inside) * (q < first_pack)
    assert not queued
    assert c["backlog"] == backlog


def _people(state: State) -> None:
    """Nobody does two things or none; nobody able idles beside work that could start."""
    c, people = state.c, state.person
    busy_ones = people[people["task"] != NONE]
    tasks = [(id(_rows(state, int(p["queue"]))), int(p["task"])) for p in busy_ones]
    assert len(tasks) == len(set(tasks)), "two people, one task"
    station = 0
    for p in people[people["task"] != NONE]:
        station += _needs_station(state, int(p["queue"]))
    if not state.team["unlimited"].any():
        assert c["stations_busy"] == station
    assert c["stations_busy"] <= c["stations"]
    for t, team in enumerate(state.team):
        mine = people["team"] == t
        on_duty, busy = mine & (people["on_duty"] != 0), mine & (people["task"] != NONE)
        assert not (busy & ~on_duty).any(), "busy people are on duty"
        assert (team["on_duty"], team["busy"]) == (on_duty.sum(), busy.sum())
        idle = walk(people, team["idle_head"], team["idle_tail"])
        assert set(idle) == set(np.flatnonzero(on_duty & ~busy).tolist())
        assert team["idle"] == len(idle)
        since = [(int(people[p]["idle_since"]), p) for p in idle]
        assert since == sorted(since), "the longest idle is first"
        if not c["dirty"]:
            assert not ((idle or team["unlimited"]) and _could_start(state, t)), "idle beside work"


def _rows(state: State, q: int) -> Any:
    """The table whose rows wait in queue q."""
    if q == state.c["contact_queue"]:
        return state.contact
    return state.dock if q < FIRST_PICK else state.parcel


def _needs_station(state: State, q: int) -> bool:
    c = state.c
    return bool((c["first_pack"] if c["two_stage"] else FIRST_PICK) <= q < c["contact_queue"])


def _could_start(state: State, t: int) -> bool:
    """Whether something waits that team t serves and could start."""
    c = state.c
    for q in state.serves[t]:
        if q == NONE:
            return False
        needs_station = _needs_station(state, q)
        if state.queue[q]["length"] and (not needs_station or c["stations_busy"] < c["stations"]):
            return True
    return False


def _lines_of(state: State, o: int) -> slice:
    """Rows of the lines of order o."""
    first = int(state.book["first_line"][o])
    return slice(first, first + int(state.book["n_lines"][o]))


def _lists(state: State) -> None:
    """Packed parcels wait for the carrier, shoppers for an e-mail, events for their time."""
    c = state.c
    packed = walk(state.parcel, c["pickup_head"], c["pickup_tail"])
    assert c["pickup_n"] == len(packed)
    keys = [(int(state.parcel[i]["packed_at"]), i) for i in packed]
    assert keys == sorted(keys), "packed first, picked up first"
    signed_up = set(np.flatnonzero(state.order["status"] == SIGNED_UP).tolist())
    for k, sku in enumerate(state.sku):
        listed = walk(state.order, sku["signups_head"], sku["signups_tail"], back=False)
        assert sku["signups"] == len(listed)
        wanted = [state.book_line["sku"][_lines_of(state, o)].tolist() for o in listed]
        assert all(k in skus for skus in wanted)
        signed_up -= set(listed)
    assert not signed_up
    entries = [entry.item() for entry in state.heap[: c["heap_n"]]]
    assert all(entries[(i - 1) // 2] <= entries[i] for i in range(1, len(entries))), "heap"

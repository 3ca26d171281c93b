"""People and tasks: who starts what, and what happens when it is done."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.desk_rows import ANSWERED
from sim.warehouse.flow.contacts import answer, end_contact
from sim.warehouse.flow.heap import push
from sim.warehouse.flow.integrals import settle_counts, settle_sku, settle_team
from sim.warehouse.flow.laws import (
    NEGATIVE_UNITS,
    OFF_DUTY,
    STATIONS,
    TASK_NOT_FIFO,
    all_accounted_for,
    become,
    require,
)
from sim.warehouse.flow.parcels import finish_packing, finish_picking, take_out
from sim.warehouse.flow.queues import join_idle, leave_idle, remove
from sim.warehouse.flow.stock import put_away
from sim.warehouse.flow.third_party import ELSEWHERE, next_done
from sim.warehouse.state import CONTACT_IDS, Flow, wide
from sim.warehouse.words import COMPLETION, CROSS_DOCK, FIRST_PICK, NEVER, NONE, PICKING


@compiled
def first_queue(s: Flow, t: int) -> int:
    """The first queue that team t serves and could start a task of now; NONE if there is none."""
    c = s.counters[0]
    for n in range(c["n_queues"]):
        q = wide(s.served[t * (c["n_queues"] + 1) + n]["queue"])
        if q == NONE:
            break
        station = c["stations_busy"] < c["stations"] or not takes_station(s, q)
        if station and s.queue[q]["length"] > 0:
            return q
    return NONE


@compiled
def takes_station(s: Flow, q: int) -> bool:
    """Tasks of this queue need a pack station: packing, or picking and packing in one stage."""
    c = s.counters[0]
    first = c["first_pack"] if c["two_stage"] != 0 else FIRST_PICK
    return bool(first <= q < c["contact_queue"])


@compiled
def dispatch(s: Flow) -> bool:
    """Start all that can be started; the longest idle person first. False: the heap is full."""
    c = s.counters[0]
    for t in range(c["n_teams"]):
        if s.team[t]["unlimited"] != 0:
            q = first_queue(s, t)
            while q != NONE:
                if c["heap_n"] >= c["heap_room"]:
                    return False
                _start_unlimited(s, q)
                q = first_queue(s, t)
    while True:
        chosen, queue, since = wide(NONE), wide(NONE), wide(NEVER)
        for t in range(c["n_teams"]):
            p = wide(s.team[t]["idle_head"])
            if p != NONE:
                idle = wide(s.person[p]["idle_since"])
                if idle < since or (idle == since and p < chosen):
                    q = first_queue(s, t)
                    if q != NONE:
                        chosen, queue, since = p, q, idle
        if chosen == NONE:
            return True
        if c["heap_n"] >= c["heap_room"]:
            return False
        _start(s, chosen, queue)


@compiled
def _start(s: Flow, p: int, q: int) -> None:
    """Person p takes the first task of queue q; the speed is that of the start."""
    c = s.counters[0]
    person = s.person[p]
    leave_idle(s, p)
    t = wide(person["team"])
    team = s.team[t]
    settle_team(c, team)
    team["busy"] += 1
    require(c, all_accounted_for(team), OFF_DUTY, t)
    i, work = _take(s, q, p)
    speed = person["speed"]
    done_at = c["now"] + (work * 1000 + speed - 1) // speed
    person["task"] = i
    person["queue"] = q
    person["task_speed"] = speed
    person["task_from"] = c["now"]
    person["done_at"] = done_at
    push(s.heap, c, done_at, COMPLETION, p)


@compiled
def _start_unlimited(s: Flow, q: int) -> None:
    """Unlimited staff take the first task of queue q."""
    c = s.counters[0]
    i, work = _take(s, q, wide(NONE))
    ident = c["n_people"] + i
    if q < FIRST_PICK:
        ident += c["n_parcels"]
    elif q == c["contact_queue"]:
        ident += CONTACT_IDS
    push(s.heap, c, c["now"] + work, COMPLETION, ident)


@compiled
def _take(s: Flow, q: int, p: int) -> tuple[int, int]:
    """Take the first task out of queue q for person p. Returns it and its work in ms."""
    c = s.counters[0]
    queue = s.queue[q]
    i = wide(queue["head"])
    if takes_station(s, q):
        c["stations_busy"] += 1
        require(c, c["stations_busy"] <= c["stations"], STATIONS, q)
    queue["length"] -= 1
    if q == c["contact_queue"]:
        return i, answer(s, i, p)
    if q < FIRST_PICK:
        task = s.dock[i]
        require(c, task["prev"] == NONE, TASK_NOT_FIFO, q)
        remove(s.dock, queue, i)
        queue["work"] -= task["remaining"]
        task["person"] = p
        if task["started_at"] == NONE:
            task["started_at"] = c["now"]
        return i, wide(task["remaining"])
    parcel = s.parcel[i]
    require(c, _is_first(s, i, q), TASK_NOT_FIFO, q)
    remove(s.parcel, queue, i)
    queue["work"] -= parcel["remaining"]
    parcel["queue"] = NONE
    parcel["person"] = p
    if q < c["first_pack"]:
        settle_counts(c)
        c["backlog"] -= 1
        if parcel["started_at"] == NONE:
            parcel["started_at"] = c["now"]
            o = wide(parcel["order"])
            become(s, o, wide(PICKING))
    return i, wide(parcel["remaining"])


@compiled
def _is_first(s: Flow, i: int, q: int) -> bool:
    """Whether parcel i leads queue q: it was ready before the next, unless it was paused."""
    parcel = s.parcel[i]
    after = wide(parcel["next"])
    if q >= s.counters[0]["first_pack"] or parcel["started_at"] != NONE or after == NONE:
        return bool(parcel["prev"] == NONE)
    return bool(parcel["prev"] == NONE and parcel["ready_at"] <= s.parcel[after]["ready_at"])


@compiled
def complete(s: Flow, ident: int) -> None:
    """A task is done: by a person, by unlimited staff, or by the third party."""
    c = s.counters[0]
    if ident >= ELSEWHERE:
        i = next_done(s)
        take_out(s, i)
        finish_packing(s, i)
        return
    if ident < c["n_people"]:
        person = s.person[ident]
        if person["task"] == NONE or person["done_at"] != c["now"]:
            return  # the task was paused
        i, q = wide(person["task"]), wide(person["queue"])
        _release(s, ident)
        if FIRST_PICK <= q < c["first_pack"]:
            o = s.parcel[i]["order"]
            s.parcel[i]["wrong"] = s.order[o]["error_u"] < person["error_rate"]
        _finish(s, i, q)
        return
    i = ident - c["n_people"]
    if i >= CONTACT_IDS:
        _finish(s, i - CONTACT_IDS, wide(c["contact_queue"]))
    elif i >= c["n_parcels"]:
        _finish(s, i - c["n_parcels"], wide(CROSS_DOCK))
    elif s.parcel[i]["picked_at"] == NONE:
        _finish(s, i, wide(s.parcel[i]["home"]))
    else:
        _finish(s, i, wide(c["first_pack"]))


@compiled
def _release(s: Flow, p: int) -> None:
    """Person p has finished a task: idle again, or off duty if the shift ended meanwhile."""
    c = s.counters[0]
    person = s.person[p]
    team = s.team[person["team"]]
    settle_team(c, team)
    team["busy"] -= 1
    person["busy_ms"] += c["now"] - person["task_from"]
    person["task"] = NONE
    person["done_at"] = NEVER
    if person["leaving"] != 0:
        person["leaving"] = 0
        person["on_duty"] = 0
        pay_late(s, p)
        team["on_duty"] -= 1
    else:
        join_idle(s, p)
    require(c, all_accounted_for(team), OFF_DUTY, wide(person["team"]))


@compiled
def pay_late(s: Flow, p: int) -> None:
    """Pay person p for the time since the shift ended; an agent's several places are paid once."""
    now, d = s.counters[0]["now"], s.desk[0]
    s.person[p]["late_ms"] += now - s.person[p]["off_due_at"]
    if d["places"] > 1 and p >= d["first_person"]:
        first = p - (p - d["first_person"]) % d["places"]
        for each in range(first, first + d["places"]):
            s.person[each]["off_due_at"] = now


@compiled
def _finish(s: Flow, i: int, q: int) -> None:
    """Task i, taken from queue q, is done."""
    c = s.counters[0]
    c["dirty"] = 1
    if takes_station(s, q):
        c["stations_busy"] -= 1
    if q == c["contact_queue"]:
        end_contact(s, i, wide(ANSWERED))
    elif q >= c["first_pack"]:
        finish_packing(s, i)
    elif q >= FIRST_PICK:
        finish_picking(s, i)
    else:
        task = s.dock[i]
        task["put_away_at"] = c["now"]
        k, units = wide(task["sku"]), wide(task["units"])
        settle_sku(c, s.sku[k])
        s.sku[k]["at_dock"] -= units
        require(c, s.sku[k]["at_dock"] >= 0, NEGATIVE_UNITS, k)
        if units > 0:  # else what came back was written off
            put_away(s, k, units)

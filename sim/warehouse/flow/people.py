"""People come and go."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.integrals import settle_counts, settle_team
from sim.warehouse.flow.laws import OFF_DUTY, all_accounted_for, require
from sim.warehouse.flow.queues import join_idle, leave_idle, prepend
from sim.warehouse.flow.work import pay_late, takes_station
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import FIRST_PICK, NEVER, NONE


@compiled
def go_on_duty(s: Flow, p: int, speed: int, error_rate: int) -> None:
    """Person p's shift starts. Who is still busy with a task of the last one simply stays."""
    c = s.counters[0]
    person = s.person[p]
    person["speed"] = speed
    person["error_rate"] = error_rate
    if person["on_duty"] != 0:
        if person["leaving"] != 0:
            person["leaving"] = 0
            pay_late(s, p)
        return
    team = s.team[person["team"]]
    settle_team(c, team)
    team["on_duty"] += 1
    person["on_duty"] = 1
    join_idle(s, p)
    require(c, all_accounted_for(team), OFF_DUTY, wide(person["team"]))
    c["dirty"] = 1


@compiled
def go_off_duty(s: Flow, p: int) -> None:
    """Person p's shift ends: the task in hand is finished first, or goes back to its queue."""
    c = s.counters[0]
    person = s.person[p]
    if person["on_duty"] == 0 or person["leaving"] != 0:
        return
    team = s.team[person["team"]]
    if person["task"] != NONE and team["pauses"] == 0:
        person["leaving"] = 1
        person["off_due_at"] = c["now"]
        return
    settle_team(c, team)
    if person["task"] != NONE:
        team["busy"] -= 1
        _pause(s, p)
    else:
        leave_idle(s, p)
    team["on_duty"] -= 1
    person["on_duty"] = 0
    require(c, all_accounted_for(team), OFF_DUTY, wide(person["team"]))
    c["dirty"] = 1


@compiled
def _pause(s: Flow, p: int) -> None:
    """The task goes to the head of its queue with the work that is left."""
    c = s.counters[0]
    person = s.person[p]
    i, q = wide(person["task"]), wide(person["queue"])
    elapsed = c["now"] - person["task_from"]
    done = elapsed * person["task_speed"] // 1000
    person["busy_ms"] += elapsed
    person["task"] = NONE
    person["done_at"] = NEVER
    queue = s.queue[q]
    if takes_station(s, q):
        c["stations_busy"] -= 1
    if q < FIRST_PICK:
        left = max(0, wide(s.dock[i]["remaining"] - done))
        s.dock[i]["remaining"] = left
        prepend(s.dock, queue, i)
    else:
        left = max(0, wide(s.parcel[i]["remaining"] - done))
        s.parcel[i]["remaining"] = left
        s.parcel[i]["queue"] = q
        prepend(s.parcel, queue, i)
        if q < c["first_pack"]:
            settle_counts(c)
            c["backlog"] += 1
            c["backlog_max"] = max(c["backlog_max"], c["backlog"])
    queue["length"] += 1
    queue["work"] += left

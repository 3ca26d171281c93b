"""Linked lists: lines that wait for units, tasks that wait for people, idle people, packed parcels.

A list is a head and a tail in one table, and `next` and `prev` in the rows of another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.warehouse.compiled import compiled
from sim.warehouse.words import NONE

if TYPE_CHECKING:
    from sim.warehouse.state import Flow, Row, Table


@compiled
def append(rows: Table, ends: Row, i: int) -> None:
    """Put row i at the tail."""
    tail = ends["tail"]
    rows[i]["prev"] = tail
    rows[i]["next"] = NONE
    if tail == NONE:
        ends["head"] = i
    else:
        rows[tail]["next"] = i
    ends["tail"] = i


@compiled
def prepend(rows: Table, ends: Row, i: int) -> None:
    """Put row i at the head."""
    head = ends["head"]
    rows[i]["next"] = head
    rows[i]["prev"] = NONE
    if head == NONE:
        ends["tail"] = i
    else:
        rows[head]["prev"] = i
    ends["head"] = i


@compiled
def remove(rows: Table, ends: Row, i: int) -> None:
    """Take row i out, wherever it is."""
    before, after = rows[i]["prev"], rows[i]["next"]
    if before == NONE:
        ends["head"] = after
    else:
        rows[before]["next"] = after
    if after == NONE:
        ends["tail"] = before
    else:
        rows[after]["prev"] = before
    rows[i]["next"] = NONE
    rows[i]["prev"] = NONE


@compiled
def join_idle(s: Flow, p: int) -> None:
    """Person p becomes idle: behind everybody who has been idle for longer, then by id."""
    now = s.counters[0]["now"]
    person, team = s.person, s.team[s.person[p]["team"]]
    person[p]["idle_since"] = now
    before = team["idle_tail"]
    while before != NONE and before > p and person[before]["idle_since"] == now:
        before = person[before]["prev"]
    after = team["idle_head"] if before == NONE else person[before]["next"]
    person[p]["prev"] = before
    person[p]["next"] = after
    if before == NONE:
        team["idle_head"] = p
    else:
        person[before]["next"] = p
    if after == NONE:
        team["idle_tail"] = p
    else:
        person[after]["prev"] = p
    team["idle"] += 1


@compiled
def leave_idle(s: Flow, p: int) -> None:
    """Person p is no longer idle."""
    person, team = s.person, s.team[s.person[p]["team"]]
    before, after = person[p]["prev"], person[p]["next"]
    if before == NONE:
        team["idle_head"] = after
    else:
        person[before]["next"] = after
    if after == NONE:
        team["idle_tail"] = before
    else:
        person[after]["prev"] = before
    person[p]["next"] = NONE
    person[p]["prev"] = NONE
    team["idle"] -= 1


@compiled
def await_pickup(s: Flow, i: int) -> None:
    """Parcel i waits for the carrier: first packed first, then by number."""
    c = s.counters[0]
    parcel = s.parcel
    at = parcel[i]["packed_at"]
    before = c["pickup_tail"]
    while before != NONE and before > i and parcel[before]["packed_at"] == at:
        before = parcel[before]["prev"]
    after = c["pickup_head"] if before == NONE else parcel[before]["next"]
    parcel[i]["prev"] = before
    parcel[i]["next"] = after
    if before == NONE:
        c["pickup_head"] = i
    else:
        parcel[before]["next"] = i
    if after == NONE:
        c["pickup_tail"] = i
    else:
        parcel[after]["prev"] = i
    c["pickup_n"] += 1

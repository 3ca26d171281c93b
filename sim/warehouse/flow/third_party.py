"""Parcels that a third party picks and packs, one after the other."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.heap import push
from sim.warehouse.flow.laws import TASK_NOT_FIFO, become, require
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import COMPLETION, NONE, PICKING, THIRD_PARTY

ELSEWHERE = wide(1 << 44)
"""Identity of its completions: after those of our own people, dock and desk."""


@compiled
def hand_over(s: Flow, i: int) -> None:
    """Parcel i, ready now, is the third party's; only the first of its list is on the heap.

    Its parcels are done in the order in which they were handed over.
    """
    c, parcel = s.counters[0], s.parcel[i]
    now = wide(c["now"])
    done = max(max(now, wide(c["third_done"])) + c["third_gap"], now + c["third_delay"])
    c["third_done"] = done
    parcel["home"] = THIRD_PARTY
    parcel["started_at"] = now
    parcel["remaining"] = done
    become(s, wide(parcel["order"]), wide(PICKING))
    if c["third_head"] == NONE:
        c["third_head"] = i
        push(s.heap, c, done, COMPLETION, ELSEWHERE)
    else:
        s.parcel[c["third_tail"]]["next"] = i
    c["third_tail"] = i


@compiled
def next_done(s: Flow) -> int:
    """Take the first parcel off the list of the third party, which has done it now."""
    c = s.counters[0]
    i = wide(c["third_head"])
    parcel = s.parcel[i]
    after = wide(parcel["next"])
    c["third_head"] = after
    parcel["next"] = NONE
    parcel["remaining"] = 0
    if after != NONE:
        in_turn = parcel["ready_at"] <= s.parcel[after]["ready_at"]
        require(c, in_turn, TASK_NOT_FIFO, wide(NONE))
        push(s.heap, c, wide(s.parcel[after]["remaining"]), COMPLETION, ELSEWHERE)
    return i

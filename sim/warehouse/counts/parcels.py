"""Parcels: how long they waited and were worked on, and what is charged for them."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.counts.lines import extra_of, parcel_of
from sim.warehouse.counts.orders import is_charged
from sim.warehouse.counts.rows import Rows, in_season
from sim.warehouse.counts.wrapping import is_wrapped
from sim.warehouse.flow.transit import stretch_of
from sim.warehouse.state import wide
from sim.warehouse.words import NONE, THIRD_PARTY


@compiled
def count_parcel(s: Rows, i: int) -> None:
    """Count parcel i, if an order has formed it."""
    parcel = s.parcel[i]
    if parcel["order"] == NONE or parcel["ready_at"] == NONE:
        return
    c, t = s.counts[0], s.terms[0]
    ready_at, left_at = wide(parcel["ready_at"]), wide(parcel["started_at"])
    if left_at == NONE:  # cancelled, or still in the queue
        ended_at = wide(s.order[parcel["order"]]["ended_at"])
        left_at = wide(t["drained_at"]) if ended_at == NONE else ended_at
    s.ready_at[c["n_stays"]]["ms"] = ready_at
    s.left_at[c["n_stays"]]["ms"] = left_at
    c["n_stays"] += 1
    if in_season(s, ready_at):
        _work(s, i, left_at - ready_at)
    if parcel["shipped_at"] != NONE:
        _shipped(s, i)
    if parcel["home"] == THIRD_PARTY:
        _handed_over(s, i)


@compiled
def _work(s: Rows, i: int, waited: int) -> None:
    """A parcel that was ready in the season."""
    c, parcel = s.counts[0], s.parcel[i]
    ready_at, picked_at = wide(parcel["ready_at"]), wide(parcel["picked_at"])
    c["ready"] += 1
    c["queue_time"] += waited
    c["waited"] += waited > 0
    if parcel["started_at"] != NONE:
        own = s.of_class[s.book[parcel["order"]]["class_"]]
        c["started"] += 1
        c["pick_wait"] += waited
        c["within_target"] += waited <= s.terms[0]["service_target"]
        own["started"] += 1
        own["pick_wait"] += waited
    if picked_at != NONE:
        c["picked"] += 1
        c["pick_time"] += picked_at - ready_at
        if parcel["packed_at"] != NONE:
            c["packed"] += 1
            c["pack_time"] += wide(parcel["packed_at"]) - picked_at


@compiled
def _shipped(s: Rows, i: int) -> None:
    """A parcel that was handed over."""
    c, parcel = s.counts[0], s.parcel[i]
    left = wide(parcel["shipped_at"])
    if in_season(s, left):
        c["lines_shipped"] += wide(parcel["lines"])
    if is_charged(s, wide(parcel["order"])):
        c["charged_parcels"] += 1
        c["charged_slow_parcels"] += stretch_of(s.terms[0], s.slow, left) != NONE
        c["charged_errors"] += parcel["wrong"] == 1
        c["charged_wrapped_parcels"] += is_wrapped(s, wide(parcel["order"]))


@compiled
def _handed_over(s: Rows, i: int) -> None:
    """A parcel that the third party was given."""
    c, parcel = s.counts[0], s.parcel[i]
    c["third_party"] += in_season(s, wide(parcel["ready_at"]))
    o = wide(parcel["order"])
    if not is_charged(s, o):
        return
    first, units = wide(s.book[o]["first_line"]), wide(i == o and extra_of(s, o) != NONE)
    for j in range(first, first + wide(s.book[o]["n_lines"])):
        if parcel_of(s, o, j) == i:
            units += wide(s.book_line[j]["units"])
    done_at = wide(parcel["picked_at"])
    if done_at == NONE:
        done_at = wide(s.terms[0]["drained_at"])
    c["charged_third"] += 1
    c["charged_third_lines"] += wide(parcel["lines"])
    c["charged_third_units"] += units
    c["charged_third_stored"] += units * (done_at - wide(parcel["started_at"]))

"""A binary heap of events, ordered by time, then rank and id."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.state import KEY_SHIFT, Row, Table, wide


@compiled
def push(heap: Table, c: Row, at: int, rank: int, ident: int) -> None:
    """Schedule an event. The caller has made sure that the heap has room."""
    key = (rank << KEY_SHIFT) | ident
    i = c["heap_n"]
    c["heap_n"] = i + 1
    while i > 0:
        parent = (i - 1) >> 1
        above = heap[parent]
        if above["at"] < at or (above["at"] == at and above["key"] <= key):
            break
        heap[i]["at"] = above["at"]
        heap[i]["key"] = above["key"]
        i = parent
    heap[i]["at"] = at
    heap[i]["key"] = key


@compiled
def pop(heap: Table, c: Row) -> None:
    """Remove the first event."""
    n = c["heap_n"] - 1
    c["heap_n"] = n
    at, key = heap[n]["at"], heap[n]["key"]
    i = 0
    child = 1
    while child < n:
        if child + 1 < n:
            child += _before(heap, child + 1, child)
        below = heap[child]
        if at < below["at"] or (at == below["at"] and key <= below["key"]):
            break
        heap[i]["at"] = below["at"]
        heap[i]["key"] = below["key"]
        i = child
        child = 2 * i + 1
    heap[i]["at"] = at
    heap[i]["key"] = key


@compiled
def _before(heap: Table, a: int, b: int) -> int:
    """1 if entry a comes before b, else 0; without a branch, which would be guessed wrong."""
    x, y = heap[a], heap[b]
    return wide((x["at"] < y["at"]) | ((x["at"] == y["at"]) & (x["key"] < y["key"])))

"""The heap hands out events by time, then rank and id, whatever was put in when."""

import heapq

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.warehouse.compiled import entry
from sim.warehouse.flow.heap import pop, push
from sim.warehouse.state import COUNTERS, HEAP, KEY_SHIFT


def _sequence(heap, c, at, rank, ident, popped):
    """Push every entry with at >= 0, pop for every other; note what came first."""
    for n in range(len(at)):
        if at[n] >= 0:
            push(heap, c[0], at[n], rank[n], ident[n])
        elif c[0]["heap_n"] > 0:
            popped[n, 0] = heap[0]["at"]
            popped[n, 1] = heap[0]["key"]
            pop(heap, c[0])


_sequence_once = entry(_sequence)

ENTRIES = st.lists(
    st.tuples(st.integers(-2, 5), st.integers(0, 10), st.integers(0, 3)), min_size=1, max_size=80
)


@given(ENTRIES)
def test_the_first_event_is_always_the_least(entries: list[tuple[int, int, int]]) -> None:
    at, rank, ident = np.array(entries, np.int64).T.copy()
    c = np.zeros(1, COUNTERS)
    popped = np.full((len(at), 2), -1, np.int64)
    _sequence_once(np.zeros(len(at), HEAP), c, at, rank, ident, popped)
    plain: list[tuple[int, int]] = []
    for n, (time, order, number) in enumerate(entries):
        if time >= 0:
            heapq.heappush(plain, (time, order << KEY_SHIFT | number))
        else:
            assert tuple(popped[n]) == (heapq.heappop(plain) if plain else (-1, -1))
    assert c[0]["heap_n"] == len(plain)

"""SimPy with simultaneous events in the order (time, rank, id)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import simpy

NEVER = 1 << 60

# Ranks of simultaneous events, as docs/reference/model-rules.md lists them.
CHARGE, COMPLETION, SHIFT_END, CHANGE, REVIEW, RECEIPT, SHIFT_START = range(7)
ARRIVAL, DISPATCH, EXPIRY, DISPATCH_AGAIN = range(7, 11)


class Clock(simpy.Environment):
    """An environment whose events carry (rank, id) as their priority.

    SimPy sorts its heap by (time, priority, number of insertion). A tuple as priority therefore
    orders simultaneous events by rank and id, and insertion never decides. What SimPy schedules by
    itself (the start of a process, an event that succeeds) has rank -1: it happens at once.
    """

    def __init__(
        self,
        dispatch: Callable[[], None],
        leave: Callable[[int], None],
    ) -> None:
        super().__init__(initial_time=0)
        self._dispatch, self._leave = dispatch, leave
        self._dispatch_wanted = False
        self._instant, self._highest_rank = -1, -1
        self._seen: set[int] = set()
        self.ties: set[tuple[int, int]] = set()
        """Pairs of ranks that happened at one instant, the lower one first."""

    def schedule(self, event: Any, priority: Any = 1, delay: Any = 0) -> None:
        """Put an event on the heap; SimPy's own plain priorities become rank -1."""
        if not isinstance(priority, tuple):
            priority = (-1, (priority,))
        super().schedule(event, priority, delay)  # type: ignore[arg-type]

    def at(self, time: int, rank: int, *ids: int) -> simpy.Event:
        """An event at `time` with this rank and id; it never happens if `time` is NEVER."""
        event = simpy.Event(self)
        if time < NEVER:
            if time < self.now:
                message = f"event of rank {rank} {ids} in the past: {time} at {self.now}"
                raise AssertionError(message)
            event._ok, event._value = True, None
            self.schedule(event, (rank, ids), time - int(self.now))
        return event

    def want_dispatch(self) -> None:
        """Work or people changed at this instant: look for who can start what."""
        self._dispatch_wanted = True

    def step(self) -> None:
        """Process the next event, or the dispatch if it comes first."""
        rank = DISPATCH if self._highest_rank < EXPIRY else DISPATCH_AGAIN
        following = self._queue[0][:2] if self._queue else (NEVER, (0, ()))
        if self._dispatch_wanted and (self.now, (rank, ())) < following:
            self._dispatch_wanted = False
            self._note(int(self.now), rank)
            self._dispatch()
            return
        self._note(int(following[0]), following[1][0])  # type: ignore[index]
        if self._instant > self.now:
            self._leave(self._instant)  # everything at this instant has happened
        super().step()

    def _note(self, time: int, rank: int) -> None:
        if time > self._instant:
            self._instant, self._highest_rank = time, -1
            self._seen.clear()
        if rank >= 0:
            self.ties.update((min(rank, other), max(rank, other)) for other in self._seen)
            self._seen.add(rank)
        self._highest_rank = max(self._highest_rank, rank)

"""The clock of the business: SimPy's environment with events ordered by (time, rank, identity).

Simultaneous events are the rule in a warehouse: rounded durations, shift ends, midnight. SimPy
orders them by insertion, which changes when an unrelated process is added. Here every event says
what it is, and the order follows from that alone.
"""

from __future__ import annotations

from heapq import heappush
from typing import TYPE_CHECKING, Any

import simpy

if TYPE_CHECKING:
    from collections.abc import Callable

_AT_ONCE = (-1,)
"""Priority of what SimPy schedules by itself, such as the start of a process: before any rank."""


class Clock(simpy.Environment):
    """Time in whole milliseconds since the start of the run."""

    def __init__(self) -> None:
        super().__init__(0)

    @property
    def time(self) -> int:
        """The present instant in ms."""
        return int(self._now)

    def at(self, time: int, rank: int, *identity: int) -> simpy.Event:
        """An event at `time`, ordered among simultaneous ones by (rank, *identity).

        Raises:
            ValueError: If `time` has passed.
        """
        if time < self._now:
            message = f"an event at {time} ms was asked for at {self._now} ms"
            raise ValueError(message)
        event = simpy.Event(self)
        event._ok = True
        event._value = None
        heappush(self._queue, (time, (rank, *identity), next(self._eid), event))  # type: ignore[misc]
        return event

    def call_at(self, time: int, do: Callable[[], None], rank: int, *identity: int) -> None:
        """Let `do()` happen at `time`: what is over in one instant needs no process."""
        event = self.at(time, rank, *identity)
        event.callbacks = [lambda _: do()]

    def schedule(self, event: simpy.Event, priority: Any = 1, delay: float = 0) -> None:
        """Put what SimPy itself schedules before everything else at its instant."""
        del priority  # SimPy's urgent and normal have no meaning among ranks
        heappush(self._queue, (self._now + delay, _AT_ONCE, next(self._eid), event))  # type: ignore[misc]

    def next_key(self) -> tuple[int, int]:
        """Time and rank of the next event; rank -1 for what SimPy does by itself.

        Raises:
            IndexError: If nothing is left to happen.
        """
        time, priority, _, _ = self._queue[0]
        return int(time), priority[0]  # type: ignore[index]

    def catch_up(self, time: int) -> None:
        """Set the time to the instant at which the order flow handed a decision back.

        The flow never passes the next event of the clock, so no event is skipped.
        """
        self._now = time

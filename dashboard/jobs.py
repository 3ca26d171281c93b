"""Work that goes on while a screen is drawn, and survives the tab that asked for it.

Nothing here knows Streamlit: a thread of the server runs each job, and screens look at it.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

State = Literal["running", "done", "canceled", "failed"]
_KEPT: Final = 64
"""Ended jobs that are remembered; beyond, the oldest are forgotten."""


class Canceled(Exception):
    """Ends the work of a job that was canceled."""


class Job:
    """A piece of work with its progress and its result, which may get better while it runs."""

    def __init__(self, key: str) -> None:
        self.key = key
        """Names what is asked: the same question is the same job."""
        self.state: State = "running"
        self.done = 0
        self.total = 0
        self.result: Any = None
        """The latest result; None: none yet."""
        self.error: Exception | None = None
        """What ended a failed job."""
        self._canceled = threading.Event()
        self._changed = threading.Condition()
        self._began = time.monotonic()

    @property
    def is_running(self) -> bool:
        """Whether it goes on."""
        return self.state == "running"

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    @property
    def seconds_left(self) -> float | None:
        """About how long it will still take; None: too early to say."""
        if not self.done or not self.total:
            return None
        return (time.monotonic() - self._began) * (self.total - self.done) / self.done

    def report(self, done: int, total: int) -> None:
        """Say how far the work is.

        Raises:
            Canceled: Nobody wants it any more.
        """
        self.done, self.total = done, total
        if self._canceled.is_set():
            raise Canceled

    def publish(self, result: Any) -> None:
        """Show a result, though the work may go on to a better one."""
        with self._changed:
            self.result = result
            self._changed.notify_all()

    def cancel(self) -> None:
        """End the work at the next step that it reports."""
        self._canceled.set()

    def wait(self, seconds: float) -> None:
        """Wait until there is a result or the job has ended, but no longer than this."""
        with self._changed:
            self._changed.wait_for(lambda: self.result is not None or not self.is_running, seconds)

    def join(self, seconds: float) -> None:
        """Wait until the job has ended, but no longer than this."""
        with self._changed:
            self._changed.wait_for(lambda: not self.is_running, seconds)

    def run(self, work: Callable[[Job], None]) -> None:
        """Do the work, and note how it ended."""
        state: State = "done"
        try:
            work(self)
        except Canceled:
            state = "canceled"
        except Exception as error:  # noqa: BLE001 (whatever it is, the screen must say so)
            self.error, state = error, "failed"
        with self._changed:
            self.state = state
            self._changed.notify_all()


class Jobs:
    """Every job of the server, by what it answers.

    Two visitors who ask the same share a job. What nobody watches any more is canceled, unless it
    is meant to outlive its tab.
    """

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._watchers: dict[str, set[str]] = {}
        self._lock = threading.Lock()

    def start(self, key: str, work: Callable[[Job], None], watcher: str | None = None) -> Job:
        """The job of a question; begun, if nobody asked it before or it did not come to an end.

        Args:
            key: Names the question.
            work: Answers it.
            watcher: Who looks; whatever else they watched is left. None: it runs to its end.
        """
        with self._lock:
            if watcher is not None:
                self._leave(watcher, but=key)
                self._watchers.setdefault(key, set()).add(watcher)
            known = self._jobs.get(key)
            if known is not None and known.state in {"running", "done"}:
                self._jobs.move_to_end(key)
                return known
            job = self._jobs[key] = Job(key)
            self._forget()
        threading.Thread(target=job.run, args=(work,), daemon=True, name=f"job-{key}").start()
        return job

    def find(self, key: str) -> Job | None:
        """The job of this key; None: there is none, or it was forgotten."""
        return self._jobs.get(key)

    def all(self) -> tuple[Job, ...]:
        """Every job that is remembered, the latest last."""
        return tuple(self._jobs.values())

    def _leave(self, watcher: str, but: str) -> None:
        for key, watchers in list(self._watchers.items()):
            if key == but or watcher not in watchers:
                continue
            watchers.discard(watcher)
            if not watchers:
                del self._watchers[key]
                if key in self._jobs:
                    self._cancel(key)

    def _cancel(self, key: str) -> None:
        """Cancel a job, and forget it if it runs: whoever asks again begins anew."""
        job = self._jobs[key]
        if job.is_running:
            job.cancel()
            del self._jobs[key]

    def _forget(self) -> None:
        ended = [key for key, job in self._jobs.items() if not job.is_running]
        for key in ended[: max(0, len(ended) - _KEPT)]:
            del self._jobs[key]
            self._watchers.pop(key, None)

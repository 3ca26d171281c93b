"""Runs independent tasks in worker processes, and outlives workers that die."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
import warnings
from concurrent.futures import BrokenExecutor, Executor, Future
from itertools import islice
from multiprocessing.util import Finalize
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from sim.errors import SimulationError
from sim.experiment.memory import keep_freed_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Result = TypeVar("Result")

_AHEAD = 1024
"""Tasks that are handed to the pool at a time: enough for any number of workers, and few enough to
be taken back at once after Ctrl-C."""

_LOOK = 0.2
"""Seconds after which a worker looks again whether its parent is there."""

_BREAKS_BEFORE_ALONE = 2
"""So often the pool may break before its tasks are run one at a time to find the culprit."""


def usable_cores() -> int:
    """Cores that this process may use, respecting affinity and container limits."""
    from loky import cpu_count

    return int(cpu_count())


class _Kept:
    """The pool of this process, kept warm for the next study of this session."""

    lock = threading.Lock()
    pool: Any = None  # an executor of loky, which has no types
    size = 0
    ends_with_process = False


def local_pool(workers: int) -> Executor:
    """A pool of at least so many worker processes, the same for all threads of this process.

    Loky's own reusable pool is another one in each thread: workers that are started while the first
    season runs would be idle, and hold up the end of the program.
    """
    with _Kept.lock:
        if _Kept.pool is None or _Kept.size < workers:
            if _Kept.pool is not None:  # a study of another thread may still need it
                _Kept.pool.shutdown(wait=False)
            _Kept.pool, _Kept.size = _open_pool(workers), workers
        if not _Kept.ends_with_process:
            # A process that was started by `multiprocessing` waits for its own when it ends.
            Finalize(None, _end_pool, exitpriority=10)
            _Kept.ends_with_process = True
        pool: Executor = _Kept.pool
        return pool


def _end_pool() -> None:
    if _Kept.pool is not None:
        _Kept.pool.shutdown(wait=True, kill_workers=True)


def _open_pool(workers: int) -> Executor:
    from loky import ProcessPoolExecutor

    # Loky takes the memory that a worker keeps for its next season for a leak, and restarts it in
    # the middle of a large study. That costs a second and no season: nothing a planner must read.
    warnings.filterwarnings("ignore", "A worker (was restarted|stopped) while some", UserWarning)
    pool: Executor = ProcessPoolExecutor(
        max_workers=workers, timeout=300, initializer=_begin_worker, initargs=(os.getpid(),)
    )
    return pool


def _forget(pool: Executor) -> None:
    """Open another pool the next time, as this one broke or was ended."""
    with _Kept.lock:
        if _Kept.pool is pool:
            _Kept.pool = None


def start_workers(workers: int, prepare: Callable[[], None]) -> None:
    """Open the pool and let every worker prepare itself; do not wait for them."""
    # Should a process not start, the first real task says so.
    with contextlib.suppress(OSError, BrokenExecutor):
        pool = local_pool(workers)
        for _ in range(workers):
            pool.submit(prepare)


def run_tasks(
    task: Callable[[int], Result],
    numbers: Iterable[int],
    open_pool: Callable[[], Executor],
    keep: Callable[[int, Result], None],
) -> None:
    """Run `task(number)` for every number, and hand each result to `keep` as it comes.

    If a worker dies, its whole pool breaks and takes innocent tasks along. They are run again in a
    new pool, twice; then one at a time. Only a task that breaks a pool alone is to blame. After
    Ctrl-C, workers of this machine end in the middle of what they do.

    Raises:
        SimulationError: A task ended its worker process while it ran alone, or `open_pool` gave
            back a pool that had broken.
        Exception: What the task itself raised, unchanged.
    """
    remaining = dict.fromkeys(numbers)
    broken = None
    for _ in range(_BREAKS_BEFORE_ALONE):
        pool = open_pool()
        if pool is broken:
            message = "the executor broke, and it is not Peakwise's own to open again"
            raise SimulationError(message)
        if _run_together(task, remaining, pool, keep):
            return
        broken = pool
    for number in list(remaining):
        if not _run_together(task, {number: None}, open_pool(), keep):
            message = (
                f"replication {number} ended its worker process, even when it ran alone; "
                "it may need more memory than there is"
            )
            raise SimulationError(message)


def _run_together(
    task: Callable[[int], Result],
    remaining: dict[int, None],
    pool: Executor,
    keep: Callable[[int, Result], None],
) -> bool:
    """Run what remains, crossing off what is done; return False if the pool broke."""
    futures: dict[Future[Result], int] = {}
    finished: SimpleQueue[Future[Result]] = SimpleQueue()
    numbers = iter(list(remaining))
    try:
        while True:
            for number in islice(numbers, _AHEAD - len(futures)):
                future = pool.submit(task, number)
                futures[future] = number
                future.add_done_callback(finished.put)
            if not futures:
                break
            future = finished.get()
            keep(futures[future], future.result())
            del remaining[futures.pop(future)]
    except BrokenExecutor:
        _forget(pool)
        _keep_finished(futures, remaining, keep)
        return False
    except BaseException as error:
        _give_up(pool, futures, error)
        raise
    return True


def _give_up(pool: Executor, futures: Iterable[Future[Result]], error: BaseException) -> None:
    """Begin no further task; after Ctrl-C, end a pool of this machine at once, tasks and all."""
    from loky.process_executor import ProcessPoolExecutor

    if isinstance(error, KeyboardInterrupt) and isinstance(pool, ProcessPoolExecutor):
        _forget(pool)
        # It answers for its tasks itself, and stumbles over those that were canceled already.
        pool.shutdown(wait=False, kill_workers=True)
        return
    for future in futures:
        future.cancel()


def _keep_finished(
    futures: dict[Future[Result], int],
    remaining: dict[int, None],
    keep: Callable[[int, Result], None],
) -> None:
    """Keep what was finished before the pool broke."""
    for future, number in futures.items():
        if number in remaining and future.done() and future.exception() is None:
            keep(number, future.result())
            del remaining[number]


def _begin_worker(parent: int) -> None:
    """Prepare a worker: leave Ctrl-C to the parent, and end when the parent has ended."""
    keep_freed_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    # A parent that is killed cannot stop its workers: they would compute on for nobody.
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)

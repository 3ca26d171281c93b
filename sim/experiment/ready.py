"""Making a machine ready, so that the first season of a session does not wait."""

from __future__ import annotations

from sim.experiment.memory import keep_freed_memory
from sim.experiment.season import import_rooms
from sim.experiment.workers import local_pool, start_workers


def is_ready() -> bool:
    """Whether the order flow is compiled for this machine, which takes some 20 s, once."""
    from sim.warehouse.compiled import is_compiled

    return is_compiled()


def make_ready(workers: int) -> None:
    """Compile the order flow if need be, and start worker processes that load it.

    Args:
        workers: Processes of the pool that `sim.experiment.workers.local_pool` gives.
    """
    from sim.warehouse.compiled import warm_up

    keep_freed_memory()
    # A worker compiles: the compiler would keep this process from answering anybody meanwhile.
    local_pool(workers).submit(_load).result()
    start_workers(workers, _load)
    warm_up()


def _load() -> None:
    """Import and load what a season needs, in a worker."""
    from sim.warehouse.compiled import warm_up

    import_rooms()
    warm_up()

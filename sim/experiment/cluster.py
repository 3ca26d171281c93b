"""Seasons on a Dask cluster: where one machine is outgrown. Needs the extra `distributed`."""

from __future__ import annotations

import logging
import socket
from concurrent.futures import CancelledError
from contextlib import contextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sim.errors import SimulationError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from distributed import Client


class ClusterError(OSError):
    """A cluster that cannot be used, or is no longer there."""

    def __init__(self, address: str, problem: str) -> None:
        super().__init__(0, problem, address)


@contextmanager
def cluster(address: str, patience: float = 10.0) -> Iterator[Executor]:
    """The workers of a Dask scheduler, as an executor that `replicate` and its like take.

    A worker that dies costs nothing: its seasons are simulated by another. One season that ends
    four workers in turn ends the study.

    Args:
        address: Of the scheduler, `tcp://host:8786`, or `tls://host:8786` with the certificates
            that the configuration of Dask names.
        patience: Seconds to wait for the scheduler, and then for a first worker.

    Raises:
        ClusterError: There is no scheduler or no worker, or it was lost before the end.
        ModuleNotFoundError: The extra `distributed` is not installed.
    """
    from distributed import Client
    from distributed.scheduler import KilledWorker

    _silence()
    try:
        client = Client(address, timeout=patience, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        problem = f"no scheduler of Dask answers: {_first_line(error)}"
        raise ClusterError(address, problem) from None
    try:
        _wait_for_worker(client, address, patience)
        yield client.get_executor(pure=False)
    except KilledWorker:
        message = "one season ended four workers in turn; it may need more memory than they have"
        raise SimulationError(message) from None
    except CancelledError:
        problem = "the cluster was lost; give the same command again, with or without it"
        raise ClusterError(address, problem) from None
    finally:
        client.close(timeout=1)


def is_open_to_others(address: str) -> bool:
    """Whether what is sent to the address can be read, or sent, by others.

    >>> is_open_to_others("tcp://127.0.0.1:8786"), is_open_to_others("tls://10.0.0.5:8786")
    (False, False)
    >>> is_open_to_others("tcp://10.0.0.5:8786")
    True
    """
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if parts.scheme in {"tls", "wss", "inproc"}:
        return False
    try:
        return not ip_address(socket.gethostbyname(parts.hostname or "")).is_loopback
    except (OSError, ValueError):
        return True


def _silence() -> None:
    """Keep the lines that Dask logs from the planner: what matters is raised."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in {"distributed", "tornado"}:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _wait_for_worker(client: Client, address: str, patience: float) -> None:
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError:
        raise ClusterError(address, "the scheduler has no worker; start one") from None


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__

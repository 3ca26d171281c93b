"""Compiling the order flow and its laws, once per machine and version of their sources.

Numba's own cache looks only at the file of the function it stores: an edit of a helper or of an
imported constant goes unseen. So the cache folder is named after everything the machine code
depends on, and a changed source simply finds an empty folder.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

F = TypeVar("F", bound=Callable[..., Any])

COMPILES = os.environ.get("NUMBA_DISABLE_JIT", "0") in {"", "0"}
"""False: the flow runs as plain Python, to the same bytes."""

_HERE = Path(__file__).parent
_DONE = "compiled"


def sources() -> list[Path]:
    """The files whose text decides what the compiled code does."""
    return [
        *sorted((_HERE / "flow").glob("*.py")),
        _HERE / "state.py",
        _HERE / "tally.py",
        _HERE / "addresses.py",
        _HERE / "compiled.py",
        _HERE.parent / "demand" / "order_book.py",
        _HERE.parent / "randomness.py",
    ]


@cache
def cache_key() -> str:
    """Digest of the flow's sources and of the versions that turn them into machine code."""
    digest = blake2b(digest_size=10)
    for path in sources():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for part in (sys.version, *(version(name) for name in ("numba", "llvmlite", "numpy")), _cpu()):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()


@cache
def cache_folder() -> Path:
    """Where the compiled flow is kept; a temporary folder where nothing can be written."""
    chosen = os.environ.get("PEAKWISE_CACHE")
    platform = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    base = Path(chosen) if chosen else Path(platform) / "peakwise"
    folder = base / f"flow-{cache_key()}"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    private = Path(tempfile.gettempdir()) / f"peakwise-{_user()}"
    with suppress(OSError):
        private.mkdir(mode=0o700, exist_ok=True)
        if _is_ours(private):
            (private / folder.name).mkdir(exist_ok=True)
            return private / folder.name
    return Path(tempfile.mkdtemp(prefix="peakwise-"))


def compiled(function: F) -> F:
    """Compile a helper of the flow; it is called by compiled code only."""
    if not COMPILES:
        return function
    wrap = _numba().njit(
        error_model="numpy", nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True
    )
    return wrap(function)  # type: ignore[no-any-return]


def entry(function: F) -> F:
    """Compile the function through which Python enters the flow, and keep it on disk."""
    if not COMPILES:
        return function
    wrap = _numba().njit(error_model="numpy", nogil=True, cache=True)
    return wrap(function)  # type: ignore[no-any-return]


def is_compiled() -> bool:
    """Whether the flow can start without being compiled first."""
    return not COMPILES or (cache_folder() / _DONE).exists()


def warm_up() -> None:
    """Compile the flow, or load it. One process compiles; others wait for it and load.

    Call it before workers start.
    """
    from sim.warehouse.allocate import allocate_for_warm_up  # it imports this module
    from sim.warehouse.flow.advance import ADVANCE, call
    from sim.warehouse.tally import read_nothing

    if not COMPILES:
        return
    with _lock(cache_folder() / "lock"):
        call(ADVANCE, 0, 0, 0, 0, 0, allocate_for_warm_up().handle)
        read_nothing()
        (cache_folder() / _DONE).touch()


@cache
def _numba() -> Any:
    """Numba, told where to keep what it compiles."""
    os.environ["NUMBA_CACHE_DIR"] = str(cache_folder())
    import numba

    settings: Any = numba.config
    settings.CACHE_DIR = str(cache_folder())  # if somebody imported it before
    return numba


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold a file lock, across processes."""
    with path.open("a+b") as file:
        _acquire(file.fileno())
        try:
            yield
        finally:
            _release(file.fileno())


if sys.platform == "win32":
    import msvcrt

    def _acquire(descriptor: int) -> None:
        while True:
            # It gives up after ten seconds; compiling may take longer.
            with suppress(OSError):
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
                return

    def _release(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

    def _is_ours(folder: Path) -> bool:
        return folder.is_dir()

    def _user() -> str:
        return os.environ.get("USERNAME", "user")

else:
    import fcntl

    def _acquire(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)

    def _release(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)

    def _is_ours(folder: Path) -> bool:
        # Machine code is loaded from here: nobody else may have put it there.
        status = folder.lstat()
        return status.st_uid == os.getuid() and not status.st_mode & 0o022

    def _user() -> str:
        return str(os.getuid())


def _cpu() -> str:
    """Name of the processor, as LLVM knows it; plain Python does not ask for it."""
    if not COMPILES:
        return ""
    import llvmlite.binding as llvm  # type: ignore[import-untyped]

    return f"{llvm.get_process_triple()} {llvm.get_host_cpu_name()}"


def reach(name: str, tables: Mapping[str, np.dtype[np.void]]) -> Any:
    """In a compiled entry: what turns a handle into the tables that it leads to.

    Args:
        name: What the tables are together, such as the flow.
        tables: What the rows of each table are made of, in the order of their addresses.
    """
    if COMPILES:
        from sim.warehouse.addresses import address_reader

        return address_reader(name, tables)
    return lambda owner: owner


def handle_of(owner: Any, names: Iterable[str]) -> Any:
    """Where the tables of `owner` lie; uncompiled, `owner` itself. It must outlive the handle."""
    if COMPILES:
        return np.array([getattr(owner, name).ctypes.data for name in names], np.int64)
    return owner

"""Compiling the order flow and its laws, once per machine and version of their sources.

Numba's own cache looks only at the file of the function it stores: an edit of a helper or of an
imported constant goes unseen. So the cache folder is named after everything the machine code
depends on, and a changed source simply finds an empty folder. A list of checksums, written last,
says that the folder is complete: what is half written or damaged is thrown away, never run.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b, sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

F = TypeVar("F", bound=Callable[..., Any])

COMPILES = os.environ.get("NUMBA_DISABLE_JIT", "0") in {"", "0"}
"""False: the flow runs as plain Python, to the same bytes."""

_HERE = Path(__file__).parent
_DONE = "compiled.json"
_LOCK = "lock"
_SWITCHES = ("OPT", "CPU_NAME", "CPU_FEATURES", "BOUNDSCHECK", "DEBUGINFO")
"""Settings of Numba's own environment that change what it compiles."""


def sources() -> list[Path]:
    """The files whose text decides what the compiled code does."""
    return [
        *sorted((_HERE / "flow").glob("*.py")),
        _HERE / "words.py",
        _HERE / "state.py",
        *sorted(_HERE.glob("*_rows.py")),
        _HERE / "tally.py",
        *sorted((_HERE / "counts").glob("*.py")),
        _HERE / "addresses.py",
        _HERE / "compiled.py",
        _HERE / "linking.py",
        _HERE.parent / "demand" / "order_book.py",
        _HERE.parent / "demand" / "spans.py",
        _HERE.parent / "randomness.py",
    ]


@cache
def cache_key() -> str:
    """Digest of the flow's sources and of the versions that turn them into machine code."""
    digest = blake2b(digest_size=10)
    for path in sources():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    versions = (sys.version, *(version(name) for name in ("numba", "llvmlite", "numpy")))
    switches = [os.environ.get(f"NUMBA_{name}", "") for name in _SWITCHES]
    # Numba files by the path of the source: each installation completes a folder of its own.
    for part in (*versions, *switches, _cpu(), str(_HERE)):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()


@cache
def cache_folder() -> Path:
    """Where the compiled flow is kept; a temporary folder where nothing can be written."""
    chosen = os.environ.get("PEAKWISE_CACHE")
    # os.path: a user who has no home at all is no error here.
    platform = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
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
    return _helper(function)


def inlined(function: F) -> F:
    """Compile a helper into each of its callers: for what every order goes through.

    Left alone, the optimizer calls all but the shortest helpers, and what those return goes through
    memory.
    """
    return _helper(function, forceinline=True)


def _helper(function: F, **options: bool) -> F:
    if not COMPILES:
        return function
    numba = _numba()
    from sim.warehouse.linking import HelperCompiler

    wrap = numba.njit(
        error_model="numpy",
        nogil=True,
        no_cpython_wrapper=True,
        no_cfunc_wrapper=True,
        pipeline_class=HelperCompiler,
        **options,
    )
    return wrap(function)  # type: ignore[no-any-return]


def entry(function: F) -> F:
    """Compile the function through which Python enters the flow, and keep it on disk."""
    if not COMPILES:
        return function
    numba = _numba()
    from sim.warehouse.linking import EntryCompiler

    wrap = numba.njit(error_model="numpy", nogil=True, cache=True, pipeline_class=EntryCompiler)
    return wrap(function)  # type: ignore[no-any-return]


def is_compiled() -> bool:
    """Whether the flow can start without being compiled first."""
    return not COMPILES or _is_complete(cache_folder())


def warm_up() -> None:
    """Compile the flow, or load it. One process compiles; others wait for it and load.

    Every state is allocated after it. Call it before workers start.
    """
    if COMPILES:
        _load()


@cache
def _load() -> None:
    """Fill the folder if need be, and take from it what this process calls."""
    from sim.warehouse.allocate import allocate_for_warm_up  # it imports this module
    from sim.warehouse.counts.read import count_nothing
    from sim.warehouse.flow.advance import ADVANCE, call
    from sim.warehouse.tally import read_nothing

    def first_call() -> None:
        state = allocate_for_warm_up()  # kept: the handle is only where its tables lie
        call(ADVANCE, 0, 0, 0, 0, 0, state.handle)
        read_nothing()
        count_nothing()

    folder = cache_folder()
    if not _is_complete(folder):
        with _lock(folder / _LOCK):
            if not _is_complete(folder):  # nobody completed it while this process waited
                _clear(folder)
                first_call()
                _complete(folder)
    first_call()


def _complete(folder: Path) -> None:
    """Write down what the folder holds, whole or not at all."""
    sums = {name: sha256((folder / name).read_bytes()).hexdigest() for name in _contents(folder)}
    draft = folder / f"{_DONE}.{os.getpid()}"
    draft.write_text(json.dumps(sums), encoding="utf-8")
    draft.replace(folder / _DONE)


def _is_complete(folder: Path) -> bool:
    """Whether the folder holds what was compiled, and not a bit of it has changed."""
    try:
        sums = json.loads((folder / _DONE).read_bytes())
        return bool(sums) and all(
            sha256((folder / name).read_bytes()).hexdigest() == wanted
            for name, wanted in sums.items()
        )
    except (OSError, ValueError, AttributeError):
        return False


def _clear(folder: Path) -> None:
    """Throw away what a killed process or a failing disk left behind."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != _LOCK:
            with suppress(OSError):
                path.unlink()


def _contents(folder: Path) -> list[str]:
    """What Numba keeps in the folder: it makes one folder per folder of sources."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.parent != folder)
    return sorted(path.relative_to(folder).as_posix() for path in files)


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

    features = llvm.get_host_cpu_features().flatten()
    return f"{llvm.get_process_triple()} {llvm.get_host_cpu_name()} {features}"


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

"""`peakwise doctor`: what a bug report needs, and whether this machine is ready."""

import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from pathlib import Path

from rich.table import Table
from rich.text import Text

from sim import __version__
from sim.cli.console import out

_PACKAGES = ("simpy", "numpy", "numba", "llvmlite", "pandas", "pyarrow", "pydantic", "scipy")


def doctor() -> None:
    """Show versions, the state of the compiler cache, and what this machine offers."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, finding in findings():
        table.add_row(Text(name), Text(finding))
    out.print(table)


def findings() -> Iterator[tuple[str, str]]:
    """Pairs of what was looked at and what was found; nothing here may fail."""
    yield "Peakwise", __version__
    yield "Python", f"{platform.python_version()} ({sys.executable})"
    yield "System", platform.platform()
    yield "Packages", ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    yield from _extras()
    yield "Processor cores", str(os.cpu_count() or "unknown")
    yield from _compiler()
    yield "Current folder", f"{Path.cwd()} ({_access(Path.cwd())})"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _extras() -> Iterator[tuple[str, str]]:
    """Each optional part of the distribution, and the packages that it still lacks."""
    try:
        names = metadata("peakwise").get_all("Provides-Extra") or []
    except PackageNotFoundError:
        yield "Installation", "none: run from a checkout"
        return
    for extra in names:
        wanted = _wanted_by(extra)
        missing = [name for name in wanted if _version(name) == "missing"]
        partly = f"lacks {', '.join(missing)}" if missing else "complete"
        yield f"Extra {extra}", "not installed" if len(missing) == len(wanted) else partly


def _wanted_by(extra: str) -> list[str]:
    """Names of the distributions that an extra asks for."""
    lines = [line.partition(";") for line in requires("peakwise") or ()]
    ours = [line for line, _, marker in lines if re.search(rf"extra == ['\"]{extra}['\"]", marker)]
    return [name.group() for line in ours if (name := re.match(r"[\w.-]+", line))]


def _compiler() -> Iterator[tuple[str, str]]:
    from sim.warehouse.compiled import COMPILES, cache_folder, is_compiled

    if not COMPILES:
        yield "Order flow", "runs as plain Python (NUMBA_DISABLE_JIT is set)"
        return
    ready = (
        "compiled" if is_compiled() else "not compiled yet: the next run takes about 20 s longer"
    )
    yield "Order flow", ready
    yield "Compiler cache", f"{cache_folder()} ({_access(cache_folder())})"


def _access(folder: Path) -> str:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return "writable"
    except OSError as error:
        return f"not writable: {error.strerror}"

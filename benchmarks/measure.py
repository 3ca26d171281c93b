"""How every benchmark measures: CPU time, in a fresh process for each run, after a warm-up.

CPU time, because a shared machine hands out wall time as it likes. A fresh process, so that the
memory of one contender burdens no other. Imports, loading the compiled code and a first run of the
same size come before and are not timed: a study runs many seasons in one process.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import platform
import re
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

P = ParamSpec("P")
R = TypeVar("R")


def in_fresh_process(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call a function in a process of its own and return what it returns."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as pool:
        return pool.submit(function, *args, **kwargs).result()


def cpu_seconds(function: Callable[[], R]) -> tuple[float, R]:
    """CPU seconds that this process spends on a call, and what the call returns."""
    gc.collect()
    begin = time.process_time()
    result = function()
    return time.process_time() - begin, result


def resident_bytes() -> int:
    """Memory that this process holds now."""
    return _status("VmRSS")


def peak_bytes() -> int:
    """The most memory that this process has held since it started, or since `forget_peak`."""
    return _status("VmHWM")


def forget_peak() -> None:
    """Let the peak begin anew at what is held now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; the first column is text, the others are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def placed(page: str, name: str, text: str) -> str:
    """The page with a text in the place of that name."""
    place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    changed, found = place.subn(lambda match: f"{match[1]}{text}\n{match[2]}", page)
    if found != 1:
        message = f"the page has {found} places called {name}"
        raise ValueError(message)
    return changed


def arguments(text: str | None, **defaults: int) -> argparse.Namespace:
    """Whole numbers from the command line, such as `--runs 5`."""
    parser = argparse.ArgumentParser(
        description=text, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, default in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=default, help=f"default {default:,}")
    return parser.parse_args()


def machine() -> str:
    """What the figures were measured on."""
    return f"CPython {platform.python_version()}, {platform.system()} on {platform.machine()}"


def _status(name: str) -> int:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    message = f"{name} is not known here: memory is measured on Linux only"
    raise RuntimeError(message)

"""Where things are written: results on stdout, everything else on stderr."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

_WIDEST_PROSE = 100

Report = Callable[[int, int], None]
"""Called with the number of seasons simulated so far and the number wanted."""


class _Console(Console):
    """A console that leaves a closed pipe to the caller; Rich would exit with code 1."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


out = _Console(highlight=False)
err = _Console(stderr=True, highlight=False)


def say(text: str, style: str = "") -> None:
    """Write prose to stdout as it is, in lines that can be read."""
    out.print(Text(text, style), width=min(out.width, _WIDEST_PROSE))


def complain(*lines: str) -> None:
    """Write each line to stderr as it is: no markup, and wrapped by nobody but the terminal."""
    for line in lines:
        err.print(line, markup=False, soft_wrap=True)


@contextmanager
def steps(total: int, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Say on stderr which step is at work; nothing when quiet, or when nobody watches."""
    columns = (MofNCompleteColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    hidden = quiet or not err.is_terminal
    with Progress(*columns, console=err, transient=True, disable=hidden) as progress:
        task = progress.add_task("", total=total)

        def begin(title: str) -> None:
            progress.update(task, description=escape(title), advance=1, refresh=True)

        yield begin


@contextmanager
def progress_bar(title: str, total: int, quiet: bool) -> Iterator[Report]:
    """Show a bar with the time left on stderr; nothing when quiet, or when nobody watches."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    hidden = quiet or not err.is_terminal
    with Progress(*columns, console=err, transient=True, disable=hidden) as progress:
        task = progress.add_task(title, total=total)

        def report(done: int, of: int) -> None:
            progress.update(task, completed=done, total=max(total, of))

        yield report

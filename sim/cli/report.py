"""`peakwise report`: a finished run as a deck, a workbook, a page or a PDF."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options


def report(
    name: Annotated[
        str,
        typer.Argument(
            metavar="RUN",
            help="The folder of a run, or its name in the folder runs.",
            show_default=False,
        ),
    ],
    to: Annotated[
        list[Path],
        typer.Option(
            "--to",
            metavar="FILE",
            dir_okay=False,
            help="Write it there: .pptx, .xlsx, .html or .pdf. May be repeated.",
            show_default=False,
        ),
    ],
    theme: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            dir_okay=False,
            help="The client's name, logo, colors and slides, as a small YAML file.",
            show_default=False,
        ),
    ] = None,
    quiet: options.Quiet = False,
) -> None:
    """Write a finished run as slides, a workbook, a page or a PDF that a client can be given."""
    from sim.cli.console import complain, steps
    from sim.experiment.store import find_run
    from sim.report.brand import read_brand
    from sim.report.write import check_format, report_of, write_told

    for path in to:
        check_format(path)
    brand, folder = read_brand(theme)
    with _no_search_for_cycles(), steps(2 + len(to), quiet) as begin:
        begin(f"Reading {name}")
        run = find_run(name, check=False)
        begin("Putting its figures into sentences, tables and charts")
        told = report_of(run)
        for path in to:
            begin(f"Writing {path.name}")
            write_told(told, path, brand, folder)
    complain(*(f"Written to {path}" for path in to))


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """A report makes many objects and keeps them; to search them takes a seventh more time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()

"""`peakwise report`: a finished run as a deck, a workbook, a page or a PDF."""

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
    from sim.cli.console import complain, progress_bar
    from sim.experiment.store import find_run
    from sim.report.brand import read_brand
    from sim.report.write import check_format, write_report

    for path in to:
        check_format(path)
    read_brand(theme)
    run = find_run(name)
    with progress_bar("Writing", len(to), quiet) as told:
        for number, path in enumerate(to, 1):
            write_report(run, path, theme)
            told(number, len(to))
    complain(*(f"Written to {path}" for path in to))

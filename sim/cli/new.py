"""`peakwise new`: a scenario with every setting explained, to start from."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.console import complain
from sim.cli.exits import BAD_INPUT
from sim.cli.schema import schema_text

_SCHEMA = "peakwise.schema.json"
"""The name to which the first line of a new scenario points editors."""


def new(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Where to write the scenario; NAME without a suffix is NAME.yaml.",
            dir_okay=False,
        ),
    ] = Path("season.yaml"),
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Write a scenario in which every setting is explained, ready to run."""
    from sim.scenario import template
    from sim.scenario.shipped import shipped_names

    if not file.suffix:
        # A name without a suffix may be that of a shipped season, which it would then mean.
        file = file.with_name(f"{file.name}.yaml")
    try:
        with file.open("w" if force else "x", encoding="utf-8") as stream:
            stream.write(template())
    except FileExistsError:
        complain(f"{file} exists: choose another name, or replace it with --force")
        raise typer.Exit(BAD_INPUT) from None
    schema_file = file.with_name(_SCHEMA)
    schema_file.write_text(schema_text() + "\n", encoding="utf-8")
    complain(
        f"Written: {file}, and {schema_file}, with which editors complete and check it.",
        f"Next: peakwise check {file}, then peakwise compare {file}",
        f"Others to begin from, with extends: {', '.join(shipped_names())}",
    )

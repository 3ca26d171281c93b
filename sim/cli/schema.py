"""`peakwise schema`: the JSON Schema of scenario files, for editors that complete and check."""

import json
from pathlib import Path
from typing import Annotated

import typer


def schema(
    out_file: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", dir_okay=False, help="Write it there instead of printing it."
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of scenario files; editors complete and check with it."""
    if out_file is None:
        typer.echo(schema_text())
    else:
        out_file.write_text(schema_text() + "\n", encoding="utf-8")


def schema_text() -> str:
    """The JSON Schema as text."""
    from sim.scenario.reference import json_schema

    return json.dumps(json_schema(), indent=2, ensure_ascii=False)

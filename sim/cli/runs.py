"""`peakwise runs`: the runs that were kept in a folder."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli import options

if TYPE_CHECKING:
    from sim.experiment.store import Run


def runs(
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="Where the folders of the runs are.")
    ] = Path("runs"),
    as_json: options.Json = False,
) -> None:
    """List the runs in a folder: what each asked, how far it came, and its verdict."""
    from sim.cli.answer import print_json
    from sim.cli.console import complain, out, say
    from sim.cli.tables import plain_table
    from sim.experiment.store import StoreError, list_runs

    found = list(list_runs(folder))
    good = [_entry(each) for each in found if not isinstance(each, StoreError)]
    damaged = [each for each in found if isinstance(each, StoreError)]
    if as_json:
        print_json({"schema": 1, "runs": good})
    elif good:
        table = plain_table()
        for header in ("Run", "Command", "Scenario"):
            table.add_column(header)
        table.add_column("Seasons", justify="right")
        table.add_column("Verdict")
        for each in good:
            table.add_row(*(str(each[key]) for key in _SHOWN), _short(each), end_section=True)
        out.print(table)
    elif not damaged:
        say(f"There is no run in {folder}; --out {folder / 'NAME'} keeps one there.")
    complain(*(f"{error.filename}: {error.strerror}" for error in damaged))


_SHOWN = ("name", "command", "scenario", "seasons")


def _entry(run: "Run") -> dict[str, Any]:
    answer = run.answer or {}
    return {
        "name": run.name,
        "folder": run.folder.as_posix(),
        "command": run.command,
        "scenario": answer.get("scenario") or run.scenario().name,
        "seed": run.seed,
        "seasons": run.seasons,
        "seasons_wanted": run.wanted,
        "finished": run.finished,
        "verdict": answer.get("verdict"),
    }


def _short(entry: dict[str, Any]) -> str:
    """The first sentence of the verdict, or that there is none yet."""
    if not entry["finished"]:
        return "not finished: the same command goes on"
    return str(entry["verdict"]).partition(". ")[0].rstrip(".")

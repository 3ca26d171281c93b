"""From a run to a file that a client can be given."""

from __future__ import annotations

import shlex
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.errors import Problem, ScenarioError
from sim.report.brand import read_brand
from sim.report.source import Source
from sim.report.story import tell
from sim.report.whole import whole_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.experiment.store import Run
    from sim.report.brand import Brand
    from sim.report.content import Report

FORMATS: Final[Mapping[str, tuple[str, str]]] = {
    ".pptx": ("sim.report.deck", "write_deck"),
    ".xlsx": ("sim.report.workbook", "write_workbook"),
    ".html": ("sim.report.page", "write_page"),
    ".pdf": ("sim.report.pdf", "write_pdf"),
}
"""Endings of files, and what writes them."""
_READ: Final[Mapping[str, tuple[str, ...] | None]] = {
    "orders": ("policy", "order", "fate", "margin", "accepted_at", "backordered"),
    "parcels": ("policy", "shipped_at"),
    "purchase_orders": None,
    "shifts": None,
    "space": ("policy", "at", "used"),
}
"""Tables that the story reads, and their columns; None: all. Of a million orders, all take long."""


def write_report(run: Run, path: Path | str, theme: Path | str | None = None) -> Path:
    """Write a finished run of `run` or `compare` as a deck, a workbook, a page or a PDF.

    A file of that name is replaced, but only by a whole one.

    Args:
        run: What `open_run` read.
        path: The file; its ending says which format.
        theme: File with the client's name, logo, colors and slides; None: plain.

    Raises:
        ScenarioError: The run has no answer, the ending is unknown, or the theme is wrong.
        ModuleNotFoundError: The format needs a package that is not installed.
        OSError: The file cannot be written.
    """
    brand, folder = read_brand(theme)
    check_format(Path(path))
    return write_told(report_of(run), Path(path), brand, folder)


def write_told(report: Report, place: Path, brand: Brand, folder: Path) -> Path:
    """Write a report in the format that the ending of the file names.

    Args:
        report: What it says.
        place: The file, which is replaced only by a whole one.
        brand: How it looks.
        folder: Where the files lie that the brand names.

    Raises:
        ScenarioError: The ending is unknown, or the folder does not exist.
        ModuleNotFoundError: The format needs a package that is not installed.
        OSError: The file cannot be written.
    """
    write = _writer(place)
    with whole_file(place) as draft:
        write(report, draft, brand, folder)
    return place


def check_format(path: Path) -> None:
    """Refuse an ending that no format has, and a folder that does not exist.

    Raises:
        ScenarioError: Which of the two it is.
    """
    where = f"--to {path}"
    if path.suffix.lower() not in FORMATS:
        hint = f"end its name in {', '.join(FORMATS)}"
        raise ScenarioError(Problem("", "is none of the formats of a report", hint, where))
    if not path.resolve().parent.is_dir():
        raise ScenarioError(Problem("", "its folder does not exist", "make it", where))


def report_of(run: Run) -> Report:
    """The story of a run.

    Raises:
        ScenarioError: The run is not finished, or of a command that answers no such question.
    """
    if run.study is None or run.answer is None or not run.finished:
        what = "is not finished" if not run.finished else f"is of peakwise {run.command}"
        hint = "a report tells a finished run of peakwise run or compare"
        raise ScenarioError(Problem("", what, hint, str(run.folder)))
    return tell(
        Source(
            study=run.study,
            comparison=run.comparison,
            answer=run.answer,
            tables={
                name: run.table(name, columns)
                for name, columns in _READ.items()
                if name in run.tables
            },
            provenance=_provenance(run),
        )
    )


def _provenance(run: Run) -> dict[str, str]:
    """Where the numbers come from, and how they are made again."""
    first = next(iter(run.hashes))
    return {
        "Made by": shlex.join(["peakwise", *run.arguments]),
        "Seed": str(run.seed),
        f"Scenario hash ({first})": run.hashes[first],
        "Peakwise": run.versions.get("peakwise", ""),
        "Run": run.name,
    }


def _writer(path: Path) -> Any:
    check_format(path)
    module, name = FORMATS[path.suffix.lower()]
    return getattr(import_module(module), name)

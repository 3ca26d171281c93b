"""A full report of a finished study: the seconds that each file takes, from the command on.

    python -m benchmarks.report [--seasons 4] [--runs 3]

The studies are simulated first, and kept in a folder. Then `peakwise report` writes each file in a
process of its own: starting Python, imports, reading and writing are all in it. Times are CPU
seconds of that process. The last row is one command that writes all four files.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import arguments, table

if TYPE_CHECKING:
    from collections.abc import Sequence

STUDIES = ("holiday", "average-company")
FILES = {
    "slides": ("report.pptx",),
    "workbook": ("report.xlsx",),
    "page": ("report.html",),
    "PDF": ("report.pdf",),
    "all four": ("report.pptx", "report.xlsx", "report.html", "report.pdf"),
}
TARGET = 5
"""Seconds that a full report of a finished study may take."""


def peakwise(*words: str) -> float:
    """CPU seconds of a command, those of its threads and worker processes too."""
    import resource  # Windows has none

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "sim", *words, "-q"]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 (our own command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def seconds(run: Path, files: Sequence[str], runs: int) -> float:
    """Median time of a report of a kept run."""
    wanted = [word for file in files for word in ("--to", str(run.parent / file))]
    return statistics.median(peakwise("report", str(run), *wanted) for _ in range(runs))


def report(seasons: int = 4, runs: int = 3, studies: Sequence[str] = STUDIES) -> str:
    """Keep the studies, write their reports, and return the table of medians."""
    with tempfile.TemporaryDirectory() as place:
        kept = {Path(name).stem: Path(place) / Path(name).stem for name in studies}
        for name, folder in zip(studies, kept.values(), strict=True):
            peakwise("compare", name, "--replications", str(seasons), "--out", str(folder))
        rows = [
            (what, *(f"{seconds(folder, files, runs):.1f} s" for folder in kept.values()))
            for what, files in FILES.items()
        ]
    limits = [f"≤ {TARGET} s"] * len(kept)
    return table(("", *(f"`{name}`" for name in kept)), [*rows, ("target for each", *limits)])


if __name__ == "__main__":
    print(report(**vars(arguments(__doc__, seasons=4, runs=3))))

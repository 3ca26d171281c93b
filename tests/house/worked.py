"""Worked examples of the how-to pages: `python -m tests.house.worked` prints their output anew."""

import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from typer.testing import CliRunner

from sim.cli.app import app

FOLDER = Path(__file__).parents[2] / "docs" / "how-to"
SEASONS = tuple(sorted(FOLDER.glob("*.yaml")))
"""The small seasons of the pages; one extends the other."""
BLOCK = re.compile(r"(?<=```console\n)(.*?)(?=```)", re.DOTALL)
STEP = re.compile(r"^\$ (peakwise .+?)\n(.*?)(?=^\$ |\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """A command on the small season, and what its page says that it prints."""

    page: str
    command: str
    output: str
    earlier: tuple[str, ...] = ()
    """Commands of the page before it that keep runs, if it reads one."""


def examples() -> list[Example]:
    """Every example of every page."""
    return [each for page in sorted(FOLDER.glob("*.md")) for each in _examples_of(page)]


def _examples_of(page: Path) -> Iterator[Example]:
    kept: tuple[str, ...] = ()
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for command, output in STEP.findall(block):
            if is_worked(command):
                reads = not _names_season(command)
                yield Example(page.name, command, output, kept if reads else ())
            if " --out " in command:
                kept = (*kept, command)


def is_worked(command: str) -> bool:
    """Whether a command runs on a small season, or reads a run that was made from it."""
    return _names_season(command) or command.split()[1] in {"runs", "show", "diff"}


def _names_season(command: str) -> bool:
    return any(season.name in command for season in SEASONS)


def copy_seasons(folder: Path) -> None:
    """Put the small seasons, and the files that belong to them, where the commands look."""
    for season in SEASONS:
        for file in FOLDER.glob(f"{season.stem}*"):
            shutil.copy(file, folder)


def printed(command: str) -> str:
    """What a command prints beside the small season; ` | head -3` takes its first three lines."""
    line, _, lines = command.partition(" | head -")
    os.environ["COLUMNS"] = "80"
    words = shlex.split(line, comments=True)[1:]
    one = ["--workers", "1"] if _names_season(command) else []
    done = CliRunner().invoke(app, [*words, *one])
    if done.exit_code != 0:
        failed = f"{command}: {done.stderr}"
        raise SystemExit(failed)
    rows = [row.rstrip() for row in done.stdout.rstrip().splitlines()]
    return "\n".join(rows[: int(lines)] if lines else rows).rstrip() + "\n"


def rewrite(page: Path) -> None:
    """Print the examples of a page anew."""

    def step(match: re.Match[str]) -> str:
        return f"$ {match[1]}\n{printed(match[1])}" if is_worked(match[1]) else match[0]

    text = page.read_text(encoding="utf-8")
    text = BLOCK.sub(lambda block: STEP.sub(step, block[0]), text)
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:] or sorted({example.page for example in examples()}):
        with TemporaryDirectory() as folder, chdir(folder):
            copy_seasons(Path(folder))
            rewrite(FOLDER / name)

"""Worked examples of the how-to pages: `python -m tests.house.worked` prints their output anew."""

import os
import re
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from sim.cli.app import app

FOLDER = Path(__file__).parents[2] / "docs" / "how-to"
SEASON = FOLDER / "toy-shop.yaml"
BLOCK = re.compile(r"(?<=```console\n)(.*?)(?=```)", re.DOTALL)
STEP = re.compile(r"^\$ (peakwise .+?)\n(.*?)(?=^\$ |\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """A command on the small season, and what its page says that it prints."""

    page: str
    command: str
    output: str


def examples() -> list[Example]:
    """Every example of every page."""
    return [
        Example(page.name, command, output)
        for page in sorted(FOLDER.glob("*.md"))
        for block in BLOCK.findall(page.read_text(encoding="utf-8"))
        for command, output in STEP.findall(block)
        if SEASON.name in command
    ]


def printed(command: str) -> str:
    """What a command prints beside the small season; ` | head -3` takes its first three lines."""
    line, _, lines = command.partition(" | head -")
    os.environ["COLUMNS"] = "80"
    done = CliRunner().invoke(app, [*shlex.split(line, comments=True)[1:], "--workers", "1"])
    if done.exit_code != 0:
        failed = f"{command}: {done.stderr}"
        raise SystemExit(failed)
    rows = [row.rstrip() for row in done.stdout.rstrip().splitlines()]
    return "\n".join(rows[: int(lines)] if lines else rows).rstrip() + "\n"


def rewrite(page: Path) -> None:
    """Print the examples of a page anew."""

    def step(match: re.Match[str]) -> str:
        mine = SEASON.name in match[1]
        return f"$ {match[1]}\n{printed(match[1])}" if mine else match[0]

    text = page.read_text(encoding="utf-8")
    text = BLOCK.sub(lambda block: STEP.sub(step, block[0]), text)
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    os.chdir(FOLDER)
    for name in sys.argv[1:] or sorted({example.page for example in examples()}):
        rewrite(FOLDER / name)

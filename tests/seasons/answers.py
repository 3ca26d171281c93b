"""The answer that a shipped season states in its header, and the command that gives it."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from sim.cli.app import app
from sim.scenario import load_policies
from sim.scenario.shipped import find_scenario

HEADER = re.compile(r"^#     \$ (?P<command>peakwise .+)\n#     (?P<answer>.+)$", re.MULTILINE)
PAGE = Path(__file__).parents[2] / "docs" / "seasons.md"
TABLE = re.compile(r"(?<=<!-- seasons -->\n).*?(?=<!-- end -->)", re.DOTALL)


@dataclass(frozen=True)
class Answer:
    """What a season says of itself."""

    season: str
    question: str
    command: str
    answer: str


def answer_of(season: str) -> Answer:
    """The answer in the header of a shipped season."""
    found = HEADER.search(find_scenario(season).read_text(encoding="utf-8"))
    if found is None:
        missing = f"{season}: its header states no command with an answer"
        raise AssertionError(missing)
    question = next(iter(load_policies(season).values())).question or ""
    return Answer(season, question, found["command"], found["answer"])


def computed(command: str) -> str:
    """The first sentence of the verdict that a command gives."""
    done = CliRunner().invoke(app, [*shlex.split(command)[1:], "--json"])
    if done.exit_code != 0:
        failed = f"{command}: {done.stderr}"
        raise SystemExit(failed)
    verdict: str = json.loads(done.stdout)["verdict"]
    return verdict.partition(". ")[0].removesuffix(".") + "."


def write(season: str, answer: str) -> None:
    """Put an answer into the header of a season."""
    file = find_scenario(season)
    text = file.read_text(encoding="utf-8")
    file.write_text(
        HEADER.sub(lambda match: f"#     $ {match['command']}\n#     {answer}", text, count=1),
        encoding="utf-8",
    )


def table(seasons: list[str]) -> str:
    """The table of the page that lists the shipped seasons."""
    rows = ["| Season | Asks | Answer |", "|---|---|---|"]
    for each in map(answer_of, seasons):
        link = f"[`{each.season}`](../scenarios/{each.season}.yaml)"
        rows.append(f"| {link} | {each.question} | {each.answer} `{each.command}` |")
    return "\n".join(rows) + "\n"


def write_page(seasons: list[str]) -> None:
    """Write the table of the page anew."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(TABLE.sub(lambda _: table(seasons), text), encoding="utf-8")

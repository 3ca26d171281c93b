"""Commands and code in README and docs are ones that Peakwise understands."""

import ast
import re
import shlex
from pathlib import Path

import pytest
import typer

import sim
from sim.cli.app import app
from sim.scenario import load_policies

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMAND = re.compile(r"^(?:\$ |    )?(?:\.venv/bin/)?(peakwise [a-z].*)$", re.MULTILINE)


def commands() -> list[list[str]]:
    """Words of every command that a page shows on a line of its own."""
    found = [
        shlex.split(match.split(" | ")[0].split(" > ")[0], comments=True)[1:]
        for page in PAGES
        for match in COMMAND.findall(page.read_text(encoding="utf-8"))
    ]
    return [list(words) for words in dict.fromkeys(map(tuple, found))]


def test_the_pages_show_commands() -> None:
    assert len(commands()) >= 15


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_shown_command_and_option_exists(words: list[str]) -> None:
    known = typer.main.get_command(app).commands[words[0]]
    options = {name for parameter in known.params for name in parameter.opts}
    assert [word for word in words[1:] if word.startswith("-") and word not in options] == []


SETTINGS = sorted(
    {
        words[place + 1]
        for words in commands()
        if "holiday" in words
        for place, word in enumerate(words)
        if word == "--set"
    }
    - {"demand.scael=1.2"}  # shown for what Peakwise says about it
)


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_shown_setting_changes_the_season(setting: str) -> None:
    assert load_policies("holiday", [setting]) != load_policies("holiday")


def test_the_shown_python_uses_public_names_only() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    imported = {
        alias.name
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.ImportFrom) and node.module == "sim"
        for alias in node.names
    }
    assert imported
    assert imported <= set(sim.__all__)


def test_the_shown_python_answers() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    smaller = code.replace('"holiday")', '"holiday", ["demand.scale=0.02"])')
    smaller = smaller.replace("replications=20", "replications=2, workers=1")
    assert smaller.count("demand.scale") == smaller.count("workers=1") == 1
    said: list[str] = []
    exec(compile(smaller, "README.md", "exec"), {"print": said.append})  # noqa: S102
    assert said[0].startswith("2 simulated seasons are too few")

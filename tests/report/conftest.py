"""A small finished run, and one whose names mean harm."""

import json
import re
from pathlib import Path

import pytest

from sim.cli import main  # noqa: F401 (the command is imported as the shell does)
from sim.cli.app import app
from sim.experiment.store import open_run

TOY = Path(__file__).parents[2] / "docs" / "how-to" / "toy-shop.yaml"
HOSTILE = '=HYPERLINK("http://example.org";"x")'
TITLE = ('=1+1 <b>bold</b> "quoted" ' + "a title of three hundred characters " * 9)[:300]
RINGING = f"{TITLE}\x07 \u202eleft"
"""A title that would run, ring, and turn the text around it."""
LONG = ("A policy with a name that nobody would give it, as long as it may be, " * 2)[:119]


def kept(folder, season, seasons=4):
    words = ["compare", str(season), "-n", str(seasons), "--out", str(folder), "-q"]
    app(words, standalone_mode=False)
    return open_run(folder)


@pytest.fixture(scope="session")
def run(tmp_path_factory):
    return kept(tmp_path_factory.mktemp("runs") / "toy", TOY)


@pytest.fixture(scope="session")
def hostile_run(tmp_path_factory):
    """The same shop with names that are formulas, tags, endless, or full of control characters."""
    place = tmp_path_factory.mktemp("hostile")
    text = TOY.read_text(encoding="utf-8")
    names = [HOSTILE, "<script>alert(1)</script>", LONG]
    head, policies = text.split("policies:", 1)
    head = re.sub(r"^name:.*$", lambda _: f"name: {json.dumps(RINGING)}", head, flags=re.MULTILINE)
    for old, new in zip(["Backorder", "Out of stock", "Alerts"], names, strict=False):
        quoted = "'" + new.replace("'", "''").strip() + "'"
        policies = policies.replace(f"  {old}:", f"  {quoted}:")
    season = place / "season.yaml"
    season.write_text(head + "policies:" + policies, encoding="utf-8")
    return kept(place / "run", season, 3)

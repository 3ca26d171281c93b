"""The page from which others write cases: its example runs, its table is of the shipped cases."""

from __future__ import annotations

import re
from pathlib import Path

from dashboard.proof import guarantees, known_answers
from sim.experiment.validate import validate
from sim.scenario.cases import case_files, load_cases

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "validation.md"


def test_the_example_of_the_page_is_a_case_that_passes(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "example.yaml"
    path.write_text(example, encoding="utf-8")
    findings = validate(load_cases([path]), workers=1)
    assert [finding.id for finding in findings if not finding.passed] == []
    assert len(findings) == 4


def test_the_page_covers_and_tabulates_every_shipped_case() -> None:
    page = PAGE.read_text(encoding="utf-8")
    covered, table = page.partition("## What is covered")[2].split("## The table")
    names = {path.stem for path in case_files(())}
    assert names <= set(re.findall(r"\b[IQO]\d\d[A-Za-z]?\b", covered))
    assert names == set(re.findall(r"^\| ([IQO]\d\d\w?) \|", table, re.MULTILINE))


def test_the_screen_shows_what_the_page_tabulates() -> None:
    table = PAGE.read_text(encoding="utf-8").partition("## The table")[2]
    rows = re.findall(
        r"^\| (\w+) \| (.*?) \| `(.*?)` \| (.*?) \| (.*?) \| \d+ \| pass \|", table, re.MULTILINE
    )
    shown = known_answers()
    columns = ["Case", "Policy", "Figure", "Expected", "Simulated"]
    assert [tuple(map(str, row)) for row in shown[columns].to_numpy()] == rows
    assert set(shown["Agrees"]) == {"yes"}


def test_the_screen_quotes_the_page_of_guarantees() -> None:
    page = (PAGE.parent / "guarantees.md").read_text(encoding="utf-8")
    figures = re.findall(r"\d+\.\d%|111", " ".join(guarantees()["Measured"]))
    assert len(figures) == 9
    assert [figure for figure in figures if figure not in page] == []

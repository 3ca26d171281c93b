"""A planted bug is caught by the law that exists for it, by name."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sim.warehouse.flow.laws import LAWS
from sim.warehouse.tally_rows import ROW_LAWS
from tests.laws.bugs import BUGS, OF_ROWS, OF_THE_PATH
from tests.laws.planting import Bug
from tests.laws.seasons import SCENARIOS, run

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def caught() -> dict[str, str]:
    """What stopped the run with each bug."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.laws.bugs"],
        cwd=ROOT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, str] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize(
    ("number", "bug"),
    list(enumerate(BUGS)),
    ids=[f"{bug.law} ({bug.module})" for bug in BUGS],
)
def test_the_bug_is_caught_by_name(caught: dict[str, str], number: int, bug: Bug) -> None:
    law, _, place = caught[str(number)].removeprefix("law broken: ").rpartition(": ")
    assert law == bug.law
    assert place


@pytest.mark.parametrize("name", SCENARIOS)
def test_without_a_bug_every_law_holds(name: str) -> None:
    assert run(name).drained == (name not in {"not drained", "standstill"})


def test_every_comparison_after_the_run_has_a_bug() -> None:
    """Families of a law, one for each place or count, need a bug for one of them."""
    source = (ROOT / "sim/warehouse/laws.py").read_text(encoding="utf-8")
    names = [
        "".join(part.value if isinstance(part, ast.Constant) else "NAME" for part in text.values)
        if isinstance(text, ast.JoinedStr)
        else str(text.value)
        for text in _texts_of_laws(ast.parse(source))
    ]
    assert len(names) > 10
    for name in names:
        pattern = re.escape(name).replace("NAME", ".+")
        assert any(re.fullmatch(pattern, bug.law) for bug in BUGS), name


def _texts_of_laws(tree: ast.Module) -> list[ast.JoinedStr | ast.Constant]:
    """What stands as the name of a law: the second argument of `_require`, or a variable `law`."""
    found: list[Any] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "_require":
            found.append(node.args[1])
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "law":
            found.append(node.value)
    return [text for text in found if isinstance(text, ast.JoinedStr | ast.Constant)]


def test_the_page_of_the_laws_names_them_all() -> None:
    page = (ROOT / "docs/reference/laws.md").read_text(encoding="utf-8")
    for bug in BUGS:
        law = bug.law.removeprefix("counts add up: ")
        assert law in page, law


def test_every_law_of_the_path_and_of_rows_has_a_bug() -> None:
    assert {bug.law for bug in OF_THE_PATH} == {law for law, _ in LAWS.values()}
    assert {bug.law for bug in OF_ROWS} == set(ROW_LAWS.values())

"""A planted bug is caught by the law that exists for it, by name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.warehouse.flow.laws import LAWS
from sim.warehouse.tally import ROW_LAWS
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


def test_every_law_of_the_path_and_of_rows_has_a_bug() -> None:
    assert {bug.law for bug in OF_THE_PATH} == {law for law, _ in LAWS.values()}
    assert {bug.law for bug in OF_ROWS} == set(ROW_LAWS.values())

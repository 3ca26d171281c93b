"""Bugs planted in the order flow are seen by the random seasons that CI compares."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.oracle.mutants import KILLERS, SEASONS
from tests.oracle.planted import MUTANTS

ROOT = Path(__file__).parents[2]


def test_every_planted_bug_is_seen_in_a_season_of_the_ci_set():
    ran = subprocess.run(
        [sys.executable, "-m", "tests.oracle.mutants"],
        cwd=ROOT,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.count("killed ") == len(MUTANTS) >= 30


def test_the_killers_belong_to_the_ci_set():
    killers = json.loads(KILLERS.read_text("utf-8"))
    assert list(killers) == [mutant.title for mutant in MUTANTS]
    assert max(killers.values()) < SEASONS


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.title)
def test_a_planted_bug_changes_text_that_is_there_once(mutant):
    text = (ROOT / "sim/warehouse" / mutant.file).read_text("utf-8")
    assert text.count(mutant.old) == 1
    assert mutant.new != mutant.old

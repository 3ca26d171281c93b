"""Another process, another hash seed, or no compiler: the same bytes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sim.scenario import load_policies
from tests.determinism.digest import SEASON, digests, season_digests

ROOT = Path(__file__).parents[2]


def elsewhere(**environment: str) -> dict[str, Any]:
    """What a process of its own says of the small season."""
    command = [sys.executable, "-m", "tests.determinism"]
    run = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=True
    )
    return dict(json.loads(run.stdout))


@pytest.mark.parametrize("hash_seed", ["0", "1", "987654321"])
def test_the_seed_of_python_hashes_changes_no_byte(hash_seed: str) -> None:
    assert elsewhere(PYTHONHASHSEED=hash_seed)["digests"] == season_digests()


def test_plain_python_gives_the_bytes_of_compiled_code() -> None:
    plain = elsewhere(NUMBA_DISABLE_JIT="1")
    assert not plain["compiles"]
    compiled = elsewhere(NUMBA_DISABLE_JIT="0")
    assert compiled["compiles"]
    assert plain["digests"] == compiled["digests"]


def test_the_answer_has_the_same_bytes_in_every_process() -> None:
    command = [sys.executable, "-m", "sim", "compare", str(SEASON), "--json"]
    options = ["--replications", "3", "--seed", "11"]
    said = set()
    for environment in (
        {"PYTHONHASHSEED": "3"},
        {"PYTHONHASHSEED": "4", "LC_ALL": "C", "TZ": "Asia/Kolkata"},
        {"PYTHONHASHSEED": "5", "NUMBA_DISABLE_JIT": "1", "COLUMNS": "40"},
    ):
        run = subprocess.run(
            [*command, *options],
            cwd=ROOT,
            env={**os.environ, **environment},
            capture_output=True,
            check=True,
        )
        said.add(run.stdout)
    assert len(said) == 1
    assert json.loads(said.pop())["replications"] == 3


def test_a_season_does_not_remember_the_one_before() -> None:
    policies = load_policies(SEASON)
    first = digests(policies, 7)
    assert digests(policies, 8) != first
    assert digests(policies, 7, 1) != first
    assert digests(policies, 7) == first

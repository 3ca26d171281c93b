"""Every causal link of the holiday systems has a test, which fails once the link is cut."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.links.link import Link
from tests.links.systems import SYSTEMS
from tests.links.table import LINKS, OVERVIEW, PAGE, TABLE, every_link, overview, table

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def red() -> dict[str, bool]:
    """By link, whether its test failed once it was cut."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.links.cut"],
        cwd=ROOT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told: dict[str, bool] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("link", every_link(), ids=lambda link: link.says)
def test_without_the_link_its_test_fails(red: dict[str, bool], link: Link) -> None:
    assert red[link.says]


def test_every_system_has_links_and_every_link_a_name_of_its_own() -> None:
    assert set(LINKS) == set(SYSTEMS)
    assert all(LINKS.values())
    assert len({link.says for link in every_link()}) == len(every_link())


def test_the_page_lists_them() -> None:
    text = PAGE.read_text(encoding="utf-8")
    shown = [*TABLE.findall(text), *OVERVIEW.findall(text)]
    assert shown == [table(), overview()], "write it anew: python -m tests.links.table"

"""On random seasons, everything is recomputed from scratch after every single event."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GROUPS = [range(first, first + 8) for first in range(0, 40, 8)]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: f"{group[0]}-{group[-1]}")
def test_everything_kept_is_as_recomputed_after_every_event(group: range) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.laws.every_event", *map(str, group)],
        cwd=ROOT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    events = [int(line.split()[1]) for line in done.stdout.splitlines()]
    assert len(events) == len(group)
    assert sum(events) > 100 * len(group)

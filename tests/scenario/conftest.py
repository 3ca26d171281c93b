from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario import load_policies

SEASON = """\
season: {start: 2026-10-05, end: 2026-12-27}
demand: {orders_per_day: 120}
products:
  - {sku: MUG-RED, price: 14.00, cost: 5.10, stock: 9000 units}
  - {sku: GLOBE, price: 49.00, cost: 19.00, stock: 500 units}
"""

Complaints = Callable[..., list[str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that tests stand in, so that messages name files as a user would."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def complaints(folder: Path) -> Complaints:
    """What is said about a scenario: one line per problem; nothing if it loads."""

    def say(text: str | bytes, *settings: str, **files: str) -> list[str]:
        for name, content in files.items():
            (folder / name.replace("_", ".")).write_text(content, encoding="utf-8")
        data = text if isinstance(text, bytes) else text.encode()
        (folder / "s.yaml").write_bytes(data)
        try:
            load_policies("s.yaml", settings)
        except ScenarioError as error:
            return str(error).splitlines()
        return []

    return say

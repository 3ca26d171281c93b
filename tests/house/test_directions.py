"""The contracts of import-linter hold, and each of them bites."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"
ROOMS = ["scenario", "demand", "warehouse", "results", "experiment", "history", "cli", "theory"]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with the same contracts and empty rooms, in which only the warehouse knows SimPy."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    sim = tmp_path / "sim"
    for room in ROOMS:
        (sim / room).mkdir(parents=True)
        (sim / room / "__init__.py").touch()
    for name in ("__init__", "errors", "randomness"):
        (sim / f"{name}.py").touch()
    (sim / "warehouse" / "supplier.py").write_text("import simpy\n", encoding="utf-8")
    dashboard = tmp_path / "dashboard"
    (dashboard / "charts").mkdir(parents=True)
    for name in ("__init__", "jobs", "levers", "live", "season", "server", "charts/__init__"):
        (dashboard / f"{name}.py").touch()
    text = "import dashboard.server\n"
    (sim / "cli" / "dashboard.py").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_empty_house_keeps_every_contract(house: Path) -> None:
    done = lint(house)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "statement", "contract"),
    [
        ("demand/book.py", "import sim.warehouse", "each room imports only the rooms before it"),
        ("scenario/load.py", "import sim.cli", "each room imports only the rooms before it"),
        ("errors.py", "import sim.scenario", "each room imports only the rooms before it"),
        ("attic.py", "", "each room imports only the rooms before it"),
        ("results/kpi.py", "import simpy", "only the warehouse knows SimPy"),
        ("theory/queue.py", "import simpy", "only the warehouse knows SimPy"),
        ("theory/queue.py", "import sim.warehouse", "theory stands aside"),
        ("warehouse/pick.py", "import sim.theory", "each room imports only the rooms before it"),
        ("cli/run.py", "import sim.theory", "only experiment asks theory"),
        ("results/kpi.py", "import streamlit", "the model knows no screen"),
        ("cli/run.py", "import dashboard.live", "the model knows no screen"),
        ("../dashboard/live.py", "import sim.warehouse", "the dashboard never computes"),
        ("../dashboard/live.py", "import streamlit", "jobs, answers and charts know no screen"),
    ],
)
def test_a_wrong_import_breaks_its_contract(
    house: Path, file: str, statement: str, contract: str
) -> None:
    (house / "sim" / file).write_text(f"{statement}\n", encoding="utf-8")
    done = lint(house)
    assert done.returncode == 1
    broken = done.stdout.split("Broken contracts")[1]
    assert contract in broken, done.stdout


def test_experiment_may_ask_theory(house: Path) -> None:
    text = "import sim.theory\n"
    (house / "sim" / "experiment" / "size.py").write_text(text, encoding="utf-8")
    assert lint(house).returncode == 0

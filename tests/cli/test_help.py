"""Help is quick, complete, and imports nothing heavy."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from sim.cli.app import app

Peakwise = Callable[..., Result]
NAMES = [
    command.name or command.callback.__name__
    for command in app.registered_commands
    if command.callback
]
COMMANDS = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"
LIBRARY = "import typer, typer.rich_utils"
HEAVY = ["numba", "numpy", "pandas", "plotly", "pyarrow", "pydantic", "scipy", "simpy"]


def test_help_imports_no_heavy_library() -> None:
    script = (
        "import json, sys\n"
        "from typer.testing import CliRunner\n"
        "from sim.cli.app import app\n"
        "CliRunner().invoke(app, ['--help'])\n"
        f"print(json.dumps([name for name in {HEAVY} if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert json.loads(done.stdout) == []


def processor_time(*arguments: str) -> float:
    """Seconds of processor time of a Python process, the least of three."""
    script = (
        "import resource, subprocess, sys\n"
        "subprocess.run([sys.executable, *sys.argv[1:]], stdout=subprocess.DEVNULL)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime)"
    )
    return min(
        float(subprocess.check_output([sys.executable, "-c", script, *arguments])) for _ in range(3)
    )


def test_help_costs_little_more_than_the_library_that_prints_it() -> None:
    pytest.importorskip("resource")
    assert processor_time("-m", "sim", "--help") <= 2 * processor_time("-c", LIBRARY)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_explains_itself_and_all_its_options(peakwise: Peakwise, name: str) -> None:
    result = peakwise(name, "--help")
    assert result.exit_code == 0
    assert "Usage: peakwise" in result.stdout
    assert "<bool>" not in result.stdout


def test_defaults_are_shown(peakwise: Peakwise) -> None:
    shown = " ".join(peakwise("compare", "--help").stdout.replace("│", " ").split())
    for default in ("[default: 20]", "[default: 1]", "[default: (all cores)]"):
        assert default in shown


def test_the_reference_page_names_every_command() -> None:
    page = COMMANDS.read_text(encoding="utf-8")
    documented = {
        row.split("`peakwise ")[1].split()[0].strip("`")
        for row in page.splitlines()
        if row.startswith("| `peakwise ")
    }
    assert documented == set(NAMES)


def test_version_is_the_packages(peakwise: Peakwise) -> None:
    from sim import __version__

    assert peakwise("--version").stdout == f"peakwise {__version__}\n"


def test_no_arguments_show_the_help(peakwise: Peakwise) -> None:
    assert "compare" in peakwise().output

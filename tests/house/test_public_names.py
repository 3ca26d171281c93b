"""The public API is what its docstring and the README say, and is imported on first use."""

import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import sim

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", sim.__all__)
def test_every_public_name_is_found_and_documented(name: str) -> None:
    found = getattr(sim, name)
    assert callable(found)
    documentation = inspect.getdoc(found)
    assert documentation
    assert documentation.splitlines()[0].endswith(".")


def test_importing_the_package_imports_no_room() -> None:
    script = (
        "import sim, sys; rooms = [n for n in sys.modules if n.startswith('sim.')];"
        "sys.exit(', '.join(rooms) or None)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'simulate_all'"):
        _ = sim.simulate_all


def test_dir_lists_the_public_names() -> None:
    assert set(sim.__all__) <= set(dir(sim))


def test_the_version_is_a_release_number() -> None:
    assert [part.isdigit() for part in sim.__version__.split(".")] == [True] * 3


@pytest.mark.parametrize("room", ["sim", "sim.history", "sim.scenario", "sim.warehouse"])
def test_no_name_imported_on_first_use_is_also_a_module(room: str) -> None:
    # Importing the module would put it where the name belongs, and hide what the name stands for.
    package = importlib.import_module(room)
    modules = {module.name for module in pkgutil.iter_modules(package.__path__)}
    assert modules & set(package.__all__) == set()

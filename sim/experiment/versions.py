"""The versions at work: what a number depends on besides the scenario and the seed."""

from __future__ import annotations

import platform
import socket
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, TypeVar

from sim.errors import SimulationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Result = TypeVar("Result")

# NumPy draws, SciPy and Numba compute, SimPy runs the business: another version may move a number.
_MATTERS = ("numpy", "numba", "scipy", "simpy")


def versions() -> dict[str, str]:
    """Versions of Peakwise, Python and the packages that a number depends on."""
    from sim import __version__

    found = {"peakwise": __version__, "python": platform.python_version()}
    for package in _MATTERS:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def on_same_versions(
    made_by: Mapping[str, str], task: Callable[[int], Result], number: int
) -> Result:
    """Run a task in another process, if the versions there are those of the study.

    Raises:
        SimulationError: One differs, so that the result might.
    """
    here = _own_versions()
    for name, wanted in made_by.items():
        if here.get(name) != wanted:
            message = (
                f"a worker on {socket.gethostname()} has {name} {here.get(name)}, not {wanted}:"
                " its results might differ; install the same versions there"
            )
            raise SimulationError(message)
    return task(number)


@lru_cache(maxsize=1)
def _own_versions() -> dict[str, str]:
    return versions()

"""The versions at work: what a number depends on besides the scenario and the seed."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

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

"""What a result depends on besides the seed: the resolved scenario and the versions at work."""

from __future__ import annotations

import json
import platform
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from sim.experiment.study import plain

# NumPy draws, SciPy and Numba compute, SimPy runs the business: another version may move a number.
_MATTERS = ("numpy", "numba", "scipy", "simpy")


def scenario_hash(scenario: Any) -> str:
    """SHA-256 of a resolved scenario, the same however its file was written."""
    text = json.dumps(plain(scenario), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return sha256(text.encode()).hexdigest()


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

"""Peakwise: simulate a shop's holiday season and compare what it may do when an item runs out.

The names below are the public API, in the order the data flows::

    policies = load_policies("holiday")
    study = replicate(policies, replications=20, seed=1)
    print(compare(study).verdict)

They are imported on first use, so that `import sim` and `peakwise --help` stay quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.demand import sample_orders
    from sim.experiment import compare, replicate
    from sim.scenario import load_policies, load_scenario
    from sim.warehouse import simulate

__version__ = "0.1.0"

__all__ = [
    "compare",
    "load_policies",
    "load_scenario",
    "replicate",
    "sample_orders",
    "simulate",
]

_ROOM_OF = {
    "load_scenario": "sim.scenario",
    "load_policies": "sim.scenario",
    "sample_orders": "sim.demand",
    "simulate": "sim.warehouse",
    "replicate": "sim.experiment",
    "compare": "sim.experiment",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(_ROOM_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])

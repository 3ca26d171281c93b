"""What the planner writes: the language of scenario files, and its meaning.

`load_scenario` and `load_policies` read files; `Scenario` and its blocks say what may stand in
them. Names are imported on first use, so that a command line without a scenario stays quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.scenario.loading import load_policies, load_scenario
    from sim.scenario.scenario import Scenario
    from sim.scenario.starter import template
    from sim.scenario.writing import scenario_hash, write_scenario

__all__ = [
    "Scenario",
    "load_policies",
    "load_scenario",
    "scenario_hash",
    "template",
    "write_scenario",
]

_MODULE_OF = {
    "Scenario": "sim.scenario.scenario",
    "load_policies": "sim.scenario.loading",
    "load_scenario": "sim.scenario.loading",
    "scenario_hash": "sim.scenario.writing",
    "write_scenario": "sim.scenario.writing",
    "template": "sim.scenario.starter",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_MODULE_OF[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])

"""The model: SimPy runs the business, and a compiled order flow runs between its events."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.warehouse.ledger import Ledger
    from sim.warehouse.simulation import simulate

__all__ = ["Ledger", "simulate"]

_MODULE_OF = {"Ledger": "sim.warehouse.ledger", "simulate": "sim.warehouse.simulation"}


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(_MODULE_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])

"""Plant a bug in the source of the model, for as long as a season runs.

Only without the compiler (`NUMBA_DISABLE_JIT=1`): the functions of the model are then plain Python,
and take over the code of their counterparts in a changed copy of the source.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any


@dataclass(frozen=True)
class Bug:
    """A line of the source that is wrong."""

    law: str
    """Name of the law that must catch it."""
    module: str
    """Module below `sim`, such as `warehouse.flow.stock`."""
    right: str
    """Text that stands in the source, once."""
    wrong: str
    """What stands there instead."""
    season: str = "busy"
    """Season in which it shows."""


@contextmanager
def planted(bug: Bug) -> Iterator[None]:
    """The model with the bug."""
    module = importlib.import_module(f"sim.{bug.module}")
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    if source.count(bug.right) != 1:
        message = f"{bug.module} holds {source.count(bug.right)} times: {bug.right}"
        raise LookupError(message)
    copy = ModuleType(module.__name__)
    copy.__file__ = module.__file__
    sys.modules["a changed copy"] = copy
    exec(compile(source.replace(bug.right, bug.wrong), bug.module, "exec"), copy.__dict__)  # noqa: S102
    _forget(module)
    kept: list[tuple[FunctionType, CodeType]] = []
    changed = dict(_functions(copy))
    for name, function in _functions(module):
        kept.append((function, function.__code__))
        function.__code__ = changed[name].__code__
    try:
        yield
    finally:
        for function, code in kept:
            function.__code__ = code
        _forget(module)


def _forget(module: ModuleType) -> None:
    """Empty what the module keeps from one run to the next."""
    for value in vars(module).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


def _functions(owner: Any) -> Iterator[tuple[str, FunctionType]]:
    """Functions that a module defines, also those of its classes, by name."""
    module = owner.__name__
    for name, value in vars(owner).items():
        if isinstance(value, FunctionType) and value.__module__ == module:
            yield name, value
        elif isinstance(value, type) and value.__module__ == module:
            for own, found in vars(value).items():
                method = found.func if isinstance(found, cached_property) else found
                if isinstance(method, FunctionType) and method.__module__ == module:
                    yield f"{name}.{own}", method

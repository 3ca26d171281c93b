"""What is said when an order history cannot be used."""

from __future__ import annotations

from typing import NoReturn

from sim.errors import NOTHING, Problem, ScenarioError


class HistoryError(ScenarioError):
    """An order history that cannot be used. Holds every problem found, with file and line."""


def refuse(
    message: str,
    hint: str | None = None,
    *,
    file: str | None = None,
    line: int | None = None,
    value: object = NOTHING,
) -> NoReturn:
    """Raise an error of one problem."""
    raise HistoryError(Problem("", message, hint, file=file, line=line, value=value)) from None

"""What is said when an order history cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from sim.errors import NOTHING, Problem, ScenarioError

if TYPE_CHECKING:
    from collections.abc import Callable

First = TypeVar("First")
Second = TypeVar("Second")
Third = TypeVar("Third")


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


def all_read(
    first: Callable[[], First], second: Callable[[], Second], third: Callable[[], Third]
) -> tuple[First, Second, Third]:
    """Read three files, and tell the problems of all of them at once.

    Raises:
        HistoryError: At least one of them cannot be used.
    """
    problems: list[Problem] = []
    found: list[Any] = []
    for read in (first, second, third):
        try:
            found.append(read())
        except HistoryError as error:
            problems.extend(error.problems)
    if problems:
        raise HistoryError(problems)
    return found[0], found[1], found[2]

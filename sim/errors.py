"""What Peakwise says when it cannot go on: problems in a scenario, and broken laws in a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Nothing:
    """The type of `NOTHING`, which shows itself by name in a debugger."""

    def __repr__(self) -> str:
        return "NOTHING"


NOTHING: Final = _Nothing()
"""Stands where a problem has no value to show, since None is a value that a file may hold."""

_LONGEST_SHOWN = 60


class Typed(str):
    """A number as it was typed; shown without the quotes of text."""

    __slots__ = ()


class BadValue(ValueError):
    """A single value that cannot be read: what is wrong with it, and what would be right.

    The readers of units, dates and distributions raise it without knowing where the value stands;
    the loader turns it into a `Problem` with file, line and column.
    """

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message}; {self.hint}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a scenario, and where."""

    path: str
    """Dotted path of the setting, for example `suppliers.shenzhen.lead_time`; empty: the file."""
    message: str
    """What is wrong, or the rule that was broken."""
    hint: str | None = None
    """What would be right."""
    file: str | None = None
    """File as the user named it, or `--set a.b` for a setting of the command line."""
    line: int | None = None
    """Line in the file, counted from 1."""
    column: int | None = None
    """Column in the line, counted from 1."""
    value: object = NOTHING
    """The offending value, if there is one."""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        path = "" if place == f"--set {self.path}" else self.path
        lead = "".join(f"{part}: " for part in (place, path) if part)
        got = "" if self.value is NOTHING else f" (got {shown(self.value)})"
        hint = "" if self.hint is None else f"; {self.hint}"
        return f"{lead}{self.message}{got}{hint}"


def shown(value: object) -> str:
    """A value as a file would hold it, shortened so that one message stays one line."""
    if value is None:
        text = "nothing"
    elif isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, Typed):
        text = str(value)
    elif isinstance(value, str):
        text = repr(value[: _LONGEST_SHOWN + 1])
    elif isinstance(value, int) and abs(value) >= 10**_LONGEST_SHOWN:
        text = "a number of more than 60 digits"
    elif isinstance(value, dict):
        text = "{" + ", ".join(f"{key}: …" for key in list(value)[:4]) + "}"
    elif isinstance(value, list | tuple):
        text = f"a list of {len(value)}"
    else:
        text = str(value)
    return text if len(text) <= _LONGEST_SHOWN + 2 else text[: _LONGEST_SHOWN - 1] + "…"


class ScenarioError(Exception):
    """A scenario that cannot be used. Holds every problem that was found, not only the first."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (
            (problems,) if isinstance(problems, Problem) else tuple(problems)
        )
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class SimulationError(Exception):
    """A run that cannot go on."""


class LawBroken(SimulationError):
    """A law that must always hold did not. The run stops rather than report a wrong number."""

    def __init__(self, law: str, detail: str) -> None:
        super().__init__(law, detail)
        self.law = law
        self.detail = detail

    def __str__(self) -> str:
        return f"law broken: {self.law}: {self.detail}"

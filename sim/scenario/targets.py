"""Targets as planners write them: `at least 95% in 9 of 10 seasons`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Final, TypeAlias

from sim.errors import BadValue
from sim.scenario.reads import Reads
from sim.scenario.units import format_percent

_TARGET: Final = re.compile(
    r"(?:(?P<side>at least|at most)\s+(?P<value>[+-]?\d*\.?\d+)\s*(?P<unit>%|[a-z][a-z ]*?)?|none)"
    r"\s+(?:(?P<mean>on average)|in\s+(?:(?P<some>\d+)\s+of\s+(?P<all>\d+)|(?P<share>\d*\.?\d+)\s*%"
    r"\s+of)\s+seasons)"
)
_EXAMPLE: Final = (
    "write e.g. at least 95% in 9 of 10 seasons, at most 2 hours on average,"
    " or none in 95% of seasons"
)


@dataclass(frozen=True, slots=True)
class Target:
    """A bound on a KPI, and in how many seasons it must hold."""

    at_least: bool
    """Whether the KPI may not be below the bound; False: not above."""
    bound: float
    """In the unit of the KPI; a percentage as its share."""
    share: float | None
    """Share of seasons, above 0 and below 1; None: on average over seasons."""
    unit: str = ""
    """As it was written; empty: none was."""

    @property
    def words(self) -> str:
        """As a planner writes it.

        >>> read_target("at least 95 % in 9 of 10 seasons").words
        'at least 95% in 90% of seasons'
        """
        return write_target(self)


def read_target(written: object) -> Target:
    """Read a target.

    Raises:
        BadValue: it is none.

    >>> read_target("none in 95% of seasons")
    Target(at_least=False, bound=0.0, share=0.95, unit='')
    """
    if isinstance(written, Target):
        return written
    match = _TARGET.fullmatch(written.strip()) if isinstance(written, str) else None
    if match is None:
        raise BadValue(message="is no target", hint=_EXAMPLE)
    percent = match["unit"] == "%"
    bound = float(match["value"] or 0.0) / (100 if percent else 1)
    return Target(match["side"] == "at least", bound, _share(match), match["unit"] or "")


def _share(match: re.Match[str]) -> float | None:
    if match["mean"]:
        return None
    some, of = (match["some"], match["all"]) if match["some"] else (match["share"], 100)
    share = float(some) / float(of) if float(of) else 0.0
    if not 0.0 < share < 1.0:
        raise BadValue(
            message="the share of seasons must lie between 0 and 1",
            hint="no number of seasons can show that all do: ask e.g. for 99 of 100",
        )
    return share


def write_target(target: Target) -> str:
    """The text from which the same target is read."""
    seasons = f"in {format_percent(target.share)} of seasons" if target.share else "on average"
    if not target.at_least and target.bound == 0.0 and not target.unit:
        return f"none {seasons}"
    percent = target.unit == "%"
    value = format_percent(target.bound) if percent else f"{target.bound:.12g}"
    unit = f" {target.unit}" if target.unit and not percent else ""
    return f"{'at least' if target.at_least else 'at most'} {value}{unit} {seasons}"


TargetSpec: TypeAlias = Annotated[
    Target,
    Reads(
        words="target: a bound, and in how many seasons",
        read=read_target,
        write=write_target,
        holds=Target,
        schema={
            "type": "string",
            "examples": ["at least 95% in 9 of 10 seasons", "none in 95% of seasons"],
        },
    ),
]
"""A chance constraint, or one on the mean."""

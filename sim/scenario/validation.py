"""Known answers: what a textbook says must come out of the season that a file describes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias, TypeGuard

from pydantic import Field

from sim.errors import BadValue
from sim.scenario.base import Block
from sim.scenario.readers import read_number
from sim.scenario.reads import Reads

_PLUS_MINUS = re.compile(r"\s*(\S+)\s*(?:±|\+-|\+/-)\s*(\S+)\s*")


@dataclass(frozen=True, slots=True)
class Known:
    """A value from a source, and how well the source knows it."""

    value: float
    within: float = 0.0
    """The source's own uncertainty: its rounding, or its interval if it simulated."""


Answer: TypeAlias = tuple[tuple[str | None, Known], ...]
"""What must come out by policy; under every policy where the name is None."""


def _read_answer(written: object) -> Answer:
    """Read one value for every policy, or a mapping of values by policy."""
    if _is_read(written):
        return written
    if not isinstance(written, Mapping):
        return ((None, _read_known(written)),)
    if not written:
        raise BadValue(message="is empty", hint="write a number, or numbers by policy")
    return tuple((str(policy), _read_known(value)) for policy, value in written.items())


def _is_read(written: object) -> TypeGuard[Answer]:
    """Whether a value is an answer already; a list of the file is a tuple too."""
    return (
        isinstance(written, tuple)
        and written != ()
        and all(
            isinstance(part, tuple) and len(part) == 2 and isinstance(part[1], Known)
            for part in written
        )
    )


def _read_known(written: object) -> Known:
    """Read `0.888`, or `0.888 ± 0.0005`."""
    if not isinstance(written, str):
        return Known(read_number(written))
    parts = _PLUS_MINUS.fullmatch(written)
    try:
        value, within = (float(part) for part in parts.groups()) if parts else (None, None)
    except ValueError:
        value = within = None
    if value is None or within is None:
        raise BadValue(message="is not a number", hint='write e.g. 0.888 or "0.888 ± 0.0005"')
    if within < 0:
        raise BadValue(message="the part after ± must not be negative")
    return Known(read_number(value), read_number(within))


def _write_answer(answer: Answer) -> Any:
    if [policy for policy, _ in answer] == [None]:
        return _write_known(answer[0][1])
    return {str(policy): _write_known(known) for policy, known in answer}


def _write_known(known: Known) -> float | str:
    return f"{known.value!r} ± {known.within!r}" if known.within else known.value


AnswerByPolicy: TypeAlias = Annotated[
    Answer,
    Reads(
        words="number, or numbers by policy",
        read=_read_answer,
        write=_write_answer,
        holds=tuple,
        schema={
            "type": ["number", "string", "object"],
            "minProperties": 1,
            "examples": [0.888, "0.888 ± 0.0005", {"Backorder": 0.888}],
        },
    ),
]
"""A known value, or one for each of several policies."""


class Validation(Block):
    """What must come out of this season, by a source: a case for `peakwise validate`."""

    expected: dict[str, AnswerByPolicy] = Field(min_length=1)
    """Known value by figure: a KPI or line of the profit and loss, or such a figure with `per day`
    (or another unit of time) behind it. A number holds under every policy; else give numbers by
    policy. `0.888 ± 0.0005` says how well the source itself knows it."""
    replications: int = Field(default=20, ge=2, le=100_000)
    """Seasons to simulate; their seeds are 1 to this number."""
    studies_of: int | None = Field(default=None, ge=2, le=10_000)
    """Instead of the figures themselves, check their intervals: every replication is a study of so
    many seasons, and 95% of the studies must have an interval that holds the known value."""

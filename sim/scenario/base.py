"""What every block of a scenario is made of: the base model, and how a typed value is read.

A `Reads` sits in an annotated type and does four things: it turns a planner's text into the
engine's number, writes the number back as text that reads the same, names the value in plain
words for the reference page, and describes it to editors in the JSON Schema.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

from sim.scenario.fields import (
    ClockRange,
    ClockTime,
    CoverSpec,
    Duration,
    EventRate,
    Money,
    MoneyRate,
    Name,
    NonNegative,
    OfHundred,
    PositionsSpec,
    Positive,
    PositiveDuration,
    Share,
    ShareRate,
    SignedShare,
    UnitCount,
    UnitRate,
    Volume,
    WeekHours,
    WeeklyHours,
    WeekTimes,
    WorkTime,
    YesNo,
)
from sim.scenario.moments import Moment, MomentRange
from sim.scenario.rates import Cover

__all__ = [
    "Block",
    "ClockRange",
    "ClockTime",
    "Cover",
    "CoverSpec",
    "Duration",
    "EventRate",
    "Moment",
    "MomentRange",
    "Money",
    "MoneyRate",
    "Name",
    "NonNegative",
    "OfHundred",
    "PositionsSpec",
    "Positive",
    "PositiveDuration",
    "Share",
    "ShareRate",
    "SignedShare",
    "UnitCount",
    "UnitRate",
    "Volume",
    "WeekHours",
    "WeekTimes",
    "WeeklyHours",
    "WorkTime",
    "YesNo",
]


class Block(BaseModel):
    """A group of settings. Frozen, strict, and without room for unknown names.

    A default in Python is in the engine's units (ms, ml, shares of 1): it is not read like text.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
        serialize_by_alias=True,
        protected_namespaces=(),
    )

    source: str | None = None
    """Where the figures of this block come from."""
    assumption: bool | str | None = None
    """`yes`, or in words what is assumed, where no source exists."""
    note: str | None = None
    """Anything a reader should know."""

    @model_validator(mode="before")
    @classmethod
    def _lists_fill_tuples(cls, value: Any) -> Any:
        """Lists of the file become tuples, as strict types and frozen blocks need."""
        if not isinstance(value, dict):
            return value
        settled = {key: _settled(entry) for key, entry in value.items()}
        if isinstance(settled.get("assumption"), str):
            settled["assumption"] = _yes_or_words(settled["assumption"])
        return settled


def _settled(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(_settled(entry) for entry in value)
    if isinstance(value, dict):
        return {key: _settled(entry) for key, entry in value.items()}
    return value


def _yes_or_words(text: str) -> bool | str:
    return {"yes": True, "no": False}.get(text.strip().lower(), text)

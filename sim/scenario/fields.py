"""The types of a scenario's fields: what is read, how it is written, and what it holds."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, TypeAlias

from sim.scenario import clock, readers
from sim.scenario.rates import Cover, Positions, Rate, format_positions, format_rate
from sim.scenario.reads import Reads, text_schema
from sim.scenario.units import (
    NUMBER,
    WEEK,
    format_duration,
    format_percent,
    format_volume,
    parse_count,
    parse_duration,
    parse_volume,
)

_NUMBER_TEXT = NUMBER.replace("?:", "")
_PERCENT = {"type": "string", "pattern": rf"^\s*{_NUMBER_TEXT}\s*(%|percent)\s*$"}
_SOME_TIME = r"^\s*[0-9.]+\s*[A-Za-z]"


def _share_or(number: dict[str, Any], *examples: object) -> dict[str, Any]:
    return {"anyOf": [{"type": "number", **number}, _PERCENT], "examples": list(examples)}


def _by_day(*examples: object) -> dict[str, Any]:
    return {"type": ["string", "object"], "minProperties": 1, "examples": list(examples)}


def _write_number(number: float) -> float | int:
    return int(number) if float(number).is_integer() else number


def _write_signed(change: float) -> str:
    return f"{'' if change < 0 else '+'}{format_percent(change)}"


def _write_of_hundred(share: float) -> float | int | str:
    number = Decimal(repr(share)) * 100
    return int(number) if number == int(number) else format_percent(share)


def _write_cover(cover: Cover) -> str:
    return format_duration(cover.ms)


def _write_weekly_hours(ms: int) -> str:
    return format_rate(Rate(float(ms), WEEK, None, "hours"))


Name: TypeAlias = Annotated[
    str,
    Reads(
        words="name",
        read=readers.read_name,
        write=str,
        holds=str,
        schema={"type": "string", "minLength": 1, "maxLength": 120},
    ),
]
"""An identifier: text without hidden or look-alike characters, at most 120 long."""

Positive: TypeAlias = Annotated[
    float,
    Reads(
        words="number above 0",
        read=readers.read_positive,
        write=_write_number,
        holds=(float, int),
        schema=_share_or({"exclusiveMinimum": 0}, 1.5),
    ),
]
"""A finite number above 0; a percentage is read as its share."""

NonNegative: TypeAlias = Annotated[
    float,
    Reads(
        words="number of at least 0",
        read=readers.read_non_negative,
        write=_write_number,
        holds=(float, int),
        schema=_share_or({"minimum": 0}, 1.5),
    ),
]
"""A finite number of at least 0; a percentage is read as its share."""

Money: TypeAlias = Annotated[
    float,
    Reads(
        words="amount of money",
        read=readers.read_money,
        write=_write_number,
        holds=(float, int),
        schema={"type": "number", "minimum": 0, "examples": [14.0]},
    ),
]
"""An amount of at least 0 in the scenario's currency."""

Share: TypeAlias = Annotated[
    float,
    Reads(
        words="share from 0% to 100%",
        read=readers.read_share,
        write=format_percent,
        holds=(float, int),
        schema=_share_or({"minimum": 0, "maximum": 1}, "6%", 0.06),
    ),
]
"""A share between 0 and 1, from "6%" or 0.06."""

SignedShare: TypeAlias = Annotated[
    float,
    Reads(
        words="change in percent",
        read=readers.read_signed_share,
        write=_write_signed,
        holds=(float, int),
        schema=_share_or({"minimum": -1, "maximum": 1}, "+40%", "-10%"),
    ),
]
"""A relative change of at least -1, from "+40%" or "-10%"."""

OfHundred: TypeAlias = Annotated[
    float,
    Reads(
        words="number out of 100",
        read=readers.read_of_hundred,
        write=_write_of_hundred,
        holds=(float, int),
        schema=_share_or({"minimum": 0, "maximum": 100}, 60, "60%"),
    ),
]
"""A share between 0 and 1, from a number out of 100 shoppers or a percentage."""

YesNo: TypeAlias = Annotated[
    bool,
    Reads(
        words="yes or no",
        read=readers.read_yes_no,
        write=bool,
        holds=bool,
        schema={"enum": ["yes", "no", True, False, "true", "false", "on", "off"]},
    ),
]
"""True or false, from yes, no, on, off, true, false."""

UnitCount: TypeAlias = Annotated[
    int,
    Reads(
        words="number of units",
        read=parse_count,
        write=int,
        holds=int,
        schema={
            "anyOf": [
                {"type": "integer", "minimum": 0},
                {"type": "string", "pattern": r"^\s*\d+\s*(units?|pcs|pieces?)\s*$"},
            ],
            "examples": ["500 units", 500],
        },
    ),
]
"""A whole number of units of at least 0, from 500 or "500 units"."""

Duration: TypeAlias = Annotated[
    int,
    Reads(
        words="span of time",
        read=parse_duration,
        write=format_duration,
        holds=int,
        schema=text_schema(_SOME_TIME, "3 days", "45 min", "1 day 4 hours"),
    ),
]
"""A span of time of at least 0, in ms."""

WorkTime: TypeAlias = Annotated[
    int,
    Reads(
        words="span of time",
        read=readers.read_work_time,
        write=format_duration,
        holds=int,
        schema=text_schema(_SOME_TIME, "2.5 min", "90 s"),
    ),
]
"""Hands-on work of at least 0, in ms."""

PositiveDuration: TypeAlias = Annotated[
    int,
    Reads(
        words="span of time above 0",
        read=readers.read_positive_duration,
        write=format_duration,
        holds=int,
        schema=text_schema(_SOME_TIME, "3 days", "45 min"),
    ),
]
"""A span of time above 0, in ms."""

Volume: TypeAlias = Annotated[
    int,
    Reads(
        words="volume",
        read=parse_volume,
        write=format_volume,
        holds=int,
        schema=text_schema(_SOME_TIME, "12 liters", "350 ml", "0.5 m3"),
    ),
]
"""A volume of at least 0, in ml."""

UnitRate: TypeAlias = Annotated[
    Rate,
    Reads(
        words="units per time",
        read=readers.read_unit_rate,
        write=format_rate,
        holds=Rate,
        schema=text_schema(None, "120 units per day"),
    ),
]
"""Units per time, from "120 units per day"."""

EventRate: TypeAlias = Annotated[
    Rate,
    Reads(
        words="number per time",
        read=readers.read_event_rate,
        write=format_rate,
        holds=Rate,
        schema=text_schema(None, "3 per day", "every 20 min"),
    ),
]
"""Events per time, from "3 per day"."""

MoneyRate: TypeAlias = Annotated[
    Rate,
    Reads(
        words="money per time or thing",
        read=readers.read_money_rate,
        write=format_rate,
        holds=Rate,
        schema=text_schema(None, "27.00 per hour", "6 per shelf per month"),
    ),
]
"""Money per time, per thing, or both, from "6 per shelf per month"."""

ShareRate: TypeAlias = Annotated[
    Rate,
    Reads(
        words="share per time",
        read=readers.read_share_rate,
        write=format_rate,
        holds=Rate,
        schema=text_schema(None, "1.5% per week"),
    ),
]
"""A share per time, from "1.5% per week"; its amount is the share, between 0 and 1."""

WeeklyHours: TypeAlias = Annotated[
    int,
    Reads(
        words="hours per week",
        read=readers.read_weekly_hours,
        write=_write_weekly_hours,
        holds=int,
        schema=text_schema(None, "48 hours per week"),
    ),
]
"""Working time per week in ms, from "48 hours per week"."""

PositionsSpec: TypeAlias = Annotated[
    Positions,
    Reads(
        words="number of positions",
        read=readers.read_positions,
        write=format_positions,
        holds=Positions,
        schema=text_schema(r"^\s*\d+\s+\S", "60 shelves of 80 liters", "20 shelves"),
    ),
]
"""Positions: how many, what they are, and how large."""

CoverSpec: TypeAlias = Annotated[
    Cover,
    Reads(
        words="span of forecast demand",
        read=readers.read_cover,
        write=_write_cover,
        holds=Cover,
        schema=text_schema(_SOME_TIME, "21 days"),
    ),
]
"""Stock stated by how long it lasts, from "21 days"."""

ClockTime: TypeAlias = Annotated[
    int,
    Reads(
        words="time of day",
        read=clock.parse_clock,
        write=clock.format_clock,
        holds=int,
        schema=text_schema(r"^\s*\d{1,2}:\d{2}(:\d{2})?\s*$", "16:30"),
    ),
]
"""A time of day in ms after midnight; 24:00 is the end of the day."""

ClockRange: TypeAlias = Annotated[
    tuple[int, int],
    Reads(
        words="hours of a day",
        read=clock.parse_span,
        write=clock.format_span,
        holds=tuple,
        schema=text_schema(None, "08:00-16:30", "22:00-06:00"),
    ),
]
"""Opening and closing time in ms after midnight; hours past midnight close after 24:00."""

WeekTimes: TypeAlias = Annotated[
    clock.WeekOfTimes,
    Reads(
        words="time of day by weekday",
        read=clock.parse_week_times,
        write=clock.format_week_times,
        holds=tuple,
        schema=_by_day("16:00", {"mon-fri": "16:00", "sat": "12:00"}),
    ),
]
"""One time per weekday in ms after midnight, Monday first; None where there is none."""

WeekHours: TypeAlias = Annotated[
    clock.Week,
    Reads(
        words="hours by weekday",
        read=clock.parse_week_hours,
        write=clock.format_week_hours,
        holds=tuple,
        schema=_by_day("weekdays 09:00-17:00", "always", {"mon-fri": "08:00-16:30"}),
    ),
]
"""Hours of each weekday in ms after midnight, Monday first; None where closed."""

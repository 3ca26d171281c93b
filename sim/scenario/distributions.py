"""Types of fields that hold a distribution, and the families behind them."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, TypeAlias

from sim.errors import BadValue
from sim.scenario.discrete import (
    Binomial,
    Empirical,
    Geometric,
    NegativeBinomial,
    Poisson,
    RoundedNormal,
    UniformNumber,
)
from sim.scenario.families import (
    Constant,
    Distribution,
    Erlang,
    Exponential,
    Gamma,
    Lognormal,
    Normal,
    Triangular,
    Uniform,
    Weibull,
)
from sim.scenario.readers import read_share_rate
from sim.scenario.reads import Reads, text_schema
from sim.scenario.spelling import (
    COUNTS,
    DURATIONS,
    FACTORS,
    Dimension,
    format_distribution,
    parse_distribution,
)
from sim.scenario.units import WEEK, format_percent
from sim.scenario.waiting import StillWaiting

__all__ = [
    "Binomial",
    "Constant",
    "CountDistribution",
    "Distribution",
    "DurationDistribution",
    "Empirical",
    "Erlang",
    "EventHazard",
    "Exponential",
    "FactorDistribution",
    "Gamma",
    "Geometric",
    "Lognormal",
    "NegativeBinomial",
    "Normal",
    "Poisson",
    "RoundedNormal",
    "StillWaiting",
    "Triangular",
    "Uniform",
    "UniformNumber",
    "Weibull",
]


def _reads(dimension: Dimension, words: str, kind: str, *examples: object) -> Reads:
    return Reads(
        words=words,
        read=partial(parse_distribution, dimension=dimension),
        write=partial(format_distribution, dimension=dimension),
        holds=Distribution,
        schema=_schema(kind, *examples),
    )


def _schema(kind: str, *examples: object) -> dict[str, Any]:
    return {"type": [kind, "object"], "minProperties": 1, "examples": list(examples)}


def _read_weekly_chance(value: object) -> float:
    """Chance of an event within a week, from a share per any time."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value == 0:
        return 0.0
    rate = read_share_rate(value)
    if rate.amount > 1:
        raise BadValue(message="a share must not be above 100%", hint='write e.g. "1.5% per week"')
    if rate.per_ms is None or rate.per_ms == WEEK:
        return rate.amount
    return float(1 - (1 - rate.amount) ** (WEEK / rate.per_ms))


def _write_weekly_chance(chance: float) -> str:
    return f"{format_percent(chance)} per week"


DurationDistribution: TypeAlias = Annotated[
    Distribution,
    _reads(
        DURATIONS,
        "distribution of a span of time",
        "string",
        "5 days",
        "2 to 5 days",
        "usually 38 days, 1 in 10 over 52 days",
        {"gamma": {"mean": "38 days", "cv": 0.3}},
        {"exponential": "9 days"},
    ),
]
"""A distribution of times; its values are ms. Draws are not whole: round them when you sample."""

CountDistribution: TypeAlias = Annotated[
    Distribution,
    _reads(
        COUNTS,
        "distribution of a whole number",
        "integer",
        1,
        {"1": "85%", "2": "15%"},
        {"geometric": 1.4},
    ),
]
"""A distribution of whole numbers of at least 0."""

FactorDistribution: TypeAlias = Annotated[
    Distribution,
    _reads(
        FACTORS,
        "distribution of a factor",
        "number",
        1,
        {"exponential": 1},
        {"lognormal": {"mean": 1, "cv": 0.5}},
    ),
]
"""A distribution of a factor without a unit."""

EventHazard: TypeAlias = Annotated[
    float,
    Reads(
        words="share per time",
        read=_read_weekly_chance,
        write=_write_weekly_chance,
        holds=(float, int),
        schema=text_schema(None, "1.5% per week"),
    ),
]
"""Chance of an event within a week, from "1.5% per week" or a share per any other time."""

"""How distributions are written: by family and natural parameters, or in a planner's words.

- `5 days` is constant; `2 to 5 days` is uniform;
- `usually 38 days, 1 in 10 over 52` is lognormal with that median and that 90 % point;
- `{gamma: {mean: 38 days, cv: 0.3}}`, `{exponential: 9 days}` name a family;
- `{2 days: 30%, 3 days: 70%}` lists values and shares; `{empirical: [2 days, 3 days, 3 days]}` past
  ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from sim.errors import BadValue
from sim.scenario.builders import FAMILIES, Family, empirical
from sim.scenario.discrete import Empirical
from sim.scenario.families import Constant, Distribution
from sim.scenario.readers import read_non_negative, read_number, read_share, read_yes_no
from sim.scenario.units import (
    exact_duration,
    format_duration,
    format_percent,
    parse_count,
    plain,
)
from sim.scenario.waiting import StillWaiting, format_still_waiting, parse_still_waiting

_USUALLY = re.compile(r"usually\s+(.+?)\s*,?\s+(?:and\s+)?1 in (\d+) over\s+(.+)")
_ONE_IN = {4: "p75", 5: "p80", 10: "p90", 20: "p95", 100: "p99"}
_PLAIN_NUMBERS = frozenset({"cv", "shape", "stages", "sigma", "size", "trials", "chance"})
_MOST_VALUES = 100_000


@dataclass(frozen=True, slots=True)
class Dimension:
    """What the amounts of a distribution are: times, whole numbers, or plain factors."""

    words: str
    """Name in error texts."""
    read_value: Callable[[object], float]
    """Reads a value that can occur."""
    read_parameter: Callable[[object], float]
    """Reads a mean, a median or a deviation, which need not be a value that can occur."""
    write_value: Callable[[float], Any]
    """Writes either, so that it reads the same."""
    families: frozenset[str]
    """Families that are known for such amounts."""
    example: str
    """For error texts."""


def _read_ms(value: object) -> float:
    return float(exact_duration(value))


def _write_ms(ms: float) -> str:
    whole = ms == int(ms)
    return format_duration(int(ms)) if whole else f"{plain(Decimal(repr(ms)))} ms"


def _read_whole(value: object) -> float:
    return float(parse_count(int(str(value)) if _is_digits(value) else value))


def _read_factor(value: object) -> float:
    return read_non_negative(_number_of(value))


def _write_number(number: float) -> int | float:
    return int(number) if float(number).is_integer() else number


_ANY = frozenset({"constant", "uniform", "normal", "empirical", "weights"})
_SMOOTH = frozenset({"exponential", "gamma", "lognormal", "weibull", "erlang", "triangular"})

DURATIONS = Dimension(
    words="time",
    read_value=_read_ms,
    read_parameter=_read_ms,
    write_value=_write_ms,
    families=_ANY | _SMOOTH | {"still_waiting"},
    example='"5 days", "2 to 5 days" or {gamma: {mean: 38 days, cv: 0.3}}',
)
COUNTS = Dimension(
    words="number",
    read_value=_read_whole,
    read_parameter=_read_factor,
    write_value=_write_number,
    families=_ANY | {"poisson", "geometric", "negative_binomial", "binomial"},
    example="1, {1: 85%, 2: 15%} or {geometric: 1.4}",
)
FACTORS = Dimension(
    words="factor",
    read_value=_read_factor,
    read_parameter=_read_factor,
    write_value=_write_number,
    families=_ANY | _SMOOTH,
    example="1, {exponential: 1} or {lognormal: {mean: 1, cv: 0.5}}",
)


def parse_distribution(value: object, dimension: Dimension) -> Distribution:
    """Read a distribution of the given dimension.

    Raises:
        BadValue: it cannot be read, or its parameters have no meaning.
    """
    if isinstance(value, Distribution):
        return value
    if isinstance(value, Mapping):
        return _from_mapping(value, dimension)
    if isinstance(value, list | tuple):
        raise BadValue(message="is a list", hint="write {empirical: [...]} for past values")
    return _from_words(value, dimension)


def format_distribution(distribution: Distribution, dimension: Dimension) -> Any:
    """Write a distribution so that `parse_distribution` gives the same one."""
    if isinstance(distribution, Constant):
        return dimension.write_value(distribution.value)
    if isinstance(distribution, StillWaiting):
        return {"still_waiting": format_still_waiting(distribution)}
    if isinstance(distribution, Empirical):
        return _write_empirical(distribution, dimension)
    parameters = {
        name: _write_parameter(name, value, dimension) for name, value in distribution.parameters
    }
    if len(parameters) == 1 and FAMILIES[distribution.family].alone in parameters:
        return {distribution.family: next(iter(parameters.values()))}
    return {distribution.family: parameters}


def _from_words(value: object, dimension: Dimension) -> Distribution:
    """Read a single value, "2 to 5 days", or "usually 38 days, 1 in 10 over 52"."""
    if not isinstance(value, str) or _is_digits(value):
        return Constant(dimension.read_value(value))
    text = value.strip()
    usually = _USUALLY.fullmatch(text)
    if usually is not None:
        return _usually(usually, dimension)
    ends = re.split(r"\s+to\s+|\s*[–]\s*|(?<=\d)\s*-\s*(?=\d)", text)
    if len(ends) == 2:
        return _build("uniform", {"min": _with_unit(ends[0], ends[1]), "max": ends[1]}, dimension)
    if text in FAMILIES:
        raise BadValue(
            message=f"{text} needs its parameters", hint=f"write e.g. {dimension.example}"
        )
    return Constant(dimension.read_value(text))


def _usually(match: re.Match[str], dimension: Dimension) -> Distribution:
    point = _ONE_IN.get(int(match[2]))
    if point is None or "lognormal" not in dimension.families:
        raise BadValue(
            message="cannot be read", hint='write e.g. "usually 38 days, 1 in 10 over 52 days"'
        )
    parameters = {"median": match[1], point: _with_unit(match[3], match[1])}
    return _build("lognormal", parameters, dimension)


def _from_mapping(value: Mapping[Any, Any], dimension: Dimension) -> Distribution:
    names = [name for name in value if isinstance(name, str) and name in FAMILIES]
    if len(value) == 1 and names:
        return _from_family(names[0], value[names[0]], dimension)
    if names:
        raise BadValue(
            message="names more than one distribution", hint=f"write e.g. {dimension.example}"
        )
    if not value:
        raise BadValue(message="is empty", hint=f"write e.g. {dimension.example}")
    only = next(iter(value))
    if len(value) == 1 and isinstance(only, str) and only[:1].isalpha():
        known = sorted(dimension.families)
        close = get_close_matches(only, known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"known: {', '.join(known)}"
        raise BadValue(message=f"{only!r} is not a distribution", hint=hint)
    return _shares(value, dimension)


def _from_family(name: str, given: object, dimension: Dimension) -> Distribution:
    if name not in dimension.families:
        raise BadValue(
            message=f"{name} does not give a {dimension.words}",
            hint=f"known here: {', '.join(sorted(dimension.families))}",
        )
    if name == "still_waiting":
        return parse_still_waiting(given)
    if name in {"empirical", "weights"}:
        return _values(name, given, dimension)
    alone = FAMILIES[name].alone
    if isinstance(given, Mapping):
        return _build(name, given, dimension)
    if alone is None:
        raise BadValue(
            message=f"{name} needs {FAMILIES[name].choices()}",
            hint=f"write e.g. {dimension.example}",
        )
    return _build(name, {alone: given}, dimension)


def _build(name: str, given: Mapping[Any, Any], dimension: Dimension) -> Distribution:
    """Read the parameters of a family and make the distribution."""
    family = FAMILIES[name]
    optional = {"truncate"} & set(family.every_parameter)
    unknown = [key for key in given if key not in family.every_parameter]
    if unknown:
        close = get_close_matches(str(unknown[0]), family.every_parameter, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"it needs {family.choices()}"
        raise BadValue(message=f"{name} has no parameter {str(unknown[0])!r}", hint=hint)
    if not any(set(given) - optional == set(choice) for choice in family.parameter_sets):
        raise BadValue(
            message=f"{name} needs {family.choices()}", hint=f"write e.g. {dimension.example}"
        )
    parameters = {key: _read_parameter(name, key, given[key], dimension) for key in given}
    made = family.make(parameters, dimension is COUNTS)
    if isinstance(made, Constant):
        return made
    if dimension is DURATIONS and name == "normal" and not parameters.get("truncate"):
        raise BadValue(
            message="a normal time may be negative", hint="add truncate: yes to cut it off at 0"
        )
    return replace(made, written=tuple(parameters.items()))


def _read_parameter(family: str, name: str, given: object, dimension: Dimension) -> float:
    try:
        if name == "truncate":
            return read_yes_no(given)
        if name in _PLAIN_NUMBERS:
            return read_number(_number_of(given))
        if name in {"min", "max", "mode", "value"}:
            return dimension.read_value(given)
        return dimension.read_parameter(given)
    except BadValue as error:
        message = f"{name} of {family}: {error.message}"
        raise BadValue(message, error.hint) from None


def _write_parameter(name: str, value: float, dimension: Dimension) -> Any:
    if name == "truncate":
        return bool(value)
    return _write_number(value) if name in _PLAIN_NUMBERS else dimension.write_value(value)


def _values(name: str, given: object, dimension: Dimension) -> Distribution:
    """Read past values (a list) or values with shares or weights (a mapping)."""
    if isinstance(given, Mapping):
        return _shares(given, dimension) if name == "empirical" else _weights(given, dimension)
    if name == "weights" or not isinstance(given, list | tuple):
        raise BadValue(
            message="needs values", hint="write e.g. {empirical: [...]} or {2: 30%, 3: 70%}"
        )
    counts: dict[float, float] = {}
    for entry in given[: _MOST_VALUES + 1]:
        value = dimension.read_value(entry)
        counts[value] = counts.get(value, 0.0) + 1.0
    _refuse_size(len(given))
    return empirical(counts)


def _weights(given: Mapping[Any, Any], dimension: Dimension) -> Distribution:
    _refuse_size(len(given))
    return empirical(_by_value(given, dimension, _read_factor))


def _shares(given: Mapping[Any, Any], dimension: Dimension) -> Distribution:
    """Read values with shares, which must add up to 100%, in whatever way they are written."""
    _refuse_size(len(given))
    percent = any(isinstance(share, str) and not _is_digits(share) for share in given.values())
    shares = _by_value(given, dimension, read_share if percent else _read_factor)
    total = sum(shares.values())
    if not percent and abs(total - 100) <= 1e-7:
        return empirical({value: share / 100 for value, share in shares.items()})
    if abs(total - 1) > 1e-9:
        raise BadValue(
            message=f"the shares add up to {_short(total * 100)}%, not to 100%",
            hint="correct them, or write {weights: {...}} to have them scaled",
        )
    return empirical(shares)


def _by_value(
    given: Mapping[Any, Any], dimension: Dimension, read: Callable[[object], float]
) -> dict[float, float]:
    shares: dict[float, float] = {}
    for key, share in given.items():
        value = dimension.read_value(key)
        if value in shares:
            raise BadValue(message=f"{dimension.write_value(value)} is listed twice")
        shares[value] = read(share)
    return shares


def _write_empirical(distribution: Empirical, dimension: Dimension) -> dict[str, Any]:
    pairs = list(zip(distribution.values, distribution.weights, strict=True))
    if abs(sum(distribution.weights) - 1) <= 1e-9:
        shares = {dimension.write_value(value): format_percent(share) for value, share in pairs}
        return {"empirical": shares}
    return {"weights": {dimension.write_value(value): _write_number(w) for value, w in pairs}}


def _refuse_size(size: int) -> None:
    if size > _MOST_VALUES:
        raise BadValue(message=f"has more than {_MOST_VALUES:,} values")
    if size == 0:
        raise BadValue(message="is empty", hint="list at least one value")


def _with_unit(bare: str, dated: str) -> str:
    """Give a bare number the unit of its partner: "2" beside "5 days" is "2 days"."""
    return bare if bare.rstrip()[-1:].isalpha() else f"{bare} {dated.lstrip('0123456789. ')}"


def _is_digits(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\s*\d{1,12}\s*", value) is not None


def _number_of(value: object) -> object:
    """Numbers inside words and mapping keys arrive as text."""
    if isinstance(value, str) and re.fullmatch(r"\s*\d+(\.\d+)?([eE][+-]?\d{1,2})?\s*", value):
        return float(value)
    return value


def _short(number: float) -> str:
    return f"{number:.10g}"


__all__ = [
    "COUNTS",
    "DURATIONS",
    "FACTORS",
    "Dimension",
    "Family",
    "format_distribution",
    "parse_distribution",
]

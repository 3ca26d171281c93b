"""Readers of single values: numbers, shares, names, rates. What they refuse, they explain."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal
from typing import Final

from sim.errors import BadValue
from sim.scenario.rates import Cover, Positions, Rate, parse_positions, parse_rate
from sim.scenario.units import WEEK, parse_count, parse_duration, parse_percent, plain

_LARGEST_NUMBER: Final = 1e15
_LONGEST_NAME: Final = 120
_UNITS = re.compile(r"(?:units?|pcs|pieces?)\s*$")


def read_number(value: object, example: str = "1.5") -> float:
    """A finite number, as a float.

    Raises:
        BadValue: text, a truth value, NaN, infinity, or absurdly large.
    """
    hint = f"write e.g. {example}"
    if isinstance(value, str) and value.strip().lower() in {"nan", "inf", "-inf", "infinity"}:
        raise BadValue(message="must be a finite number", hint=hint)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadValue(
            message="must be a number", hint="write it without quotes and without a unit"
        )
    if isinstance(value, float) and not math.isfinite(value):
        raise BadValue(message="must be a finite number", hint=hint)
    if abs(value) > _LARGEST_NUMBER:
        raise BadValue(message="is too large", hint="the largest number is 1e15")
    return float(value)


def read_non_negative(value: object) -> float:
    """A finite number of at least 0; a percentage is read as its share."""
    number = _percent_or_number(value)
    if number < 0:
        raise BadValue(message="must not be negative", hint="write 0 or more")
    return number


def read_positive(value: object) -> float:
    """A finite number above 0; a percentage is read as its share."""
    number = _percent_or_number(value)
    if number <= 0:
        raise BadValue(message="must be above 0", hint="write e.g. 1.5")
    return number


def read_money(value: object) -> float:
    """An amount of money of at least 0, written without its currency."""
    if isinstance(value, str):
        raise BadValue(message="must be an amount without its currency", hint="write e.g. 14.00")
    return read_non_negative(value)


def read_share(value: object) -> float:
    """A share between 0 and 1 from "6%" or 0.06."""
    share = _percent_or_number(value, "6%")
    if share < 0:
        raise BadValue(message="a share must not be negative", hint='write e.g. "6%" or 0.06')
    if share > 1:
        if isinstance(value, str):
            raise BadValue(message="a share must not be above 100%", hint='write e.g. "6%" or 0.06')
        number = plain(Decimal(repr(value)))
        if share <= 100:
            raise BadValue(
                message="a share is at most 1",
                hint=f'write "{number}%" or {plain(Decimal(repr(value)) / 100)}',
            )
        raise BadValue(message="a share is at most 1 or 100%", hint='write e.g. "6%" or 0.06')
    return share


def read_signed_share(value: object) -> float:
    """A change such as "+40%" or "-10%", as +0.4 or -0.1; never below -100%."""
    change = _percent_or_number(value, "+40%")
    if change < -1:
        raise BadValue(message="cannot fall by more than 100%")
    if not isinstance(value, str) and abs(change) > 1:
        raise BadValue(
            message="a change needs its percent sign",
            hint=f'write "{plain(Decimal(repr(value)))}%"',
        )
    return change


def read_of_hundred(value: object) -> float:
    """Share meant by "of 100 shoppers", a number from 0 to 100, or by "60%"."""
    if isinstance(value, str):
        return read_share(value)
    if isinstance(value, float) and 0 < value < 1:
        raise BadValue(
            message="is a number of 100 shoppers",
            hint=f"write {plain(Decimal(repr(value)) * 100)} or in percent",
        )
    number = read_number(value, "60")
    if not 0 <= number <= 100:
        raise BadValue(message="is a number of 100 shoppers", hint="write a number from 0 to 100")
    return float(Decimal(repr(value)) / 100)


def read_yes_no(value: object) -> bool:
    """True for yes, true, on; False for no, false, off."""
    if isinstance(value, bool):
        return value
    word = value.strip().lower() if isinstance(value, str) else ""
    if word in {"yes", "true", "on"}:
        return True
    if word in {"no", "false", "off"}:
        return False
    raise BadValue(message="must be yes or no")


def read_name(value: object) -> str:
    """An identifier: normalized text that cannot be mistaken for another that looks the same."""
    if not isinstance(value, str):
        raise BadValue(message="a name must be text", hint=f'put it in quotes, e.g. "{value}"')
    name = unicodedata.normalize("NFC", value).strip()
    if not name:
        raise BadValue(message="a name must not be empty")
    if len(name) > _LONGEST_NAME:
        raise BadValue(
            message=f"a name has at most {_LONGEST_NAME} characters",
            hint=f"this one has {len(name)}",
        )
    hidden = next((letter for letter in name if unicodedata.category(letter)[0] == "C"), None)
    if hidden is not None:
        raise BadValue(
            message=f"holds the invisible character U+{ord(hidden):04X}", hint="remove it"
        )
    scripts = {script for letter in name if (script := _script(letter))}
    if len(scripts) > 1:
        raise BadValue(
            message=f"mixes letters that look alike, {' and '.join(sorted(scripts))}",
            hint="type the name again in one alphabet",
        )
    return name


def _script(letter: str) -> str | None:
    """Alphabet of a letter, for the three whose letters are mistaken for each other."""
    word = unicodedata.name(letter, "").split(" ")[0]
    return word.capitalize() if word in {"LATIN", "CYRILLIC", "GREEK"} else None


def _percent_or_number(value: object, example: str | None = None) -> float:
    if isinstance(value, str) and value.strip().endswith(("%", "percent")):
        share = parse_percent(value)
        if abs(share) > _LARGEST_NUMBER:
            raise BadValue(message="is too large")
        return share
    if isinstance(value, str) and example is not None and not value.strip().lower().endswith("nan"):
        raise BadValue(message="must be a percentage", hint=f'write e.g. "{example}"')
    return read_number(value) if example is None else read_number(value, f'"{example}"')


def read_work_time(value: object) -> int:
    """Hands-on work, in ms; advice speaks of minutes."""
    return parse_duration(value, "min")


def read_positive_duration(value: object) -> int:
    """A span of time above 0, in ms."""
    ms = parse_duration(value)
    if ms == 0:
        raise BadValue(message="must be longer than nothing", hint='write e.g. "3 days"')
    return ms


def _read_rate(value: object, example: str, *, of: set[str | None]) -> Rate:
    rate = value if isinstance(value, Rate) else parse_rate(value, example)
    if rate.of not in of and not (None in of and rate.of not in {"%", "hours"}):
        raise BadValue(message=f'must be a rate such as "{example}"')
    return rate


def _read_timed_rate(value: object, example: str, *, of: set[str | None]) -> Rate:
    rate = _read_rate(value, example, of=of)
    if rate.per_ms is None or rate.per is not None:
        raise BadValue(message=f'must be a rate per time such as "{example}"')
    return rate


def read_unit_rate(value: object) -> Rate:
    """Units per time: "120 units per day"."""
    return _read_timed_rate(value, "120 units per day", of={"units"})


def read_event_rate(value: object) -> Rate:
    """Events per time: "3 per day"."""
    return _read_timed_rate(value, "3 per day", of={None})


def read_money_rate(value: object) -> Rate:
    """Money per time or thing: "27.00 per hour", "6 per shelf per month"."""
    rate = _read_rate(value, "27.00 per hour", of={None})
    if rate.per_ms is None:
        raise BadValue(message='must be an amount per time such as "27.00 per hour"')
    return rate


def read_share_rate(value: object) -> Rate:
    """A share per time: "1.5% per week"."""
    return _read_timed_rate(value, "1.5% per week", of={"%"})


def read_weekly_hours(value: object) -> int:
    """Milliseconds of work per week, from "48 hours per week"."""
    rate = _read_timed_rate(value, "48 hours per week", of={"hours"})
    return round(rate.per_ms_rate * WEEK)


def read_positions(value: object) -> Positions:
    """Positions: "60 shelves of 80 liters"."""
    return value if isinstance(value, Positions) else parse_positions(value)


def read_cover(value: object) -> Cover:
    """Stock by how long it lasts: "21 days"."""
    if isinstance(value, str) and _UNITS.search(value):
        parse_count(value)  # so that the same is said about it as where only units can stand
    return value if isinstance(value, Cover) else Cover(read_positive_duration(value))

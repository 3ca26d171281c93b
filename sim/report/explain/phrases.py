"""Words for spans of time, shares, dates and distributions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.figures import currency_sign
from sim.scenario.units import DAY, HOUR

if TYPE_CHECKING:
    import datetime as dt

    from sim.scenario.calendar import Calendar
    from sim.scenario.families import Distribution
    from sim.scenario.moments import Moment, MomentRange

_UNITS = (
    (7 * DAY, "week"),
    (DAY, "day"),
    (HOUR, "hour"),
    (60_000, "minute"),
    (1000, "second"),
    (1, "ms"),
)


def number(value: float) -> str:
    """A number as people write it.

    >>> number(102_643.0), number(1.9), number(3.0), number(0.0008)
    ('102,643', '1.9', '3', '0.0008')
    """
    return f"{value:,.0f}" if value == round(value) else f"{value:,.4g}"


def about(value: float) -> str:
    """A large number in three digits.

    >>> about(102_643.0), about(945.4), about(37.0)
    ('103,000', '945', '37')
    """
    digits = max(0, len(f"{value:.0f}") - 3)
    return f"{round(value, -digits):,.0f}"


def percent(share: float) -> str:
    """A share.

    >>> percent(0.55), percent(0.008), percent(1.0)
    ('55%', '0.8%', '100%')
    """
    return f"{100 * share:.4g}%"


def span(ms: float) -> str:
    """A length of time in its most natural unit.

    >>> span(3 * DAY), span(14 * DAY), span(36 * HOUR), span(DAY), span(0)
    ('3 days', '2 weeks', '36 hours', '24 hours', 'no time')
    >>> span(6.2 * DAY), span(96_000), span(30 * 60_000)
    ('6.2 days', '1.6 minutes', '30 minutes')
    """
    if ms <= 0:
        return "no time"
    whole = next((each for each in _UNITS if ms % each[0] == 0 and 2 <= ms / each[0] < 60), None)
    size, name = whole or next((unit for unit in _UNITS[1:] if ms >= unit[0]), _UNITS[-1])
    amount = number(round(ms / size, 1))
    return f"{amount} {name}" if amount == "1" else f"{amount} {name}s"


def money(value: float, currency: str) -> str:
    """An amount to the cent.

    >>> money(4.9, "USD"), money(250_000, "EUR")
    ('$4.90', '€250,000')
    """
    shown = f"{value:,.0f}" if value == round(value) and value >= 1000 else f"{value:,.2f}"
    return f"{currency_sign(currency)}{shown}"


def usual(times: Distribution) -> str:
    """A distribution of times, as a planner would say it.

    >>> from sim.scenario.families import Constant, Exponential
    >>> usual(Constant(9.0 * DAY)), usual(Exponential(9.0 * DAY))
    ('9 days', '9 days on average, half of them within 6.2 days, 9 of 10 within 20.7 days')
    """
    middle, late = (float(value) for value in times.quantile([0.5, 0.9]))
    if middle == late:
        return span(middle)
    return (
        f"{span(times.mean)} on average, half of them within {span(middle)}, "
        f"9 of 10 within {span(late)}"
    )


def listed(parts: list[str]) -> str:
    """Parts of a sentence.

    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def many(count: int, noun: str) -> str:
    """A number with its noun.

    >>> many(1, "person"), many(9, "person"), many(2, "supplier")
    ('1 person', '9 people', '2 suppliers')
    """
    plural = {"person": "people"}.get(noun, f"{noun}s")
    return f"{count:,} {noun if count == 1 else plural}"


def assumed(source: str | None) -> str:
    """What is said of an effect for which nobody names a source."""
    return "" if source else " (assumed: no source is given)"


def day(calendar: Calendar, moment: Moment) -> str:
    """A moment as a date with its weekday; a season without dates counts its days."""
    return _date(calendar, calendar.ms_of(moment))


def stretch(calendar: Calendar, days: MomentRange) -> str:
    """First and last day of a stretch."""
    begin, end = calendar.span_of(days)
    return between(calendar, begin, end)


def between(calendar: Calendar, begin: int, end: int) -> str:
    """The days from `begin` to just before `end`, in ms of the season."""
    first, last = _date(calendar, begin), _date(calendar, max(begin, end - 1))
    return f"on {first}" if first == last else f"from {first} to {last}"


def _date(calendar: Calendar, ms: int) -> str:
    if calendar.start is None:
        return f"day {ms // DAY + 1}"
    when: dt.datetime = calendar.datetime_of(ms)
    return f"{when:%a %b} {when.day}"

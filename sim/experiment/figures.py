"""Figures inside sentences: short, with the sign and the currency where readers expect them."""

from __future__ import annotations

import math

MINUS = "\N{MINUS SIGN}"
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_STEPS = ((1.0, ""), (1e3, "k"), (1e6, "M"), (1e9, "B"))


def money(value: float, currency: str | None, sign: bool = False) -> str:
    """An amount, compact.

    >>> money(1_234_567, "USD"), money(12_345, "EUR"), money(950, "GBP"), money(41_000, "CHF")
    ('$1.2M', '€12k', '£950', 'CHF 41k')
    >>> money(999_700, "USD", sign=True), money(0.4, "USD"), money(2_500, None)
    ('+$1.0M', '$0.40', '2.5k')
    """
    unit = "" if currency is None else currency_sign(currency)
    return _signed(value, f"{unit}{_compact(abs(value))}", sign)


def currency_sign(currency: str) -> str:
    """What stands before an amount.

    >>> currency_sign("USD"), currency_sign("CHF")
    ('$', 'CHF ')
    """
    return _SYMBOLS.get(currency, f"{currency} ")


def amount(value: float, unit: str, currency: str | None, sign: bool = False) -> str:
    """A value of any unit: money, a share as percent, or a number with its unit.

    >>> amount(0.0613, "share", None), amount(3.25, "days", None), amount(4200, "orders", None)
    ('6.1%', '3.2 days', '4.2k orders')
    """
    if unit == "money":
        return money(value, currency, sign)
    if unit == "share":
        return _signed(value, f"{100 * abs(value):.1f}%", sign)
    size = abs(value)
    digits = _compact(size) if size >= 1000 else f"{size:.0f}" if size >= 100 else f"{size:.1f}"
    return _signed(value, f"{digits} {unit}".rstrip(), sign)


def listed(names: list[str]) -> str:
    """Names in a sentence.

    >>> listed(["Alerts"]), listed(["Alerts", "Backorder"]), listed(["A", "B", "C"])
    ('Alerts', 'Alerts and Backorder', 'A, B and C')
    """
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "season"), counted(20, "season")
    ('1 season', '20 seasons')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _signed(value: float, text: str, sign: bool) -> str:
    if not any(digit in text for digit in "123456789"):
        return text
    return (MINUS if value < 0 else "+" if sign else "") + text


def _compact(size: float) -> str:
    """Two to three digits: 950, 2.5k, 41k, 412k, 1.2M."""
    if not math.isfinite(size):
        return "unknown"
    if size < 10:
        return f"{size:.2f}" if size else "0"
    # What rounds up to the next step belongs to it: 999,700 is 1.0M, not 1000k.
    scale, letter = max(step for step in _STEPS if size >= 0.9995 * step[0])
    scaled = size / scale
    return f"{scaled:.1f}{letter}" if letter and scaled < 9.95 else f"{scaled:.0f}{letter}"

"""Numbers as a reader wants them: no digit that is not known, the same form along a row."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

UNKNOWN: Final = "n/a"
_SYMBOLS: Final = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}


@dataclass(frozen=True, slots=True)
class Form:
    """How one row writes its numbers."""

    before: str = ""
    """What stands before the digits, such as a currency sign."""
    after: str = ""
    """What stands after them, such as `%` or `k`."""
    scale: float = 1.0
    """What a value is multiplied by before it is written."""
    decimals: int = 0

    def write(self, value: float | None, sign: bool = False) -> str:
        """Write a value; with `sign`, say plus as well as minus.

        >>> Form("$", "k", 0.001).write(-41_300.0)
        '−$41k'
        >>> Form(decimals=1).write(2.0, sign=True)
        '+2.0'
        """
        if value is None or not math.isfinite(value):
            return UNKNOWN
        digits = f"{abs(value) * self.scale:,.{self.decimals}f}"
        lead = "−" if value < 0 and any(d in digits for d in "123456789") else "+" * sign
        return f"{lead}{self.before}{digits}{self.after}"

    def write_known(self, value: float | None, half_width: float | None) -> str:
        """Write a mean and how well it is known.

        >>> Form(after="%", scale=100, decimals=1).write_known(0.9234, 0.0041)
        '92.3% ±0.4'
        """
        text = self.write(value)
        if text == UNKNOWN or half_width is None or not math.isfinite(half_width):
            return text
        return f"{text} ±{half_width * self.scale:,.{self.decimals}f}"


def form_of(values: Sequence[float | None], unit: str, currency: str) -> Form:
    """Choose the form of a row from its largest value.

    >>> form_of([412_345.0, 9_000.0], "money", "USD").write(412_345.0)
    '$412k'
    >>> form_of([3.456], "days", "USD").write(3.456)
    '3.5'
    >>> form_of([98_765.0], "orders", "USD").write_known(98_765.0, 512.0)
    '98.8k ±0.5'
    """
    largest = max((abs(v) for v in values if v is not None and math.isfinite(v)), default=0.0)
    if unit == "share":
        return Form(after="%", scale=100, decimals=1)
    if unit == "money":
        before = _SYMBOLS.get(currency, f"{currency} ")
        if largest >= 1e8:
            return Form(before, "M", 1e-6, 1)
        if largest >= 1e4:
            return Form(before, "k", 1e-3, 0 if largest >= 1e5 else 1)
        return Form(before, decimals=0 if largest >= 100 else 2)
    if largest >= 1e4:
        return Form(after="k", scale=1e-3, decimals=1)
    return Form(decimals=0 if largest >= 100 else 1)

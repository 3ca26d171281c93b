"""Numbers as a reader wants them: no digit that is not known, the same form along a row."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sim.experiment.figures import MINUS, currency_sign

UNKNOWN: Final = "n/a"


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

    @property
    def excel(self) -> str:
        """Number format in which a spreadsheet shows a value as `write` does.

        >>> Form("$", "k", 1e-3).excel, Form(after="%", scale=100, decimals=1).excel
        ('"$"#,##0,"k";"−$"#,##0,"k"', '0.0%;"−"0.0%')
        """
        digits = "0" if self.after == "%" else "#,##0"
        digits += f".{'0' * self.decimals}" if self.decimals else ""
        digits += "," * (round(-math.log10(self.scale)) // 3) if self.scale < 1 else ""
        after = "%" if self.after == "%" else f'"{self.after}"' if self.after else ""
        plus = f'"{self.before}"' if self.before else ""
        return f'{plus}{digits}{after};"{MINUS}{self.before}"{digits}{after}'

    @property
    def unit(self) -> str:
        """What stands around the digits, for a heading."""
        return self.before + self.after

    @property
    def axis(self) -> "Form":
        """The same along an axis, where shares need no decimals."""
        return replace(self, decimals=0) if self.after == "%" else self

    def bare(self) -> "Form":
        """The same without its unit, for a row whose heading says it."""
        return replace(self, before="", after="")

    def write(self, value: float | None, sign: bool = False) -> str:
        """Write a value; with `sign`, say plus as well as minus.

        >>> Form("$", "k", 0.001).write(-41_300.0)
        '−$41k'
        >>> Form(decimals=1).write(2.0, sign=True)
        '+2.0'
        """
        if value is None or not math.isfinite(value):
            return UNKNOWN
        if value == 0:
            return "0%" if self.after == "%" else "0"
        digits = f"{abs(value) * self.scale:,.{self.decimals}f}"
        lead = MINUS if value < 0 and any(d in digits for d in "123456789") else "+" * sign
        return f"{lead}{self.before}{digits}{self.after}"

    def write_known(self, value: float | None, half_width: float | None) -> str:
        """Write a mean and how well it is known; nothing is added to what never varies.

        >>> Form(after="%", scale=100, decimals=1).write_known(0.9234, 0.0041)
        '92.3% ±0.4'
        >>> Form("$", "k", 1e-3).write_known(1_693_000.0, 90_000.0)
        '$1,693k ±90k'
        """
        text = self.write(value)
        if text == UNKNOWN or not half_width or not math.isfinite(half_width):
            return text
        letter = "" if self.after == "%" else self.after
        return f"{text} ±{half_width * self.scale:,.{self.decimals}f}{letter}"


def form_of(
    values: Sequence[float | None],
    unit: str,
    currency: str,
    half_widths: Sequence[float | None] = (),
) -> Form:
    """Choose the form of a row from its largest value, and from how well it is known.

    >>> form_of([412_345.0, 9_000.0], "money", "USD").write(412_345.0)
    '$412k'
    >>> form_of([3.456], "days", "USD").write(3.456)
    '3.5'
    >>> form_of([6_998.0], "orders", "USD", [2_020.0]).write_known(6_998.0, 2_020.0)
    '7.0k ±2.0k'
    >>> form_of([6_998.0], "orders", "USD", [20.0]).write_known(6_998.0, 20.0)
    '6,998 ±20'
    """
    largest, widest = _largest(values), _largest(half_widths)
    if unit == "share":
        return Form(after="%", scale=100, decimals=1)
    if unit == "money":
        return _money(largest, currency_sign(currency))
    if largest >= 1e4 or (largest >= 1e3 and widest >= 100):
        return Form(after="k", scale=1e-3, decimals=1)
    return Form(decimals=0 if largest >= 100 else 1 if largest >= 1 else 2)


def _money(largest: float, sign: str) -> Form:
    if largest >= 1e7:
        return Form(sign, "M", 1e-6, 2)
    if largest >= 1e4:
        return Form(sign, "k", 1e-3, 0 if largest >= 1e5 else 1)
    return Form(sign, decimals=0 if largest >= 100 else 2)


def _largest(values: Sequence[float | None]) -> float:
    return max((abs(v) for v in values if v is not None and math.isfinite(v)), default=0.0)

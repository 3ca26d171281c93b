"""Quantities and prices as files write them: decimal points or commas, currency signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from sim.history.problems import refuse

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

Decimal = Literal[".", ","]

_NUMBER: Final = re.compile(r"[-+]?\d[\d.,]*|[-+]?[.,]\d+")
_DRESS: Final = re.compile(r"[\s$€£¥'\u2019]|^[A-Z]{3}|[A-Z]{3}$")
"""Currency signs and codes, spaces, and apostrophes between thousands."""


def decimal_sign(texts: pd.Series, delimiter: str, file: str | None = None) -> Decimal:
    """Whether the point or the comma begins the decimals.

    The last sign of a number with both decides; else a sign not followed by just three digits.
    A column of numbers such as "1,200" alone could be either.

    Raises:
        HistoryError: the numbers disagree, or cannot tell.
    """
    seen = {_evidence(text) for text in texts.unique()}
    signs = seen & {".", ","}
    if len(signs) == 2:
        hint = "say which: --decimal . or --decimal ,"
        refuse("some numbers have decimal points, others decimal commas", hint, file=file)
    if signs:
        return "." if "." in signs else ","
    # The delimiter was a comma, so a comma inside a field was quoted on purpose: thousands, likely.
    # A point in a file of commas is a decimal point wherever files of commas come from.
    doubtful = "?," in seen or ("?." in seen and delimiter == ";")
    if doubtful:
        hint = "say which: --decimal . or --decimal ,"
        refuse("numbers such as 1,200 may be thousands or decimals", hint, file=file)
    return "."


def parse_numbers(texts: pd.Series, decimal: Decimal) -> NDArray[np.float64]:
    """Numbers of a text column; nan where there is none."""
    import numpy as np

    codes, values = texts.factorize()
    table = np.array([_number(str(value), decimal) for value in values], float)
    return table[codes] if len(table) else np.zeros(0)


def _evidence(text: str) -> str:
    """What one number says: the decimal sign, "?" and the sign if unsure, or nothing."""
    bare = _DRESS.sub("", text)
    if _NUMBER.fullmatch(bare) is None:
        return ""
    signs = re.findall(r"[.,]", bare)
    if not signs:
        return ""
    last: str = signs[-1]
    if len(set(signs)) == 2:
        return last if signs.count(last) == 1 else ""
    if len(signs) > 1:
        return "," if last == "." else "."
    head, tail = bare.lstrip("+-").split(last)
    sure = len(tail) != 3 or not 1 <= len(head) <= 3 or head == "0"
    return last if sure else "?" + last


def _number(text: str, decimal: Decimal) -> float:
    bare = _DRESS.sub("", text)
    if bare.startswith("(") and bare.endswith(")"):  # how bookkeepers write a negative
        bare = "-" + bare[1:-1]
    if _NUMBER.fullmatch(bare) is None:
        return float("nan")
    thousands = "," if decimal == "." else "."
    try:
        return float(bare.replace(thousands, "").replace(decimal, "."))
    except ValueError:
        return float("nan")

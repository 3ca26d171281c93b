"""Where things stand on a slide, and how large text may be there."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEIGHT = 1.22
"""Line height, in font sizes."""
_WIDTHS = (
    ("\N{WORD JOINER}", 0.0),
    ("iljtf.,:;'|!()[]-/ ·\N{NO-BREAK SPACE}", 0.31),
    ("mwMW@%—", 0.88),
    ("ABCDEFGHKNOPQRSUVXYZ&", 0.71),
)
_WIDTH = 0.57
"""Widths of characters, in font sizes, and that of all others: Arial's, and 2% for bold."""
_WIDENESS = {"calibri": 0.96, "carlito": 0.96, "arial": 1.0, "helvetica": 1.0, "verdana": 1.2}
_LONG_WORD = 40
"""Longer words, such as checksums, may be broken."""
_PADDING = 13.0
"""Left and right of the text in a cell, in points."""
POINT = 12_700
"""EMU of a typographic point."""


def wideness(font: str) -> float:
    """How much wider a font is than what `width_of` assumes; unknown ones are taken for wide.

    >>> wideness("Arial"), wideness("Some Font")
    (1.0, 1.2)
    """
    return _WIDENESS.get(font.lower(), 1.2)


def width_of(text: str, size: float) -> float:
    """Width of a line, in points: on the safe side for common fonts.

    >>> round(width_of("Backorder", 10)), round(width_of("iiiiiiiii", 10))
    (53, 28)
    """
    return size * _ems(text)


@cache
def _ems(text: str) -> float:
    """Width in font sizes; layouts ask for the same words again and again."""
    return sum(
        next((wide for letters, wide in _WIDTHS if each in letters), _WIDTH) for each in text
    )


def words_of(text: str) -> list[str]:
    """What a line may be broken between; a no-break space holds together."""
    return [word for word in text.split(" ") if word]


def lines_of(text: str, size: float, width: float) -> int:
    """Lines that a text takes, at a font size and a width in points.

    >>> lines_of("four words of text", 10, 200), lines_of("four words of text", 10, 60)
    (1, 2)
    """
    lines, taken = 1, 0.0
    for word in words_of(text):
        wide = width_of(word, size)
        if taken and taken + wide > width:
            lines, taken = lines + 1, 0.0
        lines += int(wide // width) if wide > width else 0
        taken += wide % width if wide > width else wide
        taken += width_of(" ", size)
    return lines


def largest_size(
    texts: Sequence[str], width: float, height: float, sizes: Sequence[float], gap: float = 0.35
) -> float:
    """The largest of the sizes at which paragraphs fit a box, else the smallest.

    Args:
        texts: Paragraphs.
        width: Of the box, in points.
        height: Of the box, in points.
        sizes: To try, the largest first.
        gap: Between paragraphs, in font sizes.
    """
    for size in sizes:
        lines = sum(lines_of(text, size, width) for text in texts)
        if lines * size * _HEIGHT + len(texts) * gap * size <= height:
            return size
    return sizes[-1]


def column_widths(rows: Sequence[Sequence[str]], width: float, size: float) -> list[float]:
    """Widths of the columns of a table: no word is broken if all words have room.

    What is left is shared by how much longer the texts are than the longest words.
    """
    columns = list(zip(*rows, strict=True))
    needed = [
        max(
            width_of(word[:_LONG_WORD], size)
            for text in column
            for word in (words_of(text) or [""])
        )
        + _PADDING
        for column in columns
    ]
    wished = [
        max(min(width_of(text, size), 0.6 * width) for text in column) + _PADDING
        for column in columns
    ]
    missing = [max(0.0, wish - need) for wish, need in zip(wished, needed, strict=True)]
    left = width - sum(needed)
    if left <= 0:
        return [width * need / sum(needed) for need in needed]
    if not sum(missing):
        return [need + left / len(needed) for need in needed]
    return [need + left * miss / sum(missing) for need, miss in zip(needed, missing, strict=True)]


def row_lines(row: Sequence[str], widths: Sequence[float], size: float) -> int:
    """Lines of the tallest cell of a row."""
    return max(
        lines_of(text, size, width - _PADDING) for text, width in zip(row, widths, strict=True)
    )


def row_height(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    """Height of a row, in points."""
    return row_lines(row, widths, size) * size * _HEIGHT + 8


def table_size(
    rows: Sequence[Sequence[str]], width: float, height: float, sizes: Sequence[float]
) -> float | None:
    """The largest font size at which a table fits; None: it does not."""
    for size in sizes:
        widths = column_widths(rows, width, size)
        taken = sum(row_height(row, widths, size) for row in rows)
        if taken <= height and _unbroken(rows, widths, size):
            return size
    return None


def _unbroken(rows: Sequence[Sequence[str]], widths: Sequence[float], size: float) -> bool:
    """Whether every word fits its column."""
    return all(
        width_of(word, size) <= width - _PADDING + 1
        for row in rows
        for text, width in zip(row, widths, strict=True)
        for word in words_of(text)
        if len(word) < _LONG_WORD
    )

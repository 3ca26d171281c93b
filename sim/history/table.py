"""From text to rows: the delimiter, the header, and what does not fit, each with its line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.history.problems import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from sim.history.files import SourceText

DELIMITERS: Final = (",", ";", "\t", "|")
_LOOKED_AT: Final = 50
_LONGEST_RECORD: Final = 500
"""Lines of text that one record may span: more means a quote that is never closed."""
_MOST_RAGGED: Final = 0.02
"""Share of ragged rows above which the file is refused rather than cleaned."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is laid out."""

    delimiter: str
    """Character between two fields."""
    headers: tuple[str, ...]
    """Column names, as they stand in the first line."""


@dataclass(frozen=True, slots=True)
class RaggedRow:
    """A row with more or fewer fields than the header."""

    line: int
    """Line in the file, counted from 1."""
    fields: int
    """Fields found."""


def find_layout(source: SourceText, delimiter: str | None = None) -> Layout:
    """Find the delimiter that splits the first lines into the same number of fields.

    Raises:
        HistoryError: one column only, an empty header, or no rows below it.
    """
    first = source.text.split("\n", _LOOKED_AT)[:_LOOKED_AT]
    sample = [line for line in first if line.strip()]
    chosen = delimiter or max(DELIMITERS, key=lambda each: _fit(sample, each))
    if len(chosen) != 1:
        refuse("a delimiter is one character", file=source.name, value=chosen)
    try:
        headers = tuple(
            field.strip() for field in next(csv.reader(_lines(source.text), delimiter=chosen))
        )
    except csv.Error as broken:
        refuse(f"the header cannot be read: {broken}", file=source.name, line=1)
    if len(headers) < 2:
        hint = "name the delimiter with --delimiter"
        message = "has one column only: no comma, semicolon, tab or bar splits it"
        refuse(message, hint, file=source.name, line=1, value=headers[0])
    if not source.text.rstrip("\n").count("\n"):
        refuse("has a header and nothing below it: no orders", file=source.name)
    return Layout(chosen, headers)


def read_columns(
    source: SourceText, layout: Layout, columns: Sequence[str]
) -> tuple[pd.DataFrame, tuple[RaggedRow, ...]]:
    """Read some columns as text, with the file's line of each row in the column `line`.

    Every other column is passed over and never kept. Ragged rows are left out and returned.

    Raises:
        HistoryError: a quote that is never closed, or too many ragged rows.
    """
    at = [layout.headers.index(column) for column in columns]
    frame = _at_once(source, layout, at)
    if frame is not None:
        return frame, ()
    return _row_by_row(source, layout, at)


def _fit(sample: list[str], delimiter: str) -> tuple[float, int]:
    """How well a delimiter explains the sample: share of rows as wide as the first, and width."""
    rows = [row for row in csv.reader(sample, delimiter=delimiter) if row]
    width = len(rows[0]) if rows else 0
    if width < 2:
        return (0.0, width)
    return (sum(len(row) == width for row in rows) / len(rows), width)


def _lines(text: str) -> Iterator[str]:
    return iter(io.StringIO(text, newline="\n"))


def _at_once(source: SourceText, layout: Layout, at: list[int]) -> pd.DataFrame | None:
    """Read a well-formed file in one go; None if any row needs a closer look."""
    import pandas as pd

    # Pandas pads short rows and cuts long ones without a word, so the fields are counted first.
    starts, fields = _shape(source.text, layout.delimiter)
    if (fields != len(layout.headers)).any():
        return None
    try:
        frame = pd.read_csv(
            io.StringIO(source.text),
            sep=layout.delimiter,
            header=None,
            usecols=sorted(set(at)),
            dtype=str,
            keep_default_na=False,
            skip_blank_lines=False,
        )
    except pd.errors.ParserError:
        return None
    if len(frame) != len(starts):
        return None
    kept = frame.loc[1:, at]
    kept.columns = pd.Index(range(len(at)))
    kept["line"] = starts[1:]
    return kept


def _shape(text: str, delimiter: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The line on which each record begins, and its number of fields.

    A line feed or delimiter counts where an even number of quotes stands before it. That is right
    for well-formed files; for others the number of records will not agree with the reader's.
    """
    import numpy as np

    data = np.frombuffer(text.encode(), np.uint8)
    quotes = np.flatnonzero(data == ord('"'))
    feeds = np.flatnonzero(data == ord("\n"))
    if not text.endswith("\n"):
        feeds = np.append(feeds, len(data))
    ends = np.searchsorted(quotes, feeds) % 2 == 0
    starts = np.concatenate(([1], np.flatnonzero(ends)[:-1] + 2))
    cuts = np.flatnonzero(data == ord(delimiter))
    cuts = cuts[np.searchsorted(quotes, cuts) % 2 == 0]
    return starts, np.diff(np.searchsorted(cuts, feeds[ends]), prepend=0) + 1


def _row_by_row(
    source: SourceText, layout: Layout, at: list[int]
) -> tuple[pd.DataFrame, tuple[RaggedRow, ...]]:
    import pandas as pd

    width = len(layout.headers)
    rows: list[list[str]] = []
    starts: list[int] = []
    ragged: list[RaggedRow] = []
    for start, row in _records(source, layout.delimiter):
        if len(row) == width:
            rows.append([row[place] for place in at])
            starts.append(start)
        elif row:
            ragged.append(RaggedRow(start, len(row)))
    _check_ragged(source, layout, ragged, len(rows))
    frame = pd.DataFrame(rows, columns=range(len(at)), dtype=str)
    frame["line"] = starts
    return frame, tuple(ragged)


def _records(source: SourceText, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Records below the header, each with the line it starts on."""
    reader = csv.reader(_lines(source.text), delimiter=delimiter, strict=True)
    next(reader)
    start = reader.line_num + 1
    unclosed = "a quote is opened and never closed"
    hint = "close it, or write a quote inside a field as two quotes"
    try:
        for row in reader:
            if reader.line_num - start >= _LONGEST_RECORD:
                refuse(unclosed, hint, file=source.name, line=start)
            yield start, row
            start = reader.line_num + 1
    except csv.Error as broken:
        known = "end of data" in str(broken) or "field larger" in str(broken)
        message = unclosed if known else f"cannot be read: {broken}"
        refuse(message, hint, file=source.name, line=start)


def _check_ragged(source: SourceText, layout: Layout, ragged: list[RaggedRow], good: int) -> None:
    if len(ragged) <= max(1, _MOST_RAGGED * (good + len(ragged))):
        return
    first = ragged[0]
    message = (
        f"{len(ragged):,} of {good + len(ragged):,} rows do not have the {len(layout.headers)}"
        f" fields of the header; this one has {first.fields}"
    )
    hint = "name the delimiter with --delimiter, or quote fields that contain it"
    refuse(message, hint, file=source.name, line=first.line)

"""Reading a file that may come from anybody.

Its kind and size are looked at before it is read: a device or a huge file is refused at once.
"""

from __future__ import annotations

import os
import re
import stat
from typing import Final

from sim.errors import Problem, ScenarioError
from sim.scenario.locating import Mark, Source

MOST_BYTES: Final = 5_000_000
"""Largest scenario file."""
MOST_TABLE_BYTES: Final = 50_000_000
"""Largest CSV table."""
MOST_HISTORY_BYTES: Final = 200_000_000
"""Largest order history that is replayed."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")


def read_text(source: Source, most_bytes: int) -> str:
    """Text of a file, decoded from UTF-8.

    Raises:
        ScenarioError: it is missing, not a regular file, too large, empty, or not UTF-8 text.
    """
    data = _read_bytes(source, most_bytes)
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data.count(b"\x00") > len(data) // 4:
        first = Mark(source, 1, 1)
        raise _error(source, "the file is UTF-16, not UTF-8", "save it as UTF-8", first)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise _error(
            source,
            f"the file is not UTF-8: byte 0x{data[error.start]:02X} at offset {error.start}",
            "save it as UTF-8; it may be Latin-1 or Windows-1252",
            Mark(source, line, column),
        ) from None
    control = _CONTROL.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        column = control.start() - text.rfind("\n", 0, control.start())
        raise _error(
            source,
            f"the file holds the control character U+{ord(control[0]):04X}",
            "remove it",
            Mark(source, line, column),
        )
    return text


def check_file(source: Source, most_bytes: int) -> None:
    """Make sure that a file that is read later is a regular file of a sensible size.

    Raises:
        ScenarioError: it is missing, not a regular file, or too large.
    """
    try:
        status = source.path.stat()
    except OSError as error:
        raise _error(source, _reason(error)) from None
    _refuse_unreadable(source, status, most_bytes)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    return (error.strerror or "cannot be opened").lower()


def _read_bytes(source: Source, most_bytes: int) -> bytes:
    """Bytes of a regular file; the size is checked before anything is read."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(source.path, flags)
    except IsADirectoryError:
        raise _error(source, "is a folder, not a file") from None
    except OSError as error:
        raise _error(source, _reason(error)) from None
    try:
        _refuse_unreadable(source, os.fstat(handle), most_bytes)
    except ScenarioError:
        os.close(handle)
        raise
    with os.fdopen(handle, "rb") as stream:
        return stream.read(most_bytes + 1)[:most_bytes]


def _refuse_unreadable(source: Source, status: os.stat_result, most_bytes: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise _error(source, "is a folder, not a file")
    if not stat.S_ISREG(status.st_mode):
        raise _error(source, "is not a regular file")
    if status.st_size > most_bytes:
        raise _error(
            source,
            f"the file has {status.st_size:,} bytes; at most {most_bytes:,} are read",
            "put long tables into CSV files" if most_bytes == MOST_BYTES else None,
        )


def _error(
    source: Source, message: str, hint: str | None = None, mark: Mark | None = None
) -> ScenarioError:
    line, column = (None, None) if mark is None else (mark.line, mark.column)
    return ScenarioError(Problem("", message, hint, source.shown, line, column))

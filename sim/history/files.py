"""From a file on disk to text: local regular files only, plain or gzip, within stated limits."""

from __future__ import annotations

import codecs
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sim.history.problems import refuse

LARGEST_TEXT: Final = 2 * 1024**3
"""Most bytes that a file may hold, after unpacking."""

LARGEST_RATIO: Final = 250
"""Most bytes of text per byte of gzip. Order exports pack 5 to 30 to 1; a bomb packs 1000 to 1."""

_SMALL: Final = 16 * 1024**2
"""Below this size the ratio does not matter."""

_CHUNK: Final = 4 * 1024**2


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file."""

    name: str
    """File as the user named it."""
    text: str
    """Its content, with lines ending in a line feed."""
    encoding: str
    """How its bytes were read."""


def read_text(path: str | Path, encoding: str | None = None) -> SourceText:
    """Read a file, unpack it if it is gzip, and decode it.

    Without `encoding`, a byte order mark decides; otherwise the file is UTF-8 if its bytes can be,
    and Windows-1252 if they cannot.

    Raises:
        HistoryError: no such file, not a regular file, too large, a damaged or suspicious archive,
            NUL characters, or bytes that the encoding does not know.
    """
    name = str(path)
    data = _bytes(Path(path), name)
    text, used = _decode(data, name, encoding)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        hint = "the file is damaged, or UTF-16 without a mark: try --encoding utf-16"
        refuse("holds a NUL character", hint, file=name, line=line)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        refuse("is empty: no orders", file=name)
    return SourceText(name, text, used)


def _bytes(path: Path, name: str) -> bytes:
    if not path.exists():
        refuse("there is no such file", file=name)
    if not path.is_file():
        refuse("is not a regular file", "give the path of a CSV file", file=name)
    if path.stat().st_size > LARGEST_TEXT:
        refuse("is larger than 2 GB", "split it, or leave out old orders", file=name)
    data = path.read_bytes()
    if data[:2] == b"\x1f\x8b":
        return _unpack(data, name)
    if data[:4] == b"PK\x03\x04":
        hint = "open it in a spreadsheet and save it as CSV"
        refuse("is a zip archive or an Excel workbook, not CSV", hint, file=name)
    return data


def _unpack(packed: bytes, name: str) -> bytes:
    """Unpack gzip of one or several members, and stop as soon as a limit is passed."""
    limit = min(LARGEST_TEXT, max(_SMALL, LARGEST_RATIO * len(packed)))
    parts: list[bytes] = []
    size = 0
    while packed:
        member = zlib.decompressobj(wbits=31)
        try:
            while not member.eof and packed:
                parts.append(member.decompress(packed, _CHUNK))
                packed = member.unconsumed_tail or member.unused_data
                size += len(parts[-1])
                if size > limit:
                    message = f"unpacks to more than {limit // 1024**2} MB"
                    refuse(message, "unpack it yourself if you trust it", file=name)
        except zlib.error as broken:
            refuse(f"is a damaged gzip file ({broken})", file=name)
        if not member.eof:
            refuse("is a gzip file that ends too early", "copy it again", file=name)
        packed = packed.lstrip(b"\x00")
    return b"".join(parts)


def _decode(data: bytes, name: str, encoding: str | None) -> tuple[str, str]:
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            hint = "try utf-8, cp1252 or utf-16"
            refuse(f"unknown encoding {encoding!r}", hint, file=name)
        return _strictly(data, name, encoding), encoding
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(data, name, "utf-16"), "utf-16"
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        # Windows-1252 leaves five bytes undefined; they show as a question mark in a diamond.
        return data.decode("cp1252", errors="replace"), "cp1252"


def _strictly(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as broken:
        line = data.count(b"\n", 0, broken.start) + 1
        hint = "name another with --encoding"
        refuse(f"is not {encoding}", hint, file=name, line=line)

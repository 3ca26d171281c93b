"""Files of a run: each is written whole or not at all, and read back only with its checksum."""

from __future__ import annotations

import errno
import json
import os
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd
    import pyarrow as pa

MANIFEST: Final = "manifest.json"
RUN: Final = "run.json"
ANSWER: Final = "answer.json"
VALUES: Final = "kpis.parquet"
PARTS: Final = "parts"
SCENARIOS: Final = "scenarios"

_WRITING: Final = ".writing"
"""Ends the name of a file that is being written; what a crash leaves is cleared by the next."""
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class StoreError(OSError):
    """A folder that is no run, or no longer the run that was written, or that cannot be written."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(0, problem, str(path))


@contextmanager
def in_one_line(path: Path) -> Iterator[None]:
    """Say with the file what the system refused, and what can be done about it."""
    try:
        yield
    except StoreError:
        raise
    except OSError as error:
        problem = error.strerror or str(error)
        if error.errno in _FULL:
            problem += "; what is finished is kept: make room and give the same command again"
        raise StoreError(path, f"cannot be written: {problem}") from error


def write(path: Path, data: bytes) -> None:
    """Write a file so that, whatever happens, its name means all of the old content or the new.

    When it returns, the content and its name are on the disk. Only one process may write a folder.

    Raises:
        StoreError: The disk is full, or the place cannot be written; the old content is there.
    """
    draft = path.with_name(f".{path.name}{_WRITING}")
    with in_one_line(path):
        path.parent.mkdir(exist_ok=True)
        try:
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except BaseException:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def write_if_new(path: Path, data: bytes) -> None:
    """Write a file unless it holds just this."""
    if not path.is_file() or path.read_bytes() != data:
        write(path, data)


def is_draft(path: Path) -> bool:
    """Whether the file is what a crash left of one that was being written."""
    return path.name.startswith(".") and path.name.endswith(_WRITING)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk: a rename is safe from a power cut only then.

    Windows opens no folders, and its journal orders renames by itself.
    """
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def as_json(value: Any) -> bytes:
    """A JSON file."""
    return (json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def as_parquet(table: pd.DataFrame | pa.Table) -> bytes:
    """A Parquet file with checksums of its pages: without, a flipped bit reads as another number.

    The same table gives the same bytes.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not isinstance(table, pa.Table):
        table = pa.Table.from_pandas(table, preserve_index=False)
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, write_page_checksum=True)
    return bytes(sink.getvalue())


def parse_parquet(data: bytes, columns: Sequence[str] | None = None) -> pa.Table:
    """The table in the bytes of a Parquet file, or some of its columns.

    Raises:
        OSError: The checksum of a page differs.
        ValueError: It is no Parquet file.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    chosen = None if columns is None else list(columns)
    return pq.read_table(pa.BufferReader(data), columns=chosen, page_checksum_verification=True)


def checksum(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file.

    Raises:
        StoreError: It is missing, or no longer JSON.
    """
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise StoreError(path.parent, f"is no run: it has no {path.name}") from None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise StoreError(path, "is damaged; remove it to have it written anew")
    return found


def checksums(folder: Path) -> Mapping[str, str]:
    """What the manifest says of each file.

    Raises:
        StoreError: There is no manifest, it is damaged, or it names a file outside the run.
    """
    sums = read_json(folder / MANIFEST).get("sha256")
    if not isinstance(sums, dict) or not {VALUES, RUN, ANSWER} <= set(sums):
        raise StoreError(folder / MANIFEST, "is damaged; remove it to have it written anew")
    for name in sums:
        parts = PurePosixPath(name).parts
        if "/".join(parts) != name or not parts or ".." in parts or set(name) & set("\\:"):
            raise StoreError(folder / MANIFEST, f"names a file outside the run: {name!r}")
    return {name: str(value) for name, value in sums.items()}


def read_checked(folder: Path, name: str, wanted: str) -> bytes:
    """The bytes of a file, which are those that were written.

    Raises:
        StoreError: They are not, or the file is missing.
    """
    try:
        data = (folder / name).read_bytes()
    except FileNotFoundError:
        raise StoreError(folder / name, "is missing from the run") from None
    if checksum(data) != wanted:
        raise StoreError(folder / name, DAMAGED)
    return data


DAMAGED: Final = (
    "is not what was written: its checksum differs; remove it and give the command of the run"
    " again to have it written anew"
)

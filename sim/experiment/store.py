"""Runs on disk: what `--out DIR` writes, and reading it back.

A run is a folder of JSON and Parquet with a manifest of checksums. It holds no clock time and no
path, so the same study writes the same bytes. It is written beside its place and moved there whole:
a reader finds the old run or the new one, never a mixture.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from sim.scenario.writing import resolved

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sim.experiment.study import Study

_MANIFEST = "manifest.json"
_RUN = "run.json"
_ANSWER = "answer.json"
_SCENARIOS = "scenarios.json"
_VALUES = "kpis"
_LAYOUT = 1


class StoreError(OSError):
    """A folder that is no run, or no longer the run that was written."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(0, problem, str(path))


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run as it was read back, with every checksum verified."""

    seed: int
    replications: int
    hashes: Mapping[str, str]
    """SHA-256 of the resolved scenario of each policy."""
    versions: Mapping[str, str]
    """Versions of Peakwise and of what its numbers depend on, when it was written."""
    answer: Mapping[str, Any]
    """The object that `--json` printed."""
    scenarios: Mapping[str, Any]
    """The resolved scenario of each policy."""
    tables: Mapping[str, pd.DataFrame]
    """`kpis` (policy, replication, kpi, value), and what else was stored."""


def write_run(
    study: Study,
    folder: Path | str,
    answer: Mapping[str, Any],
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> Path:
    """Write a study, its answer and further tables to a folder; return the folder.

    An earlier run in the folder is replaced, and stays untouched should anything fail.

    Raises:
        StoreError: The folder holds something else than a run.
        OSError: The disk is full, or the place cannot be written.
    """
    place = checked_place(folder)
    draft = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        _write_files(draft, study, answer, {_VALUES: study.frame(), **(tables or {})})
        draft.chmod(0o755)
        _sync_folder(draft)
        _move_into(draft, place)
        _sync_folder(place.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return place


def checked_place(folder: Path | str) -> Path:
    """The folder as a place for a run; folders above it are made.

    Raises:
        StoreError: The folder holds something else than a run, or its place cannot be written.
        OSError: A folder above it cannot be made.
    """
    place = Path(folder).absolute()
    if (
        place.exists()
        and not (place / _MANIFEST).is_file()
        and (not place.is_dir() or any(place.iterdir()))
    ):
        raise StoreError(place, "holds something else than a run; name a new folder")
    place.parent.mkdir(parents=True, exist_ok=True)
    if not os.access(place.parent, os.W_OK):
        raise StoreError(place.parent, "cannot be written")
    return place


def read_run(folder: Path | str) -> StoredRun:
    """Read a run back.

    Raises:
        StoreError: The folder is no run, a file is missing, or a single bit has changed.
    """
    place = Path(folder)
    sums = _checksums(place)
    found = {name: _verified(place, name, wanted) for name, wanted in sums.items()}
    try:
        run = json.loads(found[_RUN])
        return StoredRun(
            seed=run["seed"],
            replications=run["replications"],
            hashes=run["hashes"],
            versions=run["versions"],
            answer=json.loads(found[_ANSWER]),
            scenarios=json.loads(found[_SCENARIOS]),
            tables={
                name.removesuffix(".parquet"): _parse_table(data)
                for name, data in found.items()
                if name.endswith(".parquet")
            },
        )
    except (KeyError, ValueError) as error:
        raise StoreError(place, f"is no complete run: {error}") from error


def _write_files(
    draft: Path, study: Study, answer: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]
) -> None:
    run = {
        "layout": _LAYOUT,
        "seed": study.seed,
        "replications": study.replications,
        "policies": list(study.policies),
        "hashes": dict(study.hashes),
        "versions": dict(study.versions),
    }
    scenarios = {name: resolved(scenario) for name, scenario in study.scenarios.items()}
    contents = {
        _RUN: _as_json(run),
        _SCENARIOS: _as_json(scenarios),
        _ANSWER: _as_json(answer),
        **{f"{name}.parquet": _as_parquet(table) for name, table in tables.items()},
    }
    sums = {name: sha256(data).hexdigest() for name, data in contents.items()}
    for name, data in {**contents, _MANIFEST: _as_json({"sha256": sums})}.items():
        _write_durably(draft / name, data)


def _as_json(value: Any) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _as_parquet(table: pd.DataFrame) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    # Without page checksums, Parquet reads a flipped bit as another number and says nothing.
    pq.write_table(
        pa.Table.from_pandas(table, preserve_index=False), sink, write_page_checksum=True
    )
    return bytes(sink.getvalue())


def _parse_table(data: bytes) -> pd.DataFrame:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(pa.BufferReader(data), page_checksum_verification=True)
    frame: pd.DataFrame = table.to_pandas()
    return frame


def _write_durably(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
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


def _move_into(draft: Path, place: Path) -> None:
    """Put the finished draft in its place; the run that stood there goes only then."""
    if not place.exists():
        draft.replace(place)
        return
    former = Path(tempfile.mkdtemp(prefix=f".{place.name}-former-", dir=place.parent))
    try:
        place.replace(former / "run")
        try:
            draft.replace(place)
        except BaseException:  # Ctrl-C too must not cost the run that stood there
            (former / "run").replace(place)
            raise
    finally:
        shutil.rmtree(former, ignore_errors=True)


def _checksums(place: Path) -> dict[str, str]:
    try:
        sums = json.loads((place / _MANIFEST).read_bytes())["sha256"]
        items = {str(name): str(value) for name, value in sums.items()}
    except FileNotFoundError:
        raise StoreError(place, f"is no run: it has no {_MANIFEST}") from None
    except (KeyError, ValueError, AttributeError, TypeError):
        raise StoreError(place / _MANIFEST, "is damaged") from None
    for name in items:
        if PurePosixPath(name).name != name or "\\" in name:
            raise StoreError(place / _MANIFEST, f"names a file outside the run: {name!r}")
    return items


def _verified(place: Path, name: str, wanted: str) -> bytes:
    try:
        data = (place / name).read_bytes()
    except FileNotFoundError:
        raise StoreError(place / name, "is missing from the run") from None
    if sha256(data).hexdigest() != wanted:
        raise StoreError(place / name, "is not what was written: its checksum differs")
    return data

"""A run's folder while it is written: seasons are kept as they finish, the answer at the end."""

from __future__ import annotations

import functools
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.experiment.store.asked import scenario_contents
from sim.experiment.store.disk import (
    ANSWER,
    MANIFEST,
    PARTS,
    RUN,
    SCENARIOS,
    VALUES,
    StoreError,
    as_json,
    as_parquet,
    checksum,
    checksums,
    in_one_line,
    is_draft,
    parse_parquet,
    read_checked,
    read_json,
    sync_folder,
    write,
    write_if_new,
)
from sim.experiment.store.lock import NAME as LOCK
from sim.experiment.store.lock import FolderLock
from sim.experiment.store.outcomes import Outcomes, add_table, as_table, read_parts, write_part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    import pandas as pd

    from sim.experiment.season import Outcome
    from sim.experiment.store.asked import Asked

Tables = dict[str, "pd.DataFrame"]

_NOTHING: Final = checksum(b"")
_SHARE: Final = 20
"""Keeping takes at most one part in so many of the time: short seasons are written together."""


class Keeper:
    """Keeps every finished season of a run, and gives those that a run before it finished.

    In a new or empty folder a run begins. In the folder of the same run it goes on, or adds
    seasons; of another one, it is refused. `replicate` takes it as its `memory`. Leaving the
    context keeps what has finished; `finish` makes the run whole.

    Until then the folder holds `parts/`, each part with its checksum as its name. The manifest is
    written last and makes the run whole; whenever the process dies, nothing that was kept is lost.

    Args:
        folder: Where the run is, or will be.
        asked: What the run answers.

    Raises:
        StoreError: The folder holds something else, or another study, or is being written, or a
            file is damaged, or it cannot be written.
    """

    def __init__(self, folder: Path | str, asked: Asked) -> None:
        self.folder = Path(folder).absolute()
        self._asked = asked
        self._known: Outcomes = {}
        self._pending: Outcomes = {}
        self._order: dict[str, None] = {}
        self._written_at = self._cost = 0.0
        _check_place(self.folder)
        with in_one_line(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = FolderLock(self.folder)
        try:
            self._is_whole = self._go_on()
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> Keeper:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if not isinstance(error, StoreError):
                self._write_pending()
        finally:
            self._lock.release()

    @property
    def finished(self) -> int:
        """Seasons that are known, over all studies of the run."""
        return sum(map(len, self._known.values()))

    @property
    def is_whole(self) -> bool:
        """Whether the folder holds the whole run, with nothing new since."""
        return self._is_whole

    def known(self, key: str) -> Mapping[int, Outcome]:
        """Seasons of a study that need not be simulated."""
        self._order[key] = None
        return dict(self._known.get(key, {}))

    def keep(self, key: str, replication: int, outcome: Outcome) -> None:
        """Keep a finished season of a study.

        Raises:
            StoreError: The disk is full, or the folder cannot be written.
        """
        for seasons in (self._known, self._pending):
            seasons.setdefault(key, {})[replication] = outcome
        self._is_whole = False
        if time.perf_counter() - self._written_at >= _SHARE * self._cost:
            self._write_pending()

    def finish(
        self, answer: Mapping[str, Any], tables: Callable[[], Mapping[str, pd.DataFrame]] = dict
    ) -> None:
        """Write the answer and the tables, and make the run whole.

        A run that is whole already stays as it is.

        Args:
            answer: What `--json` prints.
            tables: Makes further tables; asked only when they are written.

        Raises:
            StoreError: The disk is full, or the folder cannot be written.
        """
        if not self._is_whole:
            self._replace(
                {
                    **self._outset,
                    ANSWER: as_json(answer),
                    VALUES: as_parquet(as_table(self._in_order())),
                    **{f"{name}.parquet": as_parquet(table) for name, table in tables().items()},
                }
            )

    def _go_on(self) -> bool:
        """Take over what the folder holds; return whether that is the whole run."""
        if (self.folder / RUN).exists():
            self._asked.check_same(self.folder, read_json(self.folder / RUN))
        if (self.folder / MANIFEST).exists():
            return self._read_whole()
        read_parts(self.folder, self._known)
        for name, data in self._outset.items():
            write_if_new(self.folder / name, data)
        return False

    def _read_whole(self) -> bool:
        """Read the seasons of a run that was whole; return whether it still is, and as asked."""
        sums = checksums(self.folder)
        if (self.folder / VALUES).exists():
            data = read_checked(self.folder, VALUES, sums[VALUES])
            add_table(parse_parquet(data), self._known)
        count = self.finished
        read_parts(self.folder, self._known)
        if self.finished == count:
            self._clear()  # they had served before the process that wrote the manifest died
        return all(
            (self.folder / name).is_file()
            and checksum((self.folder / name).read_bytes()) == wanted
            and checksum(self._outset.get(name, b"")) in {wanted, _NOTHING}
            for name, wanted in sums.items()
        )

    @functools.cached_property
    def _outset(self) -> dict[str, bytes]:
        """Files that are known before the first season, `run.json` last: then a run has begun."""
        contents = scenario_contents(self._asked.scenarios)
        return {**contents, RUN: as_json(self._asked.as_json())}

    def _in_order(self) -> Outcomes:
        """Every study, in the order in which the command came to it."""
        keys = [*self._order, *sorted(set(self._known) - set(self._order))]
        return {key: self._known[key] for key in keys if key in self._known}

    def _write_pending(self) -> None:
        if not self._pending:
            return
        began = time.perf_counter()
        write_part(self.folder, self._pending)
        self._pending = {}
        self._written_at = time.perf_counter()
        self._cost = self._written_at - began

    def _replace(self, contents: Mapping[str, bytes]) -> None:
        """Write all files, the manifest last; before, whatever they replace is in the parts."""
        self._write_pending()
        manifest = self.folder / MANIFEST
        if manifest.exists():
            write_part(self.folder, self._known)
            with in_one_line(manifest):
                manifest.unlink()
                sync_folder(self.folder)
        for name, data in contents.items():
            write_if_new(self.folder / name, data)
        sums = {name: checksum(data) for name, data in contents.items()}
        write(manifest, as_json({"sha256": sums}))
        self._is_whole = True
        self._clear()

    def _clear(self) -> None:
        """Take away the parts, and drafts that a crash left."""
        with in_one_line(self.folder):
            for path in [*self.folder.iterdir(), *(self.folder / SCENARIOS).iterdir()]:
                if is_draft(path):
                    path.unlink()
            if (self.folder / PARTS).is_dir():
                for path in (self.folder / PARTS).iterdir():
                    path.unlink()
                (self.folder / PARTS).rmdir()
            sync_folder(self.folder)


def _check_place(folder: Path) -> None:
    """Refuse a folder that holds something else than a run.

    Raises:
        StoreError: It does.
    """
    if not folder.exists() or (folder.is_dir() and (folder / RUN).is_file()):
        return
    strange = not folder.is_dir() or any(
        path.name not in {LOCK, PARTS, SCENARIOS} and not is_draft(path)
        for path in folder.iterdir()
    )
    if strange:
        raise StoreError(folder, "holds something else than a run; name a new folder")

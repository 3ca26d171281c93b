"""Every single step of writing a run fails once, or is the last of the process: nothing is lost."""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.experiment.store import StoreError, open_run
from sim.experiment.store.lock import FolderLock
from tests.experiment.kept import Counted, contents, keep

STEPS = ((os, "fsync"), (Path, "replace"), (Path, "unlink"), (Path, "rmdir"), (Path, "open"))
OPEN = Path.open
FIRST, GROWN = 3, 5
"""Seasons of the run, and of the same after it was added to."""


class Killed(BaseException):
    """Stands for the end of the process."""


class Faults:
    """Lets one step fail, or that and all after it: the process is dead."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException) -> None:
        self.at, self.error, self.count = at, error, 0
        self.armed = True
        monkeypatch.setattr(os, "fsync", lambda _: None)  # a slow disk proves nothing more
        for owner, name in STEPS:
            monkeypatch.setattr(owner, name, self._failing(getattr(owner, name)))
        release = FolderLock.release

        def released(lock: FolderLock) -> None:
            if not self.dead:
                release(lock)
            elif lock._handle >= 0:  # as the system does
                os.close(lock._handle)
                lock._handle = -1

        monkeypatch.setattr(FolderLock, "release", released)

    @property
    def dead(self) -> bool:
        return isinstance(self.error, Killed) and self.count >= self.at and self.armed

    def _failing(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*given: Any, **named: Any) -> Any:
            if step is OPEN and given[1:] != ("wb",):
                return step(*given, **named)
            self.count += self.armed
            if self.armed and (self.dead or self.count == self.at):
                raise self.error
            return step(*given, **named)

        return stepped


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return contents(keep(tmp_path_factory.mktemp("whole") / "run", GROWN))


def meet(
    error: Callable[[], BaseException], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Path, BaseException | None]]:
    """Runs, each of which met the error at a later step, until one met it nowhere."""
    for at in range(1, 500):
        run = folder / str(at)
        with monkeypatch.context() as patch:
            faults = Faults(patch, at, error())
            met: BaseException | None = None
            try:
                keep(run, FIRST)
                keep(run, GROWN)
            except (StoreError, Killed) as stopped:
                met = stopped
            finally:
                faults.armed = False
            reached = faults.count >= at
        if not reached:
            return
        yield run, met
    pytest.fail("a run takes more steps than anyone counted")


def goes_on(run: Path, whole: dict[str, bytes]) -> None:
    """What is kept is not simulated again, and the run ends as one that met nothing."""
    kept = 0
    if (run / "run.json").exists():
        kept = open_run(run).seasons
        assert kept or not list(run.glob("parts/*.parquet"))
    rest = Counted()
    keep(run, GROWN, rest)
    assert len(rest.simulated) <= GROWN - kept
    assert contents(run) == whole


def test_a_disk_that_is_full_at_any_step_gets_one_line_and_costs_nothing_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: dict[str, bytes]
) -> None:
    met = []
    for run, error in meet(
        lambda: OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), tmp_path, monkeypatch
    ):
        met.append(error)
        if error is not None:
            assert isinstance(error, StoreError)
            assert "No space left on device; what is finished is kept" in str(error.strerror)
            assert str(error.filename).startswith(str(run))
        assert not list(run.rglob("*.writing"))
        goes_on(run, whole)
    assert len([error for error in met if error]) > 40


def test_a_process_that_ends_at_any_step_loses_nothing_that_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: dict[str, bytes]
) -> None:
    for number, (run, error) in enumerate(meet(Killed, tmp_path, monkeypatch), 1):
        assert isinstance(error, Killed), number
        goes_on(run, whole)
    assert number > 40

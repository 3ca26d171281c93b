"""One writer per folder: a lock that ends with the process that holds it, however that ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from sim.experiment.store.disk import StoreError, in_one_line

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = ".lock"


class FolderLock:
    """The right to write to a folder. It is taken when made, and kept until released.

    The system gives it back when the process has ended, so that a crash leaves no lock. The file
    that it is on tells who holds it, and goes with the lock.

    Raises:
        StoreError: Another process holds it, or the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        while True:
            with in_one_line(folder):
                self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
            if not _try_lock(self._handle):
                holder = os.read(self._handle, 20).decode("ascii", "replace").strip()
                os.close(self._handle)
                who = f" by process {holder}" if holder else ""
                raise StoreError(folder, f"is being written{who}; wait for it, or name another")
            if self._is_named():
                break
            os.close(self._handle)  # its former holder took the file away in between
        with in_one_line(folder):
            os.ftruncate(self._handle, 0)
            os.write(self._handle, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        """Give the right back; twice does no harm."""
        if self._handle < 0:
            return
        try:
            with suppress(OSError):  # Windows removes no file that is open; it may stay
                self._path.unlink()
        finally:
            os.close(self._handle)
            self._handle = -1

    def _is_named(self) -> bool:
        """Whether the locked file is still the one in the folder."""
        try:
            return os.path.samestat(os.fstat(self._handle), self._path.stat())
        except FileNotFoundError:
            return False


if sys.platform == "win32":  # pragma: no cover

    def _try_lock(handle: int) -> bool:
        import msvcrt

        try:
            os.lseek(handle, 64, os.SEEK_SET)  # beyond what it says, so that others can read that
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            os.lseek(handle, 0, os.SEEK_SET)
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True

else:

    def _try_lock(handle: int) -> bool:
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

"""Files that are written whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def whole_file(place: Path) -> Iterator[Path]:
    """A draft beside the file, which takes its place when it was written without an error.

    Raises:
        OSError: The folder or the disk takes no file.
    """
    handle, name = tempfile.mkstemp(
        prefix=f".{place.stem}-", suffix=place.suffix, dir=place.resolve().parent
    )
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        draft.chmod(0o644)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)

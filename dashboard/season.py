"""Opening a season: shipped or uploaded, with the visitor's changes laid over it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from sim.errors import Problem, ScenarioError
from sim.scenario import load_policies
from sim.scenario.shipped import shipped_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.scenario import Scenario

_ENDINGS: Final = (".yaml", ".yml")
_UPLOAD: Final = "upload-"


class Uploads:
    """Uploaded seasons, each in a folder of its own until the server ends."""

    def __init__(self) -> None:
        self._root = Path(tempfile.mkdtemp(prefix="peakwise-uploads-"))
        atexit.register(shutil.rmtree, self._root, ignore_errors=True)

    def add(self, files: Mapping[str, bytes]) -> str:
        """Keep the files of a season; return the name by which it is opened.

        Args:
            files: Contents by name: one scenario, and the tables and histories that it names.

        Raises:
            ScenarioError: There is none, or more than one scenario among them.
        """
        seasons = [name for name in files if name.lower().endswith(_ENDINGS)]
        if len(seasons) != 1:
            said = "has no scenario" if not seasons else f"has {len(seasons)} scenarios"
            hint = "choose one YAML file, with the CSV files that it names"
            raise ScenarioError(Problem("", said, hint, "the upload"))
        digest = sha256()
        for name in sorted(files):
            digest.update(f"{name}\0{len(files[name])}\0".encode() + files[name])
        key = f"{_UPLOAD}{digest.hexdigest()[:12]}"
        folder = self._root / key
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            (folder / PurePosixPath(name).name).write_bytes(content)
        return key

    def keep(self, name: str, content: bytes) -> Path:
        """Keep a file that is no season, such as an order history; return where."""
        folder = self._root / f"file-{sha256(content).hexdigest()[:12]}"
        folder.mkdir(exist_ok=True)
        path = folder / PurePosixPath(name).name
        path.write_bytes(content)
        return path

    def path(self, key: str) -> Path:
        """File of an uploaded season.

        Raises:
            ScenarioError: This server does not have it, or no more.
        """
        folder = self._root / PurePosixPath(key).name
        found = [path for path in folder.glob("*") if path.suffix.lower() in _ENDINGS]
        if not key.startswith(_UPLOAD) or not found:
            message, hint = "is no longer on this server", "upload it again"
            raise ScenarioError(Problem("", message, hint, key))
        return found[0]


def open_season(name: str, settings: tuple[str, ...], uploads: Uploads) -> Mapping[str, Scenario]:
    """A season under each of its policies.

    Args:
        name: Of a shipped season, or as `Uploads.add` gave it.
        settings: Changes as with `--set`.
        uploads: The uploads of this server.

    Raises:
        ScenarioError: Everything that is wrong with it, each with file, line and column. Files are
            named as the visitor named them.
    """
    try:
        return _read(source_of(name, uploads), settings)
    except ScenarioError as error:
        raise named_plainly(error) from None


def source_of(name: str, uploads: Uploads) -> str:
    """The name of a shipped season, or the path of an uploaded one.

    Raises:
        ScenarioError: This server has no such season.
    """
    return name if name in shipped_names() else str(uploads.path(name))


def named_plainly(error: ScenarioError) -> ScenarioError:
    """Without the folders of the server, which mean nothing to the visitor."""
    return ScenarioError([_named_plainly(each) for each in error.problems])


def _named_plainly(problem: Problem) -> Problem:
    if problem.file is None or problem.file.startswith("--set"):
        return problem
    return replace(problem, file=Path(problem.file).name)


@lru_cache(maxsize=64)
def _read(source: str, settings: tuple[str, ...]) -> Mapping[str, Scenario]:
    return load_policies(source, settings)

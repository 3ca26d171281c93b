"""Which files a scenario may name: those in its own folder and below, and nothing else."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from sim.scenario.merging import problem_at

if TYPE_CHECKING:
    from sim.scenario.locating import Node, Place


def named_file(named: Node, place: Place) -> Path:
    """The file that a setting names, relative to the file in which it is written.

    Raises:
        ScenarioError: it is absolute, a web address, or outside the scenario's folder, also by a
            link.
    """
    name = str(named.value)
    if "://" in name:
        raise problem_at(named.mark, place, "is a web address", "save the file beside this one")
    windows = PureWindowsPath(name)
    if PurePosixPath(name).is_absolute() or windows.drive or windows.root:
        raise problem_at(
            named.mark, place, "is an absolute path", "write it relative to this file's folder"
        )
    source = named.mark.source
    path = (source.path.parent / name.replace("\\", "/")).resolve()
    if not path.is_relative_to(source.root):
        raise problem_at(
            named.mark,
            place,
            f"{name!r} is outside the folder of the scenario",
            "put the file into that folder",
        )
    return path

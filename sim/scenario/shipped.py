"""The seasons that come with Peakwise, addressed by name."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from sim.errors import Problem, ScenarioError


def shipped_folder() -> Path:
    """Folder of the shipped seasons: `scenarios/` of a clone, or their copy inside the package."""
    package = Path(__file__).resolve().parent.parent
    clone = package.parent / "scenarios"
    installed = package / "_scenarios"
    is_clone = (package.parent / "pyproject.toml").is_file() and clone.is_dir()
    return clone if is_clone else installed


def shipped_names() -> list[str]:
    """Names of the shipped seasons, in alphabetical order."""
    return sorted(path.stem for path in shipped_folder().glob("*.yaml"))


def find_scenario(name: str) -> Path:
    """File of a scenario given by its path, or by the name of a shipped season.

    A shipped name always means the shipped season, whatever lies in the current folder: `holiday`
    is the season, `./holiday` a file.

    Raises:
        ScenarioError: there is neither such a file nor such a name.
    """
    if name in shipped_names():
        return shipped_folder() / f"{name}.yaml"
    path = Path(name)
    if path.suffix.lower() in {".yaml", ".yml"} or path.name != name or path.is_file():
        return path
    raise ScenarioError(unknown_season(name))


def unknown_season(name: str) -> Problem:
    """The problem of a name that no shipped season has."""
    names = shipped_names()
    close = get_close_matches(name, names, n=1)
    known = f"did you mean {close[0]!r}" if close else f"shipped are {', '.join(names) or 'none'}"
    return Problem("", f"there is no season called {name!r}", f"{known}; a file ends in .yaml")

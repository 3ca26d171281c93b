"""Cases of known answers: scenario files with a `validation` block, shipped or one's own."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import Problem, ScenarioError
from sim.scenario.explaining import placed
from sim.scenario.loading import policy_scenarios, read_season
from sim.scenario.shipped import shipped_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.scenario.locating import Node
    from sim.scenario.scenario import Scenario
    from sim.scenario.validation import Validation


@dataclass(frozen=True, slots=True)
class Case:
    """A season whose outcome is known."""

    id: str
    """Name of the file without its ending."""
    title: str
    policies: dict[str, Scenario]
    validation: Validation
    source: str
    """Where the known values come from."""
    tree: Node
    """The file, for the places of problems."""

    def problem(self, figure: str, message: str, hint: str) -> Problem:
        """A problem with one of the expected figures, with its place in the file."""
        return placed(Problem(f"validation.expected.{figure}", message, hint), self.tree)


def load_case(path: Path) -> Case:
    """Read a case.

    Raises:
        ScenarioError: everything that is wrong with the season, or that it states no known answer.
    """
    tree = read_season(path)
    policies = policy_scenarios(tree)
    block = tree.child("validation")
    validation = None if block is None else _validation(tree)
    if validation is None:
        problem = Problem("validation", "this season states no known answers", _HINT, str(path))
        raise ScenarioError(problem)
    first = next(iter(policies.values()))
    source = validation.source or first.demand.source or "not named"
    return Case(path.stem, first.name, policies, validation, source, tree)


def load_cases(files: Iterable[Path]) -> list[Case]:
    """Read several cases.

    Raises:
        ScenarioError: everything that is wrong with any of them, or two have the same name.
    """
    cases: dict[str, Case] = {}
    problems: list[Problem] = []
    for path in files:
        try:
            case = load_case(path)
        except ScenarioError as error:
            problems.extend(error.problems)
            continue
        if case.id in cases:
            problems.append(Problem("", "another case has the same name", file=str(path)))
        cases[case.id] = case
    if problems:
        raise ScenarioError(problems)
    return list(cases.values())


_HINT = "write e.g. validation: {source: …, expected: {fill_rate: 0.79}}"


def _validation(tree: Node) -> Validation | None:
    from sim.scenario.locating import plain
    from sim.scenario.scenario import Scenario

    return Scenario.model_validate(plain(tree)).validation


def case_files(names: Iterable[str]) -> list[Path]:
    """Files of cases: each a file, a folder of them, or the name of a shipped one.

    Without any name: all that are shipped.

    Raises:
        ScenarioError: there is no such file or case, or the folder holds none.
    """
    listed = list(names)
    if not listed:
        return sorted(_folder().glob("*.yaml"))
    files: list[Path] = []
    for name in listed:
        files.extend(_files_of(name))
    return list(dict.fromkeys(files))


def _files_of(name: str) -> list[Path]:
    path = Path(name)
    if path.is_dir():
        found = sorted(path.glob("*.yaml"))
        if not found:
            raise ScenarioError(Problem("", "holds no scenario file (*.yaml)", file=name))
        return found
    if path.suffix.lower() in {".yaml", ".yml"} or path.name != name or path.is_file():
        return [path]
    shipped = {file.stem: file for file in _folder().glob("*.yaml")}
    if name in shipped:
        return [shipped[name]]
    close = get_close_matches(name, shipped, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"shipped: {', '.join(sorted(shipped))}"
    raise ScenarioError(Problem("", f"there is no case called {name!r}", hint))


def _folder() -> Path:
    return shipped_folder() / "validation"

"""What a run answers: the command, its options, and the scenario of every policy."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.experiment.store.disk import SCENARIOS, StoreError, as_json
from sim.experiment.store.paths import changes
from sim.experiment.versions import versions
from sim.scenario.writing import resolved, scenario_hash, write_scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.scenario import Scenario

LAYOUT: Final = 1
"""Rises when what a run holds changes its meaning."""
_SHOWN: Final = 3
"""Differences that a refusal names."""
_GROW: Final = frozenset({"run", "compare", "sweep"})
"""Commands that simulate the same scenarios in every season, so that more can be added."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a run, in a form that can be compared with what a folder holds."""

    command: str
    """Name of the subcommand, such as `compare`."""
    arguments: tuple[str, ...]
    """Words behind `peakwise` that ask the same again."""
    options: Mapping[str, Any]
    """Options that decide the answer besides the scenario, as JSON values."""
    scenarios: Mapping[str, Scenario]
    """The resolved scenario of each policy, before anything is varied."""
    seed: int
    wanted: int
    """Seasons of each study; for a wanted precision, the most."""
    looks: int = 1
    """How often the study may end, depending on what it has found."""
    versions: Mapping[str, str] = field(default_factory=versions)

    @cached_property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of each scenario."""
        return {name: scenario_hash(scenario) for name, scenario in self.scenarios.items()}

    @property
    def grows(self) -> bool:
        """Whether more seasons can be asked of the same run."""
        return self.command in _GROW and not self.options.get("precision")

    def as_json(self) -> dict[str, Any]:
        """The object in `run.json`."""
        files = scenario_files(self.scenarios)
        return {
            "layout": LAYOUT,
            "command": self.command,
            "arguments": list(self.arguments),
            "options": dict(self.options),
            "seed": self.seed,
            "wanted": self.wanted,
            "looks": self.looks,
            "scenarios": {
                name: {"file": file, "sha256": self.hashes[name]} for name, file in files.items()
            },
            "versions": dict(self.versions),
        }

    def check_same(self, folder: Path, stored: Mapping[str, Any]) -> None:
        """Refuse to go on with a run that answers something else.

        Raises:
            StoreError: It does; the message says what differs.
        """
        differing = list(self._differences(folder, stored))
        if differing:
            more = len(differing) - _SHOWN
            told = "; ".join(differing[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")
            raise StoreError(folder, f"holds another study ({told}); name a new folder")
        if int(stored["wanted"]) > self.wanted:
            problem = f"was asked for {stored['wanted']} seasons: ask for as many or more"
            raise StoreError(folder, problem)

    def _differences(self, folder: Path, stored: Mapping[str, Any]) -> list[str]:
        if stored.get("layout") != LAYOUT:
            return ["it was written by another version of Peakwise"]
        if stored["command"] != self.command:
            return [f"of {stored['command']}, not {self.command}"]
        pairs: list[tuple[str, Any, Any]] = [("seed", stored["seed"], self.seed)]
        pairs += [
            (name if "." in name else f"--{name}", stored["options"].get(name), value)
            for name, value in self.options.items()
            if not (name == "replications" and self.grows)
        ]
        pairs += [(name, stored["versions"].get(name), v) for name, v in self.versions.items()]
        told = [f"{name} is {_said(a)}, not {_said(b)}" for name, a, b in pairs if a != b]
        return told + self._other_scenarios(folder, stored)

    def _other_scenarios(self, folder: Path, stored: Mapping[str, Any]) -> list[str]:
        hashes = {name: each["sha256"] for name, each in stored["scenarios"].items()}
        if list(hashes) != list(self.hashes):
            return [f"of the policies {', '.join(hashes)}"]
        if hashes == self.hashes:
            return []
        told: dict[str, None] = {}
        for name, scenario in self.scenarios.items():
            before = read_scenario(folder, stored["scenarios"][name]["file"])
            for change in changes(resolved(before), resolved(scenario)):
                told[f"{change.path} is {_said(change.before)}, not {_said(change.after)}"] = None
        return list(told) or ["its order history was another one"]


def scenario_files(names: Mapping[str, Any]) -> dict[str, str]:
    """File of each policy's scenario, by a name that every system takes."""
    files = {}
    for number, name in enumerate(names, 1):
        plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower())
        words = "-".join(filter(None, plain.split("-")))[:40]
        files[name] = f"{SCENARIOS}/{number}{'-' * bool(words)}{words}.yaml"
    return files


def scenario_contents(scenarios: Mapping[str, Scenario]) -> dict[str, bytes]:
    """Every scenario as a file that reads back to it, and the histories they replay.

    People read the YAML file. Beside it lies the same as JSON, which is read back much faster.
    """
    contents = {}
    for name, file in scenario_files(scenarios).items():
        scenario = scenarios[name]
        contents[file] = write_scenario(scenario).encode()
        contents[twin(file)] = as_json(resolved(scenario))
        if scenario.demand.history is not None:
            history = Path(scenario.demand.history)
            contents[f"{SCENARIOS}/{history.name}"] = history.read_bytes()
    return contents


def twin(file: str) -> str:
    """The JSON file beside a scenario's YAML file.

    >>> twin("scenarios/1-backorder.yaml")
    'scenarios/1-backorder.json'
    """
    return f"{file.removesuffix('.yaml')}.json"


def read_scenario(folder: Path, file: str) -> Scenario:
    """A scenario of a run.

    Raises:
        StoreError: It cannot be read any more.
    """
    from sim.errors import ScenarioError
    from sim.scenario import load_scenario

    try:
        return load_scenario(folder / file)
    except ScenarioError as error:
        raise StoreError(folder / file, f"is damaged: {error.problems[0].message}") from None


def _said(value: Any) -> str:
    if value is None:
        return "not given"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)

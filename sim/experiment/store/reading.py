"""Runs read back: what a report, a screen or another command takes its numbers from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.experiment.store.asked import LAYOUT, read_scenario, twin
from sim.experiment.store.disk import (
    ANSWER,
    MANIFEST,
    RUN,
    SCENARIOS,
    VALUES,
    StoreError,
    checksums,
    parse_parquet,
    read_checked,
    read_json,
)
from sim.experiment.store.outcomes import Outcomes, add_table, read_parts
from sim.scenario.writing import read_resolved

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from sim.experiment.comparison import Comparison
    from sim.experiment.study import Study
    from sim.scenario import Scenario

RUNS: Final = "runs"
"""Folder in the current one, in which runs are looked for by name."""


@dataclass(frozen=True)
class Run:
    """A run as it was read back. What is asked of it is read when it is, and checked again."""

    folder: Path
    command: str
    """Name of the subcommand that made it, such as `compare`."""
    arguments: tuple[str, ...]
    """Words behind `peakwise` that make it again."""
    options: Mapping[str, Any]
    """Options that decided the answer besides the scenario, for example `baseline`."""
    seed: int
    wanted: int
    """Seasons that were asked for; for a wanted precision, the most."""
    looks: int
    """How often the study might have ended, depending on what it had found."""
    hashes: Mapping[str, str]
    """SHA-256 of the resolved scenario of each policy."""
    versions: Mapping[str, str]
    """Versions of Peakwise and of what its numbers depend on, when it was made."""
    finished: bool
    """Whether it is whole; else it was interrupted, or still runs."""
    _files: Mapping[str, str]
    _sums: Mapping[str, str]

    @property
    def name(self) -> str:
        """Name of its folder."""
        return self.folder.name

    @cached_property
    def scenarios(self) -> Mapping[str, Scenario]:
        """The resolved scenario of each policy, before anything was varied."""
        return {policy: self.scenario(policy) for policy in self._files}

    def scenario(self, policy: str | None = None) -> Scenario:
        """The scenario of one policy, or of the first.

        Raises:
            StoreError: Its file is not what was written.
        """
        from sim.scenario import scenario_hash

        name = next(iter(self._files)) if policy is None else policy
        scenario = self._read_scenario(self._files[name])
        if scenario_hash(scenario) != self.hashes[name]:
            raise StoreError(self.folder / self._files[name], "is not the scenario of the run")
        return scenario

    def _read_scenario(self, file: str) -> Scenario:
        """From its JSON file, if the manifest vouches for one; else from its YAML file."""
        if twin(file) in self._sums:
            data = read_checked(self.folder, twin(file), self._sums[twin(file)])
            scenario = read_resolved(data, self.folder / SCENARIOS)
            if scenario is not None:
                return scenario
        self._check(file)
        return read_scenario(self.folder, file)

    @cached_property
    def answer(self) -> Mapping[str, Any] | None:
        """The object that `--json` printed; the partial one of an unfinished `run` or `compare`.

        None: there is none yet.
        """
        if self.finished:
            self._check(ANSWER)
            return read_json(self.folder / ANSWER)
        if self.study is None or not self.study.replications:
            return None
        from sim.experiment.json_result import json_result

        return json_result(self.study, self.comparison)

    @cached_property
    def study(self) -> Study | None:
        """Every KPI by policy and replication, as `replicate` returned it.

        None after commands that vary the scenario, whose studies are in the table `kpis` alone.
        """
        if self.command not in {"run", "compare"}:
            return None
        from sim.experiment.study import study_of
        from sim.results import KPIS

        (found,) = self._outcomes.values() or ({},)
        wanted = self.answer["replications"] if self.finished and self.answer else None
        outcomes = {n: season for n, season in found.items() if wanted is None or n < wanted}
        return study_of(
            self.scenarios,
            self.seed,
            outcomes,
            KPIS,
            versions=self.versions,
            wanted=None if self.finished else self.wanted,
            looks=self.looks,
        )

    @cached_property
    def comparison(self) -> Comparison | None:
        """The policies against the baseline, of a `compare`; None of other commands."""
        from sim.experiment.compare import compare

        if self.command != "compare" or self.study is None:
            return None
        return compare(self.study, self.options.get("baseline"))

    @property
    def seasons(self) -> int:
        """Seasons that are finished; of commands that vary the scenario, over all variants."""
        if self.finished and self.answer is not None and "replications" in self.answer:
            return int(self.answer["replications"])
        return sum(map(len, self._outcomes.values()))

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of its tables: `kpis`, and of `run` and `compare` those of the median season."""
        return tuple(
            name.removesuffix(".parquet") for name in self._sums if name.endswith(".parquet")
        )

    def table(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """A table of a finished run: `kpis` (study, replication, policy, kpi, value), or a further.

        Args:
            name: One of `tables`.
            columns: Only these, which is quicker; None: all.

        Raises:
            KeyError: It has no such table.
            StoreError: The table is not what was written.
        """
        file = f"{name}.parquet"
        data = read_checked(self.folder, file, self._sums[file])
        frame: pd.DataFrame = parse_parquet(data, columns).to_pandas()
        return frame

    def check(self) -> None:
        """Check every byte of a finished run.

        Raises:
            StoreError: A file is missing, or not what was written.
        """
        for name in self._sums:
            self._check(name)

    @cached_property
    def _outcomes(self) -> Outcomes:
        found: Outcomes = {}
        if self.finished:
            data = read_checked(self.folder, VALUES, self._sums[VALUES])
            add_table(parse_parquet(data), found)
        else:
            read_parts(self.folder, found)
        return found

    def _check(self, name: str) -> None:
        if name in self._sums:
            read_checked(self.folder, name, self._sums[name])


def open_run(folder: Path | str) -> Run:
    """Read a run, finished or not; every byte of a finished one is checked.

    Raises:
        StoreError: The folder is no run, a file is missing, or a single bit has changed.
    """
    run = _read(Path(folder))
    run.check()
    return run


def find_run(name: str, check: bool = True) -> Run:
    """The run in a folder, or of this name in the folder `runs`.

    Args:
        name: The folder, or its name in the folder `runs`.
        check: Check every byte now; else each file when it is read, which spares the others.

    Raises:
        StoreError: There is none, or it is damaged.
    """
    folder = Path(name)
    if not (folder / RUN).is_file() and (Path(RUNS) / name / RUN).is_file():
        folder = Path(RUNS) / name
    return open_run(folder) if check else _read(folder)


def list_runs(folder: Path | str = RUNS) -> Iterator[Run | StoreError]:
    """The runs in a folder by name; in the place of one that cannot be read, why.

    Only what is looked at is checked, so that a long list is quick.

    Raises:
        StoreError: There is no such folder.
    """
    place = Path(folder)
    if not place.is_dir():
        raise StoreError(place, "is no folder; --out runs/NAME keeps a run there")
    for inside in sorted(place.iterdir()):
        if not (inside / RUN).is_file():
            continue
        try:
            yield _read(inside)
        except StoreError as error:
            yield error


def _read(folder: Path) -> Run:
    found = read_json(folder / RUN)
    if found.get("layout") != LAYOUT:
        raise StoreError(folder, "is a run of another version of Peakwise")
    finished = (folder / MANIFEST).is_file()
    sums = checksums(folder) if finished else {}
    try:
        run = Run(
            folder=folder,
            command=str(found["command"]),
            arguments=tuple(map(str, found["arguments"])),
            options=dict(found["options"]),
            seed=int(found["seed"]),
            wanted=int(found["wanted"]),
            looks=int(found["looks"]),
            hashes={name: str(each["sha256"]) for name, each in found["scenarios"].items()},
            versions=dict(found["versions"]),
            finished=finished,
            _files={name: str(each["file"]) for name, each in found["scenarios"].items()},
            _sums=sums,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise StoreError(folder / RUN, "is damaged; remove it to have it written anew") from None
    run._check(RUN)
    return run

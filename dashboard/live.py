"""A question answered at once and then better: few seasons first, the full number in the end.

The last answer is that of `peakwise compare` with as many seasons: the same numbers. Nothing is
decided on the way, so that looking early misleads nobody; until then an answer is preliminary.
"""

from __future__ import annotations

import math
import shlex
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sim.experiment import compare, json_result
from sim.experiment.replicate import extend, replicate
from sim.experiment.season import key_of, simulate_season
from sim.experiment.workers import local_pool, usable_cores
from sim.report.source import Source
from sim.report.story import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Executor

    from dashboard.jobs import Job
    from sim.experiment import Comparison, Study
    from sim.experiment.season import Outcome, Season
    from sim.report.content import Report, Section
    from sim.scenario import Scenario

SEED: Final = 1
_STUDIES: Final = 32
"""Studies that are remembered: a lever that is moved back answers at once."""


class Remembered:
    """Seasons that were simulated since the server started, and those that it was given."""

    def __init__(self) -> None:
        self._studies: OrderedDict[str, dict[int, Outcome]] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, key: str) -> Mapping[int, Outcome]:
        """Seasons of a study that need not be simulated."""
        with self._lock:
            found = self._studies.get(key)
            if found is None:
                return {}
            self._studies.move_to_end(key)
            return dict(found)

    def keep(self, key: str, replication: int, outcome: Outcome) -> None:
        """Remember a season; of too many studies, the one that was not asked for the longest."""
        with self._lock:
            self._studies.setdefault(key, {})[replication] = outcome
            self._studies.move_to_end(key)
            while len(self._studies) > _STUDIES:
                self._studies.popitem(last=False)

    def take(self, study: Study) -> None:
        """Remember a whole study that was simulated elsewhere, for the versions that made it."""
        key = key_of(simulate_season, study.seed, study.hashes, study.versions)
        for number in range(study.replications):
            outcome = {
                policy: {kpi: float(series[number]) for kpi, series in by_kpi.items()}
                for policy, by_kpi in study.values.items()
            }
            self.keep(key, number, outcome)


@dataclass(frozen=True)
class Answer:
    """What is known so far."""

    study: Study
    wanted: int
    """Seasons of the final answer."""
    baseline: str | None = None
    """The policy that the others are held against; None: the first."""
    asked: tuple[str, ...] | None = None
    """The season and the changes of it, as the command line takes them; None: it is not known."""

    @property
    def preliminary(self) -> bool:
        """Whether seasons are still missing."""
        return self.study.replications < self.wanted

    @cached_property
    def comparison(self) -> Comparison | None:
        """The policies against the baseline; None: there is only one."""
        return compare(self.study, self.baseline) if len(self.study.policies) > 1 else None

    @cached_property
    def json(self) -> dict[str, Any]:
        """The object that the command line prints with `--json`."""
        return json_result(self.study, self.comparison)

    @cached_property
    def source(self) -> Source:
        """The study as reports read it."""
        provenance = {f"Scenario hash ({name})": value for name, value in self.study.hashes.items()}
        told = {"Seed": str(self.study.seed), **provenance, **self.study.versions}
        if self.asked is not None:
            told = {"Made by": self.command, **told}
        return Source(self.study, self.comparison, self.json, {}, told)

    @property
    def command(self) -> str:
        """The command that gives the same answer."""
        study = self.study
        what = "compare" if len(study.policies) > 1 else "run"
        how = ("-n", str(study.replications), "--seed", str(study.seed))
        return shlex.join(["peakwise", what, *(self.asked or ()), *how])

    @cached_property
    def report(self) -> Report:
        """The answer as a story, section by section."""
        return tell(self.source)

    def section(self, key: str) -> Section:
        """A section of the report that every answer has."""
        return next(each for each in self.report.sections if each.key == key)


def stages(seasons: int, cores: int) -> tuple[int, ...]:
    """Numbers of seasons after which there is something to show; each keeps every core busy.

    >>> stages(20, 2)
    (2, 4, 6, 10, 16, 20)
    """
    planned = [min(cores, seasons)]
    while planned[-1] < seasons:
        after = max(planned[-1] + cores, cores * math.ceil(1.5 * planned[-1] / cores))
        planned.append(min(seasons, after))
    return tuple(planned)


def answering(
    policies: Mapping[str, Scenario],
    seasons: int,
    memory: Remembered,
    asked: tuple[str, ...] | None = None,
) -> Callable[[Job], None]:
    """Work for a job that publishes one `Answer` after another, the last of `seasons` seasons.

    Args:
        policies: What is simulated.
        seasons: How many seasons in the end.
        memory: Seasons that it knows are not simulated.
        asked: See `Answer.asked`.
    """

    def told(study: Study) -> Answer:
        return Answer(study, seasons, asked=asked)

    return refining(policies, seasons, memory, told)


def refining(
    policies: Mapping[str, Scenario],
    seasons: int,
    memory: Remembered,
    told: Callable[[Study], Any],
    *,
    season: Season = simulate_season,
    seed: int = SEED,
) -> Callable[[Job], None]:
    """Work for a job that publishes what it knows after each of `stages`.

    Args:
        policies: What is simulated.
        seasons: How many seasons in the end.
        memory: Seasons that it knows are not simulated.
        told: Makes of a study what is published.
        season: What simulates one season.
        seed: Seed of the study.
    """

    def work(job: Job) -> None:
        cores = usable_cores()
        study: Study | None = None
        for number in stages(seasons, cores):
            how: dict[str, Any] = {
                "executor": pool(),
                "memory": memory,
                "season": season,
                "progress": lambda done, _: job.report(done, seasons),
            }
            if study is None:
                study = replicate(policies, number, seed, **how)
            else:
                study = extend(study, number, **how)
            job.publish(told(study))
            job.report(number, seasons)

    return work


def pool() -> Executor:
    """The worker processes that all visitors share."""
    return local_pool(usable_cores())


def elsewhere(task: Callable[..., Any], *arguments: Any) -> Any:
    """What a task of `sim` returns, done by a worker process: the server goes on answering."""
    return pool().submit(task, *arguments).result()

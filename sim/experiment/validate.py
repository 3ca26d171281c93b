"""Known answers: cases whose outcome a textbook knows, simulated, and held against it as a whole.

Every figure gets Student's interval over replications at a level of 1 - 1% / m, with m figures in
the table: if the engine is right, all m hold together with 99% (Bonferroni; it needs no
independence). The seeds are 1 to n, so nobody can choose them.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sim.errors import ScenarioError
from sim.experiment.expected import Figure, figures_of, measured
from sim.experiment.replicate import replicate
from sim.experiment.season import import_rooms, simulate_season
from sim.experiment.statistics import mean_interval, share_interval
from sim.experiment.workers import local_pool, run_tasks, start_workers, usable_cores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.scenario.cases import Case

FAMILY_ERROR: Final = 0.01
"""Chance that an engine without error fails somewhere in the table."""
COVERAGE: Final = 0.95
"""Share of the intervals of the replication engine that must hold the known value."""
WIDE: Final = 0.10
"""An interval wider than this share of its value would not see much."""

Values = dict[str, float]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure of one case, as it should be and as it was."""

    id: str
    """`CASE/FIGURE`, or `CASE/POLICY/FIGURE` where a case has several policies."""
    case: str
    source: str
    policy: str
    figure: str
    expected: float
    within: float
    """How well the source knows the expected value."""
    simulated: float
    """Mean over the replications."""
    half_width: float
    """Of its interval, at the level of the whole table."""
    replications: int
    passed: bool

    @property
    def is_wide(self) -> bool:
        """Whether the interval is too wide to see an error of a tenth."""
        return not self.half_width <= WIDE * abs(self.expected)

    def row(self) -> dict[str, Any]:
        """The finding as a row of `--json`."""
        return {
            "id": self.id,
            "case": self.case,
            "source": self.source,
            "policy": self.policy,
            "figure": self.figure,
            "expected": self.expected,
            "within": self.within,
            "simulated": _known(self.simulated),
            "half_width": _known(self.half_width),
            "replications": self.replications,
            "pass": self.passed,
        }


def validate(
    cases: Sequence[Case],
    replications: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> list[Finding]:
    """Simulate every case and hold each of its figures against the known value.

    Args:
        cases: See `sim.scenario.cases.load_case`.
        replications: Of every case; None: as many as each case says.
        workers: Worker processes; None: one per usable core. The result does not depend on it.
        progress: Told after each replication how many are done, of how many.

    Raises:
        ScenarioError: A case expects a figure that it does not have.
    """
    figures = {case.id: figures_of(case) for case in cases}
    sizes = {case.id: replications or case.validation.replications for case in cases}
    total = sum(sizes.values())
    crew = usable_cores() if workers is None else workers
    if crew > 1:
        start_workers(crew, import_rooms)
    found: dict[str, list[Values]] = {}
    done = 0

    def tell() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, total)

    for case in cases:
        found[case.id] = _simulate(case, figures[case.id], sizes[case.id], crew, tell)
    count = sum(len(listed) for listed in figures.values())
    return [
        _finding(case, figure, [values[figure.id] for values in found[case.id]], count)
        for case in cases
        for figure in figures[case.id]
    ]


def _simulate(
    case: Case, figures: list[Figure], replications: int, crew: int, tell: Callable[[], None]
) -> list[Values]:
    """Values of the figures by replication; the seed of a replication is its number, from 1."""
    results: dict[int, Values] = {}

    def keep(seed: int, values: Values) -> None:
        results[seed] = values
        tell()

    task = functools.partial(_replication, case.policies, figures, case.validation.studies_of)
    seeds = range(1, replications + 1)
    if crew > 1:
        run_tasks(task, seeds, lambda: local_pool(crew), keep)
    else:
        for seed in seeds:
            keep(seed, task(seed))
    return [results[seed] for seed in seeds]


def _replication(
    policies: dict[str, Any], figures: list[Figure], studies_of: int | None, seed: int
) -> Values:
    """Simulate one season, or one study of several, with its own seed."""
    if studies_of is None:
        outcome = simulate_season(policies, seed, 0)
        return {figure.id: measured(figure, outcome[figure.policy]) for figure in figures}
    study = replicate(policies, studies_of, seed, workers=1)
    held: Values = {}
    for figure in figures:
        known = study.interval(figure.policy, figure.kpi)
        low, high = known.low * figure.scale, known.high * figure.scale
        held[figure.id] = math.nan if math.isnan(low) else float(low <= figure.known.value <= high)
    return held


def _finding(case: Case, figure: Figure, values: list[float], count: int) -> Finding:
    covers = case.validation.studies_of is not None
    level = 1 - FAMILY_ERROR / count
    interval = share_interval(values, level) if covers else mean_interval(values, level)
    if interval.n < 2:
        message = "is not defined in this season"
        hint = "the KPI reference says when a figure is defined"
        raise ScenarioError(case.problem(figure.name, message, hint))
    expected, within = (
        (COVERAGE, 0.0) if covers else (figure.known.value, figure.known.within + figure.rounding)
    )
    passed = interval.low - within <= expected <= interval.high + within
    return Finding(
        id="/".join(part for part in (case.id, figure.shown_policy, figure.name) if part),
        case=case.id,
        source=case.source,
        policy=figure.policy,
        figure=f"coverage of {figure.name}" if covers else figure.name,
        expected=expected,
        within=0.0 if covers else figure.known.within,
        simulated=interval.mean,
        half_width=interval.half_width,
        replications=interval.n,
        passed=bool(passed),
    )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value

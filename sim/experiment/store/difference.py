"""What differs between two runs: settings by path, and results, paired where seasons are shared."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.experiment.compare import judge, judge_interval
from sim.experiment.statistics import (
    FEWEST_FOR_A_CLAIM,
    Interval,
    mean_interval,
    paired_difference,
    t_quantile,
)
from sim.experiment.store.paths import Change, changes
from sim.scenario.writing import resolved

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sim.experiment.comparison import RowVerdict
    from sim.experiment.store.reading import Run


@dataclass(frozen=True, slots=True)
class ScenarioChange:
    """A setting that differs between two runs."""

    policies: tuple[str, ...]
    """Under which; all that both runs share, if it differs under each in the same way."""
    change: Change


@dataclass(frozen=True, slots=True)
class ResultChange:
    """One KPI of one policy in both runs."""

    policy: str
    other_policy: str
    """In the second run; the same, unless each run has a single policy."""
    kpi: str
    before: Interval
    after: Interval
    difference: Interval
    """Second run minus first."""
    paired: bool
    """Whether season by season, on the same customers; else between two independent samples."""
    verdict: RowVerdict


@dataclass(frozen=True, slots=True)
class RunDifference:
    """Two runs beside each other."""

    before: Run
    after: Run
    scenario: tuple[ScenarioChange, ...]
    only_before: tuple[str, ...]
    """Policies that only the first run has."""
    only_after: tuple[str, ...]
    options: tuple[Change, ...]
    """Options of the command, the seed, and versions that differ."""
    results: tuple[ResultChange, ...]
    """Of the policies that both have, headline KPIs first; none where a run varies scenarios."""


def difference_of(before: Run, after: Run, confidence: float = 0.95) -> RunDifference:
    """Compare two runs.

    With the same seed, both met the same customers, and a KPI is compared season by season over
    the seasons that both have. With different seeds the samples are independent, and the interval
    is that of Welch (1938, Biometrika 29, 350).

    Args:
        before: A run.
        after: Another one.
        confidence: Of each interval.
    """
    pairs = _pairs(list(before.hashes), list(after.hashes))
    return RunDifference(
        before=before,
        after=after,
        scenario=tuple(_scenario_changes(before, after, pairs)),
        only_before=tuple(name for name in before.hashes if name not in dict(pairs)),
        only_after=tuple(name for name in after.hashes if name not in dict(pairs).values()),
        options=tuple(changes(_outset(before), _outset(after))),
        results=tuple(_results(before, after, pairs, confidence)),
    )


def welch(a: Sequence[float], b: Sequence[float], confidence: float = 0.95) -> Interval:
    """Mean of b minus mean of a, of independent samples (Welch 1938, Biometrika 29, 350).

    >>> known = welch([1.0, 2.0, 3.0], [3.0, 5.0, 7.0])
    >>> round(known.mean, 3), round(known.half_width, 3)
    (3.0, 4.155)
    """
    x, y = mean_interval(a, confidence), mean_interval(b, confidence)
    n, mean = min(x.n, y.n), y.mean - x.mean
    if n < 2:
        return Interval(mean, math.nan, math.nan, math.nan, n, math.nan, "too few", decides=False)
    u, v = x.sd**2 / x.n, y.sd**2 / y.n
    error = math.sqrt(u + v)
    if error == 0.0:
        return Interval(mean, mean, mean, 0.0, n, 0.0, None, n >= FEWEST_FOR_A_CLAIM)
    degrees = (u + v) ** 2 / (u**2 / (x.n - 1) + v**2 / (y.n - 1))
    reach = t_quantile(0.5 + confidence / 2, degrees) * error
    sure = x.decides and y.decides
    return Interval(mean, mean - reach, mean + reach, reach, n, error, x.flag or y.flag, sure)


def _pairs(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    """Policies that are compared: those of the same name, or the only ones."""
    shared = [(name, name) for name in before if name in after]
    alone = len(before) == len(after) == 1
    return shared or ([(before[0], after[0])] if alone else [])


def _outset(run: Run) -> dict[str, Any]:
    return {
        "command": run.command,
        **run.options,
        "replications": (run.answer or {}).get("replications", run.wanted),
        "versions": dict(run.versions),
    }


def _scenario_changes(
    before: Run, after: Run, pairs: list[tuple[str, str]]
) -> list[ScenarioChange]:
    found: dict[tuple[str, str], tuple[Change, list[str]]] = {}
    for one, other in pairs:
        old, new = resolved(before.scenario(one)), resolved(after.scenario(other))
        for change in changes(old, new):
            key = (change.path, repr((change.before, change.after)))
            found.setdefault(key, (change, []))[1].append(one)
    return [ScenarioChange(tuple(names), change) for change, names in found.values()]


def _results(
    before: Run, after: Run, pairs: list[tuple[str, str]], confidence: float
) -> list[ResultChange]:
    old, new = before.study, after.study
    if old is None or new is None or not old.replications or not new.replications:
        return []
    names = [kpi for kpi in old.kpi_names() if kpi in new.kpi_names()]
    meanings = {kpi: old.meaning(kpi) for kpi in names}
    names.sort(key=lambda kpi: not getattr(meanings[kpi], "headline", False))
    paired = before.seed == after.seed
    found = []
    for one, other in pairs:
        for kpi in names:
            a, b = old.series(one, kpi), new.series(other, kpi)
            better = getattr(meanings[kpi], "better", None)
            known, verdict = _compared(a, b, better, paired, confidence)
            ends = mean_interval(a, confidence), mean_interval(b, confidence)
            found.append(ResultChange(one, other, kpi, *ends, known, paired, verdict))
    return found


def _compared(
    a: NDArray[np.float64],
    b: NDArray[np.float64],
    better: str | None,
    paired: bool,
    confidence: float,
) -> tuple[Interval, RowVerdict]:
    if paired:
        n = min(len(a), len(b))
        difference = paired_difference(b[:n], a[:n], confidence)
        return difference.interval, judge(difference, better)
    known = welch(a.tolist(), b.tolist(), confidence)
    return known, judge_interval(known, better)

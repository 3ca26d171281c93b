"""How well figures are to be known, and whether they are: the goals of `--precision`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from sim.errors import Problem, ScenarioError
from sim.experiment.statistics import Interval, mean_interval, paired_difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sim.experiment.study import KpiMeaning, Study

LOOK_AHEAD: Final = 5
"""Seasons for which a goal must have held, or 5% of them if that is more (Hoad et al. 2010)."""
_EXAMPLE: Final = "write 2%, season_profit=2% or season_profit=10000"


@dataclass(frozen=True, slots=True)
class Goal:
    """How well one KPI is to be known."""

    kpi: str
    within: float
    """Largest half-width: in the unit of the KPI, or as a share of its mean."""
    relative: bool
    """Whether it is a share of the mean, whatever its sign."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How well a KPI is known under one policy, against what was wanted."""

    goal: Goal
    policy: str
    baseline: str | None
    """The policy it is measured against; None: the mean itself."""
    known: Interval
    held: bool
    """Whether it was precise enough, and had been for `LOOK_AHEAD` seasons."""

    @property
    def within(self) -> float:
        """How well it is known, in the terms of the goal; nan: unknown."""
        return _within(self.known, self.goal)

    @property
    def needed(self) -> int | None:
        """About how many seasons the goal takes, as n grows with the square; None: unknown."""
        ratio = self.within / self.goal.within
        return math.ceil(self.known.n * ratio * ratio) if math.isfinite(ratio) else None


def read_goals(texts: Sequence[str], kpis: Mapping[str, KpiMeaning]) -> tuple[Goal, ...]:
    """Read goals as planners write them.

    `2%` is for every headline KPI, `season_profit=2%` for one of them, `season_profit=10000` in its
    own unit. A goal of its own replaces the general one.

    Raises:
        ScenarioError: everything that is wrong with them.
    """
    goals: dict[str, Goal] = {}
    problems: list[Problem] = []
    for text in sorted(texts, key=lambda each: "=" in each):
        name, _, size = text.rpartition("=")
        within = _positive(size)
        problem = _unknown(name.strip(), kpis) if name else None
        if within is None or (not name and "%" not in size):
            problems.append(Problem("", "is no precision", _EXAMPLE, f"--precision {text}"))
        elif problem is not None:
            problems.append(Problem("", *problem, f"--precision {text}"))
        else:
            names = [name.strip()] if name else [n for n, kpi in kpis.items() if kpi.headline]
            goals |= {each: Goal(each, within, "%" in size) for each in names}
    if problems:
        raise ScenarioError(problems)
    return tuple(goals.values())


def check_goals(
    study: Study, goals: Sequence[Goal], baseline: str | None = None, confidence: float = 0.95
) -> tuple[Reached, ...]:
    """Compare how well the figures of a study are known with how well they should be.

    A relative goal is for the mean under every policy, with the interval that tables show. A goal
    in the unit of the KPI is, where there is a `baseline`, for the differences from it, with the
    interval that a claim needs: corrected for the policies compared, and for every look. A figure
    that is nowhere defined is left out, and one that is known to fail (a rare event) is not known.
    """
    return tuple(_checked(study, goals, baseline, confidence))


def _checked(
    study: Study, goals: Sequence[Goal], baseline: str | None, confidence: float
) -> Iterator[Reached]:
    n = study.replications
    recent = range(max(1, n - max(LOOK_AHEAD, n // 20)), n + 1)
    for goal in goals:
        against = None if goal.relative else baseline
        for policy in study.policies:
            if policy == against:
                continue
            known = [_known(study, goal.kpi, policy, against, upto, confidence) for upto in recent]
            if known[-1].n:
                held = all(_holds(each, goal) for each in known)
                yield Reached(goal, policy, against, known[-1], held)


def _known(
    study: Study, kpi: str, policy: str, baseline: str | None, upto: int, confidence: float
) -> Interval:
    own = study.series(policy, kpi)[:upto]
    if baseline is None:
        return mean_interval(own, confidence)
    level, others = study.claim_level(confidence), len(study.policies) - 1
    return paired_difference(own, study.series(baseline, kpi)[:upto], level, others).interval


def _holds(known: Interval, goal: Goal) -> bool:
    return known.decides and _within(known, goal) <= goal.within


def _within(known: Interval, goal: Goal) -> float:
    if not goal.relative or known.half_width == 0:
        return known.half_width
    return known.half_width / abs(known.mean) if known.mean else math.inf


def _positive(text: str) -> float | None:
    bare = text.strip()
    percent = bare.endswith("%")
    try:
        value = float(bare.removesuffix("%")) / (100 if percent else 1)
    except ValueError:
        return None
    return value if 0 < value < math.inf else None


def _unknown(kpi: str, kpis: Mapping[str, KpiMeaning]) -> tuple[str, str] | None:
    if kpi.partition(":")[0] in kpis:
        return None
    close = get_close_matches(kpi, kpis, n=1)
    hint = f"did you mean {close[0]!r}?" if close else "see the KPI reference"
    return f"there is no KPI called {kpi!r}", hint

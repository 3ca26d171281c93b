"""Replications to precision: look now and then, and stop when every goal is reached."""

from __future__ import annotations

import functools
import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Unpack

from sim.experiment.precision import check_goals
from sim.experiment.replicate import How, StudyInterrupted, extend, replicate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sim.experiment.precision import Goal
    from sim.experiment.replicate import Progress
    from sim.experiment.study import Study
    from sim.scenario import Scenario

_GROWTH: Final = 1.5
"""A look comes when there are half as many seasons again."""


def looks(first: int, budget: int) -> tuple[int, ...]:
    """Numbers of seasons after which the study is looked at, fixed before it begins.

    >>> looks(20, 100)
    (20, 30, 45, 68, 100)
    """
    planned = [first]
    while planned[-1] < budget:
        planned.append(min(budget, math.ceil(planned[-1] * _GROWTH)))
    return tuple(planned)


def replicate_until(
    policies: Mapping[str, Scenario],
    goals: Sequence[Goal],
    first: int = 20,
    budget: int = 100,
    baseline: str | None = None,
    *,
    seed: int = 1,
    progress: Progress | None = None,
    **how: Unpack[How],
) -> Study:
    """Simulate seasons until every figure is known as well as wanted, or the budget is spent.

    The study is looked at after numbers of seasons that are fixed beforehand. It ends at the first
    look at which every goal is reached, and was for the seasons before it (the look-ahead of Hoad,
    Robinson and Davies 2010, J. Oper. Res. Soc. 61, 1632). Claims made from it allow for all looks
    that were planned (`Study.claim_level`), so that stopping early favors nobody.

    Args:
        policies: Resolved scenarios by policy name.
        goals: How well figures are to be known.
        first: Seasons before the first look.
        budget: Most seasons; at least `first`.
        baseline: Goals in the unit of a KPI are for differences from this policy; None: for means.
        seed: As for `replicate`.
        progress: As for `replicate`.
        how: `workers`, `executor` and `memory`, as for `replicate`.

    Raises:
        ValueError: The budget is below `first`; and what `replicate` raises.
        StudyInterrupted: Ctrl-C was pressed; it holds what was finished.
    """
    if budget < first:
        message = f"a budget of {budget} seasons is below the {first} of the first look"
        raise ValueError(message)
    planned = looks(first, budget)
    study = _at_look(planned, lambda: replicate(policies, first, seed, progress=progress, **how))
    for seasons in planned[1:]:
        if all(reached.held for reached in check_goals(study, goals, baseline)):
            break
        more = functools.partial(extend, study, seasons, progress=progress, **how)
        study = _at_look(planned, more)
    return study


def _at_look(planned: Sequence[int], run: Callable[[], Study]) -> Study:
    """The study at a look, which knows how many were planned."""
    try:
        study = run()
    except StudyInterrupted as stop:
        if stop.study is None:
            raise
        partial = replace(stop.study, looks=len(planned), wanted=planned[-1])
        raise StudyInterrupted(partial) from None
    return replace(study, looks=len(planned))

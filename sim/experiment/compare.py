"""Compare policies that faced the same customers: by paired differences, never by overlap."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from sim.experiment.best import compare_with_best
from sim.experiment.comparison import Comparison, PolicyDifference, RowVerdict
from sim.experiment.statistics import (
    FEWEST_FOR_A_CLAIM,
    Interval,
    PairedDifference,
    paired_difference,
)
from sim.experiment.verdict import verdict_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.experiment.study import Study


def compare(
    study: Study,
    baseline: str | None = None,
    kpi: str = "season_profit",
    confidence: float = 0.95,
) -> Comparison:
    """Compare every policy of a study with a baseline, and look for the best.

    For each KPI, the intervals of all policies hold together with the confidence asked for
    (Bonferroni). KPIs beside the one that decides are there to explain; looking at many of them,
    expect one in twenty to mislead. A study that might have ended at several looks is allowed for
    each of them (`Study.claim_level`).

    Args:
        study: What `replicate` returned.
        baseline: The policy that the others are compared with; None: the first.
        kpi: The KPI that decides.
        confidence: Of all intervals of one KPI together.

    Raises:
        ValueError: The study has no such policy or KPI.
    """
    against = study.policies[0] if baseline is None else baseline
    level = study.claim_level(confidence)
    _must_be_one_of(against, study.policies, "policy")
    _must_be_one_of(kpi, study.kpi_names(), "KPI")
    rows = tuple(
        _row(study, policy, against, name, level)
        for name in _shown(study, kpi)
        for policy in study.policies
        if policy != against
    )
    values = {policy: series[kpi] for policy, series in study.values.items() if kpi in series}
    best = compare_with_best(values, _better(study, kpi) != "lower", level)
    return Comparison(
        study=study,
        baseline=against,
        kpi=kpi,
        confidence=confidence,
        rows=rows,
        best=best,
        verdict=verdict_in_words(study, best, against, kpi, confidence),
    )


def judge(difference: PairedDifference, better: str | None) -> RowVerdict:
    """What a paired difference allows to say."""
    known = difference.interval
    changed = difference.above + difference.below
    rare = difference.equal > 0 and changed < FEWEST_FOR_A_CLAIM
    if known.n >= FEWEST_FOR_A_CLAIM and changed == 0:
        return "the same"
    return "too few replications" if known.n and rare else judge_interval(known, better)


def judge_interval(known: Interval, better: str | None) -> RowVerdict:
    """What the interval of a difference allows to say."""
    if known.n == 0:
        return "not defined"
    if not known.decides:
        return "too few replications"
    if known.low <= 0 <= known.high:
        return "no clear difference"
    higher = known.low > 0
    if better is None:
        return "higher" if higher else "lower"
    return "better" if higher == (better == "higher") else "worse"


def _row(study: Study, policy: str, baseline: str, kpi: str, confidence: float) -> PolicyDifference:
    difference = paired_difference(
        study.series(policy, kpi),
        study.series(baseline, kpi),
        confidence,
        len(study.policies) - 1,
    )
    return PolicyDifference(
        policy, baseline, kpi, difference, judge(difference, _better(study, kpi))
    )


def _shown(study: Study, kpi: str) -> list[str]:
    """The KPI that decides, then the headline KPIs."""
    meanings = ((name, study.meaning(name)) for name in study.kpi_names())
    headline = [name for name, meaning in meanings if meaning is not None and meaning.headline]
    return [kpi, *(name for name in headline if name != kpi)]


def _better(study: Study, kpi: str) -> str | None:
    meaning = study.meaning(kpi)
    return None if meaning is None else meaning.better


def _must_be_one_of(name: str, known: Iterable[str], what: str) -> None:
    names = list(known)
    if name in names:
        return
    close = get_close_matches(name, names, n=1)
    hint = f"; did you mean {close[0]!r}?" if close else f"; there are {', '.join(names)}"
    message = f"no {what} {name!r}{hint}"
    raise ValueError(message)

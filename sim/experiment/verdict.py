"""The answer in plain words.

It keeps two things apart: how seasons differ, which no number of replications makes narrower, and
how well the mean is known, which they do.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.experiment.customer_value import with_customer_value
from sim.experiment.figures import amount, counted, listed
from sim.experiment.statistics import (
    FEWEST_FOR_A_CLAIM,
    Interval,
    PairedDifference,
    paired_difference,
)

if TYPE_CHECKING:
    from sim.experiment.best import Best
    from sim.experiment.study import Study


def verdict_in_words(
    study: Study, best: Best, baseline: str, kpi: str, confidence: float = 0.95
) -> str:
    """One to four sentences that a manager can repeat.

    Args:
        study: What was simulated.
        best: Which policies may be the best by `kpi`.
        baseline: The policy that a clear winner is measured against.
        kpi: The KPI that decides.
        confidence: With which the statements hold.
    """
    if not best.ranking:
        seasons = counted(study.replications, "simulated season")
        return f"{_label(study, kpi)} is not defined in any of {seasons}: nothing to compare."
    if len(best.ranking) == 1:
        return _alone(study, best.ranking[0], kpi, confidence)
    leader, other = _pair(best, baseline)
    difference = paired_difference(
        study.series(leader, kpi),
        study.series(other, kpi),
        study.claim_level(confidence),
        _pairs(study, baseline in {leader, other}),
    )
    if _all_equal(study, best, kpi):
        return _nothing_between(study, best, kpi)
    sentences = [
        _who_is_best(study, best, difference.n, confidence),
        _by_how_much(study, leader, other, kpi, difference),
        _what_it_takes(study, leader, other),
        _undefined(study, best, kpi),
        with_customer_value(study, best, confidence) if kpi == "season_profit" else "",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _pair(best: Best, baseline: str) -> tuple[str, str]:
    """The policy ahead, and the one to measure it against.

    A clear winner is measured against the baseline; an open race against the runner-up.
    """
    leader, runner_up = best.ranking[:2]
    decided = best.winner == leader and baseline in best.ranking and baseline != leader
    return leader, baseline if decided else runner_up


def _pairs(study: Study, with_baseline: bool) -> int:
    """How many differences this one was chosen from, after all were seen."""
    policies = len(study.policies)
    return policies - 1 if with_baseline else policies * (policies - 1) // 2


def _who_is_best(study: Study, best: Best, n: int, confidence: float) -> str:
    seasons = counted(study.replications, "simulated season")
    ruled_out = [name for name in best.ranking if name not in best.candidates]
    if n < FEWEST_FOR_A_CLAIM:
        verb = "is" if study.replications == 1 else "are"
        fewest = counted(FEWEST_FOR_A_CLAIM, "season")
        return f"{seasons} {verb} too few to name a winner: simulate at least {fewest}."
    if best.winner is not None:
        which = "the better policy" if len(best.ranking) == 2 else "the best policy"
        field = "" if len(best.ranking) == 2 else f" of {len(best.ranking)}"
        return f"{best.winner} is {which}{field}, with {100 * confidence:g}% confidence."
    tied = listed(list(best.candidates))
    opening = f"{tied} are too close to call after {seasons}"
    return f"{opening}; {listed(ruled_out)} can be ruled out." if ruled_out else f"{opening}."


def _by_how_much(
    study: Study, leader: str, other: str, kpi: str, difference: PairedDifference
) -> str:
    known, unit, currency = difference.interval, study.unit(kpi), study.currency()
    lower_is_better = _lower_is_better(study, kpi)
    ahead = difference.below if lower_is_better else difference.above
    parts = [
        f"{leader} {_did_better(study, kpi)} than {other} in {ahead:,} of "
        f"{counted(difference.n, 'simulated season')}{_ties(difference)}"
    ]
    if difference.usual is not None:
        low, high = (amount(end, unit, currency, sign=True) for end in difference.usual)
        parts.append(f"9 of 10 differences lie between {low} and {high}")
    mean = amount(known.mean, unit, currency, sign=True)
    if math.isnan(known.half_width):
        parts.append(f"the difference was {mean}, given these assumptions")
    else:
        known_to = _known_to(known, unit, currency, sign=True)
        parts.append(f"on average {mean}, known to {known_to}, given these assumptions")
    text = "; ".join(parts) + "."
    if difference.usual is None and difference.n >= FEWEST_FOR_A_CLAIM:
        text += " To say where 9 of 10 differences lie takes at least 19 seasons."
    if known.flag is not None and difference.n >= FEWEST_FOR_A_CLAIM:
        text += f" Take this as rough: the differences are {known.flag}."
    return text


def _known_to(known: Interval, unit: str, currency: str | None, sign: bool = False) -> str:
    """How well a mean is known: ± something, or from here to there where its ends lie uneven."""
    if known.symmetric:
        return f"±{amount(known.half_width, unit, currency)}"
    low, high = (amount(end, unit, currency, sign) for end in (known.low, known.high))
    return f"lie between {low} and {high}"


def _ties(difference: PairedDifference) -> str:
    return f" (the same in {difference.equal:,})" if difference.equal else ""


def _what_it_takes(study: Study, leader: str, other: str) -> str:
    """What the policy ahead needs and costs customers, beside the KPI that decides."""
    parts = [
        part for part in (_space(study, leader, other), _cancels(study, leader, other)) if part
    ]
    return f"It {' and '.join(parts)}." if parts else ""


def _space(study: Study, leader: str, other: str) -> str:
    kpi = "space_used_peak"
    more = paired_difference(study.series(leader, kpi), study.series(other, kpi)).interval.mean
    if math.isnan(more) or round(more) == 0:
        return ""
    positions = counted(abs(round(more)), f"{'more' if more > 0 else 'fewer'} shelf position")
    area = getattr(study.scenarios.get(leader), "backorder_area", None)
    floor = getattr(area, "area_per_position", 0.0) * abs(more)
    return f"needs {positions}{f' ({floor:,.0f} m²)' if floor >= 0.5 else ''} at peak"


def _cancels(study: Study, leader: str, other: str) -> str:
    kpi = "cancel_rate"
    own, others = (study.interval(name, kpi).mean for name in (leader, other))
    if math.isnan(own) or max(own, 0.0 if math.isnan(others) else others) < 0.0005:
        return ""
    return f"cancels {amount(own, 'share', None)} of its orders"


def _undefined(study: Study, best: Best, kpi: str) -> str:
    left_out = [name for name in study.policies if name not in best.ranking]
    if not left_out:
        return ""
    return f"{_label(study, kpi)} is not defined under {listed(left_out)}."


def _all_equal(study: Study, best: Best, kpi: str) -> bool:
    first, *others = (study.series(name, kpi) for name in best.ranking)
    return all(first.tobytes() == other.tobytes() for other in others)


def _nothing_between(study: Study, best: Best, kpi: str) -> str:
    value = amount(study.interval(best.ranking[0], kpi).mean, study.unit(kpi), study.currency())
    seasons = counted(study.replications, "simulated season")
    return (
        f"{listed(list(best.ranking))} make no difference: {_label(study, kpi).lower()} was the "
        f"same under each in all of {seasons}, on average {value}."
    )


def _alone(study: Study, policy: str, kpi: str, confidence: float) -> str:
    known = study.interval(policy, kpi, confidence)
    unit, currency = study.unit(kpi), study.currency()
    mean = amount(known.mean, unit, currency)
    text = f"{_label(study, kpi)} under {policy}: {mean}"
    if known.n < 2:
        return f"{text} in the one simulated season, which says nothing about others."
    usual = paired_difference(study.series(policy, kpi), [0.0] * study.replications).usual
    text += f" on average, known to {_known_to(known, unit, currency)}"
    if usual is not None:
        low, high = (amount(end, unit, currency) for end in usual)
        text += f"; 9 of 10 simulated seasons lie between {low} and {high}"
    text += ", given these assumptions."
    return text if known.flag is None else f"{text} Take this as rough: {known.flag}."


def _did_better(study: Study, kpi: str) -> str:
    if kpi == "season_profit":
        return "earned more"
    direction = "lower" if _lower_is_better(study, kpi) else "higher"
    return f"had a {direction} “{_label(study, kpi).lower()}”"


def _lower_is_better(study: Study, kpi: str) -> bool:
    meaning = study.meaning(kpi)
    return meaning is not None and meaning.better == "lower"


def _label(study: Study, kpi: str) -> str:
    meaning = study.meaning(kpi)
    return kpi if meaning is None else meaning.label

"""Risk in plain words: what a manager can plan with, or how many seasons that takes to say."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from sim.experiment.figures import counted, listed, money
from sim.experiment.risk import bounds, chances

if TYPE_CHECKING:
    from sim.experiment.risk import Bound
    from sim.experiment.study import Study

_SHARE: Final = 0.9
_WORDS: Final = {
    "space_used_peak": "backorder area",
    "backlog_max": "backlog",
    "season_profit": "profit",
}


def risk_in_words(study: Study, policy: str) -> str:
    """What 9 of 10 seasons stay below, or above; empty where nothing asks for it."""
    known = [each for each in bounds(study, policy) if each.share == _SHARE]
    if not known:
        return ""
    missing = max(each.more for each in known)
    if missing:
        needed = study.replications + missing
        return (
            f"What 9 of 10 seasons stay below takes {counted(needed, 'season')} to say:"
            f" {missing:,} more (--replications {needed})."
        )
    parts = [f"the {_WORDS[each.kpi]} stays {bound_in_words(study, each)}" for each in known]
    under = f" under {policy}" if len(study.policies) > 1 else ""
    sure = "each with 95% confidence" if len(parts) > 1 else "with 95% confidence"
    return f"In 9 of 10 seasons{under}, {listed(parts)}, {sure}."


def bound_in_words(study: Study, bound: Bound) -> str:
    """A bound with its unit, rounded to the safe side: below 84 m².

    Space is in square meters where the scenario says how much of the floor a position takes.
    """
    side = "below" if bound.upper else "above"
    value, unit = bound.at, study.unit(bound.kpi)
    if bound.kpi == "space_used_peak":
        area = getattr(study.scenarios.get(bound.policy), "backorder_area", None)
        floor = getattr(area, "area_per_position", 0.0)
        value, unit = (value * floor, "m²") if floor else (value, unit)
    if unit == "money":
        return f"{side} {money(_safe(value, bound.upper), study.currency())}"
    return f"{side} {math.ceil(value) if bound.upper else math.floor(value):,} {unit}"


def _safe(value: float, upper: bool) -> float:
    """An amount rounded to the two digits that are shown: a ceiling up, a floor down.

    >>> _safe(12_345.0, True), _safe(1_868_412.0, False), _safe(-12_345.0, False)
    (13000.0, 1800000.0, -13000.0)
    """
    step = 10.0 ** max(0, len(str(int(abs(value)))) - 2)
    return (math.ceil if upper else math.floor)(value / step) * step


def risk_json(study: Study, policy: str) -> dict[str, Any]:
    """What `--json` says of risk, unknown ends as None; the sentence is about one policy."""
    return {
        "verdict": risk_in_words(study, policy),
        "bounds": [
            {
                "policy": each.policy,
                "kpi": each.kpi,
                "share": each.share,
                "side": "at most" if each.upper else "at least",
                "bound": _known(each.at),
                "quantile_low": _known(each.interval[0]),
                "quantile_high": _known(each.interval[1]),
                "n": each.n,
                "more_seasons": each.more,
            }
            for name in study.policies
            for each in bounds(study, name)
        ],
        "chances": [
            {
                "policy": each.policy,
                "event": each.event,
                "seasons": each.seasons,
                "n": each.n,
                "low": each.low,
                "high": each.high,
            }
            for name in study.policies
            for each in chances(study, name)
        ],
    }


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None

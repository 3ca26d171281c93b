"""The one documented object that `--json` prints, for one policy or many."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sim.experiment.best import compare_with_best
from sim.experiment.precision_words import precision_json
from sim.experiment.risk_words import risk_json
from sim.experiment.verdict import verdict_in_words
from sim.scenario.effects import effects_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.experiment.comparison import Comparison
    from sim.experiment.precision import Reached
    from sim.experiment.statistics import Interval
    from sim.experiment.study import Study

SCHEMA = 1
"""Rises when a field changes its meaning or goes; new fields do not raise it."""


def json_result(
    study: Study, comparison: Comparison | None = None, reached: Sequence[Reached] | None = None
) -> dict[str, Any]:
    """A study and its comparison as JSON values; what is unknown is None, never nan.

    Means are as precise as they were computed: rounding is for the reader's screen. The unit of an
    amount is the scenario's currency. `reached` is what became of the wanted precision, if any was.
    """
    first = study.policies[0]
    return {
        "schema": SCHEMA,
        "scenario": str(getattr(study.scenarios.get(first), "name", first)),
        "seed": study.seed,
        "replications": study.replications,
        **({} if study.wanted is None else {"replications_wanted": study.wanted}),
        "policies": {policy: _figures(study, policy) for policy in study.policies},
        "comparisons": [] if comparison is None else _comparisons(comparison),
        **({} if reached is None else {"precision": precision_json(study, reached)}),
        "risk": risk_json(study, _ahead(study, comparison)),
        "assumed_effects": effects_json(study.scenarios),
        "verdict": _verdict(study) if comparison is None else comparison.verdict,
    }


def _ahead(study: Study, comparison: Comparison | None) -> str:
    ranking = () if comparison is None else comparison.best.ranking
    return ranking[0] if ranking else study.policies[0]


def _figures(study: Study, policy: str) -> dict[str, dict[str, Any]]:
    figures = {}
    for kpi in study.kpi_names():
        if kpi not in study.values[policy]:
            continue
        known = study.interval(policy, kpi)
        figures[kpi] = {
            "mean": _known(known.mean),
            "half_width": _known(known.half_width),
            "n": known.n,
            "unit": _unit(study, kpi),
            **_flag(known),
        }
    return figures


def _comparisons(comparison: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "policy": row.policy,
            "baseline": row.baseline,
            "kpi": row.kpi,
            "difference": _known(row.difference.interval.mean),
            "low": _known(row.difference.interval.low),
            "high": _known(row.difference.interval.high),
            "verdict": row.verdict,
            **_flag(row.difference.interval),
        }
        for row in comparison.rows
    ]


def _flag(known: Interval) -> dict[str, str]:
    """Why the interval is rough, where it is."""
    return {} if known.flag is None else {"flag": known.flag}


def _verdict(study: Study) -> str:
    kpi = "season_profit" if "season_profit" in study.kpi_names() else study.kpi_names()[0]
    values = {policy: study.series(policy, kpi) for policy in study.policies}
    best = compare_with_best(values, confidence=study.claim_level(0.95))
    return verdict_in_words(study, best, study.policies[0], kpi)


def _unit(study: Study, kpi: str) -> str:
    unit = study.unit(kpi)
    return study.currency() or unit if unit == "money" else unit


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None

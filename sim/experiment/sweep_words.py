"""A sweep in words, and as the object that `--json` prints."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from sim.experiment.figures import listed
from sim.experiment.json_result import SCHEMA

if TYPE_CHECKING:
    from sim.experiment.axes import Point
    from sim.experiment.sweep import Crossover, Sweep


def sweep_in_words(sweep: Sweep) -> str:
    """Who wins at how many points, and where the winner changes."""
    if len(sweep.policies) == 1:
        return f"{sweep.policies[0]} at {len(sweep.points)} points; there is nobody to compare."
    winners = Counter(str(point.best.winner) for point in sweep.points if point.best.winner)
    open_points = len(sweep.points) - winners.total()
    parts = [f"{name} wins at {count}" for name, count in winners.most_common()]
    if open_points:
        parts.append(f"{open_points} {'is' if open_points == 1 else 'are'} undecided")
    text = f"Of {len(sweep.points)} points, {listed(parts)}."
    crossings = [_crossing(each) for each in sweep.crossovers()]
    if len(sweep.axes) == 1 and crossings:
        return " ".join([text, *crossings])
    if len(winners) == 1 and not open_points:
        return f"{text} Within these ranges, no value changes the winner."
    return text


def sweep_json(sweep: Sweep) -> dict[str, Any]:
    """The sweep as JSON values; what is unknown is None."""
    study = sweep.study
    scenario = next(iter(study.scenarios.values()), None)
    return {
        "schema": SCHEMA,
        "scenario": str(getattr(scenario, "name", "")),
        "seed": study.seed,
        "replications": study.replications,
        **({} if study.wanted is None else {"replications_wanted": study.wanted}),
        "kpi": sweep.kpi,
        "confidence": sweep.confidence,
        "sampled": sweep.sampled,
        "paths": [axis.path for axis in sweep.axes],
        "points": [
            {
                "values": point.values,
                "policies": {
                    policy: {"mean": _known(each.mean), "half_width": _known(each.half_width)}
                    for policy, each in point.figures.items()
                },
                "winner": point.best.winner if len(point.figures) > 1 else None,
                "candidates": list(point.best.candidates),
            }
            for point in sweep.points
        ],
        "crossovers": [
            {
                "path": each.path,
                "low": each.low,
                "high": each.high,
                "before": each.before,
                "after": each.after,
                "undecided": list(each.undecided),
                "elsewhere": each.elsewhere,
            }
            for each in sweep.crossovers()
        ],
        "verdict": sweep_in_words(sweep),
    }


def place(values: Point) -> str:
    """A point in words.

    >>> place({"demand.scale": "1.2", "costs.postage": "5"})
    'demand.scale 1.2, costs.postage 5'
    """
    return ", ".join(f"{path} {value}" for path, value in values.items())


def _crossing(each: Crossover) -> str:
    text = (
        f"Somewhere between {each.low} and {each.high}, {each.after} begins to beat {each.before}"
    )
    if each.undecided:
        text += f" (at {listed(list(each.undecided))} it cannot be told)"
    return f"{text}."


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None

"""What was reached of the wanted precision: a sentence, and JSON."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sim.experiment.figures import amount, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.experiment.precision import Reached
    from sim.experiment.study import Study


def precision_in_words(study: Study, reached: Sequence[Reached]) -> str:
    """One or two sentences: what is known well enough, and what that would take for the rest."""
    seasons = counted(study.replications, "season")
    short = [each for each in reached if not each.held]
    if not reached:
        return "None of the figures that were to be known is defined in any season."
    if not short:
        goals = {(each.goal.within, each.goal.relative) for each in reached}
        to = f" to ±{_wanted(study, reached[0])} or better" if len(goals) == 1 else ""
        return f"After {seasons} {_all_of(reached)} known{to}, as wanted."
    worst = max(short, key=lambda each: each.within / each.goal.within)
    text = f"After {seasons} the wanted precision was not reached"
    text += f": {len(short)} of {len(reached)} figures fell short." if len(reached) > 1 else "."
    return f"{text} {_farthest(study, worst)}"


def precision_json(study: Study, reached: Sequence[Reached]) -> dict[str, Any]:
    """What `--json` says of the precision."""
    return {
        "looks_planned": study.looks,
        "verdict": precision_in_words(study, reached),
        "reached": all(each.held for each in reached),
        "figures": [
            {
                "kpi": each.goal.kpi,
                "policy": each.policy,
                "baseline": each.baseline,
                "wanted": each.goal.within,
                "known_to": each.within if math.isfinite(each.within) else None,
                "relative": each.goal.relative,
                "reached": each.held,
                "seasons_needed": each.needed,
            }
            for each in reached
        ],
    }


def _all_of(reached: Sequence[Reached]) -> str:
    if len(reached) == 1:
        return "the one figure is"
    return "both figures are" if len(reached) == 2 else f"all {len(reached)} figures are"


def _farthest(study: Study, worst: Reached) -> str:
    meaning = study.meaning(worst.goal.kpi)
    label = worst.goal.kpi if meaning is None else meaning.label
    who = f"“{label}” under {worst.policy}"
    who += "" if worst.baseline is None else f" against {worst.baseline}"
    if worst.needed is None or not worst.known.decides:
        reason = worst.known.flag or "its mean is 0"
        return f"{who} is not known at all: {reason}."
    got = _shown(study, worst, worst.within)
    text = f"Farthest off is {who}, known to ±{got} instead of ±{_wanted(study, worst)}"
    if worst.needed <= study.replications:
        return f"{text}, but not for long enough."
    return f"{text}: that takes some {_round(worst.needed):,} seasons."


def _wanted(study: Study, each: Reached) -> str:
    return _shown(study, each, each.goal.within)


def _shown(study: Study, each: Reached, size: float) -> str:
    if each.goal.relative:
        return f"{100 * size:.2g}%" if size < 0.995 else f"{100 * size:.0f}%"
    return amount(size, study.unit(each.goal.kpi), study.currency())


def _round(number: int) -> int:
    """Two digits are more than is known.

    >>> _round(2137), _round(64)
    (2200, 64)
    """
    step = int(10 ** max(0, len(str(number)) - 2))
    return math.ceil(number / step) * step

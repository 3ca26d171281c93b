"""A tornado in words, and as the object that `--json` prints."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sim.experiment.figures import amount, listed
from sim.experiment.json_result import SCHEMA
from sim.results import find_kpi

if TYPE_CHECKING:
    from sim.experiment.statistics import Interval
    from sim.experiment.tornado import Bar, Tornado


def tornado_in_words(found: Tornado, currency: str) -> str:
    """Which inputs decide, what the others do, and what comes of rough fits."""
    sentences = [_as_written(found, currency), _what_decides(found), _others(found, currency)]
    if not math.isnan(found.fitted_sd):
        rough = amount(1.96 * found.fitted_sd, find_kpi(found.kpi).unit, currency)
        noise = amount(found.difference.half_width, find_kpi(found.kpi).unit, currency)
        sentences.append(
            f"Apart from assumptions, the difference is known to ±{noise} for want of seasons, and"
            f" to ±{rough} because the history tells its inputs only roughly: more seasons make"
            " the first smaller, not the second."
        )
    return " ".join(sentence for sentence in sentences if sentence)


def tornado_json(found: Tornado, verdict: str, about: dict[str, Any]) -> dict[str, Any]:
    """The tornado as JSON values; what is unknown is None.

    Args:
        found: What was found.
        verdict: It in words.
        about: Scenario and seed.
    """
    return {
        "schema": SCHEMA,
        **about,
        "method": "tornado",
        "replications": found.replications,
        "kpi": found.kpi,
        "policies": list(found.policies),
        "confidence": found.confidence,
        "difference": _figure(found.difference),
        "inputs": [
            {
                "path": bar.input.path,
                "written": bar.input.written,
                "low": bar.input.low,
                "high": bar.input.high,
                "fitted": bar.input.fitted,
                "at_low": _figure(bar.at_low),
                "at_high": _figure(bar.at_high),
                "swing": bar.swing,
                "effect": bar.effect,
            }
            for bar in found.bars
        ],
        "screened": [
            {"path": each.path, "low": each.low, "high": each.high, "swing": _known(swing)}
            for each, swing in found.screened
        ],
        "fitted_sd": _known(found.fitted_sd),
        "verdict": verdict,
    }


def _as_written(found: Tornado, currency: str) -> str:
    first, second = found.policies if found.difference.mean > 0 else found.policies[::-1]
    unit = find_kpi(found.kpi).unit
    more = amount(abs(found.difference.mean), unit, currency)
    reach = amount(found.difference.half_width, unit, currency)
    verb = "earns" if found.kpi == "season_profit" else "is"
    return f"As written, {first} {verb} {more} more than {second}, known to ±{reach}."


def _what_decides(found: Tornado) -> str:
    number = len(found.bars) + len(found.screened)
    flips = [_name(bar) for bar in found.bars if bar.effect == "flips"]
    unsettles = [_name(bar) for bar in found.bars if bar.effect == "unsettles"]
    parts = []
    if flips:
        parts.append(f"within its range, {_make(flips)} the other policy win")
    if unsettles:
        parts.append(f"{_make(unsettles)} it impossible to tell")
    if not parts:
        return f"None of {number} inputs, moved alone within its range, is seen to change that."
    few = len(flips) + len(unsettles)
    return f"{few} of {number} inputs can decide: {'; '.join(parts)}."


def _others(found: Tornado, currency: str) -> str:
    if not found.screened:
        return ""
    widest = amount(found.screened[0][1], find_kpi(found.kpi).unit, currency)
    return (
        f"The other {len(found.screened)} moved the difference by at most {widest} in the seasons"
        " in which they were tried."
    )


def _make(names: list[str]) -> str:
    return f"{listed(names)} make{'s' if len(names) == 1 else ''}"


def _name(bar: Bar) -> str:
    return bar.input.path


def _figure(known: Interval) -> dict[str, float | None]:
    return {"mean": _known(known.mean), "low": _known(known.low), "high": _known(known.high)}


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None

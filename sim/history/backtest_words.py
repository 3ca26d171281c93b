"""A backtest in words, and as the object that `--json` prints."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from sim.experiment.figures import listed
from sim.experiment.json_result import SCHEMA
from sim.history.backtest import DRAWN
from sim.history.weeks import FIGURES

if TYPE_CHECKING:
    from sim.history.backtest import Backtest, FigureBacktest

_UNLIKELY: Final = 0.05
"""Chance of so few weeks inside, at which a figure is said not to fit."""


def backtest_in_words(test: Backtest) -> str:
    """In how many weeks each figure lay inside, and what does not fit."""
    compared = [each for each in test.figures if each.weeks]
    if not compared:
        return "No whole week of the season is in the file, so nothing can be compared."
    counts = [
        f"{each.inside} of {each.weeks}{'' if place else ' weeks'} for {FIGURES[each.figure].name}"
        for place, each in enumerate(compared)
    ]
    text = f"What happened lay inside the simulated range in {listed(counts)}."
    off = [each for each in compared if each.chance <= _UNLIKELY]
    judged = [each for each in compared if math.isfinite(each.chance)]
    if not off and judged:
        rarest = min(judged, key=lambda each: each.chance)
        name = FIGURES[rarest.figure].name
        return (
            f"{text} The least likely of these counts, for {name}, comes in {rarest.chance:.0%} of"
            " the season's own draws: nothing speaks against the season."
        )
    if not off:
        return text
    names = listed([FIGURES[each.figure].name for each in off])
    most = max(each.chance for each in off)
    return (
        f"{text} Not as the season says: {names}. So few weeks inside come in at most {most:.0%} of"
        " its own draws. Find out why before you plan with it."
    )


def backtest_json(test: Backtest) -> dict[str, Any]:
    """The backtest as JSON values; what is unknown is None."""
    study = test.study
    return {
        "schema": SCHEMA,
        "scenario": str(getattr(study.scenarios[DRAWN], "name", "")),
        "seed": study.seed,
        "replications": study.replications,
        **({} if study.wanted is None else {"replications_wanted": study.wanted}),
        "days_apart": test.apart_days,
        "figures": {each.figure: _figure(test, each) for each in test.figures},
        "verdict": backtest_in_words(test),
    }


def _figure(test: Backtest, each: FigureBacktest) -> dict[str, Any]:
    places = [*(day.isoformat() for day in test.weeks), None]
    rows = [
        {
            "week_of": place,
            "happened": _known(each.happened[number]),
            "replayed": _known(each.replayed[number]),
            "low": _known(each.low[number]),
            "high": _known(each.high[number]),
            "side": _side(each, number),
        }
        for number, place in enumerate(places)
    ]
    return {
        "label": FIGURES[each.figure].label,
        "unit": FIGURES[each.figure].unit,
        "compared": "export" if each.from_export else "replay",
        "weeks": each.weeks,
        "inside": each.inside,
        "chance": _known(each.chance),
        "by_week": rows[:-1],
        "season": {key: value for key, value in rows[-1].items() if key != "week_of"},
    }


def _side(each: FigureBacktest, number: int) -> str | None:
    value, low, high = each.compared[number], each.low[number], each.high[number]
    if not (math.isfinite(value) and math.isfinite(low)):
        return None
    return "below" if value < low else "above" if value > high else "inside"


def _known(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None

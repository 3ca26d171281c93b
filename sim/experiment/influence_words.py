"""Morris and Sobol in words, and as the object that `--json` prints."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from sim.experiment.figures import counted, listed
from sim.experiment.json_result import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.experiment.contest import Contest
    from sim.experiment.global_sensitivity import Influence, Method

_MOST: Final = 0.8
"""The few inputs that are named make up this much of all influence."""


def influences_in_words(found: Sequence[Influence], contest: Contest, method: Method) -> str:
    """The few inputs that make up most of the influence."""
    first, second = contest.policies
    sizes = [max(0.0, each.main if method == "morris" else each.total) for each in found]
    whole = math.fsum(sizes)
    if not whole:
        return f"No input moves the difference between {first} and {second}."
    few = next(n for n in range(1, len(sizes) + 1) if math.fsum(sizes[:n]) >= _MOST * whole)
    names = listed([each.input.path for each in found[:few]])
    how = "of all mean effects" if method == "morris" else "of all total shares"
    make = "makes" if few == 1 else "make"
    return (
        f"{counted(few, 'input')} of {len(found)} {make} up 80% {how} on the difference between"
        f" {first} and {second}: {names}."
    )


def influences_json(
    found: Sequence[Influence], contest: Contest, method: Method, about: dict[str, Any]
) -> dict[str, Any]:
    """Influences as JSON values; what is unknown is None."""
    return {
        "schema": SCHEMA,
        **about,
        "method": method,
        "kpi": contest.kpi,
        "policies": list(contest.policies),
        "inputs": [
            {
                "path": each.input.path,
                "low": each.input.low,
                "high": each.input.high,
                "main": _known(each.main),
                "main_reach": _known(each.main_reach),
                "total": _known(each.total),
                "total_reach": _known(each.total_reach),
            }
            for each in found
        ],
        "verdict": influences_in_words(found, contest, method),
    }


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None

"""A break-even in words, and as the object that `--json` prints."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sim.experiment.figures import listed
from sim.experiment.json_result import SCHEMA
from sim.experiment.kept import one_in

if TYPE_CHECKING:
    from sim.experiment.breakeven import Breakeven, Tried
    from sim.experiment.kept import Kept


def breakeven_in_words(found: Breakeven, policies: tuple[str, str], better: str) -> str:
    """Where the two come out the same, and who is ahead on either side.

    Args:
        found: What was searched.
        policies: The two policies.
        better: What the policy ahead does: "earns more".
    """
    first, second = policies
    path, tried = found.axis.path, found.tried
    ends = f"from {tried[0].value} to {tried[-1].value}"
    sure = f"{100 * found.confidence:g}% confidence"
    if found.kind == "crosses":
        left, right = _sides(found, policies)
        low, high = found.axis.at(found.low), found.axis.at(found.high)
        about = f"{_rough(found)}{_one_in(found)}"
        return (
            f"{first} and {second} come out the same where {path} is about {about}:"
            f" between {low} and {high}, with {sure}. Below, {left} {better}; above, {right} does."
        )
    if found.kind in {"first", "second"}:
        ahead, behind = policies if found.kind == "first" else (second, first)
        return (
            f"{ahead} {better} than {behind} at each of {len(tried)} values of {path} {ends}, each"
            f" with {sure}: no break-even in this range."
        )
    if found.kind == "several":
        return (
            f"The lead changes more than once as {path} goes {ends}, so there is no single"
            " break-even: look at the values below."
        )
    known = [
        f"{policy} {better} at {listed(at)}"
        for sign, policy in zip((1, -1), policies, strict=True)
        if (at := [each.value for each in tried if each.sign == sign])
    ]
    told = f"{listed(known)}; elsewhere" if known else f"At no value of {path}"
    can = "it cannot be told" if known else "can it be told"
    return f"{told} {can} who {better}, {ends}. Simulate more seasons, or widen the range."


def breakeven_json(
    found: Breakeven,
    policies: tuple[str, str],
    verdict: str,
    about: dict[str, Any],
    kept: Kept | None = None,
) -> dict[str, Any]:
    """The break-even as JSON values; what is unknown is None.

    Args:
        found: What was searched.
        policies: The two policies.
        verdict: It in words.
        about: Scenario, seed, replications and KPI.
        kept: What it means in waiting customers, if anything.
    """
    return {
        "schema": SCHEMA,
        **about,
        "path": found.axis.path,
        "unit": found.axis.unit.strip(),
        "policies": list(policies),
        "confidence": found.confidence,
        "kind": found.kind,
        "low": _known(found.low),
        "high": _known(found.high),
        "estimate": _known(found.estimate),
        "values": [_tried(each, policies) for each in found.tried],
        "kept": None if kept is None else asdict(kept),
        "verdict": verdict,
    }


def _tried(each: Tried, policies: tuple[str, str]) -> dict[str, Any]:
    known = each.difference
    return {
        "value": each.value,
        "difference": _known(known.mean),
        "low": _known(known.low),
        "high": _known(known.high),
        "ahead": {1: policies[0], -1: policies[1]}.get(each.sign),
    }


def _sides(found: Breakeven, policies: tuple[str, str]) -> tuple[str, str]:
    """The policies ahead below and above the break-even."""
    below = next(each.sign for each in found.tried if each.number == found.low)
    return policies if below > 0 else (policies[1], policies[0])


def _rough(found: Breakeven) -> str:
    """The estimate to three digits, more than anyone knows."""
    return found.axis.at(float(f"{found.estimate:.3g}"))


def _one_in(found: Breakeven) -> str:
    """A percentage as people say it: 4% is 1 in 25, 95% all but 1 in 20."""
    share = found.estimate / 100
    if found.axis.unit != "%" or not 0 < share < 1:
        return ""
    return f" ({one_in(share)})" if share < 0.5 else f" (all but {one_in(1 - share)})"


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None

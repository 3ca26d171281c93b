"""Whether a study that ends when it likes what it sees still tells the truth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.guarantees.outputs import textbook
from benchmarks.measure import table
from sim.experiment.best import compare_with_best
from sim.experiment.precision import Goal, check_goals
from sim.experiment.sequential import looks
from sim.experiment.study import Study

if TYPE_CHECKING:
    from benchmarks.guarantees.outputs import Output

STUDIES = 2_000
PLANNED = looks(20, 100)
LOSSES = ("normal", "exponential", "service level, beta(20, 0.5)")
"""Outputs that a study looks at until it knows their mean."""


@dataclass(frozen=True)
class Stopped:
    """How studies ended that ran until a mean was known to 10%."""

    covers: float
    """Share whose interval held the true mean."""
    seasons: float
    """Mean number of seasons that they took."""


def until_precise(output: Output, studies: int = STUDIES, seed: int = 2) -> Stopped:
    """Run studies to a precision of 10%, as `--precision 10%` does."""
    numbers = np.random.default_rng(seed)
    goal = (Goal("profit", 0.1, relative=True),)
    held, seasons = 0, 0
    for _ in range(studies):
        whole = _study(Policy=output.draw(numbers, PLANNED[-1]))
        for n in PLANNED:
            known = check_goals(replace(whole, replications=n), goal)[0]
            if known.held:
                break
        held += known.known.low <= output.truth <= known.known.high
        seasons += known.known.n
    return Stopped(held / studies, seasons / studies)


def peeking(studies: int = STUDIES, seed: int = 3, *, allowed_for: bool = True) -> float:
    """Share of studies that found a winner among two equal policies at any of the looks."""
    numbers = np.random.default_rng(seed)
    found = 0
    for _ in range(studies):
        luck = numbers.normal(0, 3, PLANNED[-1])
        a, b = luck + numbers.normal(size=luck.size), luck + numbers.normal(size=luck.size)
        level = _study(A=a, B=b).claim_level(0.95) if allowed_for else 0.95
        found += any(
            compare_with_best({"A": a[:n], "B": b[:n]}, confidence=level).winner for n in PLANNED
        )
    return found / studies


def report(studies: int = STUDIES) -> str:
    """What stopping does to an interval, then what it does to a claim."""
    rows = []
    for output in losses():
        stopped = until_precise(output, studies)
        rows.append([output.name, f"{stopped.covers:.1%}", f"{stopped.seasons:.0f}"])
    precise = table(["a mean, until known to 10%", "holds", "seasons"], rows)
    allowed, naive = peeking(studies), peeking(studies, allowed_for=False)
    claims = table(
        ["two equal policies, five looks", "false winners"],
        [
            ["each look allowed for, as Peakwise does", f"{allowed:.1%}"],
            ["95% at each look", f"{naive:.1%}"],
        ],
    )
    return f"{precise}\n\n{claims}"


def losses() -> list[Output]:
    """Negative means of which 10% take between 20 and 100 seasons to know."""
    return [_as_loss(output) for output in textbook() if output.name in LOSSES]


def _as_loss(output: Output) -> Output:
    loss = -3.0
    return replace(
        output,
        name=f"{output.name}, a loss",
        truth=loss,
        draw=lambda g, n: loss + _unit(output) * (output.draw(g, n) - output.truth),
    )


def _unit(output: Output) -> float:
    """Brings the standard deviation of an output to 1.2, roughly."""
    return 1.2 / float(np.std(output.draw(np.random.default_rng(0), 10_000)))


def _study(**policies: np.ndarray) -> Study:
    values = {name: MappingProxyType({"profit": series}) for name, series in policies.items()}
    size = len(next(iter(policies.values())))
    return Study(tuple(policies), 1, size, values, {}, looks=len(PLANNED))

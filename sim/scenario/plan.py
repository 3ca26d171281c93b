"""What a planner may change, and what must be met: the question that `peakwise size` answers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.scenario.base import Block, Moment
from sim.scenario.levers import LeverSpec
from sim.scenario.targets import TargetSpec


class Plan(Block):
    """Levers, targets, and what "cheapest" means. It changes no result of the season itself."""

    levers: dict[str, LeverSpec] = Field(min_length=1)
    """What is ours to choose, by dotted path as in `policies`: a range (`6 to 30`,
    `200 to 900 shelves of 80 liters by 20`, `2026-11-02 to 2026-11-23 by 7 days`), a list of
    values, or a group of `values`, `name`, `cost` (per step above the leanest) and `safer`:
    which end of a range (`high`, `low`) or of a list (`last`, `first`) serves customers better.
    `policy: all`, or a list of policies, makes the policy itself a lever."""
    targets: dict[str, TargetSpec] = Field(min_length=1)
    """What must hold, by KPI or by `loss` or `space_overflow`: `at least 95% in 9 of 10 seasons`,
    `at most 2 hours on average`, `none in 95% of seasons`."""
    cheapest_by: Literal["profit", "cost"] = "profit"
    """`profit`: the plan that leaves the highest expected season profit, so that lost sales count
    as well as wages. `cost`: the plan with the lowest expected cost of people, third party and
    backorder area."""
    as_of: Moment | None = None
    """Today. Cohorts that would have had to be decided on before are not offered."""

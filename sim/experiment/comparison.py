"""What comparing the policies of a study found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sim.experiment.best import Best
    from sim.experiment.statistics import PairedDifference
    from sim.experiment.study import Study

RowVerdict = Literal[
    "better",
    "worse",
    "higher",
    "lower",
    "the same",
    "no clear difference",
    "too few replications",
    "not defined",
]
"""`higher` and `lower` where neither direction is the better one."""


@dataclass(frozen=True, slots=True)
class PolicyDifference:
    """How one KPI of one policy differs from the baseline's, season by season."""

    policy: str
    baseline: str
    kpi: str
    difference: PairedDifference
    """Policy minus baseline; corrected for the number of policies compared."""
    verdict: RowVerdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """The policies of a study against a baseline, and what follows."""

    study: Study
    baseline: str
    kpi: str
    """The KPI that decides."""
    confidence: float
    rows: tuple[PolicyDifference, ...]
    """The KPI that decides first, then the headline KPIs; one row per policy and KPI."""
    best: Best
    """Which policies may be the best by the KPI that decides."""
    verdict: str
    """The answer in plain words."""

    def row(self, policy: str, kpi: str) -> PolicyDifference:
        """The row of a policy and a KPI.

        Raises:
            KeyError: There is no such row.
        """
        for row in self.rows:
            if (row.policy, row.kpi) == (policy, kpi):
                return row
        message = f"no comparison of {kpi!r} for the policy {policy!r}"
        raise KeyError(message)

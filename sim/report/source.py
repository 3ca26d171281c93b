"""A finished study as the story reads it: what the run stored, and nothing that it did not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sim.experiment.median import median_season
from sim.report.clean import said
from sim.report.content import Cell
from sim.report.explain import Explanation, explain
from sim.report.forms import Form, form_of
from sim.report.labels import unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from sim.experiment import Comparison, Study
    from sim.scenario import Scenario


@dataclass(frozen=True)
class Source:
    """A study, its comparison, and the tables of one of its seasons."""

    study: Study
    comparison: Comparison | None
    """None: the study has one policy."""
    answer: Mapping[str, Any]
    """The object that `--json` printed."""
    tables: Mapping[str, pd.DataFrame]
    """Of one simulated season, each with a column `policy`; none if the study was cut short."""
    provenance: Mapping[str, str]
    """Scenario hash, seed, versions, and the command that makes the same numbers again."""

    @property
    def policies(self) -> tuple[str, ...]:
        """Names, in the order of the scenario."""
        return self.study.policies

    @cached_property
    def season(self) -> str:
        """Which season the tables are of, in words.

        It is the one whose tables `compare` keeps: `sim.experiment.median`.
        """
        count = self.study.replications
        if count == 1:
            return "the one simulated season"
        return f"season {median_season(self.study) + 1:,} of {count:,}, the median one by profit"

    @cached_property
    def told(self) -> Explanation:
        """The season in sentences."""
        return explain(self.study.scenarios)

    @cached_property
    def leader(self) -> str:
        """The policy that earned the most on average."""
        ranking = () if self.comparison is None else self.comparison.best.ranking
        return ranking[0] if ranking else self.policies[0]

    @cached_property
    def other(self) -> str | None:
        """The policy that the leader is held against, as the verdict does; None: there is none."""
        if self.comparison is None or len(self.comparison.best.ranking) < 2:
            return None
        ranking, baseline = self.comparison.best.ranking, self.comparison.baseline
        decided = self.comparison.best.winner is not None
        return baseline if decided and baseline != self.leader else ranking[1]

    @property
    def lead(self) -> str:
        """The leader within a sentence."""
        return said(self.leader)

    @property
    def rival(self) -> str:
        """The other within a sentence."""
        return said(self.other)

    @property
    def scenario(self) -> Scenario:
        """The season under the policy that leads."""
        return self.study.scenarios[self.leader]

    @property
    def currency(self) -> str:
        """Currency code of every amount."""
        return self.scenario.currency

    def color(self, policy: str) -> int:
        """Number of the color that a policy has in every picture."""
        return self.policies.index(policy)

    def mean(self, policy: str, kpi: str) -> float | None:
        """Mean of a KPI as stored; None: unknown or not reported."""
        return self._figure(policy, kpi).get("mean")

    def half_width(self, policy: str, kpi: str) -> float | None:
        """Half-width of its 95 % interval; None: unknown."""
        return self._figure(policy, kpi).get("half_width")

    def _figure(self, policy: str, kpi: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.answer["policies"][policy].get(kpi, {})
        return found

    def form(self, *kpis: str, policies: Iterable[str] | None = None) -> Form:
        """How figures of the same unit are written, so that they can be compared."""
        pairs = [(policy, kpi) for policy in policies or self.policies for kpi in kpis]
        return form_of(
            [self.mean(*pair) for pair in pairs],
            unit_of(kpis[0]),
            self.currency,
            [self.half_width(*pair) for pair in pairs],
        )

    def known(self, policy: str, kpi: str, form: Form | None = None) -> Cell:
        """A mean, and how well it is known."""
        form = form or self.form(kpi)
        mean, half = self.mean(policy, kpi), self.half_width(policy, kpi)
        return Cell(mean, form.write_known(mean, half), form.excel, half or None)

    def table(self, name: str, policy: str) -> pd.DataFrame | None:
        """A table of the stored season under a policy; None: it was not stored."""
        table = self.tables.get(name)
        return None if table is None else table[table["policy"] == policy]


def number(value: float | None, form: Form, *, sign: bool = False) -> Cell:
    """A figure of its own."""
    known = value if value is not None and math.isfinite(value) else None
    return Cell(known, form.write(known, sign=sign), form.excel)

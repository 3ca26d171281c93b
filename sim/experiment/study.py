"""What a study holds: every KPI of every policy in every replication, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

import numpy as np

from sim.experiment.statistics import Interval, mean_interval

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from sim.scenario import Scenario


class KpiMeaning(Protocol):
    """What the study needs to know of a KPI; `sim.results.Kpi` is one."""

    @property
    def name(self) -> str:
        """The term, for example `fill_rate`."""

    @property
    def label(self) -> str:
        """The plain words for it."""

    @property
    def unit(self) -> str:
        """Unit of its values."""

    @property
    def better(self) -> str | None:
        """`higher`, `lower`, or None: neither."""

    @property
    def headline(self) -> bool:
        """Whether every comparison shows it."""


@dataclass(frozen=True, slots=True)
class Study:
    """The outcome of `replicate`: policies on the same simulated seasons."""

    policies: tuple[str, ...]
    """Names, in the order of the scenario."""
    seed: int
    replications: int
    """Seasons that were simulated under every policy."""
    values: Mapping[str, Mapping[str, NDArray[np.float64]]]
    """Policy, then KPI: one value per replication, in the order of replications; nan: undefined."""
    kpis: Mapping[str, KpiMeaning]
    """What each KPI means."""
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    """The resolved scenario of each policy."""
    hashes: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each resolved scenario."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Versions of Peakwise and of what its numbers depend on."""
    wanted: int | None = None
    """Seasons that were asked for, if the study was interrupted before; None: it is whole."""
    looks: int = 1
    """How often the study might have ended, depending on what it had found until then."""

    def claim_level(self, confidence: float) -> float:
        """Confidence of one look, for a claim to hold with `confidence` at whichever was the last.

        Whoever stops when they like what they see must allow for every look: by Bonferroni's
        inequality the chance that any of them misleads is at most the sum over all.

        >>> study = Study(("A",), 1, 20, {}, {}, looks=5)
        >>> round(study.claim_level(0.95), 6)
        0.99
        """
        return 1 - (1 - confidence) / self.looks

    def interval(self, policy: str, kpi: str, confidence: float = 0.95) -> Interval:
        """The mean of a KPI under a policy, and how well it is known."""
        return mean_interval(self.series(policy, kpi), confidence)

    def series(self, policy: str, kpi: str) -> NDArray[np.float64]:
        """A KPI under a policy by replication; nan throughout where the policy has no such KPI."""
        found = self.values[policy].get(kpi)
        return np.full(self.replications, np.nan) if found is None else found

    def meaning(self, kpi: str) -> KpiMeaning | None:
        """What a KPI means; a suffix `:team` is the same figure for one team."""
        return self.kpis.get(kpi.partition(":")[0])

    def unit(self, kpi: str) -> str:
        """Unit of a KPI; lines of the profit and loss, which stand in no registry, are money."""
        meaning = self.meaning(kpi)
        return "money" if meaning is None else meaning.unit

    def currency(self) -> str | None:
        """Currency code of every amount; None: the scenario names none."""
        for scenario in self.scenarios.values():
            code = getattr(scenario, "currency", None)
            return code if isinstance(code, str) else None
        return None

    def kpi_names(self) -> tuple[str, ...]:
        """KPIs that at least one policy reports, those of the registry first."""
        reported = dict.fromkeys(name for values in self.values.values() for name in values)
        known = [name for name in self.kpis if name in reported]
        return (*known, *(name for name in reported if name not in self.kpis))

    def frame(self) -> pd.DataFrame:
        """One row per policy, replication and KPI: `policy`, `replication`, `kpi`, `value`."""
        import pandas as pd

        blocks = [
            pd.DataFrame(
                {
                    "policy": policy,
                    "replication": np.arange(self.replications, dtype=np.int64),
                    "kpi": kpi,
                    "value": self.values[policy][kpi],
                }
            )
            for policy in self.policies
            for kpi in self.kpi_names()
            if kpi in self.values[policy]
        ]
        columns = ["policy", "replication", "kpi", "value"]
        return pd.concat(blocks, ignore_index=True) if blocks else pd.DataFrame(columns=columns)


def study_of(
    scenarios: Mapping[str, Scenario],
    seed: int,
    outcomes: Mapping[int, Mapping[str, Mapping[str, float]]],
    kpis: Mapping[str, KpiMeaning],
    *,
    versions: Mapping[str, str],
    wanted: int | None = None,
    looks: int = 1,
) -> Study:
    """The study of the replications from 0 up to the first that is missing."""
    from sim.scenario import scenario_hash

    finished: list[Mapping[str, Mapping[str, float]]] = []
    while len(finished) in outcomes:
        finished.append(outcomes[len(finished)])
    names = tuple(scenarios)
    return Study(
        policies=names,
        seed=seed,
        replications=len(finished),
        values=collect_values(names, finished),
        kpis=kpis,
        scenarios=scenarios,
        hashes={name: scenario_hash(scenario) for name, scenario in scenarios.items()},
        versions=versions,
        wanted=wanted,
        looks=looks,
    )


def collect_values(
    policies: tuple[str, ...], outcomes: Sequence[Mapping[str, Mapping[str, float]]]
) -> Mapping[str, Mapping[str, NDArray[np.float64]]]:
    """Turn one outcome per replication into one read-only array per policy and KPI."""
    collected: dict[str, Mapping[str, NDArray[np.float64]]] = {}
    for policy in policies:
        names = dict.fromkeys(name for outcome in outcomes for name in outcome[policy])
        arrays = {}
        for name in names:
            array = np.array([outcome[policy].get(name, np.nan) for outcome in outcomes], float)
            array.setflags(write=False)
            arrays[name] = array
        collected[policy] = MappingProxyType(arrays)
    return MappingProxyType(collected)

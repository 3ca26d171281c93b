"""Which simulated season stands for the others, where only one can be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from sim.experiment.study import Study

_KPI: Final = "season_profit"


def median_season(study: Study) -> int:
    """The replication in the middle of all by season profit, averaged over the policies.

    Of an even number, the lower of the two in the middle; equal profits count in their order. What
    is unknown counts as the lowest.

    >>> from sim.experiment.study import Study
    >>> profits = {"A": {"season_profit": np.array([9.0, 1.0, 4.0, 5.0])}}
    >>> median_season(Study(("A",), 1, 4, profits, {}))
    2
    """
    return season_at(study, 0.5)


def season_at(study: Study, share: float) -> int:
    """The replication that about this share of all stays below, in the order of `median_season`.

    Args:
        study: Some seasons.
        share: From 0, the worst season, to 1, the best; between two seasons, the lower one.

    >>> from sim.experiment.study import Study
    >>> profits = {"A": {"season_profit": np.array([9.0, 1.0, 4.0, 5.0])}}
    >>> [season_at(Study(("A",), 1, 4, profits, {}), share) for share in (0, 0.4, 1)]
    [1, 2, 0]
    """
    profits = np.mean([study.series(policy, _KPI) for policy in study.policies], axis=0)
    order = np.argsort(np.where(np.isnan(profits), -np.inf, profits), kind="stable")
    return int(order[int(share * (len(order) - 1))])


def median_tables(study: Study) -> dict[str, pd.DataFrame]:
    """The tables of the median season, each with a column `policy` in front.

    One season in full shows what happened to whom; the others are the same with other luck.
    """
    import pandas as pd

    from sim.demand import sample_orders
    from sim.results import tables
    from sim.warehouse import simulate

    names = pd.CategoricalDtype(list(study.policies))
    found: dict[str, list[pd.DataFrame]] = {}
    book, season = None, median_season(study)
    for policy, scenario in study.scenarios.items():
        book = sample_orders(scenario, study.seed, season, like=book)
        for name, table in tables(simulate(scenario, book, study.seed, season)).items():
            column = pd.Series(policy, index=table.index, dtype=names)
            table.insert(0, "policy", column)
            found.setdefault(name, []).append(table)
    return {name: pd.concat(parts, ignore_index=True) for name, parts in found.items()}

"""How long a season without dates takes to forget that it began empty: MSER-5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.experiment.replicate import replicate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

    from sim.experiment.replicate import Progress
    from sim.experiment.season import Outcome
    from sim.scenario import Scenario
    from sim.warehouse.ledger import Ledger

_INSTANTS: Final = 1000
_BATCH: Final = 5
_SERIES: Final = ("backlog", "backorders")


@dataclass(frozen=True, slots=True)
class WarmUp:
    """What the average of many runs says about their beginning."""

    needed_ms: int | None
    """From the beginning of the run; None: the run is too short to tell."""
    written_ms: int
    """`season.warm_up` of the scenario."""
    replications: int


def mser5(series: ArrayLike) -> int | None:
    """How many values at the beginning of a series to leave out (White 1997, Simulation 69, 323).

    With batch means Z of five values, d minimizes the sum of (Z_i - mean)**2 over i > d, divided by
    (n - d)**2. None: the best d is half of the series or more, so it is too short.

    To be used on the average of many replications: on a single one that is strongly correlated it
    leaves out too much, and adds bias.

    >>> mser5([0.0] * 10 + [5.0, 6.0] * 45)
    10
    """
    values = np.asarray(series, dtype=np.float64)
    n = len(values) // _BATCH
    if n < 2:
        return None
    batches = values[: n * _BATCH].reshape(n, _BATCH).mean(axis=1)
    errors = [float(np.var(batches[d:])) / (n - d) for d in range(n // 2 + 1)]
    best = int(np.argmin(errors))
    return None if best >= n // 2 else best * _BATCH


def find_warm_up(
    scenario: Scenario,
    replications: int = 20,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> WarmUp:
    """Look at the backlog and the open backorders from the beginning of the run to its end.

    Each is seen at a thousand instants and averaged over the replications; the longer of both
    transients counts.
    """
    study = replicate({"only": scenario}, replications, seed, workers, progress, season=_levels)
    length = int(study.series("only", "length")[0])
    cuts = []
    for name in _SERIES:
        runs = [study.series("only", f"{name}:{place}") for place in range(_INSTANTS)]
        cuts.append(mser5(np.mean(runs, axis=1)))
    known = [cut for cut in cuts if cut is not None]
    needed = max(known) * length // _INSTANTS if len(known) == len(cuts) else None
    return WarmUp(needed, scenario.season.warm_up, study.replications)


def _levels(policies: Mapping[str, Scenario], seed: int, replication: int) -> Outcome:
    """Backlog and open backorders of one run at equally spaced instants."""
    from sim.demand import sample_orders
    from sim.warehouse import simulate

    ((name, scenario),) = policies.items()
    ledger = simulate(scenario, sample_orders(scenario, seed, replication), seed, replication)
    end = ledger.window[1]
    instants = np.arange(_INSTANTS, dtype=np.int64) * end // _INSTANTS
    levels = {"backlog": _backlog(ledger, instants), "backorders": _backorders(ledger, instants)}
    values = {
        f"{series}:{place}": float(value)
        for series, found in levels.items()
        for place, value in enumerate(found)
    }
    return {name: {"length": float(end), **values}}


def _backlog(ledger: Ledger, instants: NDArray[np.int64]) -> NDArray[np.int64]:
    """Parcels that are ready and not started."""
    from sim.warehouse import words as s

    ready, started = (ledger.parcels[name] for name in ("ready_at", "started_at"))
    came = np.sort(ready[ready != s.NONE])
    left = np.sort(started[started != s.NONE])
    waiting = np.searchsorted(came, instants, "right") - np.searchsorted(left, instants, "right")
    return np.asarray(waiting, dtype=np.int64)


def _backorders(ledger: Ledger, instants: NDArray[np.int64]) -> NDArray[np.int64]:
    """Orders that wait for a unit."""
    at, level = (np.concatenate([[0], ledger.space[name]]) for name in ("at", "backorders"))
    return np.asarray(level[np.searchsorted(at[1:], instants, "right")], dtype=np.int64)

"""Which of several systems has the best mean, with a guaranteed probability of correct selection.

Systems are simulated a batch of seasons at a time, all on the same seasons, and left out as soon as
they are clearly behind. The procedure is fully sequential: Kim and Nelson (2001, A fully sequential
procedure for indifference-zone selection in simulation, ACM Trans. Model. Comput. Simul. 11, 251),
which needs neither equal variances nor independent systems. It works on paired differences, so
common random numbers only make it faster. Procedures that assume independence (Rinott 1978, OCBA)
have no place here. What was measured of it is in docs/reference/guarantees.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from sim.experiment.statistics import FEWEST_FOR_A_CLAIM, paired_difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class Sampler(Protocol):
    """Simulates systems; the same replication always gives the same output."""

    def __call__(self, systems: Sequence[int], replications: range) -> NDArray[np.float64]:
        """Outputs of these systems in these replications, shape (systems, replications).

        Replication n of every system shares its random numbers with that of the others.
        """


@dataclass(frozen=True, slots=True)
class Selection:
    """The selected system, and what its selection rests on."""

    selected: int
    """The best mean of those that were not left out; of equals the first."""
    zone: float
    """The indifference zone that the guarantee is for; wider than asked for if the budget of
    replications was too small for that."""
    confidence: float
    """Probability that the selected system is the best, if it is ahead of all others by the
    zone."""
    outputs: NDArray[np.float64]
    """Every output, shape (systems, replications); nan where a system was left out."""

    @property
    def counts(self) -> NDArray[np.int64]:
        """Replications of each system."""
        counts: NDArray[np.int64] = np.count_nonzero(~np.isnan(self.outputs), axis=1)
        return counts

    @property
    def means(self) -> NDArray[np.float64]:
        """Mean of each system over its own replications."""
        means: NDArray[np.float64] = np.nanmean(self.outputs, axis=1)
        return means

    @property
    def doubt(self) -> str | None:
        """Why the guarantee may not hold: it is for nearly normal differences. None: no reason.

        Looks at how the selected system differs from each other, in the seasons of both.
        """
        chosen = self.outputs[self.selected]
        for system, other in enumerate(self.outputs):
            if system != self.selected and not np.array_equal(chosen, other):
                known = paired_difference(chosen, other).interval
                if not known.decides:
                    return known.flag
        return None


def select_best(
    sample: Sampler,
    systems: int,
    zone: float,
    *,
    higher_is_better: bool = True,
    confidence: float = 0.95,
    first: int = 20,
    batch: int = 10,
    most: int | None = None,
) -> Selection:
    """Simulate systems until one is selected as the best.

    After `first` replications, and after every batch, system i is left out if for some remaining l

        mean_i < mean_l - W_il(r),   W_il(r) = max(0, zone / (2 r) * (h2 * S2_il / zone**2 - r)),

    where S2_il is the variance of the paired differences of the first replications,
    h2 = 2 eta (first - 1) and eta = ((2 alpha / (k - 1))**(-2 / (first - 1)) - 1) / 2 (Kim & Nelson
    2001, section 3, with c = 1 and for dependent systems). Looking only after batches makes no
    error more likely: the bound is that of a Brownian motion which is watched all the time. If
    several systems are within the zone of the best, any of them may be selected.

    With `most`, no system runs longer: where the zone would need more replications, it is widened
    to h * S / sqrt(most), S being the largest S_il. That looks at no mean, and as zone cancels out
    of the bound given S, the guarantee holds for the wider zone.

    Args:
        sample: Simulates systems.
        systems: How many there are, numbered from 0.
        zone: Smallest difference worth detecting, in the unit of the output; above 0.
        higher_is_better: Whether the highest mean is the best one.
        confidence: Probability of correct selection.
        first: Replications before the first look, at least 10.
        batch: Replications between looks.
        most: Most replications of a system; at least `first`. None: as many as it takes.

    Raises:
        ValueError: An argument is out of range, or an output is not finite.

    >>> def sample(systems, replications):  # three systems that differ by 5, on shared luck
    ...     luck = np.array([(7 * n * n) % 11 for n in replications], float)
    ...     return np.array([[5.0 * system] for system in systems]) + luck
    >>> found = select_best(sample, 3, zone=1.0)
    >>> found.selected, found.counts.tolist()
    (2, [20, 20, 20])
    """
    _check(systems, zone, confidence, first, batch, most)
    sign = 1.0 if higher_is_better else -1.0
    everyone = np.arange(systems)
    outputs = _next(sample, everyone, range(first), systems)
    spread = _difference_variances(outputs)
    h2 = _h_squared(1 - confidence, systems, first)
    zone = _affordable(zone, h2 * float(spread.max()), most)
    reach = h2 * spread / zone**2  # replications after which a pair is decided in any case
    left, n = everyone, first
    while True:
        means = sign * outputs[left].mean(axis=1)
        left = left[_ahead(means, reach[np.ix_(left, left)], zone, n)]
        last = math.floor(reach[np.ix_(left, left)].max()) + 1
        if len(left) == 1 or n >= last:
            break
        upcoming = range(n, min(n + batch, last))
        outputs = np.hstack([outputs, _next(sample, left, upcoming, systems)])
        n = upcoming.stop
    selected = int(left[np.argmax(sign * outputs[left].mean(axis=1))])
    outputs.setflags(write=False)
    return Selection(selected, zone, confidence, outputs)


def _h_squared(alpha: float, systems: int, first: int) -> float:
    """The constant h**2 of Kim and Nelson (2001), by Bonferroni over the rivals of the best.

    >>> round(_h_squared(0.05, 5, 10), 3)
    11.429
    """
    rivals = max(systems - 1, 1)
    eta = (math.pow(2 * alpha / rivals, -2 / (first - 1)) - 1) / 2
    return 2 * eta * (first - 1)


def _affordable(zone: float, need: float, most: int | None) -> float:
    """The zone, widened so far that no pair needs more than `most` replications."""
    if most is None or math.floor(need / zone**2) < most:
        return zone
    return math.sqrt(need / most) * (1 + 1e-9)


def _ahead(
    means: NDArray[np.float64], reach: NDArray[np.float64], zone: float, n: int
) -> NDArray[np.bool_]:
    """Which systems are not clearly behind any other."""
    margin = np.maximum(0.0, zone / (2 * n) * (reach - n))
    ahead: NDArray[np.bool_] = np.all(means[:, None] >= means - margin, axis=1)
    return ahead


def _difference_variances(outputs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Variances of the paired differences, shape (systems, systems).

    From the differences themselves: from covariances, systems that hardly differ would lose all
    their digits.
    """
    return np.array([np.var(outputs - row, axis=1, ddof=1) for row in outputs])


def _next(
    sample: Sampler, running: NDArray[np.int64], replications: range, systems: int
) -> NDArray[np.float64]:
    """The next outputs of all systems; nan for those that are not running."""
    found = np.asarray(sample(running.tolist(), replications), dtype=np.float64)
    wanted = (len(running), len(replications))
    if found.shape != wanted:
        message = f"outputs must have the shape {wanted}, got {found.shape}"
        raise ValueError(message)
    if not np.isfinite(found).all():
        message = "outputs must be finite: a system without a value cannot be compared"
        raise ValueError(message)
    outputs = np.full((systems, len(replications)), np.nan)
    outputs[running] = found
    return outputs


def _check(
    systems: int, zone: float, confidence: float, first: int, batch: int, most: int | None
) -> None:
    least = {"systems": (systems, 1), "first": (first, FEWEST_FOR_A_CLAIM), "batch": (batch, 1)}
    if most is not None:
        least["most"] = (most, first)
    for name, (value, smallest) in least.items():
        if value < smallest:
            message = f"{name} must be at least {smallest}, got {value}"
            raise ValueError(message)
    if not (math.isfinite(zone) and zone > 0):
        message = f"zone must be above 0 and finite, got {zone}"
        raise ValueError(message)
    if not 0.5 < confidence < 1:
        message = f"confidence must be between 0.5 and 1, got {confidence}"
        raise ValueError(message)

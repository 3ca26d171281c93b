"""Families of discrete distributions: whole numbers, and lists of values with their shares.

Quantiles are looked up in a table of cumulative probabilities: the smallest value that is reached
with probability `u`, exactly. Tables reach so far that less than 1e-17 is beyond them.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, TypeAlias

import numpy as np

from sim.scenario.families import Distribution, log_of_rest
from sim.scenario.lookup import edges_below

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Tabulated(Distribution):
    """A distribution over a finite table of values."""

    @cached_property
    @abstractmethod
    def table(self) -> tuple[Floats, Floats]:
        """Values in rising order, and the probability of each; together 1."""

    def _moments(self) -> tuple[float, float]:
        values, probabilities = self.table
        mean = float(probabilities @ values)
        return mean, float(probabilities @ (values - mean) ** 2)

    @cached_property
    def _cumulative(self) -> Floats:
        cumulative = np.cumsum(self.table[1])
        cumulative[-1] = 1.0
        return cumulative

    def _inverse(self, u: Floats) -> Floats:
        return self.table[0].take(edges_below(self._cumulative, u), mode="clip")


@dataclass(frozen=True)
class Empirical(Tabulated):
    """Given values, each with a weight."""

    family: ClassVar[str] = "empirical"

    values: tuple[float, ...]
    """Values in rising order."""
    weights: tuple[float, ...]
    """A weight above 0 for each."""

    @cached_property
    def table(self) -> tuple[Floats, Floats]:
        """Values and their probabilities."""
        weights = np.array(self.weights, dtype=np.float64)
        return np.array(self.values, dtype=np.float64), weights / math.fsum(self.weights)


@dataclass(frozen=True)
class UniformNumber(Distribution):
    """Every whole number from `min` to `max` is equally likely."""

    family: ClassVar[str] = "uniform"

    min: int
    max: int

    def _moments(self) -> tuple[float, float]:
        return (self.min + self.max) / 2, ((self.max - self.min + 1) ** 2 - 1) / 12

    def _inverse(self, u: Floats) -> Floats:
        return np.maximum(np.ceil(u * (self.max - self.min + 1)), 1.0) + (self.min - 1)


@dataclass(frozen=True)
class Poisson(Tabulated):
    """Number of independent events; mean and variance are the same."""

    family: ClassVar[str] = "poisson"

    expected: float
    """The mean."""

    def _moments(self) -> tuple[float, float]:
        return self.expected, self.expected

    @cached_property
    def table(self) -> tuple[Floats, Floats]:
        """Numbers from 0 and their probabilities."""
        from scipy.special import gammaln

        n = _whole_numbers(self.mean, self.variance)
        return n, _probabilities(n * math.log(self.expected) - gammaln(n + 1))


@dataclass(frozen=True)
class Geometric(Distribution):
    """Number of trials up to the first success, from 1 on."""

    family: ClassVar[str] = "geometric"

    chance: float
    """Chance of success in each trial; the mean is its inverse."""

    def _moments(self) -> tuple[float, float]:
        return 1 / self.chance, (1 - self.chance) / self.chance**2

    def _inverse(self, u: Floats) -> Floats:
        if self.chance == 1:
            return np.ones_like(u)
        return np.maximum(np.ceil(log_of_rest(u) / math.log1p(-self.chance)), 1.0)


@dataclass(frozen=True)
class NegativeBinomial(Tabulated):
    """Poisson whose mean is itself gamma distributed: counts that vary more than by chance."""

    family: ClassVar[str] = "negative_binomial"

    size: float
    """Shape of the gamma; the smaller, the more the counts vary."""
    chance: float
    """size / (size + mean)."""

    def _moments(self) -> tuple[float, float]:
        mean = self.size * (1 - self.chance) / self.chance
        return mean, mean / self.chance

    @cached_property
    def table(self) -> tuple[Floats, Floats]:
        """Numbers from 0 and their probabilities."""
        from scipy.special import gammaln

        n = _whole_numbers(self.mean, self.variance)
        ways = gammaln(n + self.size) - gammaln(n + 1)
        return n, _probabilities(ways + n * math.log1p(-self.chance))


@dataclass(frozen=True)
class Binomial(Tabulated):
    """Number of successes in a fixed number of independent trials."""

    family: ClassVar[str] = "binomial"

    trials: int
    chance: float

    def _moments(self) -> tuple[float, float]:
        return self.trials * self.chance, self.trials * self.chance * (1 - self.chance)

    @cached_property
    def table(self) -> tuple[Floats, Floats]:
        """Numbers from 0 to `trials` and their probabilities."""
        from scipy.special import gammaln, xlog1py, xlogy

        n = np.arange(self.trials + 1, dtype=np.float64)
        ways = -gammaln(n + 1) - gammaln(self.trials - n + 1)
        successes = xlogy(n, self.chance) + xlog1py(self.trials - n, -self.chance)
        return n, _probabilities(ways + successes)


@dataclass(frozen=True)
class RoundedNormal(Tabulated):
    """Normal, cut off at 0 and rounded to whole numbers."""

    family: ClassVar[str] = "normal"

    location: float
    """Mean before cutting and rounding."""
    sd: float
    """Standard deviation before cutting and rounding."""

    @cached_property
    def table(self) -> tuple[Floats, Floats]:
        """Numbers from 0 and their probabilities; 0 takes all that would be below it."""
        from scipy.special import ndtr

        n = np.arange(max(2.0, math.ceil(self.location + 9 * self.sd) + 1))
        reached = ndtr((n + 0.5 - self.location) / self.sd)
        return n, np.diff(reached, prepend=0.0) / reached[-1]


def _whole_numbers(mean: float, variance: float) -> Floats:
    """Numbers from 0 to where the tail of a Poisson or negative binomial is below 1e-17."""
    reach = mean + 12 * math.sqrt(variance) + 45 * max(1.0, variance / mean)
    return np.arange(math.ceil(reach) + 1, dtype=np.float64)


def _probabilities(log_weights: Floats) -> Floats:
    weights: Floats = np.exp(log_weights - np.max(log_weights))
    return np.asarray(weights / np.sum(weights), dtype=np.float64)

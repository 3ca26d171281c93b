"""Families of continuous distributions, as value objects sampled by inverse transform.

One uniform number gives one draw, `quantile(u)`: the uniforms stamped on a customer then decide
the same under every policy, and no draw moves another. Fields are the natural parameters, in the
unit of the setting that holds the distribution (ms for times).
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, ClassVar, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats: TypeAlias = NDArray[np.float64]

_SMALLEST_U = 2.0**-54
_LARGEST_U = 1 - 2.0**-53

Written: TypeAlias = tuple[tuple[str, float], ...]
"""Parameters under the names a planner chose, for example `(("mean", 9e8), ("cv", 0.3))`."""


@dataclass(frozen=True)
class Distribution(ABC):
    """A distribution of amounts of at least 0, unless its family says otherwise."""

    family: ClassVar[str]
    """Name by which a scenario calls it."""

    written: Written = field(default=(), compare=False, repr=False, kw_only=True)
    """Parameters as they were written; empty: the natural ones."""

    @property
    def mean(self) -> float:
        """Expected value."""
        return self._moments()[0]

    @property
    def variance(self) -> float:
        """Expected squared deviation from the mean."""
        return self._moments()[1]

    @property
    def parameters(self) -> Written:
        """Parameters to write, by their name in a scenario."""
        if self.written:
            return self.written
        names = (item.name for item in fields(self) if item.name != "written")
        return tuple((name, getattr(self, name)) for name in names)

    def quantile(self, u: ArrayLike) -> Floats:
        """Values that are not exceeded with probability `u`, for any shape of `u` in [0, 1)."""
        probability = np.clip(np.asarray(u, dtype=np.float64), _SMALLEST_U, _LARGEST_U)
        return np.asarray(self._inverse(probability), dtype=np.float64)

    @abstractmethod
    def _moments(self) -> tuple[float, float]:
        """Mean and variance."""

    @abstractmethod
    def _inverse(self, u: Floats) -> Floats:
        """Quantiles of probabilities strictly between 0 and 1."""


@dataclass(frozen=True)
class Constant(Distribution):
    """Always the same value."""

    family: ClassVar[str] = "constant"

    value: float

    def _moments(self) -> tuple[float, float]:
        return self.value, 0.0

    def _inverse(self, u: Floats) -> Floats:
        return np.full_like(u, self.value)


@dataclass(frozen=True)
class Exponential(Distribution):
    """Memoryless: the time still to come does not depend on the time that has passed."""

    family: ClassVar[str] = "exponential"

    scale: float
    """The mean."""

    def _moments(self) -> tuple[float, float]:
        return self.scale, self.scale**2

    def _inverse(self, u: Floats) -> Floats:
        return np.asarray(log_of_rest(u) * -self.scale)


def log_of_rest(u: Floats) -> Floats:
    """log(1 - u) for u from 0 to below 1, as exact as `log1p` and in two thirds of its time.

    The logarithm of the rounded rest, and to first order what the rounding took from it.
    """
    rest = np.asarray(1.0 - u)
    lost = rest - 1.0
    lost += u
    lost /= rest
    logs = np.log(rest, out=rest)
    logs -= lost
    return logs


@dataclass(frozen=True)
class Gamma(Distribution):
    """Gamma with shape k and scale θ: mean kθ, coefficient of variation 1/√k."""

    family: ClassVar[str] = "gamma"

    shape: float
    scale: float

    def _moments(self) -> tuple[float, float]:
        return self.shape * self.scale, self.shape * self.scale**2

    def _inverse(self, u: Floats) -> Floats:
        from scipy.special import gammaincinv

        return np.asarray(self.scale * gammaincinv(self.shape, u))


@dataclass(frozen=True)
class Erlang(Distribution):
    """Sum of `stages` exponential stages of the same mean."""

    family: ClassVar[str] = "erlang"

    stages: int
    scale: float
    """Mean of one stage."""

    def _moments(self) -> tuple[float, float]:
        return self.stages * self.scale, self.stages * self.scale**2

    def _inverse(self, u: Floats) -> Floats:
        return Gamma(self.stages, self.scale)._inverse(u)


@dataclass(frozen=True)
class Lognormal(Distribution):
    """Its logarithm is normal, with the logarithm of `median` as mean and `sigma` as deviation."""

    family: ClassVar[str] = "lognormal"

    median: float
    sigma: float

    def _moments(self) -> tuple[float, float]:
        mean = self.median * math.exp(self.sigma**2 / 2)
        return mean, mean**2 * math.expm1(self.sigma**2)

    def _inverse(self, u: Floats) -> Floats:
        from scipy.special import ndtri

        return np.asarray(self.median * np.exp(self.sigma * ndtri(u)))


@dataclass(frozen=True)
class Weibull(Distribution):
    """Weibull: the hazard falls with time for a shape below 1, and rises for one above."""

    family: ClassVar[str] = "weibull"

    scale: float
    shape: float

    def _moments(self) -> tuple[float, float]:
        mean = self.scale * math.gamma(1 + 1 / self.shape)
        return mean, self.scale**2 * math.gamma(1 + 2 / self.shape) - mean**2

    def _inverse(self, u: Floats) -> Floats:
        return self.scale * (-log_of_rest(u)) ** (1 / self.shape)


@dataclass(frozen=True)
class Uniform(Distribution):
    """Every value between `min` and `max` is equally likely."""

    family: ClassVar[str] = "uniform"

    min: float
    max: float

    def _moments(self) -> tuple[float, float]:
        return (self.min + self.max) / 2, (self.max - self.min) ** 2 / 12

    def _inverse(self, u: Floats) -> Floats:
        return self.min + u * (self.max - self.min)


@dataclass(frozen=True)
class Triangular(Distribution):
    """Between `min` and `max`, most likely at `mode`."""

    family: ClassVar[str] = "triangular"

    min: float
    mode: float
    max: float

    def _moments(self) -> tuple[float, float]:
        a, b, c = self.min, self.mode, self.max
        return (a + b + c) / 3, (a * a + b * b + c * c - a * b - a * c - b * c) / 18

    def _inverse(self, u: Floats) -> Floats:
        width = self.max - self.min
        rising = self.min + np.sqrt(u * width * (self.mode - self.min))
        falling = self.max - np.sqrt((1 - u) * width * (self.max - self.mode))
        return np.where(u * width < self.mode - self.min, rising, falling)


@dataclass(frozen=True)
class Normal(Distribution):
    """Normal, cut off at 0 if `truncate` says so; the cut moves its mean above `location`."""

    family: ClassVar[str] = "normal"

    location: float
    """Mean before it is cut off."""
    sd: float
    """Standard deviation before it is cut off."""
    truncate: bool = False
    """Only values of at least 0."""

    def _moments(self) -> tuple[float, float]:
        hazard = self._hazard_at_cut()
        shrunk = 1 - hazard * (self.location / self.sd + hazard)
        return self.location + self.sd * hazard, self.sd**2 * shrunk

    def _hazard_at_cut(self) -> float:
        """Normal density over upper tail at the cut (inverse Mills ratio); 0 without a cut."""
        from scipy.special import ndtr

        if not self.truncate:
            return 0.0
        cut = self.location / self.sd
        return math.exp(-(cut**2) / 2) / math.sqrt(2 * math.pi) / float(ndtr(cut))

    def _inverse(self, u: Floats) -> Floats:
        from scipy.special import ndtr, ndtri

        if not self.truncate:
            return np.asarray(self.location + self.sd * ndtri(u))
        above = float(ndtr(self.location / self.sd))
        values = self.location - self.sd * ndtri((1 - u) * above)
        return np.asarray(np.maximum(values, 0.0))

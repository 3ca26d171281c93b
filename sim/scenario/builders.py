"""From the parameters a planner gives to the natural parameters of a family."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from sim.errors import BadValue
from sim.scenario.discrete import (
    Binomial,
    Empirical,
    Geometric,
    NegativeBinomial,
    Poisson,
    RoundedNormal,
    UniformNumber,
)
from sim.scenario.families import (
    Constant,
    Distribution,
    Erlang,
    Exponential,
    Gamma,
    Lognormal,
    Normal,
    Triangular,
    Uniform,
    Weibull,
)

LARGEST_CV: Final = 20.0
"""Largest coefficient of variation: beyond it nearly all draws are 0."""
_CV_HINT = "write the spread as a share of the mean, e.g. 0.5"
_LARGEST_TABLE = 5_000_000
_MOST_STAGES = 1000
_POINTS = {"p75": 0.75, "p80": 0.8, "p90": 0.9, "p95": 0.95, "p99": 0.99}

Given = Mapping[str, float]
"""Parameters by name, in the engine's units."""


@dataclass(frozen=True, slots=True)
class Family:
    """How one family may be written, and how it is made."""

    parameter_sets: tuple[tuple[str, ...], ...]
    """Every set of parameters that is enough."""
    make: Callable[[Given, bool], Distribution]
    """From parameters, and whether only whole numbers may come out, to the distribution."""
    alone: str | None = None
    """The parameter meant by a bare value, as in `{exponential: 9 days}`."""
    optional: tuple[str, ...] = ()
    """Parameters that may be left out."""

    @property
    def every_parameter(self) -> tuple[str, ...]:
        """All names, each once."""
        named = [name for choice in self.parameter_sets for name in choice]
        return tuple(dict.fromkeys([*named, *self.optional]))

    def choices(self) -> str:
        """The sets of parameters in words: "mean and cv, or shape and scale"."""
        return ", or ".join(" and ".join(choice) for choice in self.parameter_sets)


def empirical(weights: Mapping[float, float]) -> Distribution:
    """Distribution over values with weights; values without weight are left out."""
    kept = sorted((value, weight) for value, weight in weights.items() if weight > 0)
    if not kept:
        raise BadValue(message="all shares are 0", hint="give at least one value a share")
    return Empirical(tuple(value for value, _ in kept), tuple(weight for _, weight in kept))


def _constant(given: Given, _: bool) -> Distribution:
    return Constant(given["value"])


def _exponential(given: Given, _: bool) -> Distribution:
    return Exponential(_above_zero(given, "mean"))


def _gamma(given: Given, _: bool) -> Distribution:
    if "shape" in given:
        return Gamma(_above_zero(given, "shape"), _above_zero(given, "scale"))
    mean, cv = _mean_and_cv(given)
    return Constant(mean) if cv == 0 else Gamma(1 / cv**2, mean * cv**2)


def _lognormal(given: Given, _: bool) -> Distribution:
    if "median" not in given:
        mean, cv = _mean_and_cv(given)
        sigma = math.sqrt(math.log1p(cv**2))
        return Constant(mean) if cv == 0 else Lognormal(mean / math.sqrt(1 + cv**2), sigma)
    median = _above_zero(given, "median")
    if "sigma" in given:
        return Lognormal(median, _above_zero(given, "sigma"))
    if "cv" in given:
        cv = _cv(given["cv"])
        return Constant(median) if cv == 0 else Lognormal(median, math.sqrt(math.log1p(cv**2)))
    return _lognormal_by_point(median, given)


def _lognormal_by_point(median: float, given: Given) -> Distribution:
    from scipy.special import ndtri

    name = next(name for name in _POINTS if name in given)
    if given[name] <= median:
        raise BadValue(message="the rare large value must be above the usual one")
    return Lognormal(median, math.log(given[name] / median) / float(ndtri(_POINTS[name])))


def _weibull(given: Given, _: bool) -> Distribution:
    if "shape" in given:
        shape = _above_zero(given, "shape")
        if not 0.2 <= shape <= 1000:
            raise BadValue(message="the shape of a weibull must be from 0.2 to 1000")
        return Weibull(_above_zero(given, "scale"), shape)
    mean, cv = _mean_and_cv(given)
    if cv == 0:
        return Constant(mean)
    shape = _weibull_shape(cv)
    return Weibull(mean / math.gamma(1 + 1 / shape), shape)


def _weibull_shape(cv: float) -> float:
    """Shape of a Weibull with a given coefficient of variation, by bisection to full precision."""
    low, high = 0.2, 1000.0
    wanted = math.log1p(cv**2)

    def spread(shape: float) -> float:
        return math.lgamma(1 + 2 / shape) - 2 * math.lgamma(1 + 1 / shape)

    if not spread(high) <= wanted <= spread(low):
        raise BadValue(message="the cv of a weibull must be from 0.0013 to 15.8, or 0")
    while True:
        middle = math.sqrt(low * high)
        if not low < middle < high:
            return middle
        low, high = (middle, high) if spread(middle) > wanted else (low, middle)


def _erlang(given: Given, _: bool) -> Distribution:
    stages = _whole(given, "stages", _MOST_STAGES)
    return Erlang(stages, _above_zero(given, "mean") / stages)


def _uniform(given: Given, whole: bool) -> Distribution:
    low, high = given["min"], given["max"]
    if low > high:
        raise BadValue(message="min is above max", hint="put the smaller value first")
    if low == high:
        return Constant(low)
    if not whole:
        return Uniform(low, high)
    if high - low > _LARGEST_TABLE:
        raise BadValue(message="spans too many numbers")
    return UniformNumber(int(low), int(high))


def _triangular(given: Given, _: bool) -> Distribution:
    low, mode, high = given["min"], given["mode"], given["max"]
    if not low <= mode <= high:
        raise BadValue(message="must have min, mode and max in rising order")
    return Constant(low) if low == high else Triangular(low, mode, high)


def _normal(given: Given, whole: bool) -> Distribution:
    mean = given["mean"]
    if "sd" in given and given["sd"] <= 0:
        raise BadValue(message="sd must be above 0")
    deviation = given["sd"] if "sd" in given else mean * _cv(given["cv"])
    if deviation == 0:
        return Constant(mean)
    if not whole:
        return Normal(mean, deviation, bool(given.get("truncate", False)))
    if mean + 9 * deviation > _LARGEST_TABLE:
        raise BadValue(message="spans too many numbers")
    return RoundedNormal(mean, deviation)


def _poisson(given: Given, _: bool) -> Distribution:
    mean = given["mean"]
    if mean > _LARGEST_TABLE / 2:
        raise BadValue(message="the mean is too large for a table", hint="the largest is 2,500,000")
    return Constant(0.0) if mean == 0 else Poisson(mean)


def _geometric(given: Given, _: bool) -> Distribution:
    if given["mean"] < 1:
        raise BadValue(message="the mean of a geometric number (1, 2, 3, …) is at least 1")
    return Constant(1.0) if given["mean"] == 1 else Geometric(1 / given["mean"])


def _negative_binomial(given: Given, _: bool) -> Distribution:
    mean = _above_zero(given, "mean")
    if "size" in given:
        size = _above_zero(given, "size")
    else:
        excess = _cv(given["cv"]) ** 2 - 1 / mean
        if excess <= 0:
            raise BadValue(
                message="varies less than a negative binomial can",
                hint="raise the cv, or use poisson",
            )
        size = 1 / excess
    if mean + 60 * (1 + mean / size) + 12 * math.sqrt(mean + mean**2 / size) > _LARGEST_TABLE:
        raise BadValue(message="spans too many numbers")
    return NegativeBinomial(size, size / (size + mean))


def _binomial(given: Given, _: bool) -> Distribution:
    chance = given["chance"]
    if not 0 <= chance <= 1:
        raise BadValue(message="chance must be from 0 to 1")
    return Binomial(_whole(given, "trials", 1_000_000), chance)


def _mean_and_cv(given: Given) -> tuple[float, float]:
    mean = _above_zero(given, "mean")
    if "sd" in given:
        return mean, _cv(_above_zero(given, "sd") / mean)
    return mean, _cv(given["cv"])


def _cv(cv: float) -> float:
    if cv < 0:
        raise BadValue(message="cv must not be negative", hint=_CV_HINT)
    if cv > LARGEST_CV:
        message = f"the coefficient of variation is above {LARGEST_CV:g}"
        raise BadValue(message=message, hint=_CV_HINT)
    return cv


def _above_zero(given: Given, name: str) -> float:
    if given[name] <= 0:
        raise BadValue(message=f"{name} must be above 0")
    return given[name]


def _whole(given: Given, name: str, most: int) -> int:
    number = given[name]
    if number != int(number) or not 1 <= number <= most:
        raise BadValue(message=f"{name} must be a whole number from 1 to {most:,}")
    return int(number)


_MEAN_CV = (("mean", "cv"), ("mean", "sd"))

FAMILIES: Final[dict[str, Family]] = {
    "constant": Family((("value",),), _constant, "value"),
    "exponential": Family((("mean",),), _exponential, "mean"),
    "gamma": Family((*_MEAN_CV, ("shape", "scale")), _gamma),
    "lognormal": Family(
        (*_MEAN_CV, ("median", "cv"), ("median", "sigma"), *(("median", p) for p in _POINTS)),
        _lognormal,
    ),
    "weibull": Family((*_MEAN_CV, ("scale", "shape")), _weibull),
    "erlang": Family((("mean", "stages"),), _erlang),
    "uniform": Family((("min", "max"),), _uniform),
    "triangular": Family((("min", "mode", "max"),), _triangular),
    "normal": Family((("mean", "sd"), ("mean", "cv")), _normal, optional=("truncate",)),
    "poisson": Family((("mean",),), _poisson, "mean"),
    "geometric": Family((("mean",),), _geometric, "mean"),
    "negative_binomial": Family((("mean", "cv"), ("mean", "size")), _negative_binomial),
    "binomial": Family((("trials", "chance"),), _binomial),
    "empirical": Family((), _constant),
    "weights": Family((), _constant),
    "still_waiting": Family((), _constant),
}
"""Every family a scenario may name. The last three are lists, and are read elsewhere."""

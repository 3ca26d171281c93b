"""How long people wait, in a planner's words: the share still waiting after 1, 2, 4 weeks."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import numpy as np
from pydantic_core import CoreSchema, core_schema

from sim.errors import BadValue
from sim.scenario.families import Distribution
from sim.scenario.lookup import edges_below
from sim.scenario.readers import read_share
from sim.scenario.units import format_duration, format_percent, parse_duration

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

    Floats: TypeAlias = NDArray[np.float64]

_EXAMPLE = "write e.g. {1 week: 92%, 2 weeks: 75%, 4 weeks: 35%}"
_MOST_POINTS = 1000
_SENTENCE = re.compile(r"(?:still waiting\s+)?(?:after\s+)?(.+?)\s*:\s*(.+)")


@dataclass(frozen=True)
class StillWaiting(Distribution):
    """Time until somebody stops waiting, from the share still waiting at given times.

    Between two points, and from everybody at time 0 to the first, people leave at a constant rate
    (the logarithm of the share falls in a straight line); after the last point the last rate goes
    on. If nobody is left at the last point, they leave evenly over the last stretch instead.
    """

    family: ClassVar[str] = "still_waiting"

    points: tuple[tuple[int, float], ...]
    """Times in ms, rising, and the share still waiting at each, falling."""

    @cached_property
    def _curve(self) -> tuple[Floats, Floats, Floats]:
        """Times from 0, shares at them, and the rate of leaving after each time, per ms."""
        times = np.array([0, *(time for time, _ in self.points)], dtype=np.float64)
        shares = np.array([1.0, *(share for _, share in self.points)])
        with np.errstate(divide="ignore"):
            rates = -np.diff(np.log(shares)) / np.diff(times)
        return times, shares, np.append(rates, rates[-1])

    @cached_property
    def _lines(self) -> tuple[Floats, Floats]:
        """By stretch, a and b such that a - b log(share) is the time at which a share is left.

        While nobody leaves, and where people leave evenly, that is its beginning: a with b = 0.
        """
        times, shares, rates = self._curve
        steady = (rates > 0.0) & np.isfinite(rates)
        slopes = np.divide(1.0, rates, out=np.zeros_like(rates), where=steady)
        logs = np.log(shares, out=np.zeros_like(shares), where=steady)
        return times + slopes * logs, slopes

    @property
    def _ends(self) -> bool:
        """Whether nobody is left at the last point."""
        return self.points[-1][1] == 0

    def _moments(self) -> tuple[float, float]:
        mean = self._moment(1)
        return mean, self._moment(2) - mean**2

    def _inverse(self, u: Floats) -> Floats:
        times, shares, _ = self._curve
        begins, slopes = self._lines
        left = 1 - u
        # The stretch in which the share still waiting falls to what is left.
        stretch = edges_below(-shares[1:], -left, or_at=True)
        waited = np.asarray(slopes.take(stretch, mode="clip") * -np.log(left))
        waited += begins.take(stretch, mode="clip")
        if self._ends:
            even = (1 - left / shares[-2]) * (times[-1] - times[-2])
            waited = np.where(stretch == len(shares) - 2, times[-2] + even, waited)
        return waited

    def _moment(self, order: int) -> float:
        """First or second moment: the integral of S(t), or of 2 t S(t), over all times."""
        times, shares, rates = self._curve
        total = 0.0
        for index, rate in enumerate(rates):
            begin, share = times[index], shares[index]
            last = index == len(rates) - 1
            end = math.inf if last else times[index + 1]
            if share == 0:
                break
            if self._ends and index == len(rates) - 2:
                total += _even_moment(begin, end, share, order)
            else:
                total += _steady_moment(begin, end, share, rate, order)
        return total

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            parse_still_waiting,
            serialization=core_schema.plain_serializer_function_ser_schema(format_still_waiting),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "type": ["object", "string"],
            "minProperties": 1,
            "examples": [{"1 week": "92%", "2 weeks": "75%", "4 weeks": "35%"}],
            "description": "Share still waiting after given times.",
        }


def parse_still_waiting(value: object) -> StillWaiting:
    """Read `{1 week: 92%, 2 weeks: 75%}`, or "after 1, 2, 4 weeks: 90%, 70%, 30%".

    Raises:
        BadValue: times that do not rise, or shares that do not fall.
    """
    if isinstance(value, StillWaiting):
        return value
    points = [(parse_duration(time), read_share(share)) for time, share in _pairs(value)]
    if not points:
        raise BadValue(message="needs at least one time and share", hint=_EXAMPLE)
    if len(points) > _MOST_POINTS:
        raise BadValue(message=f"has more than {_MOST_POINTS} points")
    points.sort()
    before, still = 0, 1.0
    for number, (time, share) in enumerate(points, start=1):
        if time <= before:
            raise BadValue(
                message="times must be above 0 and different from each other", hint=_EXAMPLE
            )
        if share > still or (share == still and number == len(points)):
            raise BadValue(
                message=f"{format_percent(share)} after {format_duration(time)} does not fall "
                f"below the {format_percent(still)} before it",
                hint="fewer people still wait after a longer time",
            )
        if share == 0 and number < len(points):
            raise BadValue(
                message="nobody is left before the last point", hint="leave out the points after 0%"
            )
        before, still = time, share
    return StillWaiting(tuple(points))


def format_still_waiting(curve: StillWaiting) -> dict[str, str]:
    """Write a curve so that `parse_still_waiting` gives the same one."""
    return {format_duration(time): format_percent(share) for time, share in curve.points}


def _pairs(value: object) -> list[tuple[object, object]]:
    if isinstance(value, Mapping):
        return list(value.items())
    match = _SENTENCE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise BadValue(message="must say what share still waits after which times", hint=_EXAMPLE)
    times = [part.strip() for part in match[1].split(",")]
    shares = [part.strip() for part in match[2].split(",")]
    if len(times) != len(shares):
        raise BadValue(message=f"{len(times)} times but {len(shares)} shares", hint=_EXAMPLE)
    unit = times[-1].lstrip("0123456789. ")
    dated = [time if time[-1:].isalpha() else f"{time} {unit}" for time in times]
    return list(zip(dated, shares, strict=True))


def _even_moment(begin: float, end: float, share: float, order: int) -> float:
    """Part of a moment where the share falls to 0 in a straight line."""
    width = end - begin
    if order == 1:
        return share * width / 2
    return 2 * share * width * (begin / 2 + width / 6)


def _steady_moment(begin: float, end: float, share: float, rate: float, order: int) -> float:
    """Part of a moment where people leave at a constant rate."""
    if rate == 0:
        return share * (end - begin) if order == 1 else share * (end**2 - begin**2)
    left = 0.0 if math.isinf(end) else share * math.exp(-rate * (end - begin))
    if order == 1:
        return (share - left) / rate
    until = 0.0 if math.isinf(end) else end * left
    return 2 * ((begin * share - until) / rate + (share - left) / rate**2)

"""What chance has in store for a supplier: lead times, slips, parts, and outages.

Drawn by name and number, for several orders or days at once. Policies that share a supplier's terms
share what is drawn.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.randomness import uniform_rows
from sim.scenario.units import DAY
from sim.warehouse.run import drawn_ms
from sim.warehouse.words import NONE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.scenario.distributions import Distribution
    from sim.scenario.suppliers import Disruption, Partial, Slip, Supplier
    from sim.warehouse.run import Run

Span = tuple[int, int]
Key = tuple[int, int, str, str]
"""Seed, replication, supplier, and product."""

_FIRST_ORDERS = 8
"""Fates of a product are drawn for so many orders at first, then for as many again."""
_DAYS_AHEAD = 64


class Fate(NamedTuple):
    """What will happen to one purchase order. Spans in ms."""

    lead_time: int
    slip: int
    """How much later than confirmed it comes."""
    rest_after: int
    """How long after the first part the rest comes; NONE: it comes in one delivery."""


class Fates:
    """The fates of one product's orders with one supplier, by their number."""

    def __init__(self, run: Run, supplier: str, sku: int) -> None:
        terms: Supplier = run.scenario.suppliers[supplier]
        self._drawn_from = (terms.lead_time, terms.slips, terms.partial)
        self._key = (run.seed, run.replication, supplier, run.scenario.products[sku].sku)
        self._known: list[Fate] = []

    def __getitem__(self, nth: int) -> Fate:
        while nth >= len(self._known):
            count = max(_FIRST_ORDERS, len(self._known))
            self._known += _fates(*self._drawn_from, self._key, len(self._known), count)
        return self._known[nth]


@lru_cache(maxsize=4096)
def _fates(
    lead_time: Distribution | int,
    slips: Slip | None,
    partial: Partial | None,
    key: Key,
    first: int,
    count: int,
) -> list[Fate]:
    seed, replication, *names = key

    def drawn(kind: str) -> NDArray[np.float64]:
        return uniform_rows(range(first, first + count), seed, replication, kind, *names)

    late, rest = [0] * count, [NONE] * count
    leads = [lead_time] * count if isinstance(lead_time, int) else []
    if not isinstance(lead_time, int):
        leads = drawn_ms(lead_time, drawn("lead_time")[:, 0])
    if slips is not None:
        late = _sometimes(slips.share, slips.by, drawn("slip"), otherwise=0)
    if partial is not None:
        rest = _sometimes(partial.share, partial.rest_after, drawn("partial"), otherwise=NONE)
    return [Fate(*each) for each in zip(leads, late, rest, strict=True)]


def _sometimes(
    share: float, span: Distribution | int, u: NDArray[np.float64], *, otherwise: int
) -> list[int]:
    """Spans where the first number of a row is below the share: the quantile of the second."""
    spans = [otherwise] * len(u)
    happens = np.flatnonzero(u[:, 0] < share)
    if happens.size:
        for row, drawn in zip(happens.tolist(), drawn_ms(span, u[happens, 1]), strict=True):
            spans[row] = drawn
    return spans


class Outages:
    """Random disruptions of one kind, drawn day by day as far as anybody asks."""

    def __init__(self, run: Run, supplier: str, number: int, terms: Disruption) -> None:
        self.run, self.terms = run, terms
        self.spans: list[Span] = []
        self._key = (run.seed, run.replication, "disruption", supplier, number)
        self._first = self._day = run.times.day(0)
        self._drawn: list[list[float]] = []

    def until(self, time: int) -> list[Span]:
        """Every outage that begins before `time`, and perhaps later ones."""
        times, lasts = self.run.times, self.terms.lasts
        while lasts is not None and (midnight := times.midnight(self._day)) < time:
            happens, span, *_ = self._numbers(self._day)
            days = 1
            if happens < self.terms.daily_chance:
                days = max(1, -(-drawn_ms(lasts, [span])[0] // DAY))
                self.spans.append((midnight, midnight + days * DAY))
            self._day += days
        return self.spans

    def _numbers(self, day: int) -> list[float]:
        while day - self._first >= len(self._drawn):
            begin = self._first + len(self._drawn)
            self._drawn += _rows(self._key, begin)
        return self._drawn[day - self._first]


@lru_cache(maxsize=256)
def _rows(key: tuple[int, int, str, str, int], first: int) -> list[list[float]]:
    """The two numbers of some days."""
    rows: list[list[float]] = uniform_rows(range(first, first + _DAYS_AHEAD), *key)[:, :2].tolist()
    return rows

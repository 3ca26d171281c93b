"""Order histories with known parameters, written as files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sim.history.cleaning import CleanHistory, clean_history
from sim.history.reading import read_history

if TYPE_CHECKING:
    from pathlib import Path

Row = tuple[str, str, str, int, float]


@dataclass
class Truth:
    """Parameters of a made history."""

    first: dt.date = dt.date(2025, 1, 1)
    last: dt.date = dt.date(2025, 12, 24)
    orders_per_day: float = 80.0
    growth: float = 0.0008
    weekdays: tuple[float, ...] = (1.4, 1.2, 1.2, 1.2, 1.2, 0.0, 0.8)
    peaks: tuple[tuple[dt.date, dt.date, float], ...] = (
        (dt.date(2025, 11, 3), dt.date(2025, 12, 14), 2.0),
        (dt.date(2025, 12, 1), dt.date(2025, 12, 1), 6.0),
    )
    closed: tuple[dt.date, ...] = ()
    noise: float = 0.2
    lines: dict[int, float] = field(default_factory=lambda: {1: 0.5, 2: 0.3, 5: 0.2})
    units: dict[int, float] = field(default_factory=lambda: {1: 0.7, 3: 0.2, 40: 0.1})
    weights: tuple[float, ...] = (20.0, 10.0, 5.0, 5.0, 3.0, 2.0, 2.0, 1.0, 1.0, 1.0)

    def rate(self, day: dt.date) -> float:
        """Expected orders of a day, before noise."""
        times = 1.0
        for first, last, factor in self.peaks:
            if first <= day <= last:
                times = factor
        if day in self.closed:
            times = 0.0
        base = self.orders_per_day * np.exp(self.growth * (day - self.first).days)
        return base * times * self.weekdays[day.weekday()]


def made_rows(truth: Truth, seed: int = 1) -> list[Row]:
    """Order, time, SKU, units and price of each line."""
    stream = np.random.default_rng(seed)
    hours = np.array([0] * 9 + [1, 2, 3, 4, 3, 2, 1, 1] + [0] * 7, float)
    length = (truth.last - truth.first).days + 1
    days = [truth.first + dt.timedelta(days=number) for number in range(length)]
    rates = np.array([truth.rate(day) for day in days])
    if truth.noise:
        rates *= stream.gamma(truth.noise**-2, truth.noise**2, length)
    day = np.repeat(np.arange(length), stream.poisson(rates))
    hour = stream.choice(24, len(day), p=hours / hours.sum())
    minute = stream.integers(60, size=len(day))
    size = _drawn(stream, truth.lines, len(day))
    # The first to arrive after exponential times: drawn without repetition, by weight.
    race = stream.standard_exponential((len(day), len(truth.weights))) / truth.weights
    chosen = np.argsort(race, axis=1)
    units = iter(_drawn(stream, truth.units, int(size.sum())))
    return [
        (
            f"{order:06d}",
            f"{days[day[order]]} {hour[order]:02d}:{minute[order]:02d}:00",
            f"0{sku}",
            int(next(units)),
            2.0 + sku,
        )
        for order in np.lexsort((minute, hour, day))
        for sku in chosen[order, : size[order]]
    ]


def _drawn(stream: np.random.Generator, weights: dict[int, float], count: int) -> np.ndarray:
    return stream.choice(list(weights), count, p=list(weights.values()))


def as_csv(rows: list[Row]) -> str:
    """A file with generic headers."""
    body = "".join(",".join(str(field) for field in row) + "\n" for row in rows)
    return "Order ID,Order Date,SKU,Quantity,Unit Price\n" + body


def cleaned(path: Path, text: str) -> CleanHistory:
    """Write a file, read it, clean it."""
    path.write_text(text, encoding="utf-8")
    return clean_history(read_history(path))

"""A shop's own files: its orders, what is on the shelf, what is on its way; and the season in them.

It is `peakwise fit` with the same files: the same columns are guessed, the same rows dropped.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from sim.errors import ScenarioError
from sim.history.alignment import coming_season
from sim.history.check import fit_check
from sim.history.cleaning import clean_history
from sim.history.columns import guess_columns
from sim.history.files import read_text
from sim.history.fitting import FitOptions, fit_season
from sim.history.opening import opening_position
from sim.history.position import PURCHASES, STOCK, read_purchase_orders, read_stock_list
from sim.history.position import guess_columns as guess_list
from sim.history.presets import ROLES
from sim.history.problems import all_read
from sim.history.reading import ReadingOptions, read_history
from sim.history.season import Heading, write_season
from sim.history.summary import describe_fit
from sim.history.table import find_layout
from sim.scenario import load_scenario

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from dashboard.jobs import Job
    from dashboard.season import Uploads
    from sim.history.cleaning import CleanHistory
    from sim.history.fitting import FittedSeason

Kind = Literal["orders", "stock", "purchases"]
Columns = tuple[tuple[str, str], ...]
"""Pairs of role and header."""

MEANINGS: Final[dict[Kind, dict[str, str]]] = {
    "orders": ROLES,
    "stock": {"sku": "product code", "units": "units on the shelf"},
    "purchases": {
        "sku": "product code",
        "units": "units still to come, or ordered",
        "due": "day on which they arrive",
        "received": "units that came already",
    },
}
"""What a column of each file may mean."""
NEEDED: Final[dict[Kind, tuple[str, ...]]] = {
    "orders": ("order_id", "placed_at", "sku", "quantity"),
    "stock": ("sku", "units"),
    "purchases": ("sku", "units", "due"),
}
_FIRST: Final = 5


@dataclass(frozen=True, slots=True)
class File:
    """One uploaded file."""

    path: str
    """Where this server keeps it."""
    columns: Columns = ()
    """What its columns mean, where that differs from the guess; an empty header: no column."""
    missing: tuple[str, ...] = ()
    """What no column is known for, in words."""


@dataclass(frozen=True, slots=True)
class Shop:
    """What a visitor gave, and what they want of it."""

    orders: File
    stock: File | None
    purchases: File | None
    name: str
    currency: str
    start: dt.date | None = None
    """First day of the season; None: that of the coming one."""
    end: dt.date | None = None
    """Last day of the season; None: that of the coming one."""
    day_order: str | None = None
    """`day_first`, `month_first`, or None: as the file shows."""


@dataclass(frozen=True, slots=True)
class Told:
    """One step, in lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """The season that was made."""

    season: str
    """By which it is opened."""
    first: dt.date
    last: dt.date
    steps: tuple[Told, ...]
    """What was read, kept, dropped and fitted."""


@lru_cache(maxsize=16)
def headers_of(path: str) -> tuple[str, ...]:
    """Columns of a file.

    Raises:
        HistoryError: It is no CSV file.
    """
    return find_layout(read_text(path)).headers


def guess(kind: Kind, headers: tuple[str, ...]) -> dict[str, str]:
    """Header of each role, as far as the headers give it away."""
    if kind == "orders":
        return guess_columns(headers)
    return guess_list(headers, STOCK if kind == "stock" else PURCHASES)


def missing(kind: Kind, columns: Mapping[str, str]) -> tuple[str, ...]:
    """What a file must have and no column is known for, in words.

    >>> missing("stock", {"sku": "Code"})
    ('units on the shelf',)
    """
    needed = set(NEEDED[kind])
    if columns.get("items"):
        needed -= {"sku", "quantity"}
    return tuple(MEANINGS[kind][role] for role in NEEDED[kind] if role in needed - set(columns))


def example(kind: Kind) -> dict[str, list[str]]:
    """The smallest file of a kind, as columns."""
    if kind == "orders":
        return {
            "order_id": ["1001", "1001", "1002"],
            "placed_at": ["2025-11-03 09:12", "2025-11-03 09:12", "2025-11-03 10:40"],
            "sku": ["MUG", "GLOBE", "MUG"],
            "quantity": ["1", "2", "1"],
            "price": ["12.50", "24.00", "12.50"],
        }
    if kind == "stock":
        return {"sku": ["MUG", "GLOBE"], "units": ["140", "35"]}
    return {"sku": ["GLOBE"], "units": ["200"], "due": ["2026-11-20"]}


def making(shop: Shop, uploads: Uploads) -> Callable[[Job], None]:
    """Work for a job that publishes `Made`, or the `ScenarioError` that says what is wrong."""

    def work(job: Job) -> None:
        try:
            job.publish(_made(shop, uploads, job))
        except ScenarioError as error:
            job.publish(error)

    return work


def _made(shop: Shop, uploads: Uploads, job: Job) -> Made:
    reading = ReadingOptions(dict(shop.orders.columns), date_format=shop.day_order)
    stock, purchases = shop.stock, shop.purchases
    raw, shelf, coming = all_read(
        lambda: read_history(shop.orders.path, reading),
        lambda: None if stock is None else read_stock_list(stock.path, dict(stock.columns)),
        lambda: (
            None
            if purchases is None
            else read_purchase_orders(purchases.path, dict(purchases.columns), shop.day_order)
        ),
    )
    job.report(1, 4)
    history = clean_history(raw)
    steps = [Told("Orders: what counts as demand", tuple(history.describe()))]
    steps += [
        Told(f"{title}: what counts", tuple(each.describe()))
        for title, each in (("Stock list", shelf), ("Purchase orders", coming))
        if each is not None
    ]
    job.report(2, 4)
    fitted = fit_season(history, FitOptions(*_days(history, shop)))
    steps.append(Told("The season that was found", tuple(describe_fit(fitted))))
    opening = opening_position(fitted, shelf, coming) if shelf or coming else None
    if opening is not None:
        steps.append(Told("Where it opens", tuple(opening.describe())))
    job.report(3, 4)
    with tempfile.TemporaryDirectory() as folder:
        heading = Heading(shop.name, Path(shop.orders.path).name, shop.currency)
        files = write_season(fitted, Path(folder) / "season.yaml", heading, opening)
        steps.append(_beside(history, fitted, files[0]))
        season = uploads.add({file.name: file.read_bytes() for file in files})
    return Made(season, fitted.dates.start, fitted.dates.end, tuple(steps))


def _days(history: CleanHistory, shop: Shop) -> tuple[dt.date, dt.date]:
    last = history.lines["placed_at"].max().date()
    start, end = coming_season(last)
    return shop.start or start, shop.end or end


def _beside(history: CleanHistory, fitted: FittedSeason, file: Path) -> Told:
    check = fit_check(history, fitted, load_scenario(file))
    return Told("The season beside the orders", tuple(check.describe()))

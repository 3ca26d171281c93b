"""The opening of a season: a shop's stock and purchase orders, laid on the season's products."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.experiment.figures import counted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from sim.history.fitting import FittedSeason
    from sim.history.position import Held, Position


@dataclass(frozen=True, slots=True)
class OpeningPosition:
    """Stock and purchase orders of a season, by its own products."""

    stock: tuple[tuple[str, int], ...]
    """Product and units on the shelf; a product that is left out keeps its computed stock."""
    purchases: tuple[tuple[str, int, dt.date], ...]
    """Product, units and day of arrival."""
    source: str
    """The files that it comes from."""
    notes: tuple[str, ...]
    """What could not be laid on the season, and what is computed instead."""

    def describe(self) -> list[str]:
        """The position in words, one line each."""
        on_hand = sum(units for _, units in self.stock)
        coming = sum(units for _, units, _ in self.purchases)
        deliveries = counted(len(self.purchases), "purchase order")
        return [
            f"{counted(on_hand, 'unit')} on the shelf on the first day, of"
            f" {counted(len(self.stock), 'product')}",
            f"{counted(coming, 'unit')} on their way, in {deliveries}",
            *self.notes,
        ]


def opening_position(
    fitted: FittedSeason, stock: Position | None, purchases: Position | None
) -> OpeningPosition:
    """Lay a stock list and open purchase orders on the products of a fitted season.

    A product that stands for itself takes its own rows; a stand-in takes those of all products
    behind it. What the history never sold is in no demand, and is left out. The list is taken for
    the position on the first day of the season.
    """
    product_of, notes = fitted.mix.product_of, []
    own = [product.sku for product in fitted.mix.products]
    shelf: Counter[str] = Counter()
    if stock is not None:
        for row in stock.rows:
            if row.sku in product_of:
                shelf[product_of[row.sku]] += row.units
        notes += _unsold("stock list", stock.rows, product_of)
        missing = [sku for sku in own if sku not in shelf]
        if missing:
            notes.append(
                f"{counted(len(missing), 'product')} without a row in the stock list: the stock is"
                f" computed ({_few(missing)})"
            )
    coming = []
    if purchases is not None:
        notes += _unsold("purchase orders", purchases.rows, product_of)
        coming = [
            (product_of[row.sku], row.units, max(row.due, fitted.dates.start))
            for row in purchases.rows
            if row.due is not None and row.sku in product_of
        ]
        notes += _out_of_season(fitted, purchases.rows)
    files = [Path(each.file).name for each in (stock, purchases) if each is not None]
    listed = tuple((sku, shelf[sku]) for sku in own if sku in shelf)
    return OpeningPosition(listed, tuple(coming), ", ".join(files), tuple(notes))


def opening_block(opening: OpeningPosition, stock_file: str, purchases_file: str) -> list[str]:
    """Lines of the scenario for the opening."""
    lines = ["opening:", f"  source: {json.dumps(opening.source, ensure_ascii=False)}"]
    if opening.stock:
        lines.append(f"  stock: {json.dumps(stock_file, ensure_ascii=False)}")
    if opening.purchases:
        lines.append(f"  open_purchase_orders: {json.dumps(purchases_file, ensure_ascii=False)}")
    return lines


def write_tables(opening: OpeningPosition, scenario: Path) -> tuple[Path, ...]:
    """Write the tables that `opening_block` names beside a scenario file."""
    written = []
    for rows, file, header in (
        (opening.stock, stock_file(scenario), ("sku", "units")),
        (opening.purchases, purchases_file(scenario), ("sku", "units", "due")),
    ):
        if rows:
            file.write_text(_table(header, rows), encoding="utf-8")
            written.append(file)
    return tuple(written)


def stock_file(scenario: Path) -> Path:
    """Table of the stock beside a scenario file."""
    return scenario.with_name(f"{scenario.stem}-stock.csv")


def purchases_file(scenario: Path) -> Path:
    """Table of the open purchase orders beside a scenario file."""
    return scenario.with_name(f"{scenario.stem}-purchase-orders.csv")


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue()


def _unsold(what: str, rows: Iterable[Held], product_of: Mapping[str, str]) -> list[str]:
    unsold = sorted({row.sku for row in rows if row.sku not in product_of})
    if not unsold:
        return []
    return [
        f"{counted(len(unsold), 'product')} of the {what} never sold: left out ({_few(unsold)})"
    ]


def _out_of_season(fitted: FittedSeason, rows: Iterable[Held]) -> list[str]:
    days = [row.due for row in rows if row.due is not None]
    early = sum(day < fitted.dates.start for day in days)
    late = sum(day > fitted.dates.end for day in days)
    told = []
    if early:
        told.append(f"{counted(early, 'purchase order')} due before the season: on its first day")
    if late:
        told.append(
            f"{counted(late, 'purchase order')} due after the season's last day, {fitted.dates.end}"
        )
    return told


def _few(skus: Sequence[str]) -> str:
    shown = ", ".join(skus[:4])
    return shown if len(skus) <= 4 else f"{shown}, …"

"""Days on which a product could not be bought: their lines say nothing about demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.history.dates import parse_dates
from sim.history.files import read_text
from sim.history.numbers import decimal_sign, parse_numbers
from sim.history.presets import plain_header
from sim.history.problems import refuse
from sim.history.table import find_layout, read_columns

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from sim.history.cleaning import CleanHistory

_HEADERS: Final = {
    "date": ("date", "day", "as of"),
    "sku": ("sku", "stockcode", "product", "item sku"),
    "on_hand": ("on hand", "stock", "quantity", "available", "inventory quantity"),
}


@dataclass(frozen=True, eq=False)
class Censoring:
    """Where stock hid demand."""

    days: pd.DataFrame
    """One row per product and day on which it could not be bought: `sku`, `date`."""
    available: Mapping[str, float]
    """Share of its days on which each product of the stock file could be bought; products that
    never could are left out."""

    def available_on(self, orders: Mapping[pd.Timestamp, int]) -> dict[str, float]:
        """Share of some days on which each censored product could be bought.

        Args:
            orders: The days, and the orders of the shop on each: a busy day counts for more.
        """
        total = sum(orders.values())
        missed = self.days["date"].map(orders).fillna(0).groupby(self.days["sku"]).sum()
        return {str(sku): 1.0 - float(share) for sku, share in (missed / total).items()}

    def describe(self) -> list[str]:
        """What was flagged, in words."""
        if not len(self.days):
            return ["no day was censored: every product of the stock file was always in stock"]
        worst = min(self.available, key=lambda sku: self.available[sku])
        return [
            f"{len(self.days):,} days of {self.days['sku'].nunique():,} products are censored: out"
            " of stock, so that their demand was not seen",
            f"shares of these products count per day in stock (least often in stock: {worst},"
            f" {self.available[worst]:.0%} of days)",
        ]


def read_censoring(
    path: str | Path, history: CleanHistory, date_format: str | None = None
) -> Censoring:
    """Read a stock history (`date, sku, on_hand`) and flag the days without stock.

    A row says what was on hand at the end of its day, and holds until the next row of the product.
    A day is censored if nothing was on hand and the product was not sold. Days before the first row
    of a product are not judged.

    Raises:
        HistoryError: the file cannot be read or lacks a column.
    """
    import pandas as pd

    source = read_text(path)
    layout = find_layout(source)
    columns = {}
    for role, aliases in _HEADERS.items():
        found = next((each for each in layout.headers if plain_header(each) in aliases), None)
        if found is None:
            message = f"no column found for {role}; columns are {', '.join(layout.headers)}"
            refuse(message, "the columns are date, sku, on_hand", file=source.name, line=1)
        columns[role] = found
    rows, _ = read_columns(source, layout, tuple(columns.values()))
    rows.columns = pd.Index([*columns, "line"])
    decimal = decimal_sign(rows["on_hand"], layout.delimiter, source.name)
    stock = pd.DataFrame(
        {
            "sku": rows["sku"].str.strip(),
            "date": parse_dates(rows["date"], date_format, file=source.name).times.dt.normalize(),
            "on_hand": parse_numbers(rows["on_hand"], decimal),
        }
    ).dropna()
    return _censored(stock, history)


def _censored(stock: pd.DataFrame, history: CleanHistory) -> Censoring:
    import pandas as pd

    sold = history.lines.assign(date=history.lines["placed_at"].dt.normalize())
    last = sold["date"].max()
    sold_on = sold.groupby("sku", observed=True)["date"].agg(set).to_dict()
    parts: list[pd.DataFrame] = []
    available: dict[str, float] = {}
    for sku, levels in stock.groupby("sku"):
        daily = levels.groupby("date")["on_hand"].last().sort_index()
        daily = daily[daily.index <= last]
        if not len(daily):
            continue
        level = daily.reindex(pd.date_range(daily.index[0], last), method="ffill")
        empty = (level <= 0) & ~level.index.isin(list(sold_on.get(sku, ())))
        if not bool(empty.all()):
            available[str(sku)] = 1.0 - float(empty.mean())
        parts.append(pd.DataFrame({"sku": str(sku), "date": level.index[empty]}))
    days = pd.concat(parts, ignore_index=True) if parts else stock[["sku", "date"]].iloc[:0]
    return Censoring(days, available)

"""Read an export of orders: every field as text, personal columns not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.history.columns import ColumnMap, map_columns
from sim.history.dates import Dates, parse_dates
from sim.history.files import read_text
from sim.history.numbers import decimal_sign
from sim.history.problems import refuse
from sim.history.table import Layout, RaggedRow, find_layout, read_columns

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from sim.history.numbers import Decimal

_ITEM: Final = r"(?:^|[,;|]\s*)(?P<quantity>\d+)\s*[×xX]\s+(?P<sku>.+?)(?=[,;|]\s*\d+\s*[×xX]\s|$)"
_EVENTS: Final = ("shipped_at", "cancelled_at")
_ORDER_FACTS: Final = ("placed_at", "status", "customer_id", "order_class", *_EVENTS)


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the user says about a file, where the guess is not right."""

    columns: Mapping[str, str] | None = None
    """Header by role (`--map order_id=InvoiceNo`)."""
    sku_pattern: str | None = None
    """Regular expression with which product codes begin; empty: every code is a product."""
    date_format: str | None = None
    """`day_first`, `month_first`, or a pattern such as `%d.%m.%Y %H:%M`."""
    time_zone: str | None = None
    """Zone of the shop, for times that are written with an offset."""
    encoding: str | None = None
    """Encoding of the file."""
    delimiter: str | None = None
    """Character between two fields."""
    decimal: Decimal | None = None
    """Decimal sign of the numbers."""


@dataclass(frozen=True, eq=False)
class RawHistory:
    """An export as it was read: nothing dropped yet but personal and unused columns."""

    file: str
    """File as the user named it."""
    encoding: str
    """How its bytes were read."""
    layout: Layout
    """Delimiter and headers."""
    mapping: ColumnMap
    """What the columns mean."""
    rows: pd.DataFrame
    """One row per row of the file: columns named by role, all text, and `line`, the line in the
    file. Dates and numbers are still as written."""
    dates: Dates
    """Dates of the rows."""
    events: Mapping[str, pd.Series]
    """`shipped_at` and `cancelled_at` of the rows, as far as the file has them; NaT: not yet."""
    decimal: Decimal
    """Decimal sign of the numbers."""
    ragged: tuple[RaggedRow, ...]
    """Rows that do not fit the header; they are not in `rows`."""
    customers: int | None
    """Different customer numbers, none empty; the numbers themselves are dropped here. None:
    no such column."""

    def describe(self) -> list[str]:
        """What was found in the file, one line each."""
        name = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}
        sign = name.get(self.layout.delimiter, self.layout.delimiter)
        lines = [
            f"{self.file}: {len(self.rows) + len(self.ragged):,} rows, {self.encoding}, {sign}"
            f" between fields, decimal sign {self.decimal}",
            *self.mapping.describe(),
            f"dates: {self.dates.order}"
            + ("" if self.dates.has_clock else ", without time of day: hours are unknown"),
        ]
        if self.dates.offsets:
            lines.append(f"times carry offsets from UTC ({', '.join(self.dates.offsets[:3])})")
        return lines


def read_history(path: str | Path, options: ReadingOptions | None = None) -> RawHistory:
    """Read an export of orders.

    Raises:
        HistoryError: the file, its columns, its numbers or its dates cannot be read; every message
            says what to add to the command.
    """
    chosen = options or ReadingOptions()
    source = read_text(path, chosen.encoding)
    layout = find_layout(source, chosen.delimiter)
    mapping = map_columns(
        layout.headers, chosen.columns, sku_pattern=chosen.sku_pattern, file=source.name
    )
    rows, ragged = read_columns(source, layout, tuple(mapping.columns.values()))
    rows.columns = [*mapping.columns, "line"]
    if not len(rows):
        refuse("has a header and no rows: no orders", file=source.name)
    for role in mapping.columns:
        rows[role] = rows[role].str.strip()
    if mapping.fills_down:
        rows = _filled_down(rows)
    customers = _counted(rows)
    rows = rows.drop(columns="customer_id", errors="ignore")
    if "items" in rows:
        rows = _unfolded(rows)
    decimal = chosen.decimal or _decimal(rows, layout, source.name)
    dates = parse_dates(rows["placed_at"], chosen.date_format, chosen.time_zone, source.name)
    return RawHistory(
        file=source.name,
        encoding=source.encoding,
        layout=layout,
        mapping=mapping,
        rows=rows,
        dates=dates,
        events=_events(rows, dates, chosen, source.name),
        decimal=decimal,
        ragged=ragged,
        customers=customers,
    )


def _events(
    rows: pd.DataFrame, dates: Dates, chosen: ReadingOptions, file: str
) -> dict[str, pd.Series]:
    """What happened to the orders later, dated as the orders are; a column may be empty."""
    import pandas as pd

    # Shipping dates alone may not show which of 01/02 is the day: the orders' dates have.
    order = {"day first": "day_first", "month first": "month_first"}.get(dates.order)
    found = {}
    for role in _EVENTS:
        if role in rows:
            written = rows[role] != ""
            times = pd.Series(pd.NaT, index=rows.index, dtype=dates.times.dtype)
            if written.any():
                form = chosen.date_format or order
                read = parse_dates(rows[role][written], form, chosen.time_zone, file)
                times[written] = read.times
            found[role] = times
    return found


def _filled_down(rows: pd.DataFrame) -> pd.DataFrame:
    """Copy what stands on the first row of an order to its other rows, never across orders."""
    filled = rows.copy()
    for role in _ORDER_FACTS:
        if role in rows:
            stated = rows[role].where(rows[role] != "")
            filled[role] = stated.groupby(rows["order_id"]).transform("first").fillna("")
    return filled


def _counted(rows: pd.DataFrame) -> int | None:
    if "customer_id" not in rows:
        return None
    numbers = rows["customer_id"]
    return int(numbers[numbers != ""].nunique())


def _unfolded(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per product from cells such as "2× Mug, 1× Globe"; the name serves as its code."""
    found = rows["items"].str.extractall(_ITEM)
    if found.empty:
        hint = 'cells should look like "2× Mug, 1× Globe"'
        refuse("no products could be read from the column of items", hint)
    found.index = found.index.get_level_values(0)
    rest = rows.drop(columns=["items", "quantity", "sku"], errors="ignore")
    joined = rest.join(found[["sku", "quantity"]], how="left").reset_index(drop=True)
    return joined.fillna({"sku": "", "quantity": ""})


def _decimal(rows: pd.DataFrame, layout: Layout, file: str) -> Decimal:
    import pandas as pd

    numbers = [rows[role] for role in ("quantity", "price", "line_total") if role in rows]
    unique = pd.concat([column.drop_duplicates() for column in numbers], ignore_index=True)
    return decimal_sign(unique, layout.delimiter, file)

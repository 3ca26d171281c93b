"""From rows of an export to demand, by stated rules: what is kept, what is dropped, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.history.numbers import parse_numbers
from sim.history.problems import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from sim.history.presets import Rules
    from sim.history.reading import RawHistory

_EXAMPLES: Final = 3
_LARGE: Final = 1_000
"""A line of more units than this many times the median line is pointed out."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Rows that are no demand, for one reason."""

    reason: str
    """Why."""
    rows: int
    """How many rows."""
    lines: tuple[int, ...]
    """Lines of the first few in the file."""


@dataclass(frozen=True, slots=True)
class HistoryStatistics:
    """A history in numbers: the file as it is, then the demand in it."""

    rows: int
    """Rows in the file below the header, ragged ones included."""
    invoices: int
    """Different order numbers, credit notes included."""
    cancel_invoices: int
    """Different credit notes."""
    cancel_rows: int
    """Rows of credit notes."""
    skus: int
    """Different product codes."""
    customers: int | None
    """Different customer numbers; None if there are none."""
    first: str
    """Earliest time in the file, to the minute."""
    last: str
    """Latest time in the file, to the minute."""
    clean_lines: int
    """Rows kept."""
    clean_orders: int
    """Orders in them."""
    units: int
    """Units in them."""
    revenue: float | None
    """Their units times prices; None if there are no prices."""


@dataclass(frozen=True, eq=False)
class CleanHistory:
    """The demand in an export."""

    file: str
    """File it came from."""
    lines: pd.DataFrame
    """One row per order and product, by time: `order`, `placed_at` (of the order), `sku`,
    `quantity` (units), `price` (per unit; nan if unknown), and where the file has them `class`,
    `shipped_at` and `cancelled_at` (NaT: not yet)."""
    names: dict[str, str]
    """Product name by SKU, where the file has names."""
    statistics: HistoryStatistics
    """The history in numbers."""
    dropped: tuple[Dropped, ...]
    """Rows left out, by reason."""
    notes: tuple[str, ...]
    """What a reader should know besides."""
    has_clock: bool
    """Whether orders have a time of day."""

    @property
    def orders(self) -> pd.DataFrame:
        """One row per order, by time: index `order`; `placed_at`, `lines`, `units`."""
        grouped = self.lines.groupby("order", sort=False, observed=True)
        return grouped.agg(
            placed_at=("placed_at", "first"), lines=("sku", "size"), units=("quantity", "sum")
        )

    def describe(self) -> list[str]:
        """Rows kept and dropped, with the reasons, one line each."""
        stats = self.statistics
        lines = [
            f"{stats.rows:,} rows from {stats.first} to {stats.last}: {stats.clean_lines:,} kept"
            f" as demand, {sum(each.rows for each in self.dropped):,} dropped"
        ]
        customers = "" if stats.customers is None else f", {stats.customers:,} customers"
        lines.append(
            f"{stats.invoices:,} order numbers, {stats.cancel_invoices:,} of them credit notes;"
            f" {stats.skus:,} product codes{customers}"
        )
        for each in self.dropped:
            where = ", ".join(str(line) for line in each.lines)
            more = ", …" if each.rows > len(each.lines) else ""
            lines.append(f"dropped {each.rows:>9,}  {each.reason} (line {where}{more})")
        money = "" if stats.revenue is None else f", {stats.revenue:,.2f} in sales"
        lines.append(f"{stats.clean_orders:,} orders, {stats.units:,} units{money}")
        return [*lines, *self.notes]


def clean_history(raw: RawHistory) -> CleanHistory:
    """Apply the rules of the mapping to an export.

    A row is dropped for the first reason that holds: credit notes and negative quantities add no
    demand. An order that was cancelled later remains demand: its own row stays, the credit note
    that cancels it goes. Rows of one order with the same product become one line.

    Raises:
        HistoryError: nothing is left.
    """
    import pandas as pd

    numbers = {
        role: parse_numbers(raw.rows[role], raw.decimal)
        for role in ("quantity", "price", "line_total")
        if role in raw.rows
    }
    values = pd.DataFrame(numbers, index=raw.rows.index)
    reasons = pd.Series("", index=raw.rows.index, dtype="object")
    for reason, bad in _faults(raw, values):
        reasons[bad & (reasons == "")] = reason
    kept = reasons == ""
    if not bool(kept.any()):
        most = str(reasons.value_counts().index[0])
        refuse(f"no row is left as demand; most were dropped as: {most}", file=raw.file)
    rows = _kept_rows(raw, values, kept)
    return CleanHistory(
        raw.file,
        _merged(rows),
        _names(raw, kept),
        _statistics(raw, rows),
        tuple(_dropped(raw, reasons)),
        tuple(_notes(rows)),
        raw.dates.has_clock,
    )


def _faults(raw: RawHistory, values: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    """Reasons to drop a row, in the order in which they are tried, and where they hold."""
    rules, rows = raw.mapping.rules, raw.rows
    yield "no order number", rows["order_id"] == ""
    yield "credit note", _begins(rows["order_id"], rules.credit_prefixes)
    yield "adjustment", _begins(rows["order_id"], rules.adjustment_prefixes)
    if "status" in rows and rules.unpaid:
        yield "not a firm order (status)", rows["status"].str.casefold().isin(rules.unpaid)
    yield "date cannot be read", raw.dates.times.isna()
    yield "quantity cannot be read", values["quantity"].isna()
    yield "negative quantity", values["quantity"] < 0
    yield "quantity 0", values["quantity"] == 0
    yield "fractional quantity", values["quantity"] % 1 != 0
    yield "quantity above 1,000,000", values["quantity"] > 1_000_000
    money = values.get("price", values.get("line_total"))
    if money is not None:
        yield "price cannot be read", money.isna()
        yield "price 0 or negative", money <= 0
    yield "no product code", rows["sku"] == ""
    if rules.sku_pattern is not None:
        yield "not a product code", ~_matches(rows["sku"], rules, raw.file)


def _begins(ids: pd.Series, prefixes: tuple[str, ...]) -> pd.Series:
    """Order numbers with one of the prefixes, followed by a digit."""
    return ids.str.match(r"(?!)" if not prefixes else rf"(?:{'|'.join(prefixes)})\d")


def _matches(skus: pd.Series, rules: Rules, file: str) -> pd.Series:
    import re

    pattern = rules.sku_pattern or ""
    try:
        re.compile(pattern)
    except re.error as broken:
        message = f"the pattern of product codes cannot be used: {broken}"
        refuse(message, file=file, value=pattern)
    return skus.str.match(pattern)


def _kept_rows(raw: RawHistory, values: pd.DataFrame, kept: pd.Series) -> pd.DataFrame:
    import pandas as pd

    quantity = values.loc[kept, "quantity"]
    price = pd.Series(float("nan"), index=quantity.index)
    if "price" in values:
        price = values.loc[kept, "price"]
    elif "line_total" in values:
        price = values.loc[kept, "line_total"] / quantity
    rows = pd.DataFrame(
        {
            "order": raw.rows.loc[kept, "order_id"].astype("category"),
            "placed_at": raw.dates.times[kept],
            "sku": raw.rows.loc[kept, "sku"].astype("category"),
            "quantity": quantity.astype("int64"),
            "price": price,
        }
    )
    if "order_class" in raw.rows:
        rows["class"] = raw.rows.loc[kept, "order_class"]
    return rows.assign(**{role: times[kept] for role, times in raw.events.items()})


def _merged(rows: pd.DataFrame) -> pd.DataFrame:
    """One line per order and product: units added, price averaged over units, earliest time."""
    rows = rows.assign(money=rows["price"] * rows["quantity"])
    placed = rows.groupby("order", observed=True)["placed_at"].transform("min")
    wanted = {"placed_at": "first", "quantity": "sum", "money": "sum"}
    if "class" in rows:
        wanted["class"] = "first"
    wanted |= {role: "max" for role in ("shipped_at", "cancelled_at") if role in rows}
    keys = ["order", "sku"]
    lines = rows.assign(placed_at=placed).groupby(keys, observed=True).agg(wanted).reset_index()
    has_prices = bool(rows["price"].notna().all())
    lines["price"] = lines["money"] / lines["quantity"] if has_prices else float("nan")
    lines = lines.drop(columns="money")
    for key in keys:
        lines[key] = lines[key].astype("str")
    return lines.sort_values(["placed_at", "order", "sku"], ignore_index=True)


def _names(raw: RawHistory, kept: pd.Series) -> dict[str, str]:
    """The name that each product is most often given."""
    if "product_name" not in raw.rows:
        return {}
    pairs = raw.rows.loc[kept, ["sku", "product_name"]]
    counts = pairs[pairs["product_name"] != ""].value_counts(sort=True).reset_index()
    first = counts.drop_duplicates("sku")
    return dict(zip(first["sku"], first["product_name"], strict=True))


def _statistics(raw: RawHistory, rows: pd.DataFrame) -> HistoryStatistics:
    ids = raw.rows["order_id"]
    credit = _begins(ids, raw.mapping.rules.credit_prefixes)
    has_prices = bool(rows["price"].notna().all())
    return HistoryStatistics(
        rows=len(ids) + len(raw.ragged),
        invoices=int(ids[ids != ""].nunique()),
        cancel_invoices=int(ids[credit].nunique()),
        cancel_rows=int(credit.sum()),
        skus=int(raw.rows["sku"][raw.rows["sku"] != ""].nunique()),
        customers=raw.customers,
        first=f"{raw.dates.times.min():%Y-%m-%d %H:%M}",
        last=f"{raw.dates.times.max():%Y-%m-%d %H:%M}",
        clean_lines=len(rows),
        clean_orders=int(rows["order"].nunique()),
        units=int(rows["quantity"].sum()),
        revenue=round(float((rows["quantity"] * rows["price"]).sum()), 2) if has_prices else None,
    )


def _dropped(raw: RawHistory, reasons: pd.Series) -> Iterator[Dropped]:
    if raw.ragged:
        lines = tuple(row.line for row in raw.ragged[:_EXAMPLES])
        yield Dropped("more or fewer fields than the header", len(raw.ragged), lines)
    for reason, count in reasons[reasons != ""].value_counts().items():
        lines = tuple(int(line) for line in raw.rows["line"][reasons == reason].head(_EXAMPLES))
        yield Dropped(str(reason), int(count), lines)


def _notes(rows: pd.DataFrame) -> Iterator[str]:
    repeated = int(rows.duplicated(["order", "sku"]).sum())
    if repeated:
        yield f"{repeated:,} rows repeat a product of their order: added to its line"
    largest = rows.iloc[int(rows["quantity"].argmax())]
    if largest["quantity"] > _LARGE * max(1.0, float(rows["quantity"].median())):
        yield (
            f"the largest line has {largest['quantity']:,} units (order {largest['order']},"
            f" {largest['sku']}): kept, but worth a look"
        )

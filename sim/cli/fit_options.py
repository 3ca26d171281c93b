"""The options of `peakwise fit`: what the season is, and (as of `backtest`) how a file is read."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from sim.errors import Problem, ScenarioError

_SEASON = "What the season is"
_FILE = "How the file is read: guessed and shown if left out"


def _season(*names: str, **more: Any) -> Any:
    return typer.Option(*names, rich_help_panel=_SEASON, **more)


def _file(*names: str, **more: Any) -> Any:
    return typer.Option(*names, rich_help_panel=_FILE, show_default=False, **more)


_DAY = {"formats": ["%Y-%m-%d"], "metavar": "DAY", "show_default": "chosen from the history"}

Orders = Annotated[
    Path,
    typer.Argument(
        metavar="ORDERS",
        help="Order history of a shop: CSV, also packed with gzip.",
        exists=True,
        dir_okay=False,
        show_default=False,
    ),
]
OutFile = Annotated[
    Path, typer.Option("--out", metavar="FILE", dir_okay=False, help="Where the season goes.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")]
Replay = Annotated[
    bool,
    typer.Option("--replay", help="Also write a season that replays the history order by order."),
]

Start = Annotated[datetime | None, _season(help="First day of the season.", **_DAY)]
End = Annotated[datetime | None, _season(help="Last day of the season.", **_DAY)]
Top = Annotated[
    int,
    _season(metavar="N", min=1, help="Products that stand for themselves; groups hold the rest."),
]
Name = Annotated[str, _season(metavar="TEXT", help="Title of the season.")]
Source = Annotated[
    str | None,
    _season(
        metavar="TEXT",
        help="Where the history comes from, to be written into the season.",
        show_default="the name of the file",
    ),
]
Currency = Annotated[str, _season(metavar="CODE", help="Currency of the prices.")]
Stock = Annotated[
    Path | None,
    _season(
        metavar="CSV",
        exists=True,
        dir_okay=False,
        help="Stock by day (date, sku, on_hand): days without stock hide demand.",
        show_default=False,
    ),
]
StockList = Annotated[
    Path | None,
    _season(
        metavar="CSV",
        exists=True,
        dir_okay=False,
        help="What is on the shelf on the first day (sku, units).",
        show_default=False,
    ),
]
PurchaseOrders = Annotated[
    Path | None,
    _season(
        metavar="CSV",
        exists=True,
        dir_okay=False,
        help="Open purchase orders (sku, units, due).",
        show_default=False,
    ),
]

Columns = Annotated[
    list[str] | None,
    _file(
        "--map",
        metavar="ROLE=COLUMN",
        help="What a column means, as in --map order_id=InvoiceNo, --map stock.sku=Code or "
        "--map purchase_orders.due=ETA. May be repeated.",
    ),
]
SkuPattern = Annotated[
    str | None,
    _file(
        metavar="REGEX",
        help="How product codes begin; others, such as postage, are no products.",
    ),
]
DateFormat = Annotated[
    str | None,
    _file(metavar="FORMAT", help="day_first, month_first, or a pattern such as %d.%m.%Y."),
]
TimeZone = Annotated[
    str | None, _file(metavar="ZONE", help="The shop's zone, where times carry an offset.")
]
Encoding = Annotated[str | None, _file(metavar="NAME", help="Encoding, such as cp1252.")]
Delimiter = Annotated[str | None, _file(metavar="SIGN", help="Sign between two fields.")]
Decimal = Annotated[
    Literal[".", ","] | None, _file(metavar="SIGN", help="Decimal sign, dot or comma.")
]


def roles(pairs: list[str]) -> dict[str, str]:
    """Header by role, from `--map ROLE=COLUMN`."""
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        hint = "write e.g. --map order_id=InvoiceNo"
        raise ScenarioError(
            Problem("", "is not ROLE=COLUMN", hint, f"--map {pair}") for pair in wrong
        )
    return {role.strip(): header for role, _, header in (pair.partition("=") for pair in pairs)}


def of_table(roles: dict[str, str], table: str) -> dict[str, str]:
    """Those of the roles that are written `TABLE.ROLE`, without the table; `""`: of the orders.

    >>> of_table({"sku": "Code", "stock.sku": "Item"}, "stock")
    {'sku': 'Item'}
    """
    pairs = [(role.rpartition("."), header) for role, header in roles.items()]
    return {role: header for (before, _, role), header in pairs if before == table}

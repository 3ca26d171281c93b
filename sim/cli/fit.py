"""`peakwise fit`: a season fitted to the order history of a shop."""

from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from sim.cli import fit_options as options
from sim.cli.console import complain, out, say
from sim.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from sim.history.cleaning import CleanHistory
    from sim.history.fitting import FittedSeason


def fit(
    orders: options.Orders,
    out_file: options.OutFile = Path("season.yaml"),
    force: options.Force = False,
    replay: options.Replay = False,
    start: options.Start = None,
    end: options.End = None,
    top: options.Top = 60,
    name: options.Name = "Season fitted to an order history",
    source: options.Source = None,
    currency: options.Currency = "USD",
    stock: options.Stock = None,
    stock_list: options.StockList = None,
    purchase_orders: options.PurchaseOrders = None,
    columns: options.Columns = None,
    sku_pattern: options.SkuPattern = None,
    date_format: options.DateFormat = None,
    time_zone: options.TimeZone = None,
    encoding: options.Encoding = None,
    delimiter: options.Delimiter = None,
    decimal: options.Decimal = None,
) -> None:
    """Fit a season to an order history, and check it against that history."""
    from sim.history.censoring import read_censoring
    from sim.history.cleaning import clean_history
    from sim.history.fitting import FitOptions, fit_season
    from sim.history.opening import opening_position
    from sim.history.position import read_purchase_orders, read_stock_list
    from sim.history.problems import all_read
    from sim.history.reading import ReadingOptions, read_history
    from sim.history.season import Heading, write_season
    from sim.history.summary import describe_fit

    if out_file.exists() and not force:
        raise ScenarioError(
            Problem("", "exists", "name another with --out, or add --force", str(out_file))
        )
    roles = options.roles(columns or [])
    reading = ReadingOptions(
        options.of_table(roles, ""),
        sku_pattern,
        date_format,
        time_zone,
        encoding,
        delimiter,
        decimal,
    )
    if not out_file.absolute().parent.is_dir():
        hint = "make the folder, or name another with --out"
        raise ScenarioError(Problem("", "the folder does not exist", hint, str(out_file.parent)))
    _keep(out_file, stock_list, purchase_orders)
    lists = options.of_table(roles, "stock"), options.of_table(roles, "purchase_orders")
    raw, shelf, coming = all_read(
        lambda: read_history(orders, reading),
        lambda: None if stock_list is None else read_stock_list(stock_list, lists[0]),
        lambda: (
            None
            if purchase_orders is None
            else read_purchase_orders(purchase_orders, lists[1], date_format)
        ),
    )
    _show("The file", raw.describe())
    history = clean_history(raw)
    _show("Demand in it", history.describe())
    censored = None if stock is None else read_censoring(stock, history, date_format)
    days = FitOptions(start and start.date(), end and end.date(), top)
    fitted = fit_season(history, days, censored)
    _show("What was fitted", describe_fit(fitted))
    for each in (shelf, coming):
        if each is not None:
            _show(each.file, each.describe())
    opening = opening_position(fitted, shelf, coming) if shelf or coming else None
    if opening is not None:
        _show("Where the season opens", opening.describe())
    heading = Heading(name, source or orders.name, currency)
    written = write_season(fitted, out_file, heading, opening)
    _show_check(history, fitted, out_file)
    if replay:
        written += _write_replay(history, fitted, out_file)
    complain(f"Written: {', '.join(map(str, written))}. Next: peakwise compare {out_file}")


def _keep(season: Path, *files: Path | None) -> None:
    """Refuse to write the tables of a season over the files that they come from.

    Raises:
        ScenarioError: A file has the name of a table.
    """
    from sim.history.opening import purchases_file, stock_file

    tables = {table.resolve() for table in (stock_file(season), purchases_file(season))}
    taken = [file for file in files if file is not None and file.resolve() in tables]
    if taken:
        hint = "name another season with --out"
        raise ScenarioError(
            Problem("", "has the name of a table of the season", hint, str(file)) for file in taken
        )


def _show_check(history: "CleanHistory", fitted: "FittedSeason", file: Path) -> None:
    """Read the season as it was written, and compare what it draws with the history."""
    from sim.history.check import fit_check
    from sim.scenario import load_scenario

    check = fit_check(history, fitted, load_scenario(file))
    _show("The fitted season beside the history", check.describe())


def _write_replay(history: "CleanHistory", fitted: "FittedSeason", file: Path) -> tuple[Path, Path]:
    """Write the history's own orders, and a season that replays them instead of drawing."""
    from sim.history.alignment import same_day_in
    from sim.history.replay import write_replay

    dates = fitted.dates
    first, last = (same_day_in(day, dates.end.year, dates.year) for day in (dates.start, dates.end))
    table = file.with_name(f"{file.stem}-orders.csv")
    season = file.with_name(f"{file.stem}-replay.yaml")
    written = write_replay(history, table, fitted.mix, first, last)
    season.write_text(
        f"# The season of {file.name} with the orders of {first} to {last} as they came in.\n"
        f"extends: {file.name}\n"
        f"demand: {{orders_per_day: null, history: {table.name}, history_start: {first}}}\n",
        encoding="utf-8",
    )
    _show("To replay", [f"{written.orders:,} orders, {written.lines:,} lines"])
    return season, written.file


def _show(title: str, lines: list[str]) -> None:
    say(title, "bold")
    for line in lines:
        # Only what is too long is wrapped: that would take the columns out of a table.
        long = len(line) > out.width - 2
        for part in wrap(line, out.width - 4, subsequent_indent="  ") if long else [line]:
            out.print(f"  {part}", markup=False)
    out.line()

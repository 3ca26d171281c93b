"""`peakwise backtest`: last season again, beside what happened."""

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli import fit_options, options

if TYPE_CHECKING:
    from rich.table import Table


def backtest(
    context: typer.Context,
    season: options.Season,
    actual: Annotated[
        Path,
        typer.Option(
            metavar="ORDERS",
            help="The shop's own orders of that season: CSV, also packed with gzip. A column of"
            " shipping dates, and one of cancellations, are used if there are any.",
            exists=True,
            dir_okay=False,
            show_default=False,
        ),
    ],
    policy: Annotated[
        str | None,
        typer.Option(
            metavar="POLICY",
            help="The policy that the shop followed.",
            show_default="the season as it is written",
        ),
    ] = None,
    replications: Annotated[
        int,
        typer.Option(
            "--replications", "-n", metavar="N", min=19, help="Seasons to replay, and to draw."
        ),
    ] = 40,
    seed: options.Seed = 1,
    settings: options.Settings = None,
    out_folder: options.Out = None,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    columns: fit_options.Columns = None,
    sku_pattern: fit_options.SkuPattern = None,
    date_format: fit_options.DateFormat = None,
    time_zone: fit_options.TimeZone = None,
    encoding: fit_options.Encoding = None,
    delimiter: fit_options.Delimiter = None,
    decimal: fit_options.Decimal = None,
) -> None:
    """Replay last season and draw it anew, week by week beside what happened."""
    from sim.cli.answer import print_json
    from sim.cli.console import progress_bar
    from sim.cli.study import compile_once, end, one_policy
    from sim.cli.work import working
    from sim.history.backtest import backtest as test_against
    from sim.history.backtest_words import backtest_json
    from sim.history.cleaning import clean_history
    from sim.history.reading import ReadingOptions, read_history
    from sim.scenario.effects import effects_json

    policies = one_policy(season, policy, settings or ())
    (scenario,) = policies.values()
    reading = ReadingOptions(
        fit_options.roles(columns or []),
        sku_pattern,
        date_format,
        time_zone,
        encoding,
        delimiter,
        decimal,
    )
    history = clean_history(read_history(actual, reading))
    compile_once(quiet)
    with working(
        context,
        policies,
        out_folder,
        workers,
        quiet,
        wanted=replications,
        cluster=cluster,
        further={"orders": sha256(actual.read_bytes()).hexdigest()},
    ) as work:
        with progress_bar("Simulating seasons", replications, quiet) as report:
            found = test_against(scenario, history, replications, seed, report, **work.how)
        answer = backtest_json(found) | {"file": actual.name}
        answer["assumed_effects"] = effects_json({scenario.name: scenario})
        work.finish(answer)
    if as_json:
        print_json(answer)
    else:
        print_backtest(answer)
    end(found.study, said=False)


def print_backtest(answer: dict[str, Any]) -> None:
    """Print the verdict, and each figure week by week."""
    from sim.cli.console import out, say
    from sim.cli.effects import say_effects

    say(answer["scenario"], "bold")
    out.line()
    say(answer["verdict"])
    for figure in answer["figures"].values():
        out.print(_table(figure))
    weeks = answer["days_apart"] // 7
    moved = f", moved by {weeks} weeks to meet the season" if weeks else ""
    say(
        f"Happened: {answer['file']}{moved}. Replayed: the mean of {answer['replications']} seasons"
        " with the orders of that file. Simulated: at least 9 of 10 seasons with orders of their"
        f" own lie there, seed {answer['seed']}.",
        "dim",
    )
    say_effects(answer)


def _table(figure: dict[str, Any]) -> "Table":
    from sim.cli.tables import plain_table
    from sim.report.forms import form_of

    rows = [*figure["by_week"], {"week_of": "Season", **figure["season"]}]
    keys = ("happened", "replayed", "low", "high")
    form = form_of([row[key] for row in rows[:-1] for key in keys], figure["unit"], "")
    table = plain_table()
    table.add_column(figure["label"])
    for heading in ("Happened", "Replayed", "Simulated"):
        table.add_column(heading, justify="right", min_width=10)
    table.add_column("")
    for row in rows:
        low, high = form.write(row["low"]), form.write(row["high"])
        side = row["side"] if row["side"] in ("below", "above") else ""
        written = [form.write(row[key]) for key in ("happened", "replayed")]
        table.add_row(row["week_of"], *written, f"{low} to {high}", side)
    return table

"""`peakwise fates`: which customers fare differently under two policies, and what that is worth."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli import options
from sim.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.table import Table

    from sim.cli.tables import Answer
    from sim.scenario import Scenario

_FORMATS = (".csv", ".parquet")


def fates(
    context: typer.Context,
    season: options.Season,
    before: Annotated[
        str | None, typer.Argument(metavar="[POLICY]", help="A policy.", show_default="the first")
    ] = None,
    after: Annotated[
        str | None,
        typer.Argument(metavar="[POLICY]", help="Another one.", show_default="the next"),
    ] = None,
    replications: options.Replications = 20,
    seed: options.Seed = 1,
    settings: options.Settings = None,
    customers: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            dir_okay=False,
            help="Write the customers of the first season there, with both fates (.csv, .parquet).",
            show_default=False,
        ),
    ] = None,
    out_folder: options.Out = None,
    html: options.Html = None,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Follow the same customers under two policies: from which fate to which, and the money."""
    from sim.cli.answer import print_json
    from sim.cli.figure import check_page, write_page
    from sim.cli.study import end, say_cost, simulate
    from sim.cli.work import working
    from sim.experiment.fates import fate_table, simulate_fates
    from sim.experiment.fates_words import fates_json
    from sim.experiment.replicate import replicate
    from sim.scenario import load_policies
    from sim.scenario.effects import effects_json

    check_page(html)
    policies = _two(load_policies(season, settings or ()), before, after)
    _check_file(customers)
    say_cost(policies, replications, workers, quiet)
    with working(
        context, policies, out_folder, workers, quiet, wanted=replications, cluster=cluster
    ) as work:
        study = simulate(
            lambda report: replicate(
                policies,
                replications,
                seed,
                progress=report,
                season=simulate_fates,
                **work.how,
            ),
            replications,
            quiet,
        )
        answer = fates_json(fate_table(study))
        answer["assumed_effects"] = effects_json(policies)
        work.finish(answer)
    if as_json:
        print_json(answer)
    else:
        print_fates(answer, next(iter(policies.values())))
    write_page(html, "fates", answer, next(iter(policies.values())))
    if study.wanted is None and customers is not None:
        _write_customers(policies, seed, customers)
    end(study, said=False)


def _two(
    policies: "Mapping[str, Scenario]", before: str | None, after: str | None
) -> "dict[str, Scenario]":
    """The two policies to compare.

    Raises:
        ScenarioError: there are no two of these names.
    """
    from sim.cli.study import known_policy

    first = known_policy(before, policies) if before else next(iter(policies))
    others = [name for name in policies if name != first]
    if not others:
        raise ScenarioError(Problem("", "has only one policy", "name a second one under policies"))
    second = known_policy(after, policies) if after else others[0]
    if first == second:
        raise ScenarioError(Problem("", f"{first!r} is given twice", f"known: {', '.join(others)}"))
    return {first: policies[first], second: policies[second]}


def _check_file(file: Path | None) -> None:
    if file is not None and file.suffix.lower() not in _FORMATS:
        hint = f"end its name in {' or '.join(_FORMATS)}"
        raise ScenarioError(Problem("", "is no CSV or Parquet file", hint, f"--customers {file}"))
    if file is not None and not file.resolve().parent.is_dir():
        raise ScenarioError(
            Problem("", "its folder does not exist", "make it", f"--customers {file}")
        )


def _write_customers(policies: "Mapping[str, Scenario]", seed: int, file: Path) -> None:
    """Write the customers of the first season."""
    from sim.cli.console import complain
    from sim.experiment.fates import customers_of_season

    customers = customers_of_season(policies, seed)
    if file.suffix.lower() == ".csv":
        customers.to_csv(file, index=False)
    else:
        customers.to_parquet(file, index=False, write_page_checksum=True)
    complain(f"Customers of the first season written to {file}")


def print_fates(answer: "Answer", scenario: "Scenario") -> None:
    """Print the verdict, and the changes of fate with the most customers."""
    from sim.cli.console import out, say
    from sim.cli.effects import say_effects
    from sim.experiment.figures import counted

    say(scenario.name, "bold")
    out.line()
    say(answer["verdict"])
    out.print(_table(answer, scenario.currency))
    seasons = counted(answer["replications"], "simulated season")
    say(
        f"Means over {seasons} (seed {answer['seed']}). Margin:"
        " sales less discounts, refunds and the cost of these goods.",
        "dim",
    )
    say_effects(answer)


def _table(answer: "Answer", currency: str) -> "Table":
    from sim.cli.tables import plain_table
    from sim.report.forms import form_of
    from sim.results.fates import FATES

    changed = [each for each in answer["changes"] if each["before"] != each["after"]]
    same = [each for each in answer["changes"] if each["before"] == each["after"]]
    shown = [each for each in changed if each["customers"]["mean"] >= 1] or changed
    people = form_of([each["customers"]["mean"] for each in shown], "orders", currency)
    money = form_of([each["margin_change"]["mean"] for each in shown], "money", currency)
    table = plain_table()
    table.add_column(f"Under {answer['before']}")
    table.add_column(f"Under {answer['after']}")
    for header in ("Customers", f"Margin ({money.unit})"):
        table.add_column(header, justify="right", no_wrap=True)
    for each in shown:
        _row(table, FATES[each["before"]], FATES[each["after"]], [each], (people, money))
    rare = [each for each in changed if each not in shown]
    if rare:
        _row(table, f"{len(rare)} rarer changes", "", rare, (people, money))
    table.add_section()
    _row(table, "the same under both", "", same, (people, money))
    return table


def _row(
    table: "Table", before: str, after: str, rows: list[dict[str, Any]], forms: tuple[Any, Any]
) -> None:
    """Several pairs of fates in one row; one keeps how well it is known."""
    cells = []
    for key, form in zip(("customers", "margin_change"), forms, strict=True):
        known = rows[0][key]["half_width"] if len(rows) == 1 else None
        total = sum(each[key]["mean"] for each in rows)
        cells.append((form.bare() if key != "customers" else form).write_known(total, known))
    table.add_row(before, after, *cells)

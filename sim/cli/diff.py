"""`peakwise diff`: what differs between two runs, in what was asked and in what came out."""

import math
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli import options

if TYPE_CHECKING:
    from rich.table import Table

    from sim.experiment.statistics import Interval
    from sim.experiment.store import RunDifference
    from sim.experiment.store.difference import ResultChange

_RUN = "The folder of a run, or its name in the folder runs."


def diff(
    before: Annotated[str, typer.Argument(metavar="RUN", help=_RUN, show_default=False)],
    after: Annotated[str, typer.Argument(metavar="RUN", help=_RUN, show_default=False)],
    every_figure: options.EveryFigure = False,
    as_json: options.Json = False,
) -> None:
    """Compare two runs: settings by path, and results, on the same customers where seeds agree."""
    from sim.cli.answer import print_json
    from sim.experiment.store import difference_of, find_run

    found = difference_of(find_run(before), find_run(after))
    if as_json:
        print_json(_as_json(found))
    else:
        _print(found, every_figure)


def _print(found: "RunDifference", every_figure: bool) -> None:
    from sim.cli.console import out, say

    say(f"{found.before.name} → {found.after.name}", "bold")
    out.line()
    if found.scenario or found.options:
        out.print(_asked(found))
    else:
        say("Both ask the same: scenario, options, seed and versions.")
    for name, only in (
        (found.before.name, found.only_before),
        (found.after.name, found.only_after),
    ):
        if only:
            say(f"Only {name} has: {', '.join(only)}.")
    for run in (found.before, found.after):
        say(f"{run.name}: {run.answer['verdict'] if run.answer else 'not finished'}")
    for policy in dict.fromkeys(each.policy for each in found.results):
        own = [each for each in found.results if each.policy == policy]
        out.print(_results(own, found, every_figure))
    if found.results:
        say(_method(found.results[0]), "dim")


def _asked(found: "RunDifference") -> "Table":
    """Settings and options that differ."""
    from sim.cli.tables import plain_table
    from sim.errors import shown

    table = plain_table()
    for header in ("Setting", found.before.name, found.after.name, "Under"):
        table.add_column(header, overflow="fold")
    shared = len(found.before.hashes)
    for each in found.scenario:
        change = each.change
        under = ", ".join(each.policies) if len(each.policies) < shared else ""
        table.add_row(change.path, *map(shown, (change.before, change.after)), under)
    for change in found.options:
        table.add_row(f"({change.path})", *map(shown, (change.before, change.after)), "")
    return table


def _results(own: "list[ResultChange]", found: "RunDifference", every_figure: bool) -> "Table":
    """One row per KPI of one policy."""
    from sim.cli.tables import headline, plain_table
    from sim.report.forms import form_of
    from sim.report.labels import label

    names = headline()
    table = plain_table()
    table.title, table.title_justify = own[0].policy, "left"
    for header in ("", found.before.name, found.after.name, "Difference"):
        table.add_column(header, justify="right" if header else "left", no_wrap=bool(header))
    table.add_column("")
    study = found.before.study
    for each in own:
        if not every_figure and each.kpi not in names:
            continue
        unit = study.unit(each.kpi) if study else ""
        money = (study.currency() if study else None) or "USD"
        ends = [each.before.mean, each.after.mean]
        form = form_of([None if math.isnan(end) else end for end in ends], unit, money)
        mean, reach = _known(each.difference.mean), _known(each.difference.half_width)
        title = label(each.kpi) + (f" ({form.unit})" if unit == "money" and form.unit else "")
        bare = form.bare() if unit == "money" else form
        change = bare.write(mean, sign=True) + (f" ±{bare.write(reach)}" if reach else "")
        cells = [bare.write(_known(end)) for end in ends]
        table.add_row(title, *cells, change, each.verdict)
    return table


def _method(one: "ResultChange") -> str:
    how = (
        "season by season, on the same customers"
        if one.paired
        else "between independent seasons, as the seeds differ"
    )
    return f"Differences are taken {how}; ± holds for each alone with 95% confidence."


def _as_json(found: "RunDifference") -> dict[str, Any]:
    def change(each: Any) -> dict[str, Any]:
        return {"path": each.path, "before": each.before, "after": each.after}

    return {
        "schema": 1,
        "before": found.before.folder.as_posix(),
        "after": found.after.folder.as_posix(),
        "scenario": [
            {**change(each.change), "policies": list(each.policies)} for each in found.scenario
        ],
        "options": [change(each) for each in found.options],
        "only_before": list(found.only_before),
        "only_after": list(found.only_after),
        "results": [
            {
                "policy": each.policy,
                "other_policy": each.other_policy,
                "kpi": each.kpi,
                "before": _known(each.before.mean),
                "after": _known(each.after.mean),
                **_interval(each.difference),
                "paired": each.paired,
                "verdict": each.verdict,
            }
            for each in found.results
        ],
    }


def _interval(known: "Interval") -> dict[str, float | None]:
    return {
        "difference": _known(known.mean),
        "low": _known(known.low),
        "high": _known(known.high),
    }


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None

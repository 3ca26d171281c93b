"""The table of what to be ready for: bounds that most seasons keep, and what may go wrong."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.table import Table

from sim.cli.tables import Answer, plain_table
from sim.experiment.risk import EVENTS, SHARES
from sim.report.forms import Form, form_of
from sim.report.labels import label
from sim.results import KPIS


def risk_tables(answer: Answer, currency: str) -> Iterator[Table]:
    """One table per policy: bounds of its peaks and its profit, then the chances."""
    for policy in answer["policies"]:
        bounds = [each for each in answer["risk"]["bounds"] if each["policy"] == policy]
        several = len(answer["policies"]) > 1
        if bounds:
            yield _bounds(
                f"To be ready for: {policy}" if several else "To be ready for", bounds, currency
            )
        chances = [each for each in answer["risk"]["chances"] if each["policy"] == policy]
        if chances:
            yield _chances(policy if several else "", chances)


def _bounds(heading: str, rows: Sequence[dict[str, Any]], currency: str) -> Table:
    table = plain_table()
    table.add_column(heading)
    for share in SHARES:
        table.add_column(f"{_of_seasons(share)} seasons", justify="right")
    for kpi in dict.fromkeys(each["kpi"] for each in rows):
        mine = [each for each in rows if each["kpi"] == kpi]
        form = form_of([each["bound"] for each in mine], KPIS[kpi].unit, currency)
        table.add_row(f"{label(kpi)}, {mine[0]['side']}", *(_cell(each, form) for each in mine))
    return table


def _cell(bound: dict[str, Any], form: Form) -> str:
    if bound["more_seasons"]:
        return f"{bound['more_seasons']:,} more runs"
    return form.write(bound["bound"])


def _chances(heading: str, rows: Sequence[dict[str, Any]]) -> Table:
    table = plain_table()
    table.add_column(f"How often it happens{f': {heading}' if heading else ''}")
    table.add_column("Seasons", justify="right")
    table.add_column("Known to lie between", justify="right")
    for each in rows:
        between = f"{100 * each['low']:.1f}% and {100 * each['high']:.1f}%"
        table.add_row(EVENTS[each["event"]][0], f"{each['seasons']} of {each['n']}", between)
    return table


def _of_seasons(share: float) -> str:
    """A share as planners say it.

    >>> [_of_seasons(share) for share in SHARES]
    ['9 of 10', '95 of 100', '99 of 100']
    """
    whole = 10 if round(share * 100) % 10 == 0 else 100
    return f"{share * whole:.0f} of {whole}"

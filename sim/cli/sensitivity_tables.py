"""Tables of `peakwise sensitivity`, made from the object that `--json` prints."""

from typing import Final

from rich.table import Table

from sim.cli.tables import Answer, plain_table
from sim.report.forms import form_of
from sim.results import find_kpi

_EFFECTS: Final = {"flips": "flips it", "unsettles": "cannot be told", "keeps": ""}


def tornado_table(answer: Answer, currency: str) -> Table:
    """One row per input that was followed up: the difference at both its ends."""
    rows = answer["inputs"]
    ends = [row[end]["mean"] for row in rows for end in ("at_low", "at_high")]
    form = form_of(ends, find_kpi(answer["kpi"]).unit, currency)
    first, second = answer["policies"]
    table = plain_table()
    table.title = f"{find_kpi(answer['kpi']).label}, {first} − {second}"
    table.title_justify = "left"
    table.add_column("Input")
    for header in ("From", "there", "To", "there "):
        table.add_column(header, justify="right")
    table.add_column("")
    for row in rows:
        low, high = (form.write(row[end]["mean"], sign=True) for end in ("at_low", "at_high"))
        table.add_row(row["path"], row["low"], low, row["high"], high, _EFFECTS[row["effect"]])
    return table


def influence_table(answer: Answer, currency: str) -> Table:
    """One row per input, the most influential first."""
    rows = answer["inputs"]
    morris = answer["method"] == "morris"
    unit = find_kpi(answer["kpi"]).unit if morris else "share"
    form = form_of([row["main"] for row in rows] + [row["total"] for row in rows], unit, currency)
    table = plain_table()
    table.add_column("Input")
    table.add_column("Mean effect" if morris else "Alone", justify="right", no_wrap=True)
    table.add_column("Spread" if morris else "With others", justify="right", no_wrap=True)
    for row in rows:
        main = form.write_known(row["main"], row["main_reach"])
        table.add_row(row["path"], main, form.write_known(row["total"], row["total_reach"]))
    return table

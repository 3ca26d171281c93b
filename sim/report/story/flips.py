"""What would change the answer: how far each line of the profit and loss is from doing so."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.figures import counted
from sim.report.content import Cell, Chart, Section, Series, Table, words
from sim.report.forms import Form, form_of
from sim.report.labels import spoken
from sim.results import LINES

if TYPE_CHECKING:
    from sim.report.source import Source

_SHOWN = 8
_FAR = 20.0


def section(source: Source) -> Section | None:
    """Break-even factors of the lines in which the two best policies differ."""
    if source.other is None:
        return None
    apart, factors = _factors(source, source.leader, source.other)
    if not factors:
        return None
    near = {name: factor for name, factor in factors.items() if 0 <= factor <= _FAR}
    return Section(
        key="flips",
        title="What would change the answer",
        message=_message(source, near),
        points=_points(source, source.leader, source.other),
        chart=_chart(source, near) if near else None,
        table=_table(source, apart, factors),
        notes=(
            "A factor multiplies one line of the profit and loss under both policies, as a price "
            "or a wage would; what people and customers do is left as it is. To let them react, "
            "use peakwise sensitivity or peakwise breakeven.",
        ),
    )


def _factors(source: Source, leader: str, other: str) -> tuple[dict[str, float], dict[str, float]]:
    """By line: what it adds to the leader's lead, and the factor at which the lead is gone.

    With the lead L, of which a line adds d, a factor f makes it L + (f - 1) d: zero at 1 - L / d.
    """
    apart = {
        name: (source.mean(leader, name) or 0.0) - (source.mean(other, name) or 0.0)
        for name in LINES
    }
    lead = math.fsum(apart.values())
    found = {name: 1 - lead / gap for name, gap in apart.items() if gap}
    near = sorted(
        found, key=lambda name: abs(math.log(found[name])) if found[name] > 0 else math.inf
    )
    return apart, {name: found[name] for name in near}


def _message(source: Source, near: dict[str, float]) -> str:
    if not near:
        return f"No single price, wage or cost could put {source.rival} ahead of {source.lead}."
    name, factor = next(iter(near.items()))
    return (
        f"{source.lead} stays ahead of {source.rival} until a line changes enough: the nearest "
        f"is “{spoken(name)}”, at {factor:.2f} times its assumed value."
    )


def _points(source: Source, leader: str, other: str) -> tuple[str, ...]:
    gaps = source.study.series(leader, "season_profit") - source.study.series(
        other, "season_profit"
    )
    orders = source.study.series(leader, "orders")
    ahead, seasons = int(np.count_nonzero(gaps > 0)), len(gaps)
    among = f"{ahead:,} of {counted(seasons, 'season')}"
    told = [f"{source.lead} earned more than {source.rival} in {among}."]
    if seasons >= 3 and np.std(gaps) > 0 and np.std(orders) > 0:
        link = float(np.corrcoef(gaps, orders)[0, 1])
        if abs(link) >= 2 / math.sqrt(seasons):
            more = "more" if link > 0 else "fewer"
            told.append(f"Its lead grows in seasons with {more} orders (correlation {link:+.2f}).")
        else:
            told.append(
                f"Its lead hardly depends on how many orders come (correlation {link:+.2f})."
            )
    return tuple(told)


def _chart(source: Source, near: dict[str, float]) -> Chart:
    shown = dict(list(near.items())[:_SHOWN])
    texts = tuple(f"{factor:.2f} ×" for factor in shown.values())
    told = "; ".join(f"{LINES[name]} {text}" for name, text in zip(shown, texts, strict=True))
    return Chart(
        kind="bar",
        categories=tuple(LINES[name] for name in shown),
        series=(Series("Break-even factor", tuple(shown.values()), texts=texts),),
        form=Form(after=" ×", decimals=2),
        axis="Factor at which the two policies earn the same (1: as assumed)",
        alt=f"Factor at which {source.lead} and {source.rival} earn the same: {told}.",
    )


def _table(source: Source, apart: dict[str, float], factors: dict[str, float]) -> Table:
    form = form_of(list(apart.values()), "money", source.currency)
    times = Form(after=" ×", decimals=2)
    rows = tuple(
        (
            words(LINES[name]),
            Cell(apart[name], form.write(apart[name], sign=True), form.excel),
            Cell(factor, times.write(factor), times.excel)
            if 0 <= factor <= _FAR
            else words("none" if factor < 0 else f"over {_FAR:.0f} ×"),
        )
        for name, factor in factors.items()
    )
    columns = ("Line", f"{source.lead} over {source.rival}", "Break-even factor")
    return Table("break_even_factors", columns, rows, brief=0)

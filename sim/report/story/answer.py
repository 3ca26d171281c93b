"""Which policy to choose, by how much, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.figures import counted
from sim.report.clean import said
from sim.report.content import Cell, Chart, Section, Series, Table, words
from sim.report.forms import form_of
from sim.report.source import number

if TYPE_CHECKING:
    from sim.experiment.comparison import PolicyDifference
    from sim.report.forms import Form
    from sim.report.source import Source

_KPI = "season_profit"


def section(source: Source) -> Section:
    """The verdict, with the profit of every policy and the paired differences."""
    first, *rest = _sentences(source.answer["verdict"])
    risk = source.answer["risk"]["verdict"]
    return Section(
        key="answer",
        title="The answer",
        message=first,
        points=tuple(sentence for sentence in (*rest, risk) if sentence),
        chart=_chart(source),
        table=_table(source),
        notes=(
            f"Means over {counted(source.study.replications, 'simulated season')}, seed "
            f"{source.study.seed}. Behind ±: how well the mean is known, with 95% confidence.",
            "Differences are paired: every policy met the same customers in every season.",
        ),
    )


def _sentences(text: str) -> list[str]:
    """A text by sentences.

    >>> _sentences("A is best, by $1.2M. It needs 3 more shelves.")
    ['A is best, by $1.2M.', 'It needs 3 more shelves.']
    """
    return [f"{part.rstrip('.')}." for part in text.split(". ") if part]


def _chart(source: Source) -> Chart:
    form = source.form(_KPI)
    cells = [source.known(policy, _KPI, form) for policy in source.policies]
    texts = "; ".join(f"{p} {c.text}" for p, c in zip(source.policies, cells, strict=True))
    return Chart(
        kind="bar",
        categories=source.policies,
        series=(
            Series(
                "Season profit",
                tuple(source.mean(p, _KPI) for p in source.policies),
                texts=tuple(cell.text for cell in cells),
            ),
        ),
        form=form,
        axis="Season profit",
        alt=f"Season profit by policy: {texts}.",
        colors=tuple(range(len(source.policies))),
    )


def _table(source: Source) -> Table:
    form, found = source.form(_KPI), source.comparison
    rows = [row for row in (found.rows if found else ()) if row.kpi == _KPI]
    ends = [
        end for row in rows for end in (row.difference.interval.low, row.difference.interval.high)
    ]
    apart = form_of(ends, "money", source.currency)
    by_policy = {row.policy: row for row in rows}
    lines: list[tuple[Cell, ...]] = []
    for policy in source.policies:
        cells = [words(policy), source.known(policy, _KPI, form)]
        row = by_policy.get(policy)
        if row is None:
            cells += [
                words("" if len(source.policies) == 1 else "compared with"),
                words(""),
                words(""),
            ]
        else:
            known = row.difference.interval
            cells += [
                number(known.mean, apart, sign=True),
                words(
                    f"{apart.write(known.low, sign=True)} and {apart.write(known.high, sign=True)}"
                ),
                words(row.verdict),
            ]
        lines.append(tuple(cells))
    against = found.baseline if found else ""
    return Table(
        "answer",
        ("Policy", "Season profit", f"Against {said(against)}", "Known to lie between", "Verdict"),
        tuple(lines),
        frozenset({source.color(source.leader)}),
        message=_rivals(source, by_policy, apart),
    )


def _rivals(source: Source, rows: dict[str, PolicyDifference], form: Form) -> str:
    """How far the others are from the policy that all are compared with."""
    if not rows:
        return f"{source.lead} earns {source.known(source.leader, _KPI).text} in a season."
    against = source.comparison.baseline if source.comparison else ""
    near = max(rows, key=lambda policy: rows[policy].difference.interval.mean)
    gap = rows[near].difference.interval.mean
    told = f"{form.write(abs(gap))} {'more' if gap > 0 else 'less'} than {said(against)} on average"
    if len(rows) == 1:
        return f"{near} earns {told}."
    return f"Of the others, {near} {'leads' if gap > 0 else 'comes closest'}: {told}."

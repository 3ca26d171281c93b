"""The same customers under two policies: who fares differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.figures import counted
from sim.report.content import Cell, Chart, Section, Series, Table, words
from sim.report.forms import Form, form_of
from sim.results.fates import FATES

if TYPE_CHECKING:
    import pandas as pd

    from sim.report.source import Source

_BRIEF = 8


def section(source: Source) -> Section | None:
    """From which fate to which, with how many customers, and the money."""
    if source.other is None or "fate" not in source.tables.get("orders", ()):
        return None
    pairs = _pairs(source, source.leader, source.other)
    if pairs.empty:
        return None
    return Section(
        key="customers",
        title="Same customers, two policies",
        message=_message(source, pairs),
        chart=_chart(source, pairs),
        table=_table(source, pairs),
        notes=(
            f"Both policies met the same customers, so this is a count in {source.season}, and "
            "no estimate. Margin: sales less discounts, refunds and the cost of these goods.",
        ),
    )


def _pairs(source: Source, leader: str, other: str) -> pd.DataFrame:
    """One row per pair of fates: `before` under the other policy, `after` under the leader."""
    orders = source.tables["orders"]
    columns = ["order", "fate", "margin"]
    before = orders.loc[orders["policy"] == other, columns]
    after = orders.loc[orders["policy"] == leader, columns]
    both = before.merge(after, on="order", suffixes=("_before", "_after"))
    both = both.dropna(subset=["fate_before", "fate_after"])
    both["gain"] = both["margin_after"] - both["margin_before"]
    groups = both.groupby(["fate_before", "fate_after"], observed=True)["gain"]
    found = groups.agg(["size", "sum"]).reset_index()
    found.columns = ["before", "after", "customers", "gain"]
    return found.sort_values("customers", ascending=False, kind="stable", ignore_index=True)


def _message(source: Source, pairs: pd.DataFrame) -> str:
    changed = pairs[pairs["before"] != pairs["after"]]
    total, moved = int(pairs["customers"].sum()), int(changed["customers"].sum())
    if changed.empty:
        return f"All {total:,} customers fare the same under both policies."
    top = changed.iloc[0]
    before, after = FATES[top["before"]], FATES[top["after"]]
    return (
        f"{moved:,} of {counted(total, 'customer')} fare differently under {source.lead}: the "
        f"largest group, {int(top['customers']):,}, {before} under {source.rival} but {after} here."
    )


def _chart(source: Source, pairs: pd.DataFrame) -> Chart:
    before = pairs.groupby("before", observed=True)["customers"].sum()
    after = pairs.groupby("after", observed=True)["customers"].sum()
    shown = [fate for fate in FATES if fate != "at_once" and (fate in before or fate in after)]
    series = tuple(
        Series(
            policy,
            tuple(float(count.get(fate, 0)) for fate in shown),
            source.color(policy),
            tuple(f"{count.get(fate, 0):,}" for fate in shown),
        )
        for policy, count in ((source.leader, after), (str(source.other), before))
    )
    return Chart(
        kind="column",
        categories=tuple(FATES[fate] for fate in shown),
        series=series,
        form=Form(),
        axis="Customers who did not buy from the shelf",
        alt="Customers by what became of them, under both policies; the table tells who changed.",
    )


def _table(source: Source, pairs: pd.DataFrame) -> Table:
    form = form_of(pairs["gain"].tolist(), "money", source.currency)
    rows = tuple(
        (
            words(FATES[before]),
            words(FATES[after]),
            Cell(int(count), f"{count:,}", "#,##0"),
            Cell(float(gain), form.write(gain, sign=True), form.excel),
        )
        for before, after, count, gain in pairs.to_numpy(object)
        if before != after
    )
    columns = (f"Under {source.rival}", f"Under {source.lead}", "Customers", "Margin")
    return Table("customers", columns, rows, brief=_BRIEF, message=_worth(source, pairs, form))


def _worth(source: Source, pairs: pd.DataFrame, form: Form) -> str:
    """What the changes bring in all, and the one that brings most."""
    total = float(pairs["gain"].sum())
    more, most = ("more", "gain") if total > 0 else ("less", "loss")
    told = f"With these customers {source.lead} makes {form.write(abs(total))} {more} margin"
    if not total:
        return f"{told}."
    gains = pairs["gain"] if total > 0 else -pairs["gain"]
    before, after, _, gain = pairs.to_numpy(object)[int(gains.to_numpy().argmax())]
    return (
        f"{told}; the largest {most}, {form.write(gain, sign=True)}, is from those who "
        f"{FATES[before]} under {source.rival} but {FATES[after]} here."
    )

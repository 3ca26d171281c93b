"""The fate table in words, and as the object that `--json` prints."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sim.experiment.figures import amount, counted, money
from sim.experiment.json_result import SCHEMA
from sim.results.fates import FATES

if TYPE_CHECKING:
    from sim.experiment.fates import FateTable
    from sim.experiment.statistics import Interval


def fates_in_words(table: FateTable) -> str:
    """Two or three sentences: how many fare differently, who most, and what it earns."""
    before, after = table.policies
    currency = table.study.currency()
    changed = [each for each in table.changes if not each.same]
    shoppers = f"{table.customers:,.0f} customers a season"
    if not changed:
        return f"Of {shoppers}, none fares differently under {after} than under {before}."
    many = sum(each.customers.mean for each in changed)
    most = changed[0]
    rest = table.profit.mean - table.margin.mean
    return (
        f"Of {shoppers}, {_count(many)} fare differently under {after} than under {before}."
        f" Most of them, {_count(most.customers.mean)}: {FATES[most.before]} under {before},"
        f" {FATES[most.after]} under {after}. All this changes the margin on goods by"
        f" {money(table.margin.mean, currency, sign=True)}, and everything else (staff, space,"
        f" postage, leftovers) by {money(rest, currency, sign=True)}: the season's profit by"
        f" {money(table.profit.mean, currency, sign=True)}{_known_to(table.profit, currency)}."
    )


def fates_json(table: FateTable) -> dict[str, Any]:
    """The fate table as JSON values; what is unknown is None."""
    study = table.study
    before, after = table.policies
    return {
        "schema": SCHEMA,
        "scenario": str(getattr(study.scenarios.get(before), "name", before)),
        "seed": study.seed,
        "replications": table.seasons,
        **({} if study.wanted is None else {"replications_wanted": study.wanted}),
        "before": before,
        "after": after,
        "customers": table.customers,
        "changes": [
            {
                "before": each.before,
                "after": each.after,
                "customers": _figure(each.customers),
                "margin_before": each.margin_before,
                "margin_change": _figure(each.margin),
            }
            for each in table.changes
        ],
        "margin_change": _figure(table.margin),
        "profit_change": _figure(table.profit),
        "verdict": fates_in_words(table),
    }


def _figure(known: Interval) -> dict[str, float | None]:
    half_width = known.half_width if math.isfinite(known.half_width) else None
    return {"mean": known.mean, "half_width": half_width}


def _count(customers: float) -> str:
    return counted(round(customers), "customer").replace(" customers", "")


def _known_to(known: Interval, currency: str | None) -> str:
    if math.isnan(known.half_width):
        return ""
    return f" (known to ±{amount(known.half_width, 'money', currency)})"

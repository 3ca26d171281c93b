"""What a third party packs, and what comes back, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.explain.phrases import listed, many, money, percent, span, usual

if TYPE_CHECKING:
    from sim.scenario.returns import Returns
    from sim.scenario.scenario import Scenario
    from sim.scenario.third_party import ThirdParty


def sentences(scenario: Scenario) -> list[str]:
    """The third party, and returns."""
    told = []
    if scenario.third_party is not None:
        told += _third_party(scenario.third_party, scenario.currency)
    if scenario.returns is not None:
        told += _returns(scenario.returns, scenario.currency)
    return told


def _third_party(helper: ThirdParty, currency: str) -> list[str]:
    given = "A third party packs every parcel"
    if helper.above:
        waiting = many(helper.above, "parcel")
        given = f"A third party packs what becomes ready while {waiting} or more wait"
    most = "" if helper.per_day is None else f", at most {many(helper.per_day, 'parcel')} a day"
    fees = [
        f"{money(amount, currency)} {what}"
        for amount, what in (
            (helper.fees.per_order, "a parcel"),
            (helper.fees.per_line, "a line"),
            (helper.fees.per_receipt_unit, "a unit received"),
            (helper.setup, "for the set-up"),
        )
        if amount
    ]
    if helper.fees.storage_per_unit is not None:
        fees.append(f"{helper.fees.storage_per_unit} for a unit stored")
    told = [f"{given}; each is done {span(helper.delay)} later at the earliest{most}."]
    return [*told, f"It charges {listed(fees)}."] if fees else told


def _returns(back: Returns, currency: str) -> list[str]:
    late = "" if back.late is None else f", of late ones {percent(back.late)}"
    told = [
        f"{percent(back.share)} of the orders come back{late}, {usual(back.after)} after delivery.",
        f"The goods of {percent(back.resale)} of them are sold again.",
    ]
    costs = []
    if back.refund:
        costs.append("pays back the price")
    if back.postage:
        costs.append(f"pays {money(back.postage, currency)} of postage")
    if back.work:
        costs.append(f"works {span(back.work)} on each unit")
    return [*told, f"The shop {listed(costs)}."] if costs else told

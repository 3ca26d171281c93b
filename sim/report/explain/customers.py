"""What shoppers see and do when an item is short, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.explain.phrases import day, listed, number, percent, span, usual
from sim.scenario.calendar import season_calendar
from sim.scenario.customers import AcceptBackorder, ComeBack, Patience

if TYPE_CHECKING:
    from sim.scenario.customers import Customers
    from sim.scenario.scenario import Scenario
    from sim.scenario.storefront import Alerts, Storefront

SHOWN = {
    "backorder": "the shop sells it all the same and quotes a wait",
    "out_of_stock": "the shop shows “out of stock”",
    "alerts": "the shop offers an e-mail when it is back",
    "hybrid": "the shop sells it on backorder within limits, and beyond them offers an e-mail",
}


def sentences(scenario: Scenario) -> list[str]:
    """The storefront, the choice at checkout, waiting and cancelling."""
    front, customers = scenario.storefront, scenario.customers
    told = [
        f"When an item is short, {SHOWN[front.when_short]}.",
        *_front(front, customers.wants_split),
    ]
    told += _choice(customers)
    told += _waiting(scenario)
    alerts_offered = front.when_short in {"alerts", "hybrid"} or any(
        product.when_short in {"alerts", "hybrid"} for product in scenario.products
    )
    return told + (_alerts(scenario.alerts) if alerts_offered else [])


def _front(front: Storefront, wants_split: float) -> list[str]:
    told, caps, quote = [], front.caps, front.quote
    limits = []
    if caps.units_per_sku is not None:
        limits.append(f"{number(caps.units_per_sku)} units of a product are owed")
    if caps.quoted_wait is not None:
        limits.append(f"the wait would be over {span(caps.quoted_wait)}")
    if caps.stop_when_area_full:
        limits.append("the backorder area is full")
    if limits:
        told.append(f"No backorder is offered once {' or '.join(limits)}.")
    if quote.padding:
        told.append(f"Quoted waits are padded by {span(quote.padding)}.")
    if quote.information_age:
        told.append(
            f"The shop looks at arrival dates and its queue every {span(quote.information_age)}."
        )
    if front.stock_information_age:
        told.append(
            f"Shoppers see what was on the shelf at most {span(front.stock_information_age)} ago: "
            "what is gone since is sold all the same."
        )
    if front.changes:
        told.append(f"The storefront changes {len(front.changes)} times during the season.")
    if front.ship == "choice":
        share = number(100 * wants_split)
        told.append(
            f"Of 100 customers with several lines, some short, {share} take what is there at once "
            "and the rest as parcels of their own; the others wait for everything."
        )
    elif front.ship == "split":
        told.append(
            "What is on hand ships at once; the other lines follow as parcels of their own."
        )
    else:
        told.append("An order ships when it is complete.")
    if front.ship != "complete" and front.extra_postage == "customer":
        told.append("Customers pay the postage of further parcels.")
    return told


def _choice(customers: Customers) -> list[str]:
    accept, back = customers.accept_backorder, customers.come_back_later
    accepts = accept.at_no_wait if isinstance(accept, AcceptBackorder) else accept
    half = accept.half_life if isinstance(accept, AcceptBackorder) else None
    returns = back.share if isinstance(back, ComeBack) else back
    steps = {
        "accept": (
            accepts,
            "accept a backorder" + (" that hardly keeps them waiting" if half else ""),
        ),
        "substitute": (customers.substitute, "take a substitute"),
        "drop_line": (customers.drop_line, "buy the rest without it"),
        "sign_up": (customers.sign_up_for_alert, "sign up for the e-mail"),
        "come_back": (returns, "come back later by themselves"),
    }
    parts = [
        f"{number(100 * share)} {does}"
        for share, does in (steps[step] for step in customers.steps)
        if share
    ]
    told = []
    if parts:
        told.append(
            f"Of 100 shoppers who find an item short, each where it is offered, {listed(parts)}; "
            "the rest leave."
        )
    else:
        told.append("Shoppers who find an item short leave.")
    if half:
        told.append(f"For every {span(half)} of quoted wait half as many accept.")
    if customers.elsewhere.leaves:
        told.append(
            f"If competitors have the item, {percent(customers.elsewhere.leaves)} leave for them "
            "at once."
        )
    return told


def _waiting(scenario: Scenario) -> list[str]:
    customers, told = scenario.customers, []
    patience = customers.patience
    if isinstance(patience, Patience) and patience.still_waiting is not None:
        points = [
            f"{percent(share)} after {span(ms)}" for ms, share in patience.still_waiting.points
        ]
        since = "the order" if patience.start == "order" else "the day that was promised"
        told.append(
            f"Waiting customers cancel: of those who have waited since {since}, {listed(points)} "
            "are still there."
        )
    elif patience is not None:
        lasts = patience.lasts if isinstance(patience, Patience) else patience
        told.append(
            "Nobody cancels for lack of patience."
            if lasts is None
            else f"Patience lasts {usual(lasts)}."
        )
    calendar = season_calendar(scenario.season)
    for date, share in customers.needed_by.items():
        told.append(f"{percent(share)} need the goods by {day(calendar, date)}.")
    if customers.needed_by and customers.refuses_late:
        told.append(f"Of those, {percent(customers.refuses_late)} refuse what comes later.")
    return told


def _alerts(alerts: Alerts) -> list[str]:
    told = [
        f"Of 100 shoppers who are sent the e-mail, {number(100 * alerts.convert)} return to buy"
        + (
            f"; for every {span(alerts.half_life)} since the sign-up half as many."
            if alerts.half_life
            else "."
        )
    ]
    if alerts.per_hour is not None:
        told.append(
            f"Who signed up first is mailed first, at most {number(alerts.per_hour)} an hour."
        )
    if alerts.batch > 1:
        told.append(f"They are mailed in batches of {number(alerts.batch)}.")
    if alerts.recommend is not None:
        what = alerts.recommend.product or "another product that is there"
        told.append(
            f"{percent(alerts.recommend.share)} of those who order take a unit of {what} as well, "
            "which the e-mail recommends."
        )
    if alerts.discount:
        told.append(f"They get {percent(alerts.discount)} off.")
    return told

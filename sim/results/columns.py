"""The columns of a run's tables: dtype, unit and meaning of each."""

from __future__ import annotations

from typing import Final, NamedTuple

INSTANT = "ms from start"
"""Unit of instants: milliseconds since the start of the season."""


class Column(NamedTuple):
    """One column of a table."""

    name: str
    dtype: str
    """As pandas names it; `Int…` with a capital can be missing, and so can a `category`."""
    unit: str
    meaning: str


def _at(name: str, meaning: str) -> Column:
    return Column(name, "Int64", INSTANT, meaning)


def _flag(name: str, meaning: str) -> Column:
    return Column(name, "bool", "", meaning)


def _name(name: str, meaning: str) -> Column:
    return Column(name, "category", "", meaning)


COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "orders": (
        Column("order", "int32", "", "Number of the order, from 0: the same under every policy."),
        _name("number", "Order number in the file that the order came from; missing if drawn."),
        _name("class", "Order class."),
        _at("placed_at", "First visit of the shopper; negative for orders open at the start."),
        _name("status", "What became of it by the end of the run."),
        _name("reason", "Cause of a cancellation or a loss."),
        _flag("by_alert", "Placed on return from a back-in-stock e-mail."),
        _flag("short_at_first", "A line was short at the first visit."),
        _flag("backordered", "Placed with at least one unit missing."),
        _flag("substituted", "Placed with a substitute."),
        _name("recommended", "Product of the unit bought on a recommendation; missing if none."),
        Column("comebacks", "int8", "visits", "Returns without an e-mail."),
        Column("attempt", "int16", "visits", "Visits before the last one."),
        Column("mails", "int16", "e-mails", "Back-in-stock e-mails that were sent."),
        Column("open_parcels", "int16", "parcels", "Parcels that had not shipped."),
        _at("ended_at", "Shipped whole, cancelled or lost."),
        _at("accepted_at", "Placement of the order."),
        Column("quote", "Int64", "ms", "Longest wait that was quoted at placement; 0 = none."),
        _at("waits_from", "Sign-up for a back-in-stock e-mail."),
        _at("returned_at", "Its goods came back."),
        _flag("resold", "What came back was sold again."),
        _name("fate", "What became of the customer, in one word; missing outside the season."),
        Column("margin", "float64", "money", "Sales less discounts, refunds and cost of goods."),
    ),
    "lines": (
        Column("order", "int32", "", "Its order."),
        _name("sku", "Product, after substitution."),
        Column("units", "int32", "units", "Units asked for."),
        Column("parcel", "Int32", "", "Its parcel; missing if it was not bought."),
        Column("reserved", "int32", "units", "Units that it was given and did not give back."),
        Column("staged", "int32", "units", "Of these in the backorder area."),
        Column("general", "int32", "units", "Of these waiting in general storage."),
        Column("staged_at_cancel", "int32", "units", "Units that a cancellation took back out."),
        Column("backordered", "int32", "units", "Units missing at placement."),
        _flag("dropped", "The shopper did without it."),
        _at("whole_at", "Every unit was reserved."),
    ),
    "parcels": (
        Column("parcel", "int32", "", "Number of the parcel."),
        Column("order", "int32", "", "Its order."),
        _name("person", "Who worked on it last."),
        Column("lines", "int16", "lines", "Lines in it."),
        _flag("backorder", "Waited for goods."),
        _flag("wrong", "An error was made."),
        _flag("third_party", "A third party picked and packed it."),
        _at("ready_at", "All its goods were there."),
        _at("started_at", "Picking began."),
        _at("picked_at", "Picking ended."),
        _at("packed_at", "Packing ended."),
        _at("shipped_at", "The carrier took it."),
    ),
    "purchase_orders": (
        _name("sku", "Product."),
        _name("supplier", "Supplier; missing if none is named."),
        Column(
            "nth",
            "Int32",
            "",
            "n-th by supplier and product, from 0; missing: opened, -2: launch.",
        ),
        _flag("expedited", "Expedited at a price."),
        Column("units", "int64", "units", "Units as placed."),
        Column("withdrawn", "int64", "units", "Of these taken back because of cancellations."),
        _at("placed_at", "Placement; missing if before the run."),
        _at("made_at", "The supplier took it up: the lead time starts."),
        _at("confirmed_at", "Arrival that the supplier confirmed."),
        _at("due_at", "Arrival of the last delivery, as it will really be."),
        _at("received_at", "Arrival of the last delivery; missing if still to come."),
    ),
    "shifts": (
        _name("person", "Team, cohort, and number in it."),
        _name("team", "Team."),
        _name("cohort", "Cohort of the team."),
        Column("day", "int32", "days", "Days from the season's start; negative in a warm-up."),
        _at("start_at", "Start of the rostered shift."),
        _at("end_at", "End of the rostered shift."),
        Column("paid_ms", "int64", "ms", "Rostered time that is paid: no breaks, no overtime."),
        Column("overtime_ms", "int64", "ms", "Overtime that was ordered."),
        _flag("training", "A day of training."),
        _flag("trainer", "A day of training others."),
        _flag("absent", "Did not come."),
    ),
    "space": (
        _at("at", "From when on these levels hold."),
        Column("used", "int64", "ml", "Volume of what is in the backorder area."),
        Column("committed", "int64", "ml", "The same, plus accepted units still to come."),
        Column("backorders", "int64", "orders", "Orders that wait for goods."),
    ),
    "contacts": (
        Column("contact", "int32", "", "Number of the contact, from 0."),
        Column("order", "int32", "", "Its order."),
        Column("first", "Int32", "", "First contact about the same thing."),
        _name("state", "How far it came by the end of the run."),
        _name("cause", "What it is about."),
        _name("person", "Agent who answered last."),
        Column("attempt", "int8", "calls", "Calls about the same thing before."),
        _at("asked_at", "The customer called."),
        _at("answered_at", "An agent answered."),
        _at("ended_at", "Answered in full, or hung up."),
        Column("right", "boolean", "", "The answer was right; missing if nobody could judge."),
        Column("well", "boolean", "", "It ended well; missing if nobody could judge."),
        _name("solution", "What the agent offered and the customer took; missing if nothing."),
        _name("hurried", "Product whose next delivery the supplier hurried for it."),
    ),
}
"""The tables of one run, in the order of their making."""

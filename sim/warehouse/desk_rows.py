"""What the order flow knows of the support desk: its parameters, contacts, and who may ask next."""

from __future__ import annotations

import numpy as np

i1, i2, i4, i8 = np.int8, np.int16, np.int32, np.int64

# Causes of a contact: what happened to the order, or the state that it is in.
PLACED, PROCESSING, BACKORDERED, LATE, CANCELLED_ORDER, WRONG_ITEM, REFUND = range(7)
CAUSES = ("placed", "processing", "backordered", "late", "cancelled", "wrong_item", "refund")
"""Names of the causes, by number."""
# Where a contact is.
PLANNED, IN_LINE, IN_HAND, ANSWERED, ABANDONED = range(5)
STATES = ("planned", "in_line", "in_hand", "answered", "abandoned")
"""Names of the states, by number."""

UNIT_EXPONENTIAL, HANDLING, CALLER_PATIENCE, CALLS_AGAIN_AFTER = range(4)
"""Stretches of the table of quantiles; the exponential has a mean of 1, in `HAZARD_UNIT`."""
# What an agent may offer a customer who waits for goods.
EXPEDITE, PARTIAL_SHIPMENT, EXCHANGE, REFUND_NOW = range(4)
OFFERS = ("expedite", "partial_shipment", "substitute", "refund")
"""Names of the solutions, by number."""
SOLUTION = np.dtype([("offer", i8), ("accepted", i8)], align=True)
"""One row per step of the ladder: what is offered, and the chance of 2**31 that it is taken."""

HAZARD_UNIT = 1_000_000 * 24 * 3_600_000
"""Hazard in millionths per day, times ms: an expectation of one contact."""

DESK = np.dtype(
    [
        ("first_person", i8),  # first row of the agents
        ("places", i8),  # rows of each agent, side by side
        # Rates in millionths per day and order.
        ("processing", i8),
        ("backordered", i8),
        ("late", i8),
        ("restless", i8),  # of the amounts of a first contact, those that may come within two days
        # Chances of 2**31.
        ("placed", i8),
        ("cancelled", i8),
        ("wrong_item", i8),
        ("refund", i8),
        ("calls_again", i8),
        ("calls_again_unresolved", i8),
        ("wrong_cancels", i8),
        ("badly_cancels", i8),
        ("ends_well", i8),  # with unlimited staff
        # Other parameters.
        ("wrong_patience", i8),  # per mille
        ("badly_patience", i8),  # per mille
        ("at_most", i8),
        ("information_age", i8),  # ms; 0 = always up to date
        ("hangs_up", i8),
        ("n_solutions", i8),
        # Contacts by what became of them.
        ("asked", i8),
        ("answered", i8),
        ("abandoned", i8),
        ("open", i8),  # planned, in line or in hand
    ],
    align=True,
)
"""One row."""

CONTACT = np.dtype(
    [
        ("order", i4),
        ("first", i4),  # first contact about the same thing
        ("person", i4),  # last person who answered
        ("next", i4),
        ("prev", i4),
        ("nth", i4),  # contacts that the order had before
        ("attempt", i1),  # times called again before
        ("cause", i1),
        ("state", i1),
        ("right", i1),  # NONE = not judged yet
        ("well", i1),  # the same
        ("offered", i1),  # solutions that were offered, as bits
        ("solution", i1),  # the one that was taken; NONE = none
        ("sku", i4),  # product whose next delivery the supplier was asked to hurry; NONE = none
        ("ends_well", i8),  # chance of 2**31, with the agent who answered
        ("remaining", i8),  # work in ms at speed 1
        ("asked_at", i8),
        ("answered_at", i8),
        ("ended_at", i8),  # answered in full, or hung up
    ],
    align=True,
)
"""One row per contact, appended when it is planned or made."""

CONCERN = np.dtype(
    [
        ("at", i8),  # when the next contact is due by the hazard; NEVER = none
        ("left", i8),  # hazard left until then, as of `since`
        ("since", i8),
        ("rate", i4),  # millionths per day, since `since`
        ("look_next", i4),  # next in the list of orders to be looked at
        ("nth", i4),  # contacts by hazard so far
        ("contacts", i4),  # contacts of any kind so far
        ("spoke", i4),  # contact that is over and not yet digested; NONE = none
        ("told", i1),  # causes that have been decided, as bits
        ("cancels", i1),  # cause for which the customer cancels at this instant; 0 = does not
        ("listed", i1),  # is to be looked at
        ("begun", i1),  # filled
    ],
    align=True,
)
"""One row per order, or a single one without a desk: filled when the order is looked at first."""

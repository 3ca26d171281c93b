"""What the flow keeps of orders that the shop looks after while they wait, and how it does.

Money is in millionths of the currency, so that a message for a fraction of a cent counts.
"""

from __future__ import annotations

import numpy as np

i4, i8 = np.int32, np.int64

MILLION = 1_000_000

CARE = np.dtype(
    [
        ("at", i8),  # of the next care event; NEVER = none
        ("patience_end", i8),  # as messages, gifts and answers have moved it; NEVER = none
        ("slipped_at", i8),  # first instant after the promise, not shipped; NONE = not
        ("spent", i8),  # on messages, in millionths of the currency
        ("given_for", i8),  # what the backup plan spent, the same
        ("listed_for", i4),  # day in whose list the order stands, if it has a `link`
        ("messages", i4),  # sent about the order
        ("stale", i4),  # of these with information that was out of date
        ("consents", i4),  # given to a longer wait
        ("given", i4),  # 1 = the backup plan gave something
        ("calm", i4),  # factor on the rates of contacts, per mille, of the latest message
    ],
    align=True,
)
"""One row per order, filled when it is accepted; none where nobody looks after orders."""

# Which orders a message is about.
TO_BACKORDERED, TO_LATE, TO_ALL_WAITING = 0, 1, 2
MESSAGE = np.dtype(
    [
        ("to", i8),
        ("first_after", i8),
        ("every", i8),  # NEVER = once
        ("at_most", i8),
        ("cost", i8),  # in millionths of the currency
        ("patience", i8),  # factor, per mille
        ("contacts", i8),  # the same, on the rates of contacts
        ("information_age", i8),  # ms; 0 = always up to date
        ("sent", i8),
    ],
    align=True,
)
"""One row per kind of message."""

CARE_PLAN = np.dtype(
    [
        ("consent_after", i8),  # NEVER = nobody asks
        ("consent_again", i8),
        ("consents", i8),  # chance of 2**31
        # The backup plan.
        ("gives", i8),
        ("gift", i8),  # product; NONE = what is given is none
        ("gift_cost", i8),  # of each, with its goods and without the discount
        ("gift_patience", i8),  # factor, per mille
        ("budget", i8),
        ("used", i8),  # of the budget
    ],
    align=True,
)
"""One row: the other rules by which the shop looks after waiting orders."""

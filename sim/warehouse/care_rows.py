"""What the flow keeps of an accepted order that the shop looks after while it waits."""

from __future__ import annotations

import numpy as np

i4, i8 = np.int32, np.int64

CARE = np.dtype(
    [
        ("at", i8),  # of the next care event; NEVER = none
        ("patience_end", i8),  # as messages, gifts and answers have moved it; NEVER = none
        ("slipped_at", i8),  # first instant after the promise, not shipped; NONE = not
        ("link", i4),  # next in the list of a day; NONE = in none
    ],
    align=True,
)
"""One row per order, filled when it is accepted; a single one where nobody looks after orders."""

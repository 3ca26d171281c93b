"""What the flow keeps of waiting lines, the dock, orders that come back, and the timetable."""

from __future__ import annotations

import numpy as np

i1, i2, i4, i8 = np.int8, np.int16, np.int32, np.int64

BACK = np.dtype(
    [
        ("at", i8),  # when it reaches the dock again; NONE = never
        ("arrived", i1),
        ("resold", i1),  # its goods went back to the shelf; else they were written off
    ],
    align=True,
)
"""One row per order; a single one where nothing comes back."""

EXTRA = np.dtype([("sku", i4)], align=True)
"""One row per order: the product of which one unit was bought on a recommendation, NONE = none; a
single row where nothing is recommended."""

CUT = np.dtype([("order_by", i8), ("ships_at", i8)], align=True)
"""Cut-offs by time, and when the pickup of orders placed by then ships."""

SLOW = np.dtype([("first", i8), ("last", i8), ("per_mille", i8)], align=True)
"""Slow stretches of the carrier: its factor on transit. Where they overlap, the last one holds."""

DOCK = np.dtype(
    [
        ("sku", i4),
        ("next", i4),
        ("prev", i4),
        ("queue", i2),
        ("person", i4),
        ("units", i8),
        ("remaining", i8),
        ("arrived_at", i8),
        ("started_at", i8),
        ("put_away_at", i8),
    ],
    align=True,
)
"""One row per dock task, appended by the business."""

WAIT = np.dtype(
    [
        ("line", i4),
        ("parcel", i4),
        ("reserved", i4),
        ("staged", i4),  # of these in the backorder area
        ("general", i4),  # of these waiting in general storage
        ("staged_at_cancel", i4),  # units that a cancellation took back out of staging
        ("backordered", i4),  # units missing at placement
        ("next", i4),
        ("prev", i4),
        ("class_", i1),  # list of the SKU's queue that it waits in, NONE = none
        ("swapped", i1),  # takes the substitute of its SKU, which an agent found
        ("whole_at", i8),  # when every unit was reserved; NONE = not
    ],
    align=True,
)
"""One row per line of a parcel that was not complete when the order was accepted, in that order."""

QUEUED = np.dtype([("head", i4), ("tail", i4)], align=True)
"""Waiting lines of a SKU (rows of WAIT) by (sku, class): row sku * n_classes + class."""

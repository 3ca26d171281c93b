"""What the order flow knows: a few structured arrays, all integers.

Times are milliseconds since the start of the run, volumes milliliters, speeds and factors per
mille. Narrow fields are widened by `int()` on reading. `NEVER` is a time after every run, `NONE`
the empty link.
"""

from __future__ import annotations

import numpy as np

NEVER = 1 << 60
NONE = -1

# Ranks of simultaneous events.
CHARGE, COMPLETION, SHIFT_END, CHANGE, REVIEW, RECEIPT, SHIFT_START = 0, 1, 2, 3, 4, 5, 6
ARRIVAL, DISPATCH, EXPIRY, DISPATCH_AGAIN = 7, 8, 9, 10

# Order status.
EXPECTED, AWAY, SIGNED_UP, MAILED, WAITING, PICKING, SHIPPED, CANCELLED, LOST = range(9)
# Causes of cancellation.
PATIENCE, NEEDED_BY, ELSEWHERE, FORGOT, CHANGED_MIND = 1, 2, 3, 4, 5
# Reasons of a lost order.
LEFT, BLOCKED, NOT_CONVERTED, SEASON_OVER = 11, 12, 13, 14
# Storefront modes.
BACKORDER, OUT_OF_STOCK, ALERTS, HYBRID = 0, 1, 2, 3
# Steps of a shopper who finds lines short.
ACCEPT, SUBSTITUTE, DROP_LINE, SIGN_UP, COME_BACK = 0, 1, 2, 3, 4
# When the area is full.
STOP_OFFERING, RENT_OVERFLOW, GENERAL_STORAGE = 0, 1, 2
# Why the flow returned to the business.
REACHED, REORDER, WITHDRAW, BUFFER_FULL = 0, 1, 2, 3
# Queues of work: cross dock, receive, then pick queues by class (backorders last), then pack queues.
CROSS_DOCK, RECEIVE, FIRST_PICK = 0, 1, 2

i1, i2, i4, i8 = np.int8, np.int16, np.int32, np.int64

ORDER = np.dtype(
    [
        ("status", i1),
        ("reason", i1),  # cause of cancellation or loss; 0 = none
        ("attempt", i1),  # attempts made so far, minus one
        ("comebacks", i1),
        ("by_alert", i1),
        ("short_at_first", i1),  # a line was short at the first attempt
        ("backordered", i1),  # accepted with at least one unit missing
        ("substituted", i1),
        ("started", i1),  # a parcel's picking has started
        ("missing_lines", i2),  # lines not yet whole
        ("open_parcels", i2),
        ("alert_sku", i4),
        ("accepted_at", i8),  # placement of the accepted attempt; NONE = never
        ("quote", i8),  # longest quoted wait at acceptance
        ("waits_from", i8),  # time of the sign-up
        ("ended_at", i8),  # shipped, cancelled or lost
        ("link", i4),  # next in a sign-up list
    ],
    align=True,
)
"""One row per order of the book; what happened to it."""

LINE = np.dtype(
    [
        ("sku", i4),  # after substitution
        ("reserved", i4),
        ("staged", i4),  # of these in the backorder area
        ("general", i4),  # of these waiting in general storage
        ("backordered", i4),  # units missing at placement
        ("dropped", i1),
        ("class_", i1),  # list of the SKU's queue that it waits in
        ("parcel", i4),
        ("next", i4),
        ("prev", i4),
        ("whole_at", i8),  # when every unit was reserved; NONE = not
    ],
    align=True,
)
"""One row per line of the book."""

PARCEL = np.dtype(
    [
        ("order", i4),
        ("queue", i2),  # queue it waits in, NONE = none
        ("home", i2),  # its pick queue
        ("person", i4),  # last person who worked on it
        ("backorder", i1),
        ("wrong", i1),  # an error was made
        ("lines", i2),
        ("next", i4),
        ("prev", i4),
        ("remaining", i8),  # work left of the present stage
        ("ready_at", i8),
        ("started_at", i8),
        ("picked_at", i8),
        ("packed_at", i8),
        ("shipped_at", i8),
    ],
    align=True,
)
"""One row per parcel: the first of order i is row i, further ones (split) follow after n_orders."""

SKU = np.dtype(
    [
        ("mode", i1),
        ("due", i1),  # handed back for a reorder decision
        ("armed", i1),  # continuous rule may trigger
        ("on_level", i1),  # compare inventory level, not position
        ("elsewhere", i1),
        ("mailing", i1),
        ("substitute", i4),
        ("supplier", i4),
        ("volume", i8),
        ("weight", i8),  # per mille of work.per_unit
        ("cap_units", i8),
        ("trigger", i8),  # reorder when the basis is at or below
        ("free", i8),
        ("reserved", i8),  # reserved in storage, not staged
        ("staged", i8),  # reserved units in the backorder area or in general storage
        ("picked", i8),  # picked, not shipped
        ("at_dock", i8),
        ("on_order", i8),
        ("backorders", i8),
        ("position", i8),
        ("received", i8),
        ("shipped", i8),
        ("sold", i8),  # units accepted
        ("known_backorders", i8),  # as of the snapshot
        ("standard_wait", i8),
        ("pipeline_n", i8),
        ("signups_head", i4),
        ("signups_tail", i4),
        ("next_mail_at", i8),
        ("settled_at", i8),
        ("held_time", i8),  # integral of all units in the building
        ("free_time", i8),
        ("backorder_time", i8),
        ("stockout_time", i8),
    ],
    align=True,
)
"""One row per product."""

QUEUED = np.dtype([("head", i4), ("tail", i4)], align=True)
"""Waiting lines of a SKU, one row per (sku, class): row sku * n_classes + class."""

PIPELINE_SLOTS = 24
PIPELINE = np.dtype([("due", i8), ("units", i8)], align=True)
"""What the shop believes is coming: row sku * PIPELINE_SLOTS + slot, by due date, cumulative."""

WORK_QUEUE = np.dtype([("head", i4), ("tail", i4), ("length", i4), ("work", i8)], align=True)
"""Queues of parcels (or dock tasks) that wait for people; `work` = remaining ms waiting in it."""

PERSON = np.dtype(
    [
        ("team", i2),
        ("on_duty", i1),
        ("leaving", i1),  # goes off when the task in hand is done
        ("stage", i1),  # of the task: 0 dock, 1 pick, 2 pack
        ("task", i4),  # parcel or dock task; NONE = idle or away
        ("next", i4),
        ("prev", i4),
        ("speed", i8),  # per mille
        ("task_speed", i8),
        ("error_rate", i8),  # per million
        ("task_from", i8),
        ("done_at", i8),
        ("idle_since", i8),
        ("off_due_at", i8),  # when the shift ended, if leaving
        ("late_ms", i8),  # paid after the end of shifts to finish a task
        ("busy_ms", i8),
    ],
    align=True,
)
"""One row per person of every cohort, hired or not yet."""

TEAM = np.dtype(
    [
        ("unlimited", i1),
        ("pauses", i1),
        ("stage", i1),
        ("idle_head", i4),
        ("idle_tail", i4),
        ("idle", i4),
        ("busy", i4),
        ("on_duty", i4),
        ("waiting_room", i8),  # NONE = no limit
        ("settled_at", i8),
        ("busy_time", i8),
        ("duty_time", i8),
    ],
    align=True,
)
"""One row per team; its queues are a row of `serves` (n_teams, n_queues), ended by NONE."""

DOCK = np.dtype(
    [
        ("sku", i4),
        ("units", i8),
        ("queue", i2),
        ("next", i4),
        ("prev", i4),
        ("remaining", i8),
        ("arrived_at", i8),
        ("started_at", i8),
        ("put_away_at", i8),
    ],
    align=True,
)
"""One row per dock task, appended by the business."""

SPACE = np.dtype([("at", i8), ("used", i8), ("committed", i8), ("backorders", i4)], align=True)
"""One row per instant at which the backorder area or the number of waiting orders changed."""

HEAP = np.dtype([("at", i8), ("id", i8)], align=True)
"""Entry of a binary heap ordered by (at, id)."""

WITHDRAWAL = np.dtype([("sku", i4), ("units", i8)], align=True)

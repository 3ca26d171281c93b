"""What the flow keeps of people: who is on duty, what they have in hand, and which work they take.

Times are ms, speeds per mille.
"""

from __future__ import annotations

import numpy as np

i1, i2, i4, i8 = np.int8, np.int16, np.int32, np.int64

PERSON = np.dtype(
    [
        ("team", i2),
        ("queue", i2),  # that the task in hand came from
        ("on_duty", i1),
        ("leaving", i1),  # goes off when the task in hand is done
        ("task", i4),  # parcel or dock task; NONE = idle or away
        ("next", i4),
        ("prev", i4),
        ("speed", i8),  # per mille
        ("task_speed", i8),
        ("error_rate", i8),  # per million
        ("ends_well", i8),  # chance of 2**31 that a contact ends well without an error
        ("task_from", i8),
        ("done_at", i8),
        ("idle_since", i8),
        ("off_due_at", i8),  # when the shift ended, if leaving
        ("late_ms", i8),  # paid after the end of shifts to finish a task
        ("busy_ms", i8),  # without the task in hand
    ],
    align=True,
)
"""One row per person of every cohort, hired or not yet."""

TEAM = np.dtype(
    [
        ("unlimited", i1),
        ("pauses", i1),
        ("idle_head", i4),
        ("idle_tail", i4),
        ("idle", i8),
        ("busy", i8),
        ("on_duty", i8),
        ("waiting_room", i8),  # NONE = no limit
        ("settled_at", i8),
        ("busy_time", i8),
        ("duty_time", i8),
    ],
    align=True,
)
"""One row per team; its queues are rows of `SERVED`."""

SERVED = np.dtype([("queue", i8)], align=True)
"""Queues that a team serves, in order: row team * (n_queues + 1) + place, ended by NONE."""

ROLL = np.dtype([("person", i4), ("speed", i8), ("error_rate", i8)], align=True)
"""People whose shift starts or ends now; speed per mille, errors per million."""

WORK_QUEUE = np.dtype([("head", i4), ("tail", i4), ("length", i8), ("work", i8)], align=True)
"""Queues of parcels (or dock tasks) that wait for people; `work` = remaining ms waiting in it."""

"""Bugs that the laws of the support desk exist for."""

from __future__ import annotations

from tests.laws.planting import Bug

FLOW = "warehouse.flow."

OF_CONTACTS = (
    Bug(
        "contacts are conserved: asked = answered + abandoned + in line",
        FLOW + "contacts",
        's.desk[0]["abandoned"] += 1',
        's.desk[0]["abandoned"] += 2',
        "desk",
    ),
    Bug(
        "contacts end after they begin",
        FLOW + "contacts",
        'contact["answered_at"] = c["now"]',
        'contact["answered_at"] = c["now"] + 86_400_000',
        "desk",
    ),
    Bug(
        "contacts are answered first in, first out",
        FLOW + "contacts",
        'contact["answered_at"] = c["now"]',
        'contact["answered_at"] = contact["asked_at"] if i % 2 else c["now"]',
        "desk",
    ),
    Bug(
        "tasks are started first in, first out",
        FLOW + "contacts",
        'contact["state"] = IN_LINE',
        'contact["state"] = IN_LINE; contact["asked_at"] -= 10_000_000 * i',
        "desk",
    ),
    Bug(
        "no able person is idle beside work that could start",
        FLOW + "contacts",
        'c["dirty"] = 1',
        'c["dirty"] = 0',
        "desk",
    ),
    Bug(
        "solutions taken were offered",
        FLOW + "solutions",
        'contact["solution"] = offer',
        'contact["solution"] = (offer + 1) % 4',
        "solved",
    ),
    Bug(
        "who was refunded by support took it",
        FLOW + "digest",
        "cause = wide(ENDED_BADLY)",
        "cause = wide(10)",
        "solved",
    ),
    Bug(
        "suppliers hurry as many deliveries a week as they say",
        "warehouse.hurry",
        "used + 1 if week == monday else 1",
        "used if week == monday else 0",
        "hurried",
    ),
)
"""Laws of the support desk."""

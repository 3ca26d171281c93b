"""Bugs in the care of customers who wait, one for each law of it."""

from tests.laws.planting import Bug

FLOW = "warehouse.flow."

OF_CARE = (
    Bug(
        "messages sent are those of the orders",
        FLOW + "messages",
        's.care[o]["messages"] += 1',
        's.care[o]["messages"] += 2',
        "cared for",
    ),
    Bug(
        "money spent on orders is that of the messages",
        FLOW + "messages",
        's.care[o]["spent"] += message["cost"]',
        's.care[o]["spent"] += 1',
        "cared for",
    ),
    Bug(
        "units given are those of the orders",
        FLOW + "gifts",
        "        _take(s, k)",
        "        _take(s, k); _take(s, k)",
        "cared for",
    ),
    Bug(
        "what is given away is within the budget",
        FLOW + "gifts",
        'if cost > plan["budget"] - plan["used"] or',
        "if",
        "cared for",
    ),
)

"""Random shops that look after customers who wait."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.oracle.spans import Spans, perhaps

FACTORS = [1.5, 0.5, 0.0, 2.25, 1.0]


def consent(rng: Random, spans: Spans) -> dict[str, Any]:
    """The rule for long delays."""
    rule: dict[str, Any] = {"consents": rng.choice(["60%", "60%", "100%", "0%"])}
    perhaps(rng, rule, "after", lambda: spans.span(6, 80), 0.9)
    perhaps(rng, rule, "again_after", lambda: spans.span(6, 40))
    return rule


def backup_plan(rng: Random, skus: int) -> dict[str, Any]:
    """Something for customers whose promise passes."""
    plan: dict[str, Any] = {"cost": rng.choice([1.5, 0, 0.0001])}
    perhaps(rng, plan, "product", lambda: f"SKU-{rng.randrange(skus)}", 0.7)
    perhaps(rng, plan, "discount", lambda: rng.choice(["10%", "0%", "3.7%"]))
    perhaps(rng, plan, "budget", lambda: rng.choice([3, 5, 40]), 0.7)
    perhaps(rng, plan, "patience", lambda: rng.choice(FACTORS), 0.7)
    return plan


def messages(rng: Random, spans: Spans) -> list[dict[str, Any]]:
    """One or two kinds of messages."""
    return [_message(rng, spans, name) for name in ("first", "second")[: rng.randint(1, 2)]]


def _message(rng: Random, spans: Spans, name: str) -> dict[str, Any]:
    message: dict[str, Any] = {"name": name}
    perhaps(rng, message, "to", lambda: rng.choice(["backordered", "late", "all waiting"]), 0.8)
    perhaps(rng, message, "first_after", lambda: spans.span(0, 40))
    perhaps(rng, message, "every", lambda: spans.span(1, 30), 0.7)
    perhaps(rng, message, "at_most", lambda: rng.randint(1, 5))
    perhaps(rng, message, "cost", lambda: rng.choice([0.0005, 1.2]))
    perhaps(rng, message, "patience", lambda: rng.choice(FACTORS), 0.7)
    # Of its own chance, so that the rest of the season stays as it was.
    own = Random(repr(message))  # noqa: S311
    perhaps(own, message, "contacts", lambda: own.choice(FACTORS))
    return message


def informed(rng: Random, spans: Spans, kinds: list[dict[str, Any]]) -> None:
    """Messages that may be out of date."""
    for message in kinds:
        perhaps(rng, message, "information_age", lambda: spans.span(1, 90), 0.6)

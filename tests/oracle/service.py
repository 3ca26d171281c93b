"""Random support desks, and the teams that answer."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.oracle.spans import Spans, perhaps
from tests.oracle.staff import crew

FACTORS = [0, 0.5, 0.5, 1.7]
SHARES = ["0%", "30%", "60%", "100%"]


def support(rng: Random, spans: Spans, scenario: dict[str, Any], days: int) -> None:
    """Put a desk into a scenario, with a team of agents."""
    desk: dict[str, Any] = {"contacts": _contacts(rng), "handling": _handling(rng, spans)}
    perhaps(rng, desk, "at_once", lambda: rng.choice([2, 3]))
    perhaps(rng, desk, "at_once_factor", lambda: rng.choice([0.5, 1, 2]))
    perhaps(rng, desk, "patience", lambda: spans.chance(0, 9))
    perhaps(rng, desk, "calls_again", lambda: rng.choice(SHARES), 0.7)
    perhaps(rng, desk, "calls_again_unresolved", lambda: rng.choice(SHARES), 0.7)
    perhaps(
        rng, desk, "calls_again_after", lambda: rng.choice([spans.chance(0, 60), "90 days"]), 0.7
    )
    perhaps(rng, desk, "at_most", lambda: rng.randint(0, 5))
    perhaps(rng, desk, "information_age", lambda: spans.span(1, 90), 0.8)
    perhaps(rng, desk, "wrong_answer", lambda: _disappointment(rng), 0.9)
    perhaps(rng, desk, "ends_well", lambda: rng.choice(SHARES))
    perhaps(rng, desk, "ends_badly", lambda: _disappointment(rng), 0.7)
    clarity = {"contacts": rng.choice(FACTORS), "cost": 5}
    ways = {"quote_quality": clarity, "faq": {"contacts": 0.9}, "prepared_team": {"contacts": 1.1}}
    perhaps(rng, desk, "information_up_front", lambda: ways, 0.3)
    agents = crew(rng, spans, (), days)
    for name in ("serves", "at_shift_end", "work"):
        agents.pop(name, None)
    training: dict[str, Any] = {"ends_well": rng.choice(SHARES)}
    if "cohorts" in agents:
        perhaps(rng, training, "cohorts", lambda: [agents["cohorts"][0]["name"]])
    perhaps(rng, desk, "training", lambda: training)
    scenario["support"] = desk
    scenario.setdefault("people", {})["support"] = agents
    if "needed_by" in scenario.get("customers", {}):
        scenario["customers"]["refuses_late"] = "50%"
        scenario.setdefault("carrier", {})["transit"] = "12 hours"


def solutions(rng: Random, scenario: dict[str, Any]) -> None:
    """Let agents offer something, and suppliers hurry what they ask for."""
    on_request = False
    for terms in scenario["suppliers"].values() if "suppliers" in scenario else ():
        if rng.random() < 0.8:
            on_request = True
            request: dict[str, Any] = {"per_week": rng.choice([1, 1, 2, 5]), "cost": 7}
            perhaps(rng, request, "lead_time_factor", lambda: rng.choice(["50%", "33.3%", "0%"]))
            terms["expedite_on_request"] = request
    if "support" not in scenario:
        return
    offers = ["partial_shipment", "substitute", "refund"] + ["expedite"] * on_request
    ladder = rng.sample(offers, len(offers))[: rng.choice([1, 2, 4, 4])]
    accepted = ["100%", "60%", "60%", "30%", "0%"]
    scenario["support"]["solutions"] = [
        {"offer": offer, "accepted": rng.choice(accepted), "cost": 2} for offer in ladder
    ]
    if rng.random() < 0.7:  # customers whose goods are missing ask a lot, and are answered
        scenario["support"]["contacts"] |= dict.fromkeys(("backordered", "late"), "6 per day")
        _end_soon(scenario)
        scenario["support"].pop("training", None)
        scenario["people"]["support"] = {"unlimited": True}
    # Of its own chance, so that the rest of the season stays as it was.
    own = Random(f"abundance: {scenario['support']}")  # noqa: S311
    plain = [each for each in scenario["products"] if "launch" not in each]
    if own.random() < 0.13 and len(plain) > 1:
        _one_for_all(own, scenario, *plain)


def _one_for_all(
    rng: Random, scenario: dict[str, Any], first: dict[str, Any], *others: dict[str, Any]
) -> None:
    """Agents offer one product, of which there is plenty, in place of all others."""
    first["stock"] = "300 units"
    for product in others:
        product["substitute"] = first["sku"]
        product["stock"] = rng.choice(["0 units", "3 units"])
        product["when_short"] = "backorder"
    scenario["support"]["contacts"] |= {"backordered": "6 per day", "placed": "60%"}
    _end_soon(scenario)
    scenario["support"].pop("training", None)
    scenario["people"]["support"] = {"unlimited": True}
    step = {"offer": "substitute", "accepted": rng.choice(["100%", "60%"])}
    scenario["support"]["solutions"] = [step]


def _end_soon(scenario: dict[str, Any]) -> None:
    """Orders that wait for ever would ask tens of thousands of times in the usual two months."""
    launches = any("launch" in product for product in scenario["products"])
    scenario["season"]["drain"] = "12 days" if launches else "2 days"


def _handling(rng: Random, spans: Spans) -> Any:
    if spans.ticked or rng.random() < 0.5:
        return spans.short()
    return rng.choice([{"exponential": "2 hours"}, {"lognormal": {"mean": "1 hours", "cv": 1.2}}])


def _contacts(rng: Random) -> dict[str, Any]:
    contacts: dict[str, Any] = {}
    for event in ("placed", "cancelled", "wrong_item", "refund"):
        perhaps(rng, contacts, event, lambda: rng.choice(SHARES), 0.7)
    for state in ("processing", "backordered", "late"):
        perhaps(rng, contacts, state, lambda: f"{rng.choice([0, 0.1, 0.5, 2])} per day", 0.7)
    return contacts


def _disappointment(rng: Random) -> dict[str, Any]:
    effect: dict[str, Any] = {}
    perhaps(rng, effect, "patience", lambda: rng.choice(FACTORS), 0.8)
    perhaps(rng, effect, "cancels", lambda: rng.choice(SHARES), 0.8)
    return effect

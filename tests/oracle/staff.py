"""Random teams, cohorts and shifts."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.oracle.spans import perhaps


def people(rng: Random, spans: Any, classes: tuple[str, ...], days: int) -> dict[str, Any]:
    """The people block: one stage or two, a backorder team, a receiving team, or nobody at all."""
    kind = rng.choice(["none", "one stage", "two stages"])
    block: dict[str, Any] = {}
    if kind == "one stage":
        block["pick_pack"] = crew(rng, spans, classes, days, room=True)
    elif kind == "two stages":
        block["pick"] = crew(rng, spans, classes, days, room=True)
        block["pack"] = crew(rng, spans, classes, days)
    if block and rng.random() < 0.5:
        block["backorder_team"] = crew(rng, spans, classes, days)
        priority = rng.choice([None, "backorders", "orders"])
        if priority and "serves" not in block["backorder_team"]:
            block["backorder_team"]["priority"] = priority
    if rng.random() < 0.5:
        team = crew(rng, spans, (), days)
        team.pop("serves", None)
        block["receiving"] = team
    if block and rng.random() < 0.5:
        block["pack_stations"] = rng.randint(1, 3)
    return block


def crew(
    rng: Random, spans: Any, classes: tuple[str, ...], days: int, *, room: bool = False
) -> dict[str, Any]:
    """One team of at most three people."""
    team: dict[str, Any] = {"at_shift_end": rng.choice(["finish", "pause"])}
    team["work"] = {"per_order": spans.short()}
    if rng.random() < 0.5:
        team["work"] |= {"per_line": spans.short(), "per_unit": spans.short()}
    if not spans.ticked and rng.random() < 0.3:
        factor = rng.choice([{"cv": 0.5}, {"distribution": {"exponential": 1}}])
        team["work"] |= factor
    if rng.randint(0, 4) == 0:
        return team | {"unlimited": True}
    team["shift"] = _shift(rng)
    names = [f"cohort {n}" for n in range(rng.randint(1, 2))]
    team["cohorts"] = [_cohort(rng, name, days) for name in names]
    orders = ["orders", "backorders"]
    if classes and rng.random() < 0.7:
        orders = [*classes, "backorders"]
    if rng.random() < 0.5:
        some = rng.choice([0, 0, 0, 1])
        team["serves"] = rng.sample(orders, len(orders))[some:]
    if room and rng.randint(0, 3) == 0:
        team["waiting_room"] = rng.randint(0, 20)
    if team["shift"] != "always" and rng.random() < 0.5:
        overtime = {"when_backlog_over": rng.choice(["0 hours", "2 hours"]), "until": "21:00"}
        perhaps(rng, overtime, "at_most", lambda: f"{rng.randint(20, 60)} hours per week", 0.8)
        team["overtime"] = overtime
    return team


def _shift(rng: Random) -> Any:
    return rng.choice(
        [
            "always",
            {"mon-sun": "08:00-16:00"},
            {"mon-fri": "09:00-17:00", "sat": "10:00-14:00"},
            {"mon-fri": "08:00-18:00", "breaks": "60 min"},
            {"daily": "22:00-06:00"},
            {"hours": {"mon-sun": "00:00-24:00"}},
            {"mon-sat": "07:00-15:00", "breaks": "30 min"},
        ]
    )


def _cohort(rng: Random, name: str, days: int) -> dict[str, Any]:
    cohort: dict[str, Any] = {"name": name, "people": rng.choice([1, 1, 1, 2, 2, 2, 3, 3, 3, 0])}
    if rng.random() < 0.5:
        before = f"{rng.randint(1, 3)} days before start"
        cohort["from"] = rng.choice([before, f"{rng.randint(0, days)} days"])
    if rng.random() < 0.5:
        cohort["to"] = f"{days + rng.randint(0, 9)} days"
    if rng.random() < 0.5:
        cohort["speed"] = rng.choice([0.5, 1.3, 2.0, 2.0, 2.0, 2.0, 1000, 1000, 1000, 0])
    extras: dict[str, Any] = {
        "training": f"{rng.randint(0, 2)} days",
        "trainees_per_trainer": rng.randint(0, 2),
        "learning": {
            "start": rng.choice(["50%", "80%", "0%"]),
            "full_after": f"{rng.randint(0, 6)} days",
            "errors_start": "40%",
            "errors_full": "5%",
        },
        "no_show": "30%",
        "quits": "20% per week",
        "absence": "20%",
    }
    cohort |= {extra: value for extra, value in extras.items() if rng.randint(0, 2) == 0}
    if rng.randint(0, 4) == 0:
        cohort["shift"] = _shift(rng)
        if cohort["shift"] == "always":
            del cohort["shift"]
    return cohort

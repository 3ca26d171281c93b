"""Random teams, cohorts and shifts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable


@st.composite
def people(
    draw: Callable[[Any], Any], spans: Any, classes: tuple[str, ...], days: int
) -> dict[str, Any]:
    """The people block: one stage or two, a backorder team, a receiving team, or nobody at all."""
    kind = draw(st.sampled_from(["none", "one stage", "one stage", "two stages"]))
    block: dict[str, Any] = {}
    if kind == "one stage":
        block["pick_pack"] = _team(draw, spans, classes, days, room=True)
    elif kind == "two stages":
        block["pick"] = _team(draw, spans, classes, days, room=True)
        block["pack"] = _team(draw, spans, classes, days)
    if block and draw(st.booleans()):
        block["backorder_team"] = _team(draw, spans, classes, days)
        serve_both = st.sampled_from([None, "backorders", "orders"])
        priority = draw(serve_both)
        if priority and "serves" not in block["backorder_team"]:
            block["backorder_team"]["priority"] = priority
    if draw(st.booleans()):
        team = _team(draw, spans, (), days)
        team.pop("serves", None)
        block["receiving"] = team
    if block and draw(st.booleans()):
        block["pack_stations"] = draw(st.integers(1, 3))
    return block


def _team(
    draw: Any, spans: Any, classes: tuple[str, ...], days: int, *, room: bool = False
) -> dict[str, Any]:
    """One team of at most three people."""
    team: dict[str, Any] = {"at_shift_end": draw(st.sampled_from(["finish", "pause"]))}
    team["work"] = {"per_order": spans.short()}
    if draw(st.booleans()):
        team["work"] |= {"per_line": spans.short(), "per_unit": spans.short()}
    if draw(st.integers(0, 4)) == 0:
        return team | {"unlimited": True}
    team["shift"] = _shift(draw)
    names = [f"cohort {n}" for n in range(draw(st.integers(1, 2)))]
    team["cohorts"] = [_cohort(draw, name, days) for name in names]
    orders = [*classes, "backorders"] if classes else ["orders", "backorders"]
    if draw(st.booleans()):
        team["serves"] = draw(st.permutations(orders))
    if room and draw(st.integers(0, 3)) == 0:
        team["waiting_room"] = draw(st.integers(1, 20))
    if team["shift"] != "always" and draw(st.booleans()):
        team["overtime"] = {
            "when_backlog_over": draw(st.sampled_from(["0 hours", "2 hours"])),
            "until": "21:00",
            "at_most": f"{draw(st.integers(20, 60))} hours per week",
        }
    return team


def _shift(draw: Any) -> Any:
    return draw(
        st.sampled_from(
            [
                "always",
                {"mon-sun": "08:00-16:00"},
                {"mon-fri": "09:00-17:00", "sat": "10:00-14:00"},
                {"mon-fri": "08:00-18:00", "breaks": "60 min"},
                {"daily": "22:00-06:00"},
                {"mon-sat": "07:00-15:00", "breaks": "30 min"},
            ]
        )
    )


def _cohort(draw: Any, name: str, days: int) -> dict[str, Any]:
    cohort: dict[str, Any] = {"name": name, "people": draw(st.integers(1, 2))}
    if draw(st.booleans()):
        cohort["from"] = f"{draw(st.integers(0, days))} days"
    if draw(st.booleans()):
        cohort["to"] = f"{days + draw(st.integers(0, 9))} days"
    if draw(st.booleans()):
        cohort["speed"] = draw(st.sampled_from([0.5, 1.3, 2.0]))
    extras: dict[str, Any] = {
        "training": f"{draw(st.integers(0, 2))} days",
        "trainees_per_trainer": draw(st.integers(0, 2)),
        "learning": {"start": "50%", "full_after": f"{draw(st.integers(0, 6))} days"},
        "no_show": "30%",
        "quits": "20% per week",
        "absence": "20%",
    }
    for extra, value in extras.items():
        if draw(st.integers(0, 2)) == 0:
            cohort[extra] = value
    if draw(st.integers(0, 4)) == 0:
        cohort["shift"] = _shift(draw)
        if cohort["shift"] == "always":
            del cohort["shift"]
    return cohort

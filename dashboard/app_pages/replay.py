"""The warehouse through a season, day by day, and why a day went as it did."""

import math

import streamlit as st

from dashboard import parts, session
from dashboard.charts.picture import Picture
from dashboard.charts.replay import point_out, timeline
from dashboard.replay import KINDS, SEASONS, Replay, replaying
from sim.experiment.figures import counted
from sim.report.day import day_name, why
from sim.report.forms import UNKNOWN

_DAY, _PLAYING, _PICTURE = "day", "playing", "replay-picture"
_TICK = 0.5  # seconds that a day lasts when the season is played


def show() -> None:
    """The screen: which season, then its days."""
    opened = session.current()
    st.title("Season replay", anchor=False)
    st.markdown(
        "One simulated season as it went: play it, or pick a day – here or in the picture – and "
        "see why."
    )
    left, right = st.columns(2)
    policy = left.selectbox("Under", list(opened.policies), key="policy", bind="query-params")
    kind = right.selectbox("Which season", list(KINDS), key="kind", bind="query-params")
    work = replaying(opened.policies, policy, KINDS[kind], session.server().memory)
    job = session.watched(session.key_of("replay", opened, policy, kind), work)
    job.join(session.FIRST_LOOK)
    if job.state == "done":
        _play(job.result)
    else:
        parts.live(job, SEASONS, lambda _: None)


def _play(replay: Replay) -> None:
    playing = st.session_state.get(_PLAYING, False)

    @st.fragment(run_every=_TICK if playing else None, key="player")
    def player() -> None:
        if st.session_state.get(_PLAYING, False) != playing:
            st.rerun()
        _step(len(replay.found.days))
        _days(replay)

    player()


def _step(n: int) -> None:
    """Keep the day inside the season; the next one while it is played, up to the last."""
    state = st.session_state
    day = min(state.get(_DAY, 0), n - 1)
    if state.get(_PLAYING):
        day = min(day + 1, n - 1)
        state[_PLAYING] = day < n - 1
    session.hold(_DAY, day)


def _days(replay: Replay) -> None:
    found = replay.found
    playing = st.session_state.get(_PLAYING, False)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        icon = ":material/pause:" if playing else ":material/play_arrow:"
        st.button(
            "Pause" if playing else "Play",
            icon=icon,
            key="play",
            type="primary",
            on_click=_turn,
            args=(len(found.days),),
        )
        day = st.select_slider(
            "Day",
            list(found.days.index),
            key=_DAY,
            format_func=lambda number: day_name(found.calendar, number),
        )
    _figures(found.figures(day), found.positions)
    with st.container(border=True, height=250):
        st.markdown(f"**Why {parts.plain(day_name(found.calendar, day))} went as it did**")
        for sentence in why(found, day):
            st.markdown(f"- {parts.plain(sentence)}")
    picture = _picture(replay)
    point_out(picture, replay, day)
    parts.picture(picture, "replay", _clicked)
    st.caption(
        f"Season {replay.season + 1} of {counted(SEASONS, 'simulated season')}, by season profit. "
        "Levels are those at midnight; the line marks the day above."
    )
    _missing(replay, day)


def _picture(replay: Replay) -> Picture:
    """The visitor's own picture of a season: drawn once, only its line moves."""
    known: tuple[Replay, Picture] | None = st.session_state.get(_PICTURE)
    if known is None or known[0] is not replay:
        known = st.session_state[_PICTURE] = replay, timeline(replay)
    return known[1]


def _turn(n: int) -> None:
    """Play or pause; after the last day it begins anew."""
    state = st.session_state
    state[_PLAYING] = not state.get(_PLAYING, False)
    if state[_PLAYING] and state[_DAY] == n - 1:
        state[_DAY] = 0


def _clicked() -> None:
    """A day was chosen in the picture."""
    points = st.session_state["replay-chart"]["selection"]["points"]
    if points:
        st.session_state[_DAY] = points[0]["point_index"]


def _figures(row: dict[str, float], positions: float) -> None:
    shown = [
        ("Orders placed", row["placed"], f"{row['backordered']:,.0f} on backorder"),
        ("Parcels sent", row["shipped"], f"{row['waiting']:,.0f} waiting in the morning"),
        ("People at work", row["came"], f"of {row['rostered']:,.0f} rostered"),
        ("Units received", row["received"], f"{row['on_order']:,.0f} on their way"),
        ("Units owed", row["owed"], f"to {row['backorders']:,.0f} orders at most"),
    ]
    if not math.isnan(positions):
        shown.append(("Backorder area", row["area"], f"of {positions:,.0f} positions"))
    if row["contacts"]:
        shown.append(("Contacts", row["contacts"], f"{row['abandoned']:,.0f} hung up"))
    with st.grid(min(6, len(shown)), min_column_width=118, gap="small"):
        for label, value, beside in shown:
            with st.container(border=True, height="stretch", gap="xsmall"):
                st.metric(label, UNKNOWN if math.isnan(value) else f"{value:,.0f}")
                st.caption(parts.plain(beside.replace("nan", UNKNOWN)))


def _missing(replay: Replay, day: int) -> None:
    """What was sold out, as a table."""
    found = replay.found
    out = found.out_of_stock(day)
    if out.empty:
        return
    out["next"] = ["none" if math.isnan(at) else day_name(found.calendar, at) for at in out["next"]]
    out.columns = ["Sold out", "Units owed", "Units wanted", "Next delivery", "Days late"]
    with st.expander(f"{counted(len(out), 'product')} sold out that morning"):
        st.dataframe(out, hide_index=True, alt="Products that were sold out that morning")
        parts.download("These products (CSV)", "sold-out", out, "sold-out")


show()
